import type { ReadModel } from '@plumbline/kernel';
import type { ProgramsEvent } from './action.events';

/** One row a piece of evidence; one that was withdrawn stays, marked. */
export type ActionEvidenceRow = {
  readonly actionId: string;
  readonly evidenceId: string;
  readonly title: string;
  readonly sha256: string;
  readonly custodian: string;
  readonly attestor: string | null;
  readonly uri: string | null;
  readonly fileId: string | null;
  readonly periodFrom: string | null;
  readonly periodTo: string | null;
  readonly expiresAt: string | null;
  readonly withdrawn: boolean;
  readonly attachedBy: string;
  readonly attachedAt: string;
};

const keys = ({ data }: { readonly data: { readonly actionId: string; readonly evidenceId: string } }) => [
  { actionId: data.actionId, evidenceId: data.evidenceId },
];

export const actionEvidence: ReadModel<ActionEvidenceRow, ProgramsEvent> = {
  name: 'action_evidence',
  version: 1,
  key: ['actionId', 'evidenceId'],
  columns: {
    actionId: 'text',
    evidenceId: 'text',
    title: 'text',
    sha256: 'text',
    custodian: 'text',
    attestor: 'text?',
    uri: 'text?',
    fileId: 'text?',
    periodFrom: 'date?',
    periodTo: 'date?',
    expiresAt: 'date?',
    withdrawn: 'boolean',
    attachedBy: 'text',
    attachedAt: 'instant',
  },
  indexes: [['fileId']],
  on: {
    'programs.ActionEvidenceAttached.v1': {
      keys: ({ data }) => [{ actionId: data.actionId, evidenceId: data.evidence.evidenceId }],
      fold: (_row, { data, recordedAt }) => ({
        actionId: data.actionId,
        ...data.evidence,
        title: data.title,
        withdrawn: false,
        attachedBy: data.attachedBy,
        attachedAt: recordedAt,
      }),
    },
    'programs.ActionEvidenceAttested.v1': {
      keys,
      fold: (row, { data }) => (row ? { ...row, attestor: data.attestor } : null),
    },
    'programs.ActionEvidenceWithdrawn.v1': { keys, fold: (row) => (row ? { ...row, withdrawn: true } : null) },
    'programs.ActionPlanned.v1': 'ignored',
    'programs.ActionEligibilityDeclared.v1': 'ignored',
    'programs.ActionResourced.v1': 'ignored',
    'programs.ActionStarted.v1': 'ignored',
    'programs.ActionDelivered.v1': 'ignored',
    'programs.ActionDeliveryWithdrawn.v1': 'ignored',
    'programs.ActionParticipationRecorded.v1': 'ignored',
    'programs.ActionCompleted.v1': 'ignored',
    'programs.ActionCancelled.v1': 'ignored',
    'programs.ActionOutcomeReviewed.v1': 'ignored',
    'programs.InvisibleLabourRecorded.v1': 'ignored',
  },
};
