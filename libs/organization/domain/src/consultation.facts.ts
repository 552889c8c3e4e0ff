import type { Fold, RecordedEvent } from '@plumbline/kernel';
import type { ConsultationEvent } from './consultation.events';
import type { ConsultationTopic } from './vocabulary';

export interface ConsultationFacts {
  readonly state: 'NONE' | 'HELD' | 'WAIVER_REQUESTED' | 'WAIVED';
  readonly topic: ConsultationTopic | null;
  readonly requestedBy: string | null;
  /** For whom, under a delegation, else null. */
  readonly requestedFor: string | null;
}

const evolve = (state: ConsultationFacts, event: RecordedEvent<ConsultationEvent>): ConsultationFacts => {
  switch (event.type) {
    case 'organization.ConsultationRecorded.v1':
      return { ...state, state: 'HELD', topic: event.data.topic };
    case 'organization.ConsultationWaiverRequested.v1':
      return {
        state: 'WAIVER_REQUESTED',
        topic: event.data.topic,
        requestedBy: event.data.requestedBy,
        requestedFor: event.onBehalfOf ?? null,
      };
    case 'organization.ConsultationWaived.v1':
      return { ...state, state: 'WAIVED' };
  }
};

export const consultationFacts: Fold<ConsultationFacts, ConsultationEvent> = {
  concept: 'consultation',
  initial: { state: 'NONE', topic: null, requestedBy: null, requestedFor: null },
  evolve,
};

/** Whether a consultation on the topic was held, or waived by two people. Its outcome is on record; it does not decide. */
export const consultationCovers = (consultation: ConsultationFacts, topic: ConsultationTopic): boolean =>
  consultation.topic === topic && (consultation.state === 'HELD' || consultation.state === 'WAIVED');
