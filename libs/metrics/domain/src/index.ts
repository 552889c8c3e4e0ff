import { anyReadModel, type AnyReadModel } from '@plumbline/kernel';
import { hypothesisRegister } from './hypothesis-register.read-model';
import { importVerifications } from './import-verifications.read-model';
import { metricCatalogue } from './metric-catalogue.read-model';
import { observationSeries } from './observation-series.read-model';
import { releaseRegister } from './release-register.read-model';
import { releaseUnits } from './release-units.read-model';
import { targetRegister } from './target-register.read-model';

export * from './hypothesis.events';
export * from './hypothesis-register.read-model';
export * from './import-verification.events';
export * from './import-verifications.read-model';
export * from './metric.events';
export * from './metric-catalogue.read-model';
export * from './observation-series.read-model';
export * from './release.events';
export * from './release-register.read-model';
export * from './release-units.read-model';
export * from './series.events';
export * from './target.events';
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
  anyReadModel(importVerifications),
  anyReadModel(releaseRegister),
  anyReadModel(releaseUnits),
  anyReadModel(targetRegister),
  anyReadModel(hypothesisRegister),
];
