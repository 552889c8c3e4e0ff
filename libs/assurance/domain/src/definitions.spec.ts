import { definitionFaults, readModelFaults } from '@plumbline/kernel';
import { assuranceDeciders, assuranceReadModels } from './index';

it('every event and command has an example that its schema takes as it stands, takes no unknown field, and describes what it asks for', () => {
  expect(definitionFaults(assuranceDeciders)).toEqual([]);
});

it('every read model has a table of its own, folds or ignores each event, and makes rows that fit its columns', () => {
  expect(readModelFaults(assuranceReadModels, assuranceDeciders)).toEqual([]);
});

it.each(assuranceDeciders.flatMap((decider) => Object.entries(decider.commands)))(
  '%s is the product’s own',
  (_type, definition) => {
    expect(definition.roles).toEqual(['process']);
  },
);
