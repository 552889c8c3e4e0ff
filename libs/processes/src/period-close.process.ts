import { addDays, anyReadModel, CADENCE_GRANULARITY, periodContaining, previousPeriod } from '@plumbline/kernel';
import { calendarDays, type CalendarCommand, closedPeriods, organizationProfile } from '@plumbline/organization/domain';
import { onEachDay, type Process, type ProcessStep, step } from './process';

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
        const { text, end } = previousPeriod(around);
        if (end < first.date || closed.has(text)) return [];
        const command: CalendarCommand = { type: 'organization.ClosePeriod', data: { period: text } };
        return [step(command, text)];
      });
    }),
  },
};
