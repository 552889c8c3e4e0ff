// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { code, day, person, uuid, words } from './vocabulary';

export const SIGNS = ['POSITIVE', 'NEGATIVE'] as const;
export const METHODS = ['spearman', 'pearson'] as const;
export const VERDICTS = ['TOO_SHORT', 'SHARED_SOURCE', 'LEADS', 'CONTRARY', 'MOVES_TOGETHER', 'NO_EVIDENCE'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const hypothesisEvents = {
  'metrics.HypothesisRegistered.v1': defineEvent(
    'What is expected to lead to what, how much later, and how it will be tested: said beforehand and never edited',
    z.strictObject({
      hypothesisId: uuid,
      code,
      leadingMetricId: uuid,
      laggingMetricId: uuid,
      leadingDefinitionVersion: z.int().min(1),
      laggingDefinitionVersion: z.int().min(1),
      lagPeriods: z.int().min(0).max(40),
      expectedSign: z.enum(SIGNS),
      method: z.enum(METHODS),
      reviewDate: day,
      rationale: words(2000),
      replaces: uuid.nullable(),
      registeredBy: person,
    }),
    {
      hypothesisId: 'd3b07384-d113-8ec1-8a4e-2f3c0d1b5a60',
      code: 'LC-LEADS-EES',
      leadingMetricId: '0b6f3f0e-6a39-8f55-9d7f-0a4f6c1d2e30',
      laggingMetricId: '1f8a6c10-2b75-8d14-b7a3-6b0de1f2c9a7',
      leadingDefinitionVersion: 1,
      laggingDefinitionVersion: 1,
      lagPeriods: 1,
      expectedSign: 'POSITIVE',
      method: 'pearson',
      reviewDate: '2026-11-30',
      rationale: 'How change is led is felt in engagement a year later.',
      replaces: null,
      registeredBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
  'metrics.HypothesisReviewed.v1': defineEvent(
    'The verdict given at or after the registered review date, with what it rests on',
    z.strictObject({
      hypothesisId: uuid,
      code,
      leadingMetricId: uuid,
      laggingMetricId: uuid,
      verdict: z.enum(VERDICTS),
      /** The test could not have seen a correlation that matters. */
      cannotTell: z.boolean(),
      basis: z.strictObject({ asOf: uuid, report: words(80), note: words(2000) }),
      reviewedBy: person,
    }),
    {
      hypothesisId: 'd3b07384-d113-8ec1-8a4e-2f3c0d1b5a60',
      code: 'LC-LEADS-EES',
      leadingMetricId: '0b6f3f0e-6a39-8f55-9d7f-0a4f6c1d2e30',
      laggingMetricId: '1f8a6c10-2b75-8d14-b7a3-6b0de1f2c9a7',
      verdict: 'SHARED_SOURCE',
      cannotTell: false,
      basis: {
        asOf: '6f1d2c4b-0a3e-8b57-9c68-1d2e3f405162',
        report: 'R2@1',
        note: 'Both figures come from one wave.',
      },
      reviewedBy: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    },
  ),
};
export type HypothesisEvent = EventOf<typeof hypothesisEvents>;
