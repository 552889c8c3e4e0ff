import { type OpenEvent, isDisclosed, throughGate } from './index';

const event = { id: 'e-1', type: 'metrics.ObservationRecorded.v1', position: '17', payload: { value: '62.5', n: 3 } };

describe('the gate for events', () => {
  it('lets a payload through to who may see it', () => {
    expect(throughGate([event], () => true)).toEqual([event]);
  });

  it('leaves id, type and position of a withheld event, whatever else the object carried', () => {
    const carried = { ...event, data: { n: 3 }, stream: 'series-1' } as OpenEvent;
    const seen = throughGate([carried], () => false);
    expect(seen).toEqual([{ id: 'e-1', type: 'metrics.ObservationRecorded.v1', position: '17', payload: 'withheld' }]);
    expect(isDisclosed(seen)).toBe(true);
  });
});
