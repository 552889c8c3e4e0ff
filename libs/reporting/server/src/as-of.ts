import type { Instant, LocalDate } from '@plumbline/kernel';
import { addDays, isLocalDate } from '@plumbline/kernel';
import { localDay } from '@plumbline/platform/commands';
import { ProblemError } from '@plumbline/platform/http';

const HOUR = 3_600_000;

/** The first instant of a calendar day in a time zone (IANA name): also where a day begins an hour late, or not at midnight. */
export function startOfDay(day: LocalDate, timeZone: string): Instant {
  const noonUtc = Date.parse(`${day}T12:00:00.000Z`);
  // every zone's offset lies within 14 hours of UTC: the day begins between these, and it is found by halving
  let before = noonUtc - 12 * HOUR - 15 * HOUR;
  let within = noonUtc + 3 * HOUR;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (localDay(new Date(middle).toISOString(), timeZone) < day) before = middle;
    else within = middle;
  }
  return new Date(within).toISOString();
}

/** What `asOf` may say: a position of the log, a day, which means its end, or `head`: all that is recorded at the moment of asking. */
export type AsOfText = { readonly position: bigint } | { readonly day: LocalDate } | 'head' | undefined;

/** @throws ProblemError 400 */
export function parseAsOf(text: string | undefined, name = 'asOf'): AsOfText {
  if (text === undefined || text === '') return undefined;
  if (text === 'head') return text;
  if (/^\d{1,18}$/.test(text)) return { position: BigInt(text) };
  if (isLocalDate(text)) return { day: text };
  throw new ProblemError(400, 'a-request-is-well-formed', {
    detail: `${name} is a position of the log, as 1841, a day, as 2026-11-01, or head, the end of the log.`,
  });
}

/** The instant before which everything is known at the end of a day. */
export const endOfDay = (day: LocalDate, timeZone: string): Instant => startOfDay(addDays(day, 1), timeZone);
