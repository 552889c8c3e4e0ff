import { sealedReference, type LocalDate, type ReadModel } from '@plumbline/kernel';
import type { ConsultationEvent } from './consultation.events';
import type { ConsultationOutcome, ConsultationTopic } from './vocabulary';

/** One row a consultation or its waiver. Reasons stand as references to sealed texts. */
export type ConsultationRow = {
  readonly consultationId: string;
  readonly topic: ConsultationTopic;
  readonly state: 'HELD' | 'WAIVER_REQUESTED' | 'WAIVED';
  readonly consulted: string | null;
  readonly outcome: ConsultationOutcome | null;
  readonly heldOn: LocalDate | null;
  readonly requestReason: string | null;
  readonly waiverReason: string | null;
  readonly approvers: readonly string[];
};

export const consultations: ReadModel<ConsultationRow, ConsultationEvent> = {
  name: 'consultations',
  version: 1,
  key: ['consultationId'],
  columns: {
    consultationId: 'text',
    topic: 'text',
    state: 'text',
    consulted: 'text?',
    outcome: 'text?',
    heldOn: 'date?',
    requestReason: 'text?',
    waiverReason: 'text?',
    approvers: 'text[]',
  },
  on: {
    'organization.ConsultationRecorded.v1': {
      keys: ({ data }) => [{ consultationId: data.consultationId }],
      fold: (_row, { data }) => ({
        consultationId: data.consultationId,
        topic: data.topic,
        state: 'HELD',
        consulted: data.with,
        outcome: data.outcome,
        heldOn: data.on,
        requestReason: null,
        waiverReason: null,
        approvers: [],
      }),
    },
    'organization.ConsultationWaiverRequested.v1': {
      keys: ({ data }) => [{ consultationId: data.consultationId }],
      fold: (_row, { id, data }) => ({
        consultationId: data.consultationId,
        topic: data.topic,
        state: 'WAIVER_REQUESTED',
        consulted: null,
        outcome: null,
        heldOn: null,
        requestReason: sealedReference(id, 'reason'),
        waiverReason: null,
        approvers: [],
      }),
    },
    'organization.ConsultationWaived.v1': {
      keys: ({ data }) => [{ consultationId: data.consultationId }],
      fold: (row, { id, data }) =>
        row
          ? { ...row, state: 'WAIVED', waiverReason: sealedReference(id, 'reason'), approvers: data.approvers }
          : null,
    },
  },
};
