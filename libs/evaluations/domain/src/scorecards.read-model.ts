import { sealedReference, type Instant, type LocalDate, type ReadModel, type RecordedEvent } from '@plumbline/kernel';
import { canonicalJson } from '@plumbline/ledger';
import type { ScorecardTotalText } from './computed';
import type { ScorecardEvent } from './scorecard.events';
import type { ScorecardState } from './scorecard.facts';

/** One row a leader and cycle. Sealed texts are references. */
export type ScorecardRow = {
  readonly scorecardId: string;
  readonly cycleId: string;
  readonly cycle: string;
  readonly leader: string;
  readonly group: string;
  readonly edition: number;
  readonly state: Exclude<ScorecardState, 'NONE'>;
  readonly issuedBy: string;
  readonly issuedAt: Instant;
  readonly acceptBy: LocalDate;
  readonly accepted: 'NO' | 'YES' | 'UNDER_PROTEST';
  readonly acceptedAt: Instant | null;
  readonly protest: string | null;
  readonly period: string;
  readonly periodStart: LocalDate;
  readonly periodEnd: LocalDate;
  readonly ruleSetVersion: string;
  readonly evaluators: readonly string[];
  readonly limitCoverageBp: number;
  readonly limitSurveyBp: number;
  readonly limitSingleBp: number;
  readonly limitProcessBp: number;
  readonly minScoredN: number;
  readonly graceDays: number;
  /** The freeze it was scored as of; null before. */
  readonly asOf: string | null;
  readonly score: string | null;
  readonly coverageBp: number | null;
  readonly originalScore: string | null;
  /** Canonical JSON of the total; `totalOf` reads it. */
  readonly total: string | null;
  readonly resultHash: string | null;
  readonly codeVersion: string | null;
  readonly selfAssessment: string | null;
  readonly rating: number | null;
  readonly computedRating: number | null;
  readonly deviation: number | null;
  readonly evaluator: string | null;
  readonly narrative: string | null;
  readonly ratingReason: string | null;
  readonly confirmedBy: string | null;
  readonly signedBy: string | null;
  readonly signedAt: Instant | null;
  readonly agrees: boolean | null;
  readonly comment: string | null;
  readonly final: boolean;
  readonly restatements: number;
  readonly corrections: readonly string[];
};

export const totalOf = ({ total }: Pick<ScorecardRow, 'total'>): ScorecardTotalText | null =>
  total === null ? null : (JSON.parse(total) as ScorecardTotalText);

const keys = ({ data }: { readonly data: { readonly scorecardId: string } }) => [{ scorecardId: data.scorecardId }];
const NEW = {
  accepted: 'NO',
  acceptedAt: null,
  protest: null,
  asOf: null,
  score: null,
  coverageBp: null,
  originalScore: null,
  total: null,
  resultHash: null,
  codeVersion: null,
  selfAssessment: null,
  rating: null,
  computedRating: null,
  deviation: null,
  evaluator: null,
  narrative: null,
  ratingReason: null,
  confirmedBy: null,
  signedBy: null,
  signedAt: null,
  agrees: null,
  comment: null,
  final: false,
  restatements: 0,
  corrections: [],
} as const;
const UNRATED = {
  rating: null,
  computedRating: null,
  deviation: null,
  evaluator: null,
  narrative: null,
  ratingReason: null,
  confirmedBy: null,
  signedBy: null,
  signedAt: null,
  agrees: null,
  comment: null,
} as const;

const refer = (event: RecordedEvent, field: string): string => sealedReference(event.id, field);

