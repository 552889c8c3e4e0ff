import { sealedReference, type LocalDate, type ReadModel } from '@plumbline/kernel';
import type { PlanEvent } from './commitment-plan.events';

/** Another date that was asked for, and what became of it. */
export type MilestoneMoveRow = {
  readonly requestId: string;
  readonly commitmentId: string;
  readonly milestoneId: string;
  readonly state: 'REQUESTED' | 'MOVED' | 'REFUSED';
  readonly fromDue: LocalDate;
  readonly toDue: LocalDate;
  readonly requestedBy: string;
  readonly requestedOn: LocalDate;
  readonly decidedBy: string | null;
  readonly movedOn: LocalDate | null;
  /** Sealed: why it was asked for, and why it was moved or refused. */
  readonly requestReason: string;
  readonly decisionReason: string | null;
};

type MoveEvent = Extract<
  PlanEvent,
  {
    type:
      | 'charter.CommitmentRescheduleRequested.v1'
      | 'charter.CommitmentMilestoneRescheduled.v1'
      | 'charter.CommitmentRescheduleRefused.v1';
  }
>;

export const commitmentMoves: ReadModel<MilestoneMoveRow, MoveEvent> = {
  name: 'commitment_moves',
  version: 1,
  key: ['requestId'],
  columns: {
    requestId: 'text',
    commitmentId: 'text',
    milestoneId: 'text',
    state: 'text',
    fromDue: 'date',
    toDue: 'date',
    requestedBy: 'text',
    requestedOn: 'date',
    decidedBy: 'text?',
    movedOn: 'date?',
    requestReason: 'text',
    decisionReason: 'text?',
  },
  on: {
    'charter.CommitmentRescheduleRequested.v1': {
      keys: ({ data }) => [{ requestId: data.requestId }],
      fold: (_row, { id, data }) => ({
        requestId: data.requestId,
        commitmentId: data.commitmentId,
        milestoneId: data.milestoneId,
        state: 'REQUESTED',
        fromDue: data.from,
        toDue: data.to,
        requestedBy: data.requestedBy,
        requestedOn: data.requestedOn,
        decidedBy: null,
        movedOn: null,
        requestReason: sealedReference(id, 'reason'),
        decisionReason: null,
      }),
    },
    'charter.CommitmentMilestoneRescheduled.v1': {
      keys: ({ data }) => [{ requestId: data.requestId }],
      fold: (row, { id, data }) =>
        row
          ? {
              ...row,
              state: 'MOVED',
              decidedBy: data.approvedBy,
              movedOn: data.rescheduledOn,
              decisionReason: sealedReference(id, 'reason'),
            }
          : null,
    },
    'charter.CommitmentRescheduleRefused.v1': {
      keys: ({ data }) => [{ requestId: data.requestId }],
      fold: (row, { id, data }) =>
        row
          ? { ...row, state: 'REFUSED', decidedBy: data.refusedBy, decisionReason: sealedReference(id, 'reason') }
          : null,
    },
  },
};
