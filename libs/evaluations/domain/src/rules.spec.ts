import { readdirSync, readFileSync } from 'node:fs';
import { sentenceOf } from '@plumbline/kernel';
import { contractFault } from '@plumbline/measures';
import { FIREWALL_RULES } from './index';

const folder = new URL('.', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
const sources = files.filter((file) => !file.endsWith('.spec.ts') && !file.endsWith('.testing.ts'));
const specs = files
  .filter((file) => file.endsWith('.decider.spec.ts'))
  .map(read)
  .join('\n');
const RULE = /(?:refuse\(\s*|return | \? | : )'([a-z]+(?:-[a-z]+)+)'/g;
/** Rules of a contract's weights are decided by the measures. */
const FAULTS = [
  'weights-add-up-to-exactly-100-percent',
  'survey-parts-weigh-no-more-than-their-limit',
  'a-single-part-weighs-no-more-than-its-limit',
  'process-and-commitments-weigh-no-less-than-their-limit',
];
const NOT_REFUSED_BY = ['ended-by-a-person'];
const rules = [
  ...new Set([
    ...sources.flatMap((file) => [...read(file).matchAll(RULE)].map(([, rule = '']) => rule)),
    ...FIREWALL_RULES,
    ...FAULTS,
  ]),
]
  .filter((rule) => !NOT_REFUSED_BY.includes(rule))
  .sort();
const readme = readFileSync(new URL('../../README.md', folder), 'utf8');

it('rules are found where they are refused by', () => {
  expect(rules.length).toBeGreaterThan(60);
  expect(rules).toContain('a-cycle-is-opened-once');
});

it('the rules of weights are those of the measures', () => {
  const part = (kind: 'PROCESS' | 'CLIMATE', weightBp: number, survey = false) => ({ kind, weightBp, survey });
  const fault = (...parts: ReturnType<typeof part>[]) => contractFault(parts, { surveyBp: 3000, singleBp: 3500 }, 4000);
  const three = [part('PROCESS', 3000), part('PROCESS', 3500)];
  expect([
    fault(part('PROCESS', 9999)),
    fault(...three, part('CLIMATE', 3500, true)),
    fault(part('PROCESS', 3600), part('PROCESS', 3400), part('CLIMATE', 3000)),
    fault(part('PROCESS', 3000), part('CLIMATE', 3500), part('CLIMATE', 3500)),
  ]).toEqual(FAULTS);
});

it.each(rules)('%s stands in the README as a sentence, and a spec requires it', (rule) => {
  expect(readme).toContain(`- ${sentenceOf(rule)}`);
  expect(specs).toContain(`'${rule}'`);
});

it('the README lists no rule that nothing refuses by', () => {
  const [, listed = ''] = /<!-- rules -->([^]*?)<!-- \/rules -->/.exec(readme) ?? [];
  const sentences = [...listed.matchAll(/^- (.+)$/gm)].map(([, sentence]) => sentence);
  expect(sentences).toEqual(rules.map(sentenceOf));
});
