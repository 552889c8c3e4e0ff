import type { Instant, LocalDate, ReadModel } from '@plumbline/kernel';
import type { DisclosureEvent } from './disclosure.events';

/** One row a person, report, leader, rule and day. */
export type DisclosureRefusalRow = {
  /** Id of the event. */
  readonly refusalId: string;
  readonly day: LocalDate;
  readonly viewer: string;
  readonly report: string;
  readonly leader: string | null;
  readonly rule: string;
  readonly recordedAt: Instant;
};

export const disclosureRefusals: ReadModel<DisclosureRefusalRow, DisclosureEvent> = {
  name: 'disclosure_refusals',
  version: 1,
  key: ['refusalId'],
  columns: {
    refusalId: 'text',
    day: 'date',
    viewer: 'text',
    report: 'text',
    leader: 'text?',
    rule: 'text',
    recordedAt: 'instant',
  },
  indexes: [['day'], ['viewer']],
  on: {
    'assurance.DisclosureRefused.v1': {
      keys: ({ id }) => [{ refusalId: id }],
      fold: (_row, { id, data, recordedAt }) => ({ refusalId: id, ...data, recordedAt }),
    },
    'assurance.RestrictedReportViewed.v1': 'ignored',
    'assurance.ExportGenerated.v1': 'ignored',
  },
};
