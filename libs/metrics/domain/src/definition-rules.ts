import { refuse, type Refusal } from '@plumbline/kernel';
import type { MetricDefinition } from './metric.events';
import type { MetricFacts } from './metric.facts';
import { SHARE_FORMULAS, type Formula, type Kind, type LegalClass, type Level, type Unit } from './vocabulary';

const USUAL_KIND: Readonly<Record<Level, Kind>> = {
  PROCESS: 'LEADING',
  BEHAVIOUR: 'LEADING',
  CLIMATE: 'LAGGING',
  OUTCOME: 'LAGGING',
};

const UNITS_OF_FORMULA: Readonly<Record<Formula, readonly Unit[]>> = {
  'favourable-share': ['PERCENT', 'PROPORTION'],
  'response-rate': ['PERCENT', 'PROPORTION'],
  'record-share': ['PERCENT', 'PROPORTION'],
  checklist: ['PERCENT', 'PROPORTION', 'INDEX'],
  'item-index': ['PERCENT', 'PROPORTION', 'INDEX'],
  'engagement-index': ['PERCENT', 'PROPORTION', 'INDEX'],
  'mean-score': ['INDEX'],
  count: ['COUNT'],
  mean: ['RATIO', 'DAYS', 'HOURS', 'INDEX'],
  median: ['RATIO', 'DAYS', 'HOURS', 'INDEX', 'PERCENT', 'PROPORTION'],
};

export const isShare = (formula: Formula): boolean => SHARE_FORMULAS.includes(formula);

const MONITORING_MINIMUM = 10;

/** What a definition must satisfy by itself and with its companion, whoever gives it. */
export function againstDefinition(
  metricId: string,
  definition: MetricDefinition,
  companion: MetricFacts | null,
): Refusal | null {
  const { kind, level, unit, formulaRef, subject, topic } = definition;
  if (kind !== USUAL_KIND[level] && definition.kindRationale === null)
    return refuse(
      'process-and-behaviour-lead-climate-and-outcome-lag-unless-a-rationale-says-otherwise',
      `A ${level} metric is ${USUAL_KIND[level]}. Say in kindRationale why this one is ${kind}, or change kind.`,
    );
  if (!UNITS_OF_FORMULA[formulaRef].includes(unit))
    return refuse(
      'a-unit-fits-its-formula',
      `unit is ${unit}; ${formulaRef} is given in ${UNITS_OF_FORMULA[formulaRef].join(', ')}.`,
    );
  if (unit === 'COUNT' && subject !== 'NONE' && definition.companionMetricId === null)
    return refuse(
      'a-count-of-people-has-a-companion-climate-metric',
      'Name in companionMetric the climate metric shown beside this count.',
    );
  if (definition.companionMetricId !== null) {
    if (definition.companionMetricId === metricId || companion?.definition?.level !== 'CLIMATE')
      return refuse(
        'a-count-of-people-has-a-companion-climate-metric',
        'companionMetric must be the code of another metric, defined before, of level CLIMATE.',
      );
  }
  if (definition.handling && unit === 'COUNT')
    return refuse(
      'handling-is-measured-as-a-time-or-a-share',
      'handling says how the topic is dealt with: its unit is DAYS, HOURS, PERCENT or PROPORTION, never a count.',
    );
  if (topic === 'REGRETTED_EXITS' && definition.codedBeforehandBy !== 'hr')
    return refuse(
      'regretted-exits-are-coded-by-hr-before-the-leader-sees-them',
      'Say codedBeforehandBy: hr, or measure voluntary exits instead (topic EXITS).',
    );
  return null;
}

/** What a definition asks of its legal class. */
export function againstClass(definition: MetricDefinition, legalClass: LegalClass): Refusal | null {
  if (definition.process?.openToAnyone && definition.process.countedIn === 'REQUESTS' && legalClass !== 'NEUTRAL')
    return refuse(
      'timeliness-of-a-process-open-to-anyone-counted-in-requests-is-neutral',
      'Anyone may use the process and requests are counted, not people: its class is NEUTRAL.',
    );
  if (legalClass === 'MONITORING_ONLY' && definition.minN < MONITORING_MINIMUM)
    return refuse(
      'a-monitoring-only-metric-is-for-ten-or-more',
      `Raise minN to ${MONITORING_MINIMUM} or more: the class is MONITORING_ONLY.`,
    );
  return null;
}
