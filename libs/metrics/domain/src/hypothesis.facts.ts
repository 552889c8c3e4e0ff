import type { Fold, Instant, RecordedEvent } from '@plumbline/kernel';
import type { HypothesisEvent, Verdict } from './hypothesis.events';

export interface HypothesisFacts {
  readonly registered: Extract<HypothesisEvent, { type: 'metrics.HypothesisRegistered.v1' }>['data'] | null;
  readonly registeredAt: Instant | null;
  readonly verdict: Verdict | null;
  /** Of the verdict given: the test could not have seen a correlation that matters. */
  readonly cannotTell: boolean;
}

const initial: HypothesisFacts = { registered: null, registeredAt: null, verdict: null, cannotTell: false };

function evolve(state: HypothesisFacts, event: RecordedEvent<HypothesisEvent>): HypothesisFacts {
  switch (event.type) {
    case 'metrics.HypothesisRegistered.v1':
      return { registered: event.data, registeredAt: event.recordedAt, verdict: null, cannotTell: false };
    case 'metrics.HypothesisReviewed.v1':
      return { ...state, verdict: event.data.verdict, cannotTell: event.data.cannotTell };
  }
}

export const hypothesisFacts: Fold<HypothesisFacts, HypothesisEvent> = { concept: 'hypothesis', initial, evolve };
