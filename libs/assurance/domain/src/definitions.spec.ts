import { definitionFaults } from '@plumbline/kernel';
import { assuranceDeciders } from './index';

it('every event and command has an example that its schema takes as it stands, takes no unknown field, and describes what it asks for', () => {
  expect(definitionFaults(assuranceDeciders)).toEqual([]);
});

it.each(assuranceDeciders.flatMap((decider) => Object.entries(decider.commands)))(
  '%s is the product’s own',
  (_type, definition) => {
    expect(definition.roles).toEqual(['process']);
  },
);
