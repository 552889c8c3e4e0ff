import type { Fold, LocalDate, RecordedEvent } from '@plumbline/kernel';
import type { LegalReviewEvent, ReviewedObject } from './legal-review.events';
import type { ReviewDecision } from './vocabulary';

export interface LegalReviewFacts {
  readonly recorded: boolean;
  readonly object: ReviewedObject | null;
  readonly decision: ReviewDecision | null;
  readonly reviewer: string | null;
  readonly jurisdiction: string | null;
  /** Last day on which it counts. */
  readonly expiresAt: LocalDate | null;
  readonly conditions: readonly string[];
}

const evolve = (_state: LegalReviewFacts, event: RecordedEvent<LegalReviewEvent>): LegalReviewFacts => {
  const { object, decision, reviewer, jurisdiction, expiresAt, conditions } = event.data;
  return { recorded: true, object, decision, reviewer, jurisdiction, expiresAt, conditions };
};

export const legalReviewFacts: Fold<LegalReviewFacts, LegalReviewEvent> = {
  concept: 'legal-review',
  initial: {
    recorded: false,
    object: null,
    decision: null,
    reviewer: null,
    jurisdiction: null,
    expiresAt: null,
    conditions: [],
  },
  evolve,
};

/** Whether the review is about this object (and version, where it names one). */
export const reviewIsAbout = (review: LegalReviewFacts, object: ReviewedObject): boolean =>
  review.object !== null &&
  review.object.kind === object.kind &&
  review.object.id === object.id &&
  (review.object.version === null || review.object.version === object.version);

/** Whether the review counts on a day: recorded, not a refusal, not expired. */
export const reviewIsLive = (review: LegalReviewFacts, day: LocalDate): boolean =>
  review.recorded && review.decision !== 'REFUSED' && review.expiresAt !== null && day <= review.expiresAt;

/** Whether the review clears this object on a day: about it, and live. */
export const reviewClears = (review: LegalReviewFacts, object: ReviewedObject, day: LocalDate): boolean =>
  reviewIsAbout(review, object) && reviewIsLive(review, day);
