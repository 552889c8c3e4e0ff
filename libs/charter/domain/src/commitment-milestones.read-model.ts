import type { LocalDate, ReadModel } from '@plumbline/kernel';
import type { CommitmentEvent } from './commitment.events';
import type { PlanEvent } from './commitment-plan.events';

/** A milestone. Before acceptance one without its own date is due at its latest indicator; at acceptance its date is fixed. */
export type MilestoneRow = {
  readonly commitmentId: string;
  readonly milestoneId: string;
  readonly title: string;
  readonly weight: number;
  /** Stood when the commitment was accepted: only these count for what was contracted. */
  readonly contracted: boolean;
  readonly baselineDue: LocalDate | null;
  readonly currentDue: LocalDate | null;
  readonly moves: number;
  readonly recordedOn: LocalDate | null;
  readonly doneOn: LocalDate | null;
  readonly attestedBy: string | null;
  readonly evidence: readonly string[];
};

type Accepted = Extract<CommitmentEvent, { type: 'charter.CommitmentAccepted.v1' }>;

export const commitmentMilestones: ReadModel<MilestoneRow, PlanEvent | Accepted> = {
  name: 'commitment_milestones',
  version: 1,
  key: ['commitmentId', 'milestoneId'],
  columns: {
    commitmentId: 'text',
    milestoneId: 'text',
    title: 'text',
    weight: 'integer',
    contracted: 'boolean',
    baselineDue: 'date?',
    currentDue: 'date?',
    moves: 'integer',
    recordedOn: 'date?',
    doneOn: 'date?',
    attestedBy: 'text?',
    evidence: 'text[]',
  },
  on: {
    'charter.CommitmentAccepted.v1': {
      keys: ({ data: { commitmentId, milestones } }) =>
        milestones.map(({ milestoneId }) => ({ commitmentId, milestoneId })),
      fold: (row, { data }, key) => {
        const due = data.milestones.find(({ milestoneId }) => milestoneId === key.milestoneId)?.due;
        return row && due !== undefined ? { ...row, baselineDue: due, currentDue: due } : null;
      },
    },
    'charter.CommitmentMilestoneAdded.v1': {
      keys: ({ data: { commitmentId, milestoneId } }) => [{ commitmentId, milestoneId }],
      fold: (_row, { data }) => ({
        commitmentId: data.commitmentId,
        milestoneId: data.milestoneId,
        title: data.title,
        weight: data.weight,
        contracted: data.contracted,
        baselineDue: data.baselineDue,
        currentDue: data.baselineDue,
        ...{ moves: 0, recordedOn: null, doneOn: null, attestedBy: null, evidence: [] },
      }),
    },
    'charter.CommitmentIndicatorAdded.v1': 'ignored',
    'charter.CommitmentRescheduleRequested.v1': 'ignored',
    'charter.CommitmentMilestoneRescheduled.v1': {
      keys: ({ data: { commitmentId, milestoneId } }) => [{ commitmentId, milestoneId }],
      fold: (row, { data }) => (row ? { ...row, currentDue: data.to, moves: row.moves + 1 } : null),
    },
    'charter.CommitmentRescheduleRefused.v1': 'ignored',
    'charter.CommitmentMilestoneReached.v1': {
      keys: ({ data: { commitmentId, milestoneId } }) => [{ commitmentId, milestoneId }],
      fold: (row, { data: { recordedOn, evidenceRefs } }) =>
        row
          ? { ...row, recordedOn, doneOn: recordedOn, evidence: evidenceRefs.map(({ evidenceId }) => evidenceId) }
          : null,
    },
    'charter.CommitmentDoneDateAttested.v1': {
      keys: ({ data: { commitmentId, milestoneId } }) => (milestoneId === null ? [] : [{ commitmentId, milestoneId }]),
      fold: (row, { data: { doneOn, attestedBy } }) => (row ? { ...row, doneOn, attestedBy } : null),
    },
  },
};
