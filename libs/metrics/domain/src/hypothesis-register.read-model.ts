import type { ReadModel } from '@plumbline/kernel';
import type { HypothesisEvent, METHODS, SIGNS, Verdict } from './hypothesis.events';

/** A registered expectation. `registeredAt` decides whether it was said beforehand (else RETROSPECTIVE). */
export type HypothesisRow = {
  readonly hypothesisId: string;
  readonly code: string;
  readonly leadingMetricId: string;
  readonly laggingMetricId: string;
  readonly leadingDefinitionVersion: number;
  readonly laggingDefinitionVersion: number;
  readonly lagPeriods: number;
  readonly expectedSign: (typeof SIGNS)[number];
  readonly method: (typeof METHODS)[number];
  readonly reviewDate: string;
  readonly rationale: string;
  readonly registeredBy: string;
  readonly registeredAt: string;
  /** As it was given at its review; what the figures say now stands in reports. */
  readonly verdict: Verdict | null;
  readonly cannotTell: boolean;
  readonly reviewedBy: string | null;
  readonly reviewedAt: string | null;
  readonly replacedBy: string | null;
};

export const hypothesisRegister: ReadModel<HypothesisRow, HypothesisEvent> = {
  name: 'hypothesis_register',
  version: 2,
  key: ['hypothesisId'],
  columns: {
    hypothesisId: 'text',
    code: 'text',
    leadingMetricId: 'text',
    laggingMetricId: 'text',
    leadingDefinitionVersion: 'integer',
    laggingDefinitionVersion: 'integer',
    lagPeriods: 'integer',
    expectedSign: 'text',
    method: 'text',
    reviewDate: 'date',
    rationale: 'text',
    registeredBy: 'text',
    registeredAt: 'instant',
    verdict: 'text?',
    cannotTell: 'boolean',
    reviewedBy: 'text?',
    reviewedAt: 'instant?',
    replacedBy: 'text?',
  },
  indexes: [['leadingMetricId'], ['laggingMetricId']],
  on: {
    'metrics.HypothesisRegistered.v1': {
      keys: ({ data }) => [
        { hypothesisId: data.hypothesisId },
        ...(data.replaces === null ? [] : [{ hypothesisId: data.replaces }]),
      ],
      fold: (row, { data, recordedAt }, key) =>
        key.hypothesisId !== data.hypothesisId
          ? row
            ? { ...row, replacedBy: data.hypothesisId }
            : null
          : {
              hypothesisId: data.hypothesisId,
              code: data.code,
              leadingMetricId: data.leadingMetricId,
              laggingMetricId: data.laggingMetricId,
              leadingDefinitionVersion: data.leadingDefinitionVersion,
              laggingDefinitionVersion: data.laggingDefinitionVersion,
              lagPeriods: data.lagPeriods,
              expectedSign: data.expectedSign,
              method: data.method,
              reviewDate: data.reviewDate,
              rationale: data.rationale,
              registeredBy: data.registeredBy,
              registeredAt: recordedAt,
              verdict: null,
              cannotTell: false,
              reviewedBy: null,
              reviewedAt: null,
              replacedBy: null,
            },
    },
    'metrics.HypothesisReviewed.v1': {
      keys: ({ data }) => [{ hypothesisId: data.hypothesisId }],
      fold: (row, { data, recordedAt }) =>
        row
          ? {
              ...row,
              verdict: data.verdict,
              cannotTell: data.cannotTell,
              reviewedBy: data.reviewedBy,
              reviewedAt: recordedAt,
            }
          : null,
    },
  },
};