export const scorecards: ReadModel<ScorecardRow, ScorecardEvent> = {
  name: 'scorecards',
  version: 1,
  key: ['scorecardId'],
  columns: {
    scorecardId: 'text',
    cycleId: 'text',
    cycle: 'text',
    leader: 'text',
    group: 'text',
    edition: 'integer',
    state: 'text',
    issuedBy: 'text',
    issuedAt: 'instant',
    acceptBy: 'date',
    accepted: 'text',
    acceptedAt: 'instant?',
    protest: 'text?',
    period: 'text',
    periodStart: 'date',
    periodEnd: 'date',
    ruleSetVersion: 'text',
    evaluators: 'text[]',
    limitCoverageBp: 'integer',
    limitSurveyBp: 'integer',
    limitSingleBp: 'integer',
    limitProcessBp: 'integer',
    minScoredN: 'integer',
    graceDays: 'integer',
    asOf: 'text?',
    score: 'decimal?',
    coverageBp: 'integer?',
    originalScore: 'decimal?',
    total: 'json?',
    resultHash: 'text?',
    codeVersion: 'text?',
    selfAssessment: 'text?',
    rating: 'integer?',
    computedRating: 'integer?',
    deviation: 'integer?',
    evaluator: 'text?',
    narrative: 'text?',
    ratingReason: 'text?',
    confirmedBy: 'text?',
    signedBy: 'text?',
    signedAt: 'instant?',
    agrees: 'boolean?',
    comment: 'text?',
    final: 'boolean',
    restatements: 'integer',
    corrections: 'text[]',
  },
  indexes: [['cycleId'], ['leader']],
  on: {
    'evaluations.ScorecardIssued.v1': {
      keys,
      fold: (_row, { data, recordedAt }) => ({
        ...NEW,
        scorecardId: data.scorecardId,
        cycleId: data.cycleId,
        cycle: data.cycle,
        leader: data.leader,
        group: data.group,
        edition: data.edition,
        state: 'ISSUED',
        issuedBy: data.issuedBy,
        issuedAt: recordedAt,
        acceptBy: data.acceptBy,
        period: data.period,
        periodStart: data.periodStart,
        periodEnd: data.periodEnd,
        ruleSetVersion: data.ruleSetVersion,
        evaluators: data.evaluators,
        limitCoverageBp: data.limits.coverageBp,
        limitSurveyBp: data.limits.surveyBp,
        limitSingleBp: data.limits.singleBp,
        limitProcessBp: data.limits.processFloorBp,
        minScoredN: data.limits.minScoredN,
        graceDays: data.graceDays,
      }),
    },
    'evaluations.ScorecardComponentRefused.v1': 'ignored',
    'evaluations.ScorecardAccepted.v1': {
      keys,
      fold: (row, { recordedAt }) =>
        row ? { ...row, state: 'ACCEPTED', accepted: 'YES', acceptedAt: recordedAt } : null,
    },
    'evaluations.ScorecardAcceptedUnderProtest.v1': {
      keys,
      fold: (row, event) =>
        row
          ? {
              ...row,
              state: 'ACCEPTED',
              accepted: 'UNDER_PROTEST',
              acceptedAt: event.recordedAt,
              protest: refer(event, 'note'),
            }
          : null,
    },
    'evaluations.DataNoticeGiven.v1': 'ignored',
    'evaluations.ComponentScored.v1': 'ignored',
    'evaluations.ScorecardComputed.v1': {
      keys,
      fold: (row, { data }) => {
        if (!row) return null;
        const { asOf, score, state, reason, originalScore, coverageBp, evidenceBp, surveyBp, parts, figures, waits } =
          data;
        const total = { score, state, reason, originalScore, coverageBp, evidenceBp, surveyBp, parts, figures, waits };
        return {
          ...row,
          ...(row.final ? {} : UNRATED),
          state: row.final ? ('FINAL' as const) : ('SCORED' as const),
          ...{ asOf, score, coverageBp, originalScore, total: canonicalJson(total) },
          ...{ resultHash: data.resultHash, codeVersion: data.codeVersion },
        };
      },
    },
    'evaluations.SelfAssessmentSubmitted.v1': {
      keys,
      fold: (row, event) => (row ? { ...row, selfAssessment: refer(event, 'text') } : null),
    },
    'evaluations.EvaluatorRatingProposed.v1': {
      keys,
      fold: (row, event) => {
        const { rating, computedRating, deviation, evaluator, reason } = event.data;
        return row
          ? {
              ...row,
              ...UNRATED,
              ...{ state: 'RATED', rating, computedRating, deviation, evaluator },
              narrative: refer(event, 'narrative'),
              ratingReason: reason === null ? null : refer(event, 'reason'),
            }
          : null;
      },
    },
    'evaluations.EvaluatorRatingConfirmed.v1': {
      keys,
      fold: (row, { data }) => (row ? { ...row, confirmedBy: data.by } : null),
    },
    'evaluations.ScorecardSignedOff.v1': {
      keys,
      fold: (row, { data, recordedAt }) =>
        row ? { ...row, state: 'SIGNED_OFF', signedBy: data.by, signedAt: recordedAt } : null,
    },
    'evaluations.ScorecardAcknowledged.v1': {
      keys,
      fold: (row, event) =>
        row
          ? {
              ...row,
              state: 'ACKNOWLEDGED',
              agrees: event.data.agree,
              comment: event.data.comment === null ? null : refer(event, 'comment'),
            }
          : null,
    },
    'evaluations.ScorecardFinalized.v1': {
      keys,
      fold: (row) => (row ? { ...row, state: 'FINAL', final: true } : null),
    },
    'evaluations.ScorecardRestated.v1': {
      keys,
      fold: (row, { data }) =>
        row
          ? {
              ...row,
              restatements: row.restatements + 1,
              corrections: [...new Set([...row.corrections, ...data.causingEvents])],
            }
          : null,
    },
  },
};
