import { readdirSync, readFileSync } from 'node:fs';
import { sentenceOf } from '@plumbline/kernel';

const folder = new URL('.', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
const specs = files
  .filter((file) => file.endsWith('.decider.spec.ts'))
  .map(read)
  .join('\n');
const rules = [
  ...new Set(
    files
      .filter((file) => !file.endsWith('.spec.ts'))
      .flatMap((file) => [...read(file).matchAll(/refuse\(\s*'([a-z]+(?:-[a-z]+)+)'/g)].map(([, rule = '']) => rule)),
  ),
].sort();
const readme = readFileSync(new URL('../../README.md', folder), 'utf8');

it.each(rules)('%s is required by a spec', (rule) => {
  expect(specs).toContain(`'${rule}'`);
});

it('the README lists the rules that something refuses by, and no other', () => {
  const [, listed = ''] = /<!-- rules -->([^]*?)<!-- \/rules -->/.exec(readme) ?? [];
  expect(rules.length).toBeGreaterThan(0);
  expect([...listed.matchAll(/^- (.+)$/gm)].map(([, sentence]) => sentence)).toEqual(rules.map(sentenceOf));
});
