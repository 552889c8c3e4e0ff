import { sealedReference, type LocalDate, type ReadModel } from '@plumbline/kernel';
import type { CommitmentEvent } from './commitment.events';
import type { SelfStatus } from './vocabulary';

/** A reporting period of a commitment. LATE: reported when its grace was over; `missed` stays whatever came later. */
export type CommitmentPeriodRow = {
  readonly commitmentId: string;
  readonly period: string;
  readonly outcome: 'REPORTED' | 'MISSED' | 'LATE';
  readonly missed: boolean;
  readonly selfStatus: SelfStatus | null;
  readonly nil: boolean | null;
  readonly causes: readonly string[];
  /** Sealed. */
  readonly narrative: string | null;
  readonly challenges: string | null;
  readonly reportedBy: string | null;
  readonly reportedOn: LocalDate | null;
};

type PeriodEvent = Extract<
  CommitmentEvent,
  { type: 'charter.CommitmentProgressReported.v1' | 'charter.CommitmentProgressMissed.v1' }
>;

export const commitmentPeriods: ReadModel<CommitmentPeriodRow, PeriodEvent> = {
  name: 'commitment_periods',
  version: 1,
  key: ['commitmentId', 'period'],
  columns: {
    commitmentId: 'text',
    period: 'text',
    outcome: 'text',
    missed: 'boolean',
    selfStatus: 'text?',
    nil: 'boolean?',
    causes: 'text[]',
    narrative: 'text?',
    challenges: 'text?',
    reportedBy: 'text?',
    reportedOn: 'date?',
  },
  on: {
    'charter.CommitmentProgressReported.v1': {
      keys: ({ data: { commitmentId, period } }) => [{ commitmentId, period }],
      fold: (row, { id, data }) => ({
        commitmentId: data.commitmentId,
        period: data.period,
        outcome: data.late ? 'LATE' : 'REPORTED',
        missed: row?.missed ?? false,
        selfStatus: data.selfStatus,
        nil: data.nil,
        causes: data.causes,
        narrative: data.narrative === null ? null : sealedReference(id, 'narrative'),
        challenges: data.challenges === null ? null : sealedReference(id, 'challenges'),
        reportedBy: data.reportedBy,
        reportedOn: data.reportedOn,
      }),
    },
    'charter.CommitmentProgressMissed.v1': {
      keys: ({ data: { commitmentId, period } }) => [{ commitmentId, period }],
      fold: (_row, { data: { commitmentId, period } }) => ({
        commitmentId,
        period,
        outcome: 'MISSED',
        missed: true,
        ...{ selfStatus: null, nil: null, causes: [], narrative: null, challenges: null },
        ...{ reportedBy: null, reportedOn: null },
      }),
    },
  },
};
