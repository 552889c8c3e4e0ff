import {
  addDays,
  anyReadModel,
  CADENCE_GRANULARITY,
  type LocalDate,
  type Period,
  periodContaining,
  previousPeriod,
} from '@plumbline/kernel';
import { calendarDays, type CalendarCommand, closedPeriods, organizationProfile } from '@plumbline/organization/domain';
import { onEachDay, type Process, type ProcessStep, step } from './process';

/** Periods before one that ended on or after a day and are not closed, oldest first: also those that went by while nothing ran. */
function openBefore(period: Period, since: LocalDate, closed: ReadonlySet<string>): readonly Period[] {
  const open: Period[] = [];
  for (let each = previousPeriod(period); each.end >= since; each = previousPeriod(each))
    if (!closed.has(each.text)) open.unshift(each);
  return open;
}

export const periodClose: Process = {
  name: 'period-close',
  version: 1,
  sentence: 'When the grace after a period’s due day is over, the period closes.',
  reads: [anyReadModel(organizationProfile), anyReadModel(closedPeriods), anyReadModel(calendarDays)],
  on: {
    'organization.DayBegan.v1': onEachDay((day, rows) => {
      const [profile] = rows.of(organizationProfile);
      const [first] = rows.of(calendarDays);
      if (!profile || !first || profile.dueDays === null || profile.graceDays === null) return [];
      const lastOver = addDays(day, -(profile.dueDays + profile.graceDays + 1));
      const fiscalYear = profile.fiscalYear === '01-01' ? undefined : profile.fiscalYear;
      const closed = new Set(rows.of(closedPeriods).map(({ period }) => period));
      return profile.periods.flatMap((cadence): readonly ProcessStep[] => {
        const around = periodContaining(addDays(lastOver, 1), CADENCE_GRANULARITY[cadence], fiscalYear);
        return openBefore(around, first.date, closed).map(({ text }) => {
          const command: CalendarCommand = { type: 'organization.ClosePeriod', data: { period: text } };
          return step(command, text);
        });
      });
    }),
  },
};
