import { definitionFaults, readModelFaults } from '@plumbline/kernel';
import { charterDeciders, charterReadModels } from './index';

it('every event and command has an example that its schema takes as it stands, takes no unknown field, and describes what it asks for', () => {
  expect(definitionFaults(charterDeciders)).toEqual([]);
});

it('every read model has a table of its own, folds or ignores each event, and makes rows that fit its columns', () => {
  expect(readModelFaults(charterReadModels, charterDeciders)).toEqual([]);
});

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
