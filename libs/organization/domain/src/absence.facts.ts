import { addDays, endOfMonth, type LocalDate } from '@plumbline/kernel';
import type { Absence } from './person.facts';

/** The last day of the month in which someone is back: all that a date may tell of an absence. */
const settledAfter = ({ to }: Absence): LocalDate => endOfMonth(addDays(to, 1));

/** Whether a date is moved by an absence: it lies inside it, or later in the month in which the person is back. */
export const movesDate = (absence: Absence, day: LocalDate): boolean =>
  absence.from <= day && day < settledAfter(absence);

/**
 * The day itself, or the end of the month in which its owner is back. Nothing falls due while they are away, nor in the rest of that month: whichever dates
 * are moved, and to when, tells the month and not the day on which an absence ends.
 */
export function outsideAbsence(absences: readonly Absence[], day: LocalDate): LocalDate {
  const settled = absences
    .filter((absence) => movesDate(absence, day))
    .map(settledAfter)
    .reduce((a, b) => (a > b ? a : b), day);
  return settled === day ? day : outsideAbsence(absences, settled);
}
