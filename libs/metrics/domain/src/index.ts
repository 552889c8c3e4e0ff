import { anyDecider, anyReadModel, type AnyDecider, type AnyReadModel } from '@plumbline/kernel';
import { hypothesisDecider } from './hypothesis.decider';
import { importVerificationDecider } from './import-verification.decider';
import { metricDecider } from './metric.decider';
import { releaseDecider } from './release.decider';
import { seriesDecider } from './series.decider';
import { targetDecider } from './target.decider';
import { hypothesisRegister } from './hypothesis-register.read-model';
import { importVerifications } from './import-verifications.read-model';
import { metricCatalogue } from './metric-catalogue.read-model';
import { observationActs } from './observation-acts.read-model';
import { observationSeries } from './observation-series.read-model';
import { releaseRegister } from './release-register.read-model';
import { releaseUnits } from './release-units.read-model';
import { targetAdjustments } from './target-adjustments.read-model';
import { targetRegister } from './target-register.read-model';

export { CYCLE_STANDING, type CycleStanding } from './cycle-standing';
export * from './facts';
export * from './hypothesis.commands';
export * from './hypothesis.decider';
export * from './hypothesis.events';
export * from './hypothesis-register.read-model';
export * from './import-verification.commands';
export * from './import-verification.decider';
export * from './import-verification.events';
export * from './import-verifications.read-model';
export * from './metric.commands';
export * from './metric.decider';
export * from './metric.events';
export * from './metric-catalogue.read-model';
export * from './observation-acts.read-model';
export * from './observation-series.read-model';
export { EVERYONE_WHO_LEADS, LINE_OF_UNIT, type LineOfUnit } from './organization-facts';
export {
  FIGURE_KNOWN,
  HYPOTHESIS_VERDICT,
  SERIES_OPENNESS,
  type FigureKnown,
  type ReportedVerdict,
  type SeriesOpenness,
} from './reported-facts';
export * from './release.commands';
export * from './release.decider';
export * from './release.events';
export * from './release-register.read-model';
export * from './release-units.read-model';
export * from './series.commands';
export * from './series.decider';
export * from './series.events';
export * from './target.commands';
export * from './target.decider';
export * from './target.events';
export { anchorsIn, type AnchorColumns } from './anchor-columns';
export * from './target-adjustments.read-model';
export * from './target-register.read-model';
export {
  DIRECTIONS,
  FORMULAS,
  KINDS,
  LEGAL_CLASSES,
  LEVELS,
  SHARE_FORMULAS,
  SOURCE_TYPES,
  SUBJECTS,
  TOPICS,
  UNITS,
  type Direction,
  type Formula,
  type Kind,
  type LegalClass,
  type Level,
  type SourceType,
  type Subject,
  type Topic,
  type Unit,
} from './vocabulary';

export const metricsReadModels: readonly AnyReadModel[] = [
  anyReadModel(metricCatalogue),
  anyReadModel(observationSeries),
  anyReadModel(observationActs),
  anyReadModel(importVerifications),
  anyReadModel(releaseRegister),
  anyReadModel(releaseUnits),
  anyReadModel(targetRegister),
  anyReadModel(targetAdjustments),
  anyReadModel(hypothesisRegister),
];

export const metricsDeciders: readonly AnyDecider[] = [
  anyDecider(metricDecider),
  anyDecider(seriesDecider),
  anyDecider(importVerificationDecider),
  anyDecider(releaseDecider),
  anyDecider(targetDecider),
  anyDecider(hypothesisDecider),
];

/** Refusals that are recorded, with the event that records them. */
export const metricsRecordedRefusals = [
  {
    rule: 'a-target-is-not-adjusted-after-its-period-has-ended',
    event: 'metrics.TargetAdjustmentRefused.v1',
  },
  {
    rule: 'a-target-is-not-adjusted-once-its-result-is-known',
    event: 'metrics.TargetAdjustmentRefused.v1',
  },
] as const;
