import { readdirSync, readFileSync } from 'node:fs';
import { ROLES, sentenceOf } from '@plumbline/kernel';
import { z } from 'zod';
import { charterDeciders } from './index';

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

const definitions = charterDeciders.flatMap((decider) => [
  ...Object.entries(decider.events),
  ...Object.entries(decider.commands),
]);

it.each(definitions)('%s has an example that its schema accepts, and takes no unknown field', (_type, definition) => {
  expect(definition.data.parse(definition.example)).toEqual(definition.example);
  expect(definition.data.safeParse({ ...(definition.example as object), unknown: 1 }).success).toBe(false);
});

it.each(definitions)('%s says what it is, and leaves nothing undescribed that it describes', (_type, definition) => {
  expect(definition.summary).toMatch(/^[A-Z].{15,}[^.]$/);
  const schema = JSON.stringify(z.toJSONSchema(definition.data, { unrepresentable: 'any' }));
  expect(schema).not.toContain('"description":""');
});

it.each(charterDeciders.flatMap((decider) => Object.entries(decider.commands)))(
  '%s is for roles that there are',
  (_type, { roles }) => {
    expect(roles.length).toBeGreaterThan(0);
    for (const role of roles) expect([...ROLES, 'process']).toContain(role);
  },
);

it.each([
  ['charter.MissProgress', ['process']],
  ['charter.MissCommitment', ['process']],
  ['charter.AcceptCommitment', ['executive']],
  ['charter.AcceptReassignment', ['executive']],
  ['charter.AssessCommitment', ['assessor', 'auditor']],
  ['charter.AdoptCharter', ['board', 'executive']],
] as const)('%s is for %j alone', (type, roles) => {
  const found = charterDeciders.find(({ commands }) => type in commands)?.commands[type];
  expect(found?.roles).toEqual(roles);
});

it.each(charterDeciders.flatMap((decider) => Object.entries(decider.commands)))(
  '%s describes every field it takes',
  (_type, definition) => {
    const shape = (definition.data as unknown as { shape: Record<string, { description?: string }> }).shape;
    const silent = Object.entries(shape)
      .filter(([, field]) => !field.description)
      .map(([name]) => name);
    expect(silent).toEqual([]);
  },
);
