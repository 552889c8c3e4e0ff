import { definitionFaults } from '@plumbline/kernel';
import { evaluationsDeciders } from './index';

it('every event and command has an example that its schema takes as it stands, takes no unknown field, and describes what it asks for', () => {
  expect(definitionFaults(evaluationsDeciders)).toEqual([]);
});
