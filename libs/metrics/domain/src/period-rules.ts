import { CADENCE_GRANULARITY, refuse, type Period, type Refusal } from '@plumbline/kernel';
import type { MetricDefinition } from './metric.events';

/** A yearly metric has yearly periods, and so on. The same days have one name, or two figures could stand for them. */
export function againstPeriod(definition: MetricDefinition, period: Period): Refusal | null {
  if (period.fiscal && period.yearStart === '01-01')
    return refuse(
      'a-fiscal-year-that-is-the-calendar-year-is-written-as-one',
      `The fiscal year begins on 01-01 here: ${period.text} has the days of ${period.text.slice(2)}. Write that.`,
    );
  return period.granularity === CADENCE_GRANULARITY[definition.cadence]
    ? null
    : refuse(
        'a-period-is-as-long-as-the-cadence-of-its-metric',
        `The metric is ${definition.cadence}; ${period.text} is a ${period.granularity}.`,
      );
}
