import type { DecisionContext } from '@plumbline/kernel';
import { metricFacts, metricKey, type MetricFacts } from '@plumbline/metrics/facts';
import type { ComponentAsked, ComponentSource } from './component';
import type { ScorecardCommand } from './scorecard.commands';

export type Issue = Extract<ScorecardCommand, { type: 'evaluations.IssueScorecard' }>['data'];
export type MetricAsked = Extract<ComponentAsked['source'], { type: 'METRIC' }>;

/** Whether a figure of this metric, unit and period will tell itself from noise, by headcount and last response. About `{metric, unit, period}`. */
export const EXPECTED_NOISE = 'reporting.expected-noise';
export type ExpectedNoise = 'TELLS_ITSELF_FROM_NOISE' | 'LOST_IN_NOISE' | 'UNKNOWN';

export const metricSources = (components: readonly ComponentAsked[]): readonly MetricAsked[] =>
  components.flatMap(({ source }) => (source.type === 'METRIC' ? [source] : []));
export const scopesOf = ({ units, fallback }: MetricAsked): readonly string[] =>
  fallback === undefined ? units : [...units, fallback];
export const noiseAbout = ({ metric, period }: MetricAsked, unit: string) => ({ metric, unit, period });

export const metricIn = (context: DecisionContext, metric: string): MetricFacts =>
  context.facts.stream(metricFacts, metricKey(metric));

export const isSurvey = (source: ComponentSource | ComponentAsked['source'], context: DecisionContext): boolean =>
  source.type === 'METRIC' && metricIn(context, source.metric).definition?.sourceType === 'SURVEY';
