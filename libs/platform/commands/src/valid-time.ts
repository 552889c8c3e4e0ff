import type { Instant, LocalDate } from '@plumbline/kernel';
import type { Refused } from './command-result';

const MS_PER_DAY = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

/** The calendar day `YYYY-MM-DD` of an instant in a time zone (IANA name). @throws RangeError when the zone is unknown */
export function localDay(instant: Instant, timeZone: string): LocalDate {
  const parts = formatterOf(timeZone).formatToParts(new Date(instant));
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

const refuse = (refused: string, detail: string): Refused => ({ accepted: false, kind: 'rule', refused, detail });

/** Refuses what is said to happen later than now, and what lies back more than `maxBackdateDays` without a reason. */
export function checkValidTime(
  occurredAt: Instant | undefined,
  reason: string | undefined,
  now: Instant,
  maxBackdateDays: number,
): Refused | undefined {
  if (occurredAt === undefined) return undefined;
  const back = Date.parse(now) - Date.parse(occurredAt);
  if (back < 0)
    return refuse('nothing-is-recorded-before-it-happens', 'occurredAt lies in the future; leave it out for now');
  if (back > maxBackdateDays * MS_PER_DAY && (reason ?? '').trim() === '') {
    return refuse(
      'back-dating-needs-a-reason',
      `occurredAt lies back more than ${maxBackdateDays} days; send a reason with it`,
    );
  }
  return undefined;
}
