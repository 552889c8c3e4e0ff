import type { Fold, RecordedEvent } from '@plumbline/kernel';
import type { HypothesisEvent, VERDICTS } from './hypothesis.events';

export interface HypothesisFacts {
  readonly registered: Extract<HypothesisEvent, { type: 'metrics.HypothesisRegistered.v1' }>['data'] | null;
  readonly verdict: (typeof VERDICTS)[number] | null;
}

const initial: HypothesisFacts = { registered: null, verdict: null };

function evolve(state: HypothesisFacts, event: RecordedEvent<HypothesisEvent>): HypothesisFacts {
  switch (event.type) {
    case 'metrics.HypothesisRegistered.v1':
      return { registered: event.data, verdict: null };
    case 'metrics.HypothesisReviewed.v1':
      return { ...state, verdict: event.data.verdict };
  }
}

export const hypothesisFacts: Fold<HypothesisFacts, HypothesisEvent> = { concept: 'hypothesis', initial, evolve };
