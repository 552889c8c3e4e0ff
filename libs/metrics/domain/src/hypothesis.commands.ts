import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { METHODS, SIGNS, VERDICTS } from './hypothesis.events';
import { code, day, words } from './vocabulary';

export const hypothesisCommands = {
  'metrics.RegisterHypothesis': defineCommand(
    'Say beforehand what leads to what, how much later, and how it will be tested; it is never edited',
    ['executive', 'hr', 'program-lead', 'data-steward'],
    z.strictObject({
      code: code.describe('Code of the hypothesis'),
      leadingMetric: code.describe('Code of the metric expected to move first'),
      laggingMetric: code.describe('Code of the metric expected to follow'),
      lagPeriods: z.int().min(0).max(40).describe('How many periods later'),
      expectedSign: z.enum(SIGNS).describe('POSITIVE: both rise together; NEGATIVE: one falls as the other rises'),
      method: z.enum(METHODS).optional().describe('Correlation of changes; spearman unless said'),
      reviewDate: day.describe('When the verdict is given; until then every figure is interim'),
      rationale: words(2000).describe('Why one should lead to the other'),
      replaces: code.optional().describe('Code of the hypothesis that this one stands in for'),
    }),
    {
      code: 'LC-LEADS-EES',
      leadingMetric: 'LC_TS',
      laggingMetric: 'EES',
      lagPeriods: 1,
      expectedSign: 'POSITIVE',
      method: 'pearson',
      reviewDate: '2026-11-30',
      rationale: 'How change is led is felt in engagement a year later.',
    },
  ),
  'metrics.ReviewHypothesis': defineCommand(
    'Give the verdict that the figures give, at or after the review date; what it rests on is recorded with it',
    ['executive', 'hr', 'auditor'],
    z.strictObject({
      hypothesis: code.describe('Code of the hypothesis'),
      verdict: z.enum(VERDICTS).describe('The verdict as R2 gives it now'),
      note: words(2000).describe('What follows from it, in words; no names of people'),
    }),
    { hypothesis: 'LC-LEADS-EES', verdict: 'SHARED_SOURCE', note: 'Both figures come from one wave.' },
  ),
};
export type HypothesisCommand = CommandOf<typeof hypothesisCommands>;
