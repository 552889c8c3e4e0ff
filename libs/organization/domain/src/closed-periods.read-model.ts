import type { ReadModel } from '@plumbline/kernel';
import type { CalendarEvent } from './calendar.events';

/** One row a closed period, as of which event. */
export type ClosedPeriodRow = {
  readonly period: string;
  readonly asOf: string;
};

export const closedPeriods: ReadModel<ClosedPeriodRow, CalendarEvent> = {
  name: 'closed_periods',
  version: 1,
  key: ['period'],
  columns: { period: 'text', asOf: 'text' },
  on: {
    'organization.PeriodClosed.v1': {
      keys: ({ data }) => [{ period: data.period }],
      fold: (_row, { data }) => ({ period: data.period, asOf: data.asOf }),
    },
    'organization.DayBegan.v1': 'ignored',
  },
};
