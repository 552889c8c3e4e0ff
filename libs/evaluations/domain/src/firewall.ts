import { idKey, streamFact, type FactAnswers, type FactQuery, type LocalDate } from '@plumbline/kernel';
import { metricFacts, metricKey, ruleAgainstEvaluating, type MetricFacts } from '@plumbline/metrics/facts';
import type { UnitFacts } from '@plumbline/organization/facts';

const companionKey = (id: string) => idKey('metric', id);

/** The stream of the metric that is shown beside this one, once the metric itself is known. */
export function companionFact(metric: string, known: FactAnswers): readonly FactQuery[] {
  const companion = known.stream(metricFacts, metricKey(metric)).definition?.companionMetricId ?? null;
  return companion === null ? [] : [streamFact(metricFacts, companionKey(companion))];
}

/** Classes by which a figure would bring a comparison of people by class into an evaluation through the back door. */
const BARRED = ['CLASS_BASED', 'MONITORING_ONLY'];

function ruleAgainstCompanion(metric: MetricFacts, facts: FactAnswers): string | null {
  const companionId = metric.definition?.companionMetricId ?? null;
  if (companionId === null) return null;
  const { legalClass } = facts.stream(metricFacts, companionKey(companionId));
  return legalClass !== null && BARRED.includes(legalClass)
    ? 'a-companion-by-class-keeps-its-metric-out-of-evaluations'
    : null;
}

/** The rule that keeps a metric, with all it brings along, out of every evaluation on this day; null when none does. */
export const ruleAgainstMetric = (metric: MetricFacts, facts: FactAnswers, today: LocalDate): string | null =>
  ruleAgainstEvaluating(metric, today) ?? ruleAgainstCompanion(metric, facts);

export function ruleAgainstUnit(unit: UnitFacts): string | null {
  if (!unit.registered) return 'an-evaluation-is-about-registered-units';
  return unit.classDefined ? 'a-unit-defined-by-a-class-is-no-scope-of-an-evaluation' : null;
}

/** Rules that are put on record when they refuse. */
export const FIREWALL_RULES = [
  'an-evaluation-rests-on-a-defined-metric',
  'a-retired-metric-cannot-count-in-an-evaluation',
  'a-metric-whose-class-is-void-cannot-count-in-an-evaluation',
  'a-class-based-metric-cannot-count-in-an-evaluation',
  'a-monitoring-only-metric-cannot-count-in-an-evaluation',
  'an-expired-class-review-cannot-carry-an-evaluation',
  'a-count-of-concerns-harm-or-stories-cannot-count-in-an-evaluation',
  'a-companion-by-class-keeps-its-metric-out-of-evaluations',
  'a-unit-defined-by-a-class-is-no-scope-of-an-evaluation',
] as const;
export const isFirewallRule = (rule: string): boolean => (FIREWALL_RULES as readonly string[]).includes(rule);
