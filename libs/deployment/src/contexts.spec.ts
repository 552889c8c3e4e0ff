import { eventDefinitions, readModels } from './contexts';

describe('what was done with the key of the start', () => {
  it('is told of every event that this build writes', () => {
    const acts = readModels.find(({ name }) => name === 'local_key_acts');
    expect(Object.keys(acts!.on).sort()).toEqual(Object.keys(eventDefinitions).sort());
  });
});
