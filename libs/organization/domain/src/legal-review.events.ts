// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { day, jurisdiction, person, REVIEW_DECISIONS, REVIEWED_KINDS, uuid, words } from './vocabulary';

export const reviewedObject = z.strictObject({
  kind: z.enum(REVIEWED_KINDS),
  id: uuid,
  version: z.int().min(1).nullable().describe('Version of the definition that was reviewed; null when it has none'),
});
export type ReviewedObject = z.infer<typeof reviewedObject>;

export const legalReviewEvents = {
  'organization.LegalReviewRecorded.v1': defineEvent(
    'A legal review has been decided; the advice itself is never stored',
    z.strictObject({
      reviewId: uuid,
      object: reviewedObject,
      decision: z.enum(REVIEW_DECISIONS),
      reviewer: person,
      jurisdiction,
      expiresAt: day.describe('Last day on which the review counts'),
      conditions: z
        .array(words(300))
        .max(20)
        .describe('What must hold for the clearance; never the advice, never a name'),
    }),
    {
      reviewId: 'd4a7c0e3-5b6f-8d29-9e1c-3a8b2f7d0c66',
      object: { kind: 'metric', id: 'e5b8d1f4-6c70-8e3a-8f2d-4b9c3a8e1d77', version: 1 },
      decision: 'CLEARED_WITH_CONDITIONS',
      reviewer: '9d3b6f20-1c4e-8a75-b8e6-2f0a4c1d7e99',
      jurisdiction: 'GB',
      expiresAt: '2027-03-31',
      conditions: ['Counts for everyone alike, whoever they are'],
    },
  ),
};
export type LegalReviewEvent = EventOf<typeof legalReviewEvents>;
