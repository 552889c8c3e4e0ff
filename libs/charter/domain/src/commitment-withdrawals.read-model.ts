import { sealedReference, type LocalDate, type ReadModel } from '@plumbline/kernel';
import type { EndingEvent } from './commitment-ending.events';

/** A commitment that was asked to be taken back, who approved that, and what became of it. */
export type CommitmentWithdrawalRow = {
  readonly requestId: string;
  readonly commitmentId: string;
  readonly state: 'REQUESTED' | 'WITHDRAWN' | 'REFUSED';
  readonly requestedBy: string;
  /** Who has approved it, in their order. */
  readonly approvers: readonly string[];
  readonly refusedBy: string | null;
  readonly withdrawnOn: LocalDate | null;
  /** Sealed: why it was asked for, and why it was approved or refused. */
  readonly requestReason: string;
  readonly decisionReason: string | null;
};

type WithdrawalEvent = Extract<
  EndingEvent,
  {
    type:
      | 'charter.CommitmentWithdrawalRequested.v1'
      | 'charter.CommitmentWithdrawalApproved.v1'
      | 'charter.CommitmentWithdrawalRefused.v1'
      | 'charter.CommitmentWithdrawn.v1';
  }
>;

const keys = ({ data }: { readonly data: { readonly requestId: string } }) => [{ requestId: data.requestId }];

export const commitmentWithdrawals: ReadModel<CommitmentWithdrawalRow, WithdrawalEvent> = {
  name: 'commitment_withdrawals',
  version: 1,
  key: ['requestId'],
  columns: {
    requestId: 'text',
    commitmentId: 'text',
    state: 'text',
    requestedBy: 'text',
    approvers: 'text[]',
    refusedBy: 'text?',
    withdrawnOn: 'date?',
    requestReason: 'text',
    decisionReason: 'text?',
  },
  indexes: [['commitmentId']],
  on: {
    'charter.CommitmentWithdrawalRequested.v1': {
      keys,
      fold: (_row, { id, data }) => ({
        requestId: data.requestId,
        commitmentId: data.commitmentId,
        state: 'REQUESTED',
        requestedBy: data.requestedBy,
        approvers: [],
        refusedBy: null,
        withdrawnOn: null,
        requestReason: sealedReference(id, 'reason'),
        decisionReason: null,
      }),
    },
    'charter.CommitmentWithdrawalApproved.v1': {
      keys,
      fold: (row, { data }) => (row ? { ...row, approvers: [...row.approvers, data.by] } : null),
    },
    'charter.CommitmentWithdrawalRefused.v1': {
      keys,
      fold: (row, { id, data }) =>
        row
          ? { ...row, state: 'REFUSED', refusedBy: data.refusedBy, decisionReason: sealedReference(id, 'reason') }
          : null,
    },
    'charter.CommitmentWithdrawn.v1': {
      keys,
      fold: (row, { id, data }) =>
        row
          ? {
              ...row,
              state: 'WITHDRAWN',
              approvers: data.approvers,
              withdrawnOn: data.withdrawnOn,
              decisionReason: sealedReference(id, 'reason'),
            }
          : null,
    },
  },
};
