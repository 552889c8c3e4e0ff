import { readFileSync, readdirSync } from 'node:fs';
import { sentenceOf } from '@plumbline/kernel';

const folder = new URL('.', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'rules.spec.ts');
const sources = files
  .filter((file) => !/\.(spec|testing)\.ts$/.test(file))
  .map(read)
  .join('\n');
const specs = files
  .filter((file) => file.endsWith('.spec.ts'))
  .map(read)
  .join('\n');
const readme = read('../../README.md');

const rulesIn = (text: string, pattern: RegExp): readonly string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, rule = '']) => rule))].sort();
const listed = (name: string): readonly string[] => {
  const [, list = ''] = new RegExp(`<!-- ${name} -->([^]*?)<!-- /${name} -->`).exec(readme) ?? [];
  return [...list.matchAll(/^- (.+)$/gm)].map(([, sentence = '']) => sentence);
};

const rules = rulesIn(sources, /refuse\(\s*'([a-z]+(?:-[a-z]+)+)'/g);
const unexplained = rulesIn(sources, /(?:SUPPRESSED|HELD|WITHHELD|ERASED): '([a-z]+(?:-[a-z]+)+)'/g);

it.each([...rules, ...unexplained])('%s is required by a spec', (rule) => {
  expect(specs).toContain(`'${rule}'`);
});

it('the README lists the rules by which questions are refused, and no other', () => {
  expect(rules.length).toBeGreaterThan(5);
  expect(listed('rules')).toEqual(rules.map(sentenceOf));
});

it('the README says why a cell is not explained', () => {
  expect(unexplained).toHaveLength(4);
  expect(listed('unexplained')).toEqual(unexplained.map(sentenceOf));
});
