import type { Instant, ReadModel, RecordedEvent } from '@plumbline/kernel';
import type { ScorecardEvent } from './scorecard.events';
import type { RestatementCause } from './vocabulary';

/** One row a restatement: what caused it and what it changed. */
export type ScorecardRestatementRow = {
  readonly scorecardId: string;
  /** The event that records it. */
  readonly restatement: string;
  readonly cycleId: string;
  readonly leader: string;
  /** Revision of its event in the scorecard's stream: restatements of one instant are told in the order in which they happened. */
  readonly revision: number;
  readonly restatedAt: Instant;
  readonly cause: RestatementCause;
  readonly causingEvents: readonly string[];
  readonly oldScore: string | null;
  readonly newScore: string | null;
  readonly direction: 'UP' | 'DOWN' | 'SAME';
  readonly wasFinal: boolean;
  readonly reopensAppeal: boolean;
};

type Restated = Extract<ScorecardEvent, { type: 'evaluations.ScorecardRestated.v1' }>;

export const scorecardRestatements: ReadModel<ScorecardRestatementRow, ScorecardEvent> = {
  name: 'scorecard_restatements',
  version: 1,
  key: ['scorecardId', 'restatement'],
  columns: {
    scorecardId: 'text',
    restatement: 'text',
    cycleId: 'text',
    leader: 'text',
    revision: 'integer',
    restatedAt: 'instant',
    cause: 'text',
    causingEvents: 'text[]',
    oldScore: 'decimal?',
    newScore: 'decimal?',
    direction: 'text',
    wasFinal: 'boolean',
    reopensAppeal: 'boolean',
  },
  on: {
    'evaluations.ScorecardRestated.v1': {
      keys: ({ id, data }: RecordedEvent<Restated>) => [{ scorecardId: data.scorecardId, restatement: id }],
      fold: (_row, { id, revision, recordedAt, data: { by: _by, figures: _figures, ...data } }) => ({
        ...data,
        restatement: id,
        revision,
        restatedAt: recordedAt,
      }),
    },
    'evaluations.ScorecardIssued.v1': 'ignored',
    'evaluations.ScorecardComponentRefused.v1': 'ignored',
    'evaluations.ScorecardAccepted.v1': 'ignored',
    'evaluations.ScorecardAcceptedUnderProtest.v1': 'ignored',
    'evaluations.DataNoticeGiven.v1': 'ignored',
    'evaluations.ComponentScored.v1': 'ignored',
    'evaluations.ScorecardComputed.v1': 'ignored',
    'evaluations.SelfAssessmentSubmitted.v1': 'ignored',
    'evaluations.EvaluatorRatingProposed.v1': 'ignored',
    'evaluations.EvaluatorRatingConfirmed.v1': 'ignored',
    'evaluations.ScorecardSignedOff.v1': 'ignored',
    'evaluations.ScorecardAcknowledged.v1': 'ignored',
    'evaluations.ScorecardFinalized.v1': 'ignored',
  },
};
