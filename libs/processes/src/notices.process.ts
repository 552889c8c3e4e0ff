import { addDays, isoWeekday, type LocalDate } from '@plumbline/kernel';
import { dueReads, dueWithin } from './due-items';
import { onEachDay, type Process, type ProcessRows, type ProcessStep } from './process';
import { notices, withDelegates } from './telling';

/** Days before something is due on which its owner is told. */
const DAYS_BEFORE = [14, 3, 0];
const MONDAY = 1;
const WEEK_AHEAD = 13;

function onDay(day: LocalDate, rows: ProcessRows): readonly ProcessStep[] {
  const soon = withDelegates(dueWithin(day, Math.max(...DAYS_BEFORE), rows), day, rows);
  const days = DAYS_BEFORE.map((before) => addDays(day, before));
  const due = soon.filter(({ item }) => days.includes(item.due ?? ''));
  const digest =
    isoWeekday(day) === MONDAY ? soon.filter(({ item }) => (item.due ?? '') <= addDays(day, WEEK_AHEAD)) : [];
  return [...notices(due, day, 'DUE'), ...notices(digest, day, 'DIGEST')];
}

export const noticesProcess: Process = {
  name: 'notices',
  version: 1,
  sentence:
    'Fourteen days and three days before something is due, and on its day, its owner and delegates are told; each Monday what is open in the two weeks to come.',
  reads: dueReads,
  on: { 'organization.DayBegan.v1': onEachDay(onDay) },
};
