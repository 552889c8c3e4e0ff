import type { Instant, LocalDate, ReadModel } from '@plumbline/kernel';
import type { LegalReviewEvent } from './legal-review.events';
import type { ReviewDecision, ReviewedKind } from './vocabulary';

export type LegalReviewRow = {
  readonly reviewId: string;
  readonly objectKind: ReviewedKind;
  readonly objectId: string;
  readonly objectVersion: number | null;
  readonly decision: ReviewDecision;
  readonly reviewer: string;
  readonly jurisdiction: string;
  readonly expiresAt: LocalDate;
  readonly conditions: readonly string[];
  readonly recordedAt: Instant;
};

export const legalReviews: ReadModel<LegalReviewRow, LegalReviewEvent> = {
  name: 'legal_reviews',
  version: 1,
  key: ['reviewId'],
  columns: {
    reviewId: 'text',
    objectKind: 'text',
    objectId: 'text',
    objectVersion: 'integer?',
    decision: 'text',
    reviewer: 'text',
    jurisdiction: 'text',
    expiresAt: 'date',
    conditions: 'text[]',
    recordedAt: 'instant',
  },
  indexes: [['objectKind', 'objectId']],
  on: {
    'organization.LegalReviewRecorded.v1': {
      keys: ({ data }) => [{ reviewId: data.reviewId }],
      fold: (_row, { data, recordedAt }) => ({
        reviewId: data.reviewId,
        objectKind: data.object.kind,
        objectId: data.object.id,
        objectVersion: data.object.version,
        decision: data.decision,
        reviewer: data.reviewer,
        jurisdiction: data.jurisdiction,
        expiresAt: data.expiresAt,
        conditions: data.conditions,
        recordedAt,
      }),
    },
  },
};
