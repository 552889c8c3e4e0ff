import type { ReadModel } from '@plumbline/kernel';
import type { People, ProgramsEvent } from './action.events';
import type { LabourKind, Recognition } from './vocabulary';

/** Hours given beside the job, by action, unit, period and kind; told again, the later ones stand. */
export type InvisibleLabourRow = {
  readonly actionId: string;
  readonly unitId: string;
  readonly period: string;
  readonly kind: LabourKind;
  readonly hours: string;
  readonly fte: string | null;
  readonly peopleKind: People['kind'];
  readonly people: number | null;
  readonly recognised: Recognition;
  readonly recordedBy: string;
  readonly recordedAt: string;
};

export const invisibleLabour: ReadModel<InvisibleLabourRow, ProgramsEvent> = {
  name: 'invisible_labour',
  version: 1,
  key: ['actionId', 'unitId', 'period', 'kind'],
  columns: {
    actionId: 'text',
    unitId: 'text',
    period: 'text',
    kind: 'text',
    hours: 'decimal',
    fte: 'decimal?',
    peopleKind: 'text',
    people: 'integer?',
    recognised: 'text',
    recordedBy: 'text',
    recordedAt: 'instant',
  },
  on: {
    'programs.InvisibleLabourRecorded.v1': {
      keys: ({ data: { actionId, unitId, period, kind } }) => [{ actionId, unitId, period, kind }],
      fold: (_row, { data: { people, ...labour }, recordedAt }) => ({
        ...labour,
        peopleKind: people.kind,
        people: people.kind === 'COUNT' ? people.count : null,
        recordedAt,
      }),
    },
    'programs.ActionPlanned.v1': 'ignored',
    'programs.ActionEligibilityDeclared.v1': 'ignored',
    'programs.ActionResourced.v1': 'ignored',
    'programs.ActionStarted.v1': 'ignored',
    'programs.ActionDelivered.v1': 'ignored',
    'programs.ActionDeliveryWithdrawn.v1': 'ignored',
    'programs.ActionParticipationRecorded.v1': 'ignored',
    'programs.ActionEvidenceAttached.v1': 'ignored',
    'programs.ActionEvidenceAttested.v1': 'ignored',
    'programs.ActionEvidenceWithdrawn.v1': 'ignored',
    'programs.ActionCompleted.v1': 'ignored',
    'programs.ActionCancelled.v1': 'ignored',
    'programs.ActionOutcomeReviewed.v1': 'ignored',
  },
};
