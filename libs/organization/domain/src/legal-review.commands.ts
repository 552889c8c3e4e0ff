import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { code, day, jurisdiction, person, REVIEW_DECISIONS, REVIEWED_KINDS, uuid, words } from './vocabulary';

export const legalReviewCommands = {
  'organization.RecordLegalReview': defineCommand(
    'Record that a legal review was decided; never the advice itself',
    ['legal'],
    z.strictObject({
      object: z
        .strictObject({
          kind: z.enum(REVIEWED_KINDS),
          metric: code.optional().describe('Code of the metric, for the kind metric'),
          id: uuid.optional().describe('Id of the object, for the other kinds'),
          version: z.int().min(1).optional().describe('Version of the definition; left out, the review covers all'),
        })
        .describe('What was reviewed'),
      decision: z.enum(REVIEW_DECISIONS).describe('What was decided'),
      reviewer: person.optional().describe('Person id of the reviewer, who holds the role legal; you, unless said'),
      jurisdiction,
      expiresAt: day.describe('Last day on which the review counts'),
      conditions: z.array(words(300)).max(20).optional().describe('What must hold; never the advice, never a name'),
    }),
    {
      object: { kind: 'metric', metric: 'LEAVERS', version: 1 },
      decision: 'CLEARED_WITH_CONDITIONS',
      jurisdiction: 'GB',
      expiresAt: '2027-03-31',
      conditions: ['Counts for everyone alike, whoever they are'],
    },
  ),
};
export type LegalReviewCommand = CommandOf<typeof legalReviewCommands>;
