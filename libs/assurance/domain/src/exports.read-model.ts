import type { Instant, LocalDate, ReadModel } from '@plumbline/kernel';
import type { DisclosureEvent } from './disclosure.events';

/** One row a person, report, subject, form, content and day. */
export type ExportRow = {
  /** Id of the event. */
  readonly exportId: string;
  readonly day: LocalDate;
  readonly viewer: string;
  readonly role: string;
  readonly report: string;
  readonly cycle: string | null;
  readonly leader: string | null;
  readonly unit: string | null;
  readonly format: string;
  readonly manifestHash: string;
  readonly asOf: string;
  readonly recordedAt: Instant;
};

export const exportsMade: ReadModel<ExportRow, DisclosureEvent> = {
  name: 'exports',
  version: 1,
  key: ['exportId'],
  columns: {
    exportId: 'text',
    day: 'date',
    viewer: 'text',
    role: 'text',
    report: 'text',
    cycle: 'text?',
    leader: 'text?',
    unit: 'text?',
    format: 'text',
    manifestHash: 'text',
    asOf: 'text',
    recordedAt: 'instant',
  },
  indexes: [['day'], ['viewer']],
  on: {
    'assurance.ExportGenerated.v1': {
      keys: ({ id }) => [{ exportId: id }],
      fold: (_row, { id, data, recordedAt }) => ({ exportId: id, ...data, recordedAt }),
    },
    'assurance.RestrictedReportViewed.v1': 'ignored',
    'assurance.DisclosureRefused.v1': 'ignored',
  },
};
