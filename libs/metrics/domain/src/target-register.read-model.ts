import type { ReadModel, RecordedEvent } from '@plumbline/kernel';
import type { Anchors, TargetEvent } from './target.events';

export type TargetState = 'PROPOSED' | 'APPROVED' | 'LOCKED' | 'RETIRED';

/** A target as it stands, with the anchors it was locked with: both attainments are reported. */
export type TargetRow = {
  readonly metricId: string;
  readonly unitId: string;
  readonly period: string;
  readonly targetId: string;
  readonly definitionVersion: number;
  readonly state: TargetState;
  readonly baseline: string;
  readonly baselineBasis: 'OBSERVED' | 'ASSERTED';
  readonly baselineObsId: string | null;
  readonly baselinePeriod: string | null;
  /** LINEAR has threshold, target, stretch; RANGE has low, high, tolerance. The others are null. */
  readonly curve: 'LINEAR' | 'RANGE';
  readonly threshold: string | null;
  readonly target: string | null;
  readonly stretch: string | null;
  readonly low: string | null;
  readonly high: string | null;
  readonly tolerance: string | null;
  /** As first locked; equal to the above unless adjusted. */
  readonly originalThreshold: string | null;
  readonly originalTarget: string | null;
  readonly originalStretch: string | null;
  readonly originalLow: string | null;
  readonly originalHigh: string | null;
  readonly originalTolerance: string | null;
  readonly backTestPeriods: number | null;
  readonly hitRateThreshold: string | null;
  readonly hitRateTarget: string | null;
  readonly hitRateStretch: string | null;
  readonly rationale: string;
  readonly proposedBy: string;
  /** After the end of its period: said with hindsight. */
  readonly proposedAt: string;
  readonly approvedBy: string | null;
  readonly cycleId: string | null;
  readonly lockedAt: string | null;
  readonly adjustments: number;
};

const flat = (anchors: Anchors) =>
  anchors.curve === 'LINEAR'
    ? {
        curve: anchors.curve,
        threshold: anchors.threshold,
        target: anchors.target,
        stretch: anchors.stretch,
        low: null,
        high: null,
        tolerance: null,
      }
    : {
        curve: anchors.curve,
        threshold: null,
        target: null,
        stretch: null,
        low: anchors.low,
        high: anchors.high,
        tolerance: anchors.tolerance,
      };

const asOriginal = (anchors: ReturnType<typeof flat>) => ({
  originalThreshold: anchors.threshold,
  originalTarget: anchors.target,
  originalStretch: anchors.stretch,
  originalLow: anchors.low,
  originalHigh: anchors.high,
  originalTolerance: anchors.tolerance,
});

const keys = ({ data }: RecordedEvent<TargetEvent>) => [
  { metricId: data.metricId, unitId: data.unitId, period: data.period },
];

export const targetRegister: ReadModel<TargetRow, TargetEvent> = {
  name: 'target_register',
  version: 1,
  key: ['metricId', 'unitId', 'period'],
  columns: {
    metricId: 'text',
    unitId: 'text',
    period: 'text',
    targetId: 'text',
    definitionVersion: 'integer',
    state: 'text',
    baseline: 'decimal',
    baselineBasis: 'text',
    baselineObsId: 'text?',
    baselinePeriod: 'text?',
    curve: 'text',
    threshold: 'decimal?',
    target: 'decimal?',
    stretch: 'decimal?',
    low: 'decimal?',
    high: 'decimal?',
    tolerance: 'decimal?',
    originalThreshold: 'decimal?',
    originalTarget: 'decimal?',
    originalStretch: 'decimal?',
    originalLow: 'decimal?',
    originalHigh: 'decimal?',
    originalTolerance: 'decimal?',
    backTestPeriods: 'integer?',
    hitRateThreshold: 'decimal?',
    hitRateTarget: 'decimal?',
    hitRateStretch: 'decimal?',
    rationale: 'text',
    proposedBy: 'text',
    proposedAt: 'instant',
    approvedBy: 'text?',
    cycleId: 'text?',
    lockedAt: 'instant?',
    adjustments: 'integer',
  },
  indexes: [['unitId', 'period']],
  on: {
    'metrics.TargetProposed.v1': {
      keys,
      fold: (_row, { data, recordedAt }) => ({
        metricId: data.metricId,
        unitId: data.unitId,
        period: data.period,
        targetId: data.targetId,
        definitionVersion: data.definitionVersion,
        state: 'PROPOSED',
        baseline: data.baseline.value,
        baselineBasis: data.baseline.basis,
        baselineObsId: data.baseline.obsId,
        baselinePeriod: data.baseline.period,
        ...flat(data.anchors),
        ...asOriginal(flat(data.anchors)),
        backTestPeriods: null,
        hitRateThreshold: null,
        hitRateTarget: null,
        hitRateStretch: null,
        rationale: data.rationale,
        proposedBy: data.proposedBy,
        proposedAt: recordedAt,
        approvedBy: null,
        cycleId: null,
        lockedAt: null,
        adjustments: 0,
      }),
    },
    'metrics.TargetDifficultyBackTested.v1': {
      keys,
      fold: (row, { data }) =>
        row
          ? {
              ...row,
              backTestPeriods: data.periods.length,
              hitRateThreshold: data.hitRates.threshold,
              hitRateTarget: data.hitRates.target,
              hitRateStretch: data.hitRates.stretch,
            }
          : null,
    },
    'metrics.TargetApproved.v1': {
      keys,
      fold: (row, { data }) => (row ? { ...row, state: 'APPROVED', approvedBy: data.by } : null),
    },
    'metrics.TargetLocked.v1': {
      keys,
      fold: (row, { data, recordedAt }) =>
        row ? { ...row, state: 'LOCKED', cycleId: data.cycleId, lockedAt: recordedAt } : null,
    },
    'metrics.TargetAdjustmentRequested.v1': 'ignored',
    'metrics.TargetAdjustmentApproved.v1': 'ignored',
    'metrics.TargetAdjusted.v1': {
      keys,
      fold: (row, { data }) => (row ? { ...row, ...flat(data.to), adjustments: row.adjustments + 1 } : null),
    },
    'metrics.TargetAdjustmentRefused.v1': 'ignored',
    'metrics.TargetRetired.v1': {
      keys,
      fold: (row) => (row ? { ...row, state: 'RETIRED' } : null),
    },
  },
};
