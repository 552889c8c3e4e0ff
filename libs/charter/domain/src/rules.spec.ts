import { readdirSync, readFileSync } from 'node:fs';
import { sentenceOf } from '@plumbline/kernel';

const folder = new URL('.', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
const sources = files.filter((file) => !file.endsWith('.spec.ts') && !file.endsWith('.testing.ts'));
const specs = files
  .filter((file) => file.endsWith('.decider.spec.ts'))
  .map(read)
  .join('\n');
const RULE = /refuse\(\s*'([a-z]+(?:-[a-z]+)+)'/g;
const rules = [
  ...new Set(
    sources
      .filter((file) => file !== 'vocabulary.ts')
      .flatMap((file) => [...read(file).matchAll(RULE)].map(([, rule = '']) => rule)),
  ),
].sort();
const readme = readFileSync(new URL('../../README.md', folder), 'utf8');

it('rules are found where they are refused by', () => {
  expect(rules.length).toBeGreaterThan(80);
  expect(rules).toContain('only-the-owner-accepts-a-commitment');
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
