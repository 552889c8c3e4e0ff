import { ProblemError } from '@plumbline/platform/http';
import { typesNamed } from './event-types';

const KNOWN = [
  'metrics.ObservationRecorded.v1',
  'metrics.ObservationRecorded.v2',
  'metrics.ObservationVerified.v1',
  'organization.DayBegan.v1',
];

describe('an event type', () => {
  it.each([
    ['metrics.ObservationRecorded', KNOWN.slice(0, 2)],
    ['metrics.ObservationRecorded.v2', ['metrics.ObservationRecorded.v2']],
    ['METRICS.observationrecorded', KNOWN.slice(0, 2)],
    ['DayBegan', ['organization.DayBegan.v1']],
    ['daybegan.v1', ['organization.DayBegan.v1']],
  ])('may be named with or without context and version, in any case: %s', (given, types) => {
    expect(typesNamed(given, KNOWN)).toEqual(types);
  });
  it('that is not known is refused, naming the nearest', () => {
    const refused = (given: string): string | undefined => {
      try {
        typesNamed(given, KNOWN);
      } catch (error) {
        if (error instanceof ProblemError) return `${error.rule}: ${error.options.detail}`;
        throw error;
      }
      return undefined;
    };
    expect(refused('metrics.ObservationRecordet')).toMatch(
      /^an-event-type-is-a-known-one.*metrics\.ObservationRecorded\./,
    );
    expect(refused('zzz')).toContain('Types read as metrics.ObservationRecorded');
  });
});
