import { CADENCE_GRANULARITY, refuse, type Period, type Refusal } from '@plumbline/kernel';
import type { MetricDefinition } from './metric.events';

/** A yearly metric has yearly periods, and so on. */
export const againstPeriod = (definition: MetricDefinition, period: Period): Refusal | null =>
  period.granularity === CADENCE_GRANULARITY[definition.cadence]
    ? null
    : refuse(
        'a-period-is-as-long-as-the-cadence-of-its-metric',
        `The metric is ${definition.cadence}; ${period.text} is a ${period.granularity}.`,
      );
