import { readdirSync, readFileSync } from 'node:fs';
import { sentenceOf } from '@plumbline/kernel';

const folder = new URL('.', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const sources = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
const specs = readdirSync(folder)
  .filter((file) => file.endsWith('.decider.spec.ts'))
  .map(read)
  .join('\n');
const rules = [
  ...new Set(
    sources.flatMap((file) =>
      [...read(file).matchAll(/(?:refuse\(\s*|_FIRST = )'([a-z-]+)'/g)].map(([, rule = '']) => rule),
    ),
  ),
].sort();
const readme = readFileSync(new URL('../../README.md', folder), 'utf8');

it('rules are found where they are refused by', () => {
  expect(rules.length).toBeGreaterThan(40);
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
