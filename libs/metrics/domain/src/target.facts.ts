import type { Fold, RecordedEvent } from '@plumbline/kernel';
import type { Anchors, TargetEvent } from './target.events';

export interface AdjustmentApproval {
  readonly by: string;
  /** For whom, under a delegation, else null. */
  readonly approvedFor: string | null;
  readonly capacity: 'OUTSIDE_THE_LINE' | 'PANEL';
}

export interface AdjustmentRequest {
  readonly requestId: string;
  readonly changes: Anchors;
  readonly requestedBy: string;
  /** For whom, under a delegation, else null. */
  readonly requestedFor: string | null;
  readonly approvals: readonly AdjustmentApproval[];
}

export type BackTest = Pick<
  Extract<TargetEvent, { type: 'metrics.TargetDifficultyBackTested.v1' }>['data'],
  'periods' | 'obsIds' | 'hits' | 'hitRates'
>;

export interface TargetFacts {
  readonly state: 'NONE' | 'PROPOSED' | 'APPROVED' | 'LOCKED' | 'RETIRED';
  readonly proposal: Extract<TargetEvent, { type: 'metrics.TargetProposed.v1' }>['data'] | null;
  /** For whom it was proposed under a delegation, else null. */
  readonly proposedFor: string | null;
  /** As they stand; `proposal.anchors` are the original ones. */
  readonly anchors: Anchors | null;
  readonly backTest: BackTest | null;
  readonly approvedBy: string | null;
  readonly cycleId: string | null;
  readonly request: AdjustmentRequest | null;
}

const initial: TargetFacts = {
  state: 'NONE',
  proposal: null,
  proposedFor: null,
  anchors: null,
  backTest: null,
  approvedBy: null,
  cycleId: null,
  request: null,
};

function evolve(state: TargetFacts, event: RecordedEvent<TargetEvent>): TargetFacts {
  switch (event.type) {
    case 'metrics.TargetProposed.v1':
      return {
        ...initial,
        state: 'PROPOSED',
        proposal: event.data,
        proposedFor: event.onBehalfOf ?? null,
        anchors: event.data.anchors,
      };
    case 'metrics.TargetDifficultyBackTested.v1': {
      const { periods, obsIds, hits, hitRates } = event.data;
      return { ...state, backTest: { periods, obsIds, hits, hitRates } };
    }
    case 'metrics.TargetApproved.v1':
      return { ...state, state: 'APPROVED', approvedBy: event.data.by };
    case 'metrics.TargetLocked.v1':
      return { ...state, state: 'LOCKED', cycleId: event.data.cycleId };
    case 'metrics.TargetAdjustmentRequested.v1': {
      const { requestId, changes, requestedBy } = event.data;
      return {
        ...state,
        request: { requestId, changes, requestedBy, requestedFor: event.onBehalfOf ?? null, approvals: [] },
      };
    }
    case 'metrics.TargetAdjustmentApproved.v1': {
      const { by, capacity } = event.data;
      return state.request
        ? {
            ...state,
            request: {
              ...state.request,
              approvals: [...state.request.approvals, { by, approvedFor: event.onBehalfOf ?? null, capacity }],
            },
          }
        : state;
    }
    case 'metrics.TargetAdjusted.v1':
      return { ...state, anchors: event.data.to, request: null };
    case 'metrics.TargetAdjustmentRefused.v1':
      return { ...state, request: null };
    case 'metrics.TargetRetired.v1':
      return { ...state, state: 'RETIRED', request: null };
  }
}

export const targetFacts: Fold<TargetFacts, TargetEvent> = { concept: 'target', initial, evolve };
