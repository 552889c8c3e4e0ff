import { definitionFaults, readModelFaults } from '@plumbline/kernel';
import { organizationDeciders, organizationReadModels } from './index';

it('every event and command has an example that its schema takes as it stands, takes no unknown field, and describes what it asks for', () => {
  expect(definitionFaults(organizationDeciders)).toEqual([]);
});

it('every read model has a table of its own, folds or ignores each event, and makes rows that fit its columns', () => {
  expect(readModelFaults(organizationReadModels, organizationDeciders)).toEqual([]);
});
