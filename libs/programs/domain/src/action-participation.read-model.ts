import type { ReadModel } from '@plumbline/kernel';
import type { People, ProgramsEvent } from './action.events';

/** How many took part in a delivery, and how many could have. A number that may not be told is null, and its kind says what may be said. */
export type ParticipationRow = {
  readonly actionId: string;
  readonly deliveryId: string;
  readonly participantsKind: People['kind'];
  readonly participants: number | null;
  readonly eligibleKind: People['kind'];
  readonly eligible: number | null;
  readonly smallestGroup: number;
  readonly recordedBy: string;
  readonly recordedAt: string;
};

const numberOf = (people: People): number | null => (people.kind === 'COUNT' ? people.count : null);
const keys = ({ data }: { readonly data: { readonly actionId: string; readonly deliveryId: string } }) => [
  { actionId: data.actionId, deliveryId: data.deliveryId },
];

export const actionParticipation: ReadModel<ParticipationRow, ProgramsEvent> = {
  name: 'action_participation',
  version: 1,
  key: ['actionId', 'deliveryId'],
  columns: {
    actionId: 'text',
    deliveryId: 'text',
    participantsKind: 'text',
    participants: 'integer?',
    eligibleKind: 'text',
    eligible: 'integer?',
    smallestGroup: 'integer',
    recordedBy: 'text',
    recordedAt: 'instant',
  },
  on: {
    'programs.ActionParticipationRecorded.v1': {
      keys,
      fold: (_row, { data, recordedAt }) => ({
        actionId: data.actionId,
        deliveryId: data.deliveryId,
        participantsKind: data.participants.kind,
        participants: numberOf(data.participants),
        eligibleKind: data.eligible.kind,
        eligible: numberOf(data.eligible),
        smallestGroup: data.smallestGroup,
        recordedBy: data.recordedBy,
        recordedAt,
      }),
    },
    'programs.ActionDeliveryWithdrawn.v1': { keys, fold: () => null },
    'programs.ActionPlanned.v1': 'ignored',
    'programs.ActionEligibilityDeclared.v1': 'ignored',
    'programs.ActionResourced.v1': 'ignored',
    'programs.ActionStarted.v1': 'ignored',
    'programs.ActionDelivered.v1': 'ignored',
    'programs.ActionEvidenceAttached.v1': 'ignored',
    'programs.ActionEvidenceAttested.v1': 'ignored',
    'programs.ActionEvidenceWithdrawn.v1': 'ignored',
    'programs.ActionCompleted.v1': 'ignored',
    'programs.ActionCancelled.v1': 'ignored',
    'programs.ActionOutcomeReviewed.v1': 'ignored',
    'programs.InvisibleLabourRecorded.v1': 'ignored',
  },
};
