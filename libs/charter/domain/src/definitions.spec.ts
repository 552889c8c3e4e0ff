import { definitionFaults, readModelFaults, ROLES } from '@plumbline/kernel';
import { z } from 'zod';
import { charterDeciders, charterReadModels } from './index';

it('every event and command has an example that its schema takes as it stands, takes no unknown field, and describes what it asks for', () => {
  expect(definitionFaults(charterDeciders)).toEqual([]);
});

it('every read model has a table of its own, folds or ignores each event, and makes rows that fit its columns', () => {
  expect(readModelFaults(charterReadModels, charterDeciders)).toEqual([]);
});

const definitions = charterDeciders.flatMap((decider) => [
  ...Object.entries(decider.events),
  ...Object.entries(decider.commands),
]);

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
