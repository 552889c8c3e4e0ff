import { addDays, CADENCE_DAYS, daysBetween, type Cadence, type LocalDate, type Period } from '@plumbline/kernel';

/** Days from a period's end to the as-of day; 0 or less while the period still runs. */
export const ageOf = (period: Period, asOf: LocalDate): number => daysBetween(period.end, asOf);

/** Older than one and a half times its cadence. Days are whole: 1.5 × 91 = 136.5, so a quarterly figure is stale at 137 days. */
export const isStale = (period: Period, cadence: Cadence, asOf: LocalDate): boolean =>
  2 * ageOf(period, asOf) > 3 * CADENCE_DAYS[cadence];

/** When figures must be in: so many days after their period, and so many of grace. */
export interface ReportingDays {
  readonly dueDays: number;
  readonly graceDays: number;
}

/** What the absence of a figure means on a day: still time, nobody said anything although someone owes it, or simply nothing there. */
export type Absence = 'NOT_DUE' | 'NOT_REPORTED' | 'NO_DATA';

/**
 * Names the absence of a period's figure.
 * @param days null when no reporting calendar was set: nothing is due, so nothing is owed
 * @param owed whether someone was to report it
 * @param moved the day on which what is due on a day falls due: a later one where those who owe it are absent
 */
export function absenceOf(
  period: Period,
  asOf: LocalDate,
  days: ReportingDays | null,
  owed: boolean,
  moved: (due: LocalDate) => LocalDate = (due) => due,
): Absence {
  const last = days === null ? period.end : addDays(moved(addDays(period.end, days.dueDays)), days.graceDays);
  if (asOf <= last) return 'NOT_DUE';
  return owed && days !== null ? 'NOT_REPORTED' : 'NO_DATA';
}
