import type { Instant, LocalDate, ReadModel } from '@plumbline/kernel';
import type { CalendarEvent } from './calendar.events';

/** One row a day that has begun; its `events` name the one event. The last of them is the as-of date of reports. */
export type CalendarDayRow = {
  readonly date: LocalDate;
  readonly recordedAt: Instant;
};

export const calendarDays: ReadModel<CalendarDayRow, CalendarEvent> = {
  name: 'calendar_days',
  version: 1,
  key: ['date'],
  columns: { date: 'date', recordedAt: 'instant' },
  on: {
    'organization.DayBegan.v1': {
      keys: ({ data }) => [{ date: data.date }],
      fold: (_row, { data, recordedAt }) => ({ date: data.date, recordedAt }),
    },
    'organization.PeriodClosed.v1': 'ignored',
  },
};

/** The last day that has begun at the position the rows were read at, or undefined when none has. */
export const lastDay = <R extends CalendarDayRow>(rows: readonly R[]): R | undefined =>
  rows.reduce<R | undefined>((last, row) => (last && last.date > row.date ? last : row), undefined);
