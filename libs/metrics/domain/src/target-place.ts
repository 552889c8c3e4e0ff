import type { DecisionContext } from '@plumbline/kernel';
import { unitKey } from './organization-facts';
import { metricKey } from './streams.facts';

/** How a command names a target. */
export interface TargetNamed {
  readonly unit: string;
  readonly metric: string;
  readonly period: string;
}

/** How its events do. */
export const placeOfTarget = (named: TargetNamed, context: DecisionContext) => ({
  targetId: context.id,
  metricId: context.idOf(metricKey(named.metric)),
  unitId: context.idOf(unitKey(named.unit)),
  period: named.period,
});
