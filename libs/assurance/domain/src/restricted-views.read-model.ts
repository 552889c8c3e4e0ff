import type { Instant, LocalDate, ReadModel } from '@plumbline/kernel';
import type { DisclosureEvent } from './disclosure.events';

/** One row a person, report, subject and day. */
export type RestrictedViewRow = {
  /** Id of the event. */
  readonly viewId: string;
  readonly day: LocalDate;
  readonly viewer: string;
  readonly role: string;
  readonly report: string;
  readonly cycle: string | null;
  readonly leader: string | null;
  readonly unit: string | null;
  readonly asOf: string;
  readonly recordedAt: Instant;
};

export const restrictedViews: ReadModel<RestrictedViewRow, DisclosureEvent> = {
  name: 'restricted_views',
  version: 1,
  key: ['viewId'],
  columns: {
    viewId: 'text',
    day: 'date',
    viewer: 'text',
    role: 'text',
    report: 'text',
    cycle: 'text?',
    leader: 'text?',
    unit: 'text?',
    asOf: 'text',
    recordedAt: 'instant',
  },
  indexes: [['day'], ['viewer']],
  on: {
    'assurance.RestrictedReportViewed.v1': {
      keys: ({ id }) => [{ viewId: id }],
      fold: (_row, { id, data, recordedAt }) => ({ viewId: id, ...data, recordedAt }),
    },
    'assurance.DisclosureRefused.v1': 'ignored',
    'assurance.ExportGenerated.v1': 'ignored',
  },
};
