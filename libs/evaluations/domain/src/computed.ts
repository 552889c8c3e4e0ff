import { LEFT_OUT } from '@plumbline/measures';
import { z } from 'zod';
import {
  cellState,
  code,
  componentCode,
  decimalText,
  EVIDENCE_LEVELS,
  period,
  reasonCode,
  sha256,
  uuid,
  words,
} from './vocabulary';

const figure = decimalText.nullable();

/** What one scope gave to a component. Figures are disclosed ones: of what was hidden there is none. */
export const scoredScope = z.strictObject({
  /** Null: not about a unit. */
  unitId: uuid.nullable(),
  /** Whether the fallback scope was judged in its place. */
  shared: z.boolean(),
  /** The unit in whose place the fallback was judged, and why its own figure could not be; null where it was. */
  instead: z.strictObject({ unitId: uuid, state: cellState, reasonCode: reasonCode.nullable() }).nullable(),
  state: cellState,
  reasonCode: reasonCode.nullable(),
  /** Share of the period led. */
  share: decimalText,
  value: figure,
  low: figure,
  high: figure,
  n: z.int().nullable(),
  attainment: figure,
  /** On the targets as they were locked. */
  originalAttainment: figure,
});
export type ScoredScope = z.infer<typeof scoredScope>;

/** A figure that a result was made of: whoever may not be shown it may not be shown the result. */
export const figureUnder = z.strictObject({
  metricId: uuid,
  definitionVersion: z.int().min(1),
  period,
  unitId: uuid,
  n: z.int().nullable(),
});
export type FigureUnder = z.infer<typeof figureUnder>;

export const scoredComponent = z.strictObject({
  componentId: componentCode,
  state: cellState,
  reasonCode: reasonCode.nullable(),
  effect: z.enum(['SCORED', 'EXCLUDED', 'WAITS']),
  /** The firewall's rule, where it keeps the component out. */
  rule: words(120).nullable(),
  /** Of a modifier, the points it adds. */
  attainment: figure,
  originalAttainment: figure,
  evidenceLevel: z.enum(EVIDENCE_LEVELS),
  tenureShare: decimalText,
  n: z.int().nullable(),
  scopes: z.array(scoredScope).max(10),
  /** The figures that its scopes tell. */
  figures: z.array(figureUnder).max(10),
  /** Commitments of the contract that are not counted, and why. */
  leftOut: z.array(z.strictObject({ commitment: code, why: z.enum(LEFT_OUT) })).max(200),
  opensImprovement: z.boolean(),
  citedEvents: z.array(uuid).max(20_000),
});
export type ScoredComponent = z.infer<typeof scoredComponent>;

export const NO_TOTAL = [
  'COVERAGE_TOO_LOW',
  'NO_PROCESS_OR_BEHAVIOUR_PART',
  'NO_CLIMATE_OR_OUTCOME_PART',
  'NOTHING_TAKES_THE_WEIGHT',
] as const;

export const scorecardTotal = z.strictObject({
  score: figure,
  state: z.enum(['OK', 'NOT_EVALUABLE']),
  reason: z.enum(NO_TOTAL).nullable(),
  originalScore: figure,
  coverageBp: z.int().min(0).max(10_000),
  evidenceBp: decimalText,
  surveyBp: decimalText,
  parts: z.array(z.strictObject({ componentId: componentCode, effectiveBp: decimalText, points: figure })).max(60),
  /** The figures of all components that were counted. */
  figures: z.array(figureUnder).max(600),
  /** Components that await a finding before anyone signs. */
  waits: z.array(componentCode).max(60),
});
export type ScorecardTotalText = z.infer<typeof scorecardTotal>;

/** What computing one scorecard comes to. */
export interface ComputedScorecard {
  readonly codeVersion: string;
  readonly components: readonly ScoredComponent[];
  readonly total: ScorecardTotalText;
}
/** With the hash over it, as the one who computes it answers. */
export interface HashedScorecard extends ComputedScorecard {
  readonly resultHash: string;
}
export const resultHash = sha256;
