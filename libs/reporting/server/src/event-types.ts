import { nearest, ProblemError } from '@plumbline/platform/http';

const withoutVersion = (type: string): string => type.replace(/\.v\d+$/, '');
const nameOf = (type: string): string => type.slice(type.indexOf('.') + 1);

/**
 * The event types that someone means by a name: with or without its version (all of them), with or without its context, in any case.
 * @throws ProblemError 422 `an-event-type-is-a-known-one`, naming the nearest ones
 */
export function typesNamed(given: string, known: readonly string[]): readonly string[] {
  const wanted = given.trim().toLowerCase();
  const forms = (type: string): readonly string[] => [
    type,
    withoutVersion(type),
    nameOf(type),
    nameOf(withoutVersion(type)),
  ];
  const found = known.filter((type) => forms(type).some((form) => form.toLowerCase() === wanted));
  if (found.length > 0) return found;
  const near = nearest(withoutVersion(given), [...new Set(known.map(withoutVersion))]);
  throw new ProblemError(422, 'an-event-type-is-a-known-one', {
    detail:
      near.length > 0
        ? `There is no event type "${given}". Near it: ${near.join(', ')}.`
        : `There is no event type "${given}". Types read as metrics.ObservationRecorded.`,
  });
}
