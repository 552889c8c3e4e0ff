import type { ReadModel } from '@plumbline/kernel';
import type { ProgramsEvent } from './action.events';

/** One row a delivery; one that was withdrawn stays, marked. */
export type DeliveryRow = {
  readonly actionId: string;
  readonly deliveryId: string;
  readonly date: string;
  readonly session: string;
  readonly unitIds: readonly string[];
  readonly count: number;
  readonly hours: string | null;
  readonly postHoc: boolean | null;
  readonly withdrawn: boolean;
  readonly deliveredBy: string;
  readonly recordedAt: string;
};

const keys = ({ data }: { readonly data: { readonly actionId: string; readonly deliveryId: string } }) => [
  { actionId: data.actionId, deliveryId: data.deliveryId },
];

export const actionDeliveries: ReadModel<DeliveryRow, ProgramsEvent> = {
  name: 'action_deliveries',
  version: 1,
  key: ['actionId', 'deliveryId'],
  columns: {
    actionId: 'text',
    deliveryId: 'text',
    date: 'date',
    session: 'text',
    unitIds: 'text[]',
    count: 'integer',
    hours: 'decimal?',
    postHoc: 'boolean?',
    withdrawn: 'boolean',
    deliveredBy: 'text',
    recordedAt: 'instant',
  },
  on: {
    'programs.ActionDelivered.v1': {
      keys,
      fold: (_row, { data: { lateReason: _reason, ...delivery }, recordedAt }) => ({
        ...delivery,
        withdrawn: false,
        recordedAt,
      }),
    },
    'programs.ActionDeliveryWithdrawn.v1': {
      keys,
      fold: (row) => (row ? { ...row, withdrawn: true } : null),
    },
    'programs.ActionPlanned.v1': 'ignored',
    'programs.ActionEligibilityDeclared.v1': 'ignored',
    'programs.ActionResourced.v1': 'ignored',
    'programs.ActionStarted.v1': 'ignored',
    'programs.ActionParticipationRecorded.v1': 'ignored',
    'programs.ActionEvidenceAttached.v1': 'ignored',
    'programs.ActionEvidenceAttested.v1': 'ignored',
    'programs.ActionEvidenceWithdrawn.v1': 'ignored',
    'programs.ActionCompleted.v1': 'ignored',
    'programs.ActionCancelled.v1': 'ignored',
    'programs.ActionOutcomeReviewed.v1': 'ignored',
    'programs.InvisibleLabourRecorded.v1': 'ignored',
  },
};
