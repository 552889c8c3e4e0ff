import { readdirSync, readFileSync } from 'node:fs';
import { sentenceOf } from '@plumbline/kernel';

const folder = new URL('.', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const files = readdirSync(folder);
const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map(read);
const specs = files
  .filter((file) => file.endsWith('.importer.spec.ts'))
  .map(read)
  .join('\n');
const rules = [
  ...new Set(sources.flatMap((source) => [...source.matchAll(/rule: '([a-z-]+)'/g)].map(([, rule = '']) => rule))),
].sort();

it('the README lists the rules that rows are refused by, and no others', () => {
  const [, listed = ''] = /<!-- row rules -->([^]*?)<!-- \/row rules -->/.exec(read('../../README.md')) ?? [];
  const sentences = [...listed.matchAll(/^- (.+)$/gm)].map(([, sentence]) => sentence);
  expect(sentences).toEqual(rules.map(sentenceOf));
});

it.each(rules)('a spec requires %s', (rule) => {
  expect(specs).toContain(`'${rule}'`);
});
