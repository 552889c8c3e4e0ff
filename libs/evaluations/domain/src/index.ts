import { anyDecider, anyReadModel, type AnyDecider, type AnyReadModel } from '@plumbline/kernel';
import { cycleDecider } from './cycle.decider';
import { cycleRegister } from './cycle-register.read-model';
import { FIREWALL_RULES } from './firewall';
import { linkDecider } from './link.decider';
import { metricLinks } from './metric-links.read-model';
import { scorecardDecider } from './scorecard.decider';
import { scorecardComponents } from './scorecard-components.read-model';
import { scorecardRestatements } from './scorecard-restatements.read-model';
import { scorecards } from './scorecards.read-model';

export {
  component,
  type Component,
  type ComponentSource,
  type Limits,
  type MetricSource,
  type Scope,
} from './component';
export * from './computation';
export * from './computed';
export { EXPECTED_NOISE, type ExpectedNoise } from './contract-asked';
export * from './cycle.commands';
export * from './cycle.decider';
export * from './cycle.events';
export * from './cycle-register.read-model';
export * from './facts';
export * from './for-scoring';
export { FIREWALL_RULES } from './firewall';
export * from './link.commands';
export * from './link.decider';
export * from './link.events';
export * from './metric-links.read-model';
export * from './rule-sets';
export * from './scorecard.commands';
export * from './scorecard.decider';
export * from './scorecard.events';
export * from './scorecard-components.read-model';
export { OPEN_DISPUTES } from './scorecard-rating';
export * from './scorecard-restatements.read-model';
export { COMPUTED_SCORECARD, type ComputedAnswer } from './scorecard-scoring';
export * from './scorecards.read-model';
export { EVIDENCE_LEVELS, RESTATEMENT_CAUSES, type EvidenceLevel, type RestatementCause } from './vocabulary';

export const evaluationsDeciders: readonly AnyDecider[] = [
  anyDecider(cycleDecider),
  anyDecider(scorecardDecider),
  anyDecider(linkDecider),
];

export const evaluationsReadModels: readonly AnyReadModel[] = [
  anyReadModel(cycleRegister),
  anyReadModel(scorecards),
  anyReadModel(scorecardComponents),
  anyReadModel(scorecardRestatements),
  anyReadModel(metricLinks),
];

/** Refusals that are recorded, with the event that records them. */
export const evaluationsRecordedRefusals: readonly { readonly rule: string; readonly event: string }[] =
  FIREWALL_RULES.flatMap((rule) => [
    { rule, event: 'evaluations.MetricLinkRefused.v1' },
    { rule, event: 'evaluations.ScorecardComponentRefused.v1' },
  ]);
