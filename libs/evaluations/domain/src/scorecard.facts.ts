import type { Fold, LocalDate, RecordedEvent } from '@plumbline/kernel';
import type { Component } from './component';
import type { ScoredComponent, ScorecardTotalText } from './computed';
import type { ScorecardEvent } from './scorecard.events';

export const SCORECARD_STATES = [
  'NONE',
  'ISSUED',
  'ACCEPTED',
  'SCORED',
  'RATED',
  'SIGNED_OFF',
  'ACKNOWLEDGED',
  'FINAL',
] as const;
export type ScorecardState = (typeof SCORECARD_STATES)[number];

export interface ProposedRating {
  readonly rating: number;
  readonly deviation: number | null;
  readonly evaluator: string;
  readonly confirmedBy: string | null;
}

export interface ScorecardFacts {
  readonly state: ScorecardState;
  readonly leader: string;
  readonly cycle: string;
  readonly edition: number;
  readonly issuedBy: string;
  readonly acceptBy: LocalDate;
  readonly components: readonly Component[];
  /** The contract that was accepted last; null while none was. */
  readonly agreed: readonly Component[] | null;
  readonly evaluators: readonly string[];
  /** The freeze it was last scored as of; null before. */
  readonly scoredAsOf: string | null;
  readonly scored: readonly ScoredComponent[];
  readonly total: ScorecardTotalText | null;
  readonly resultHash: string | null;
  readonly rating: ProposedRating | null;
  readonly signedBy: string | null;
  /** Events after the freeze that the result takes in. */
  readonly corrections: readonly string[];
  readonly final: boolean;
  readonly selfAssessed: boolean;
}

const initial: ScorecardFacts = {
  state: 'NONE',
  leader: '',
  cycle: '',
  edition: 0,
  issuedBy: '',
  acceptBy: '',
  components: [],
  agreed: null,
  evaluators: [],
  scoredAsOf: null,
  scored: [],
  total: null,
  resultHash: null,
  rating: null,
  signedBy: null,
  corrections: [],
  final: false,
  selfAssessed: false,
};

function evolve(state: ScorecardFacts, event: RecordedEvent<ScorecardEvent>): ScorecardFacts {
  switch (event.type) {
    case 'evaluations.ScorecardIssued.v1': {
      const { leader, cycle, edition, issuedBy, acceptBy, components, evaluators } = event.data;
      return {
        ...initial,
        agreed: state.agreed,
        state: 'ISSUED',
        leader,
        cycle,
        edition,
        issuedBy,
        acceptBy,
        components,
        evaluators,
      };
    }
    case 'evaluations.ScorecardAccepted.v1':
    case 'evaluations.ScorecardAcceptedUnderProtest.v1':
      return { ...state, state: 'ACCEPTED', agreed: state.components };
    case 'evaluations.ComponentScored.v1': {
      const { scorecardId: _s, cycleId: _c, leader: _l, asOf: _a, ...scored } = event.data;
      const others = state.scored.filter(({ componentId }) => componentId !== scored.componentId);
      return { ...state, scored: [...others, scored] };
    }
    case 'evaluations.ScorecardComputed.v1': {
      const {
        score,
        state: stands,
        reason,
        originalScore,
        coverageBp,
        evidenceBp,
        surveyBp,
        parts,
        figures,
        waits,
      } = event.data;
      return {
        ...state,
        state: state.final ? 'FINAL' : 'SCORED',
        scoredAsOf: event.data.asOf,
        // a later freeze takes in what was corrected before it: only what comes after it is still to be applied
        corrections: event.data.asOf === state.scoredAsOf ? state.corrections : [],
        total: { score, state: stands, reason, originalScore, coverageBp, evidenceBp, surveyBp, parts, figures, waits },
        resultHash: event.data.resultHash,
        rating: state.final ? state.rating : null,
        signedBy: state.final ? state.signedBy : null,
      };
    }
    case 'evaluations.SelfAssessmentSubmitted.v1':
      return { ...state, selfAssessed: true };
    case 'evaluations.EvaluatorRatingProposed.v1': {
      const { rating, deviation, evaluator } = event.data;
      return { ...state, state: 'RATED', rating: { rating, deviation, evaluator, confirmedBy: null } };
    }
    case 'evaluations.EvaluatorRatingConfirmed.v1':
      return { ...state, rating: state.rating && { ...state.rating, confirmedBy: event.data.by } };
    case 'evaluations.ScorecardSignedOff.v1':
      return { ...state, state: 'SIGNED_OFF', signedBy: event.data.by };
    case 'evaluations.ScorecardAcknowledged.v1':
      return { ...state, state: 'ACKNOWLEDGED' };
    case 'evaluations.ScorecardFinalized.v1':
      return { ...state, state: 'FINAL', final: true };
    case 'evaluations.ScorecardRestated.v1':
      return { ...state, corrections: [...new Set([...state.corrections, ...event.data.causingEvents])] };
    case 'evaluations.ScorecardComponentRefused.v1':
    case 'evaluations.DataNoticeGiven.v1':
      return state;
  }
}

export const scorecardFacts: Fold<ScorecardFacts, ScorecardEvent> = { concept: 'scorecard', initial, evolve };
