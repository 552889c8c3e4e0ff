import {
  type CharterPrincipleRow,
  type CharterRow,
  type CommitmentRow,
  type IndicatorRow,
  charterPrinciples,
  charterRegister,
  commitmentIndicators,
  commitmentRegister,
} from '@plumbline/charter/domain';
import { type CitedRow, type LocalDate, type Period, evidenceIsLive, parsePeriod } from '@plumbline/kernel';
import { isStale } from '@plumbline/measures';
import type { HypothesisRow, LegalClass } from '@plumbline/metrics/domain';
import { type ActionEvidenceRow, actionEvidence } from '@plumbline/programs/domain';
import { type ActionRows, type ActionView, actionViews } from './action-cells';
import type { Metric, ObservedRow } from './figure-book';
import type { Prefix } from './prefix';

export const coverageReads = {
  charters: charterRegister,
  principles: charterPrinciples,
  commitments: commitmentRegister,
  indicators: commitmentIndicators,
  actionEvidence,
} as const;

export interface CoverageRows extends ActionRows {
  readonly charters: readonly CitedRow<CharterRow>[];
  readonly principles: readonly CitedRow<CharterPrincipleRow>[];
  readonly commitments: readonly CitedRow<CommitmentRow>[];
  readonly indicators: readonly CitedRow<IndicatorRow>[];
  readonly actionEvidence: readonly CitedRow<ActionEvidenceRow>[];
  readonly metrics: readonly Metric[];
  readonly hypotheses: readonly CitedRow<HypothesisRow>[];
  readonly observations: readonly CitedRow<ObservedRow>[];
}

/** What selects or compares people by class covers nothing. */
const COVERING: readonly (LegalClass | null)[] = ['NEUTRAL', 'CLIMATE_ALL'];
export const coveringMetrics = (metrics: readonly Metric[]): readonly Metric[] =>
  metrics.filter(({ current, retired, legalClass }) => current && !retired && COVERING.includes(legalClass));

/** The version of each charter that holds on a day, unless it was retired. */
function chartersInForce(charters: CoverageRows['charters'], day: LocalDate): readonly CitedRow<CharterRow>[] {
  const latest = new Map<string, CitedRow<CharterRow>>();
  for (const row of charters) {
    const { charterId, version, effectiveFrom, state } = row;
    if (effectiveFrom === null || effectiveFrom > day || state === 'RETIRED') continue;
    if ((latest.get(charterId)?.version ?? 0) < version) latest.set(charterId, row);
  }
  return [...latest.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** A metric with the figure that shows it is still observed; null when its last one is stale or there is none. */
export interface ObservedMetric {
  readonly metric: Metric;
  readonly fresh: CitedRow<ObservedRow> | null;
}

/** For each metric its last figure of the current definition in any unit, if that is not stale on the day. */
function freshFigures(
  { date, profile }: Prefix,
  metrics: readonly Metric[],
  observations: CoverageRows['observations'],
): ReadonlyMap<string, CitedRow<ObservedRow>> {
  const versions = new Map(metrics.map((metric) => [metric.metricId, metric]));
  const periods = new Map<string, Period>();
  const periodOf = (text: string): Period => {
    const period = periods.get(text) ?? parsePeriod(text, profile.fiscalYear);
    periods.set(text, period);
    return period;
  };
  const last = new Map<string, CitedRow<ObservedRow>>();
  for (const row of observations) {
    if (row.retracted || versions.get(row.metricId)?.definitionVersion !== row.definitionVersion) continue;
    const known = last.get(row.metricId);
    const [end, than] = [periodOf(row.period).end, known ? periodOf(known.period).end : ''];
    if (end > than || (end === than && known && row.unitId < known.unitId)) last.set(row.metricId, row);
  }
  return new Map(
    [...last].filter(([metricId, row]) => {
      const cadence = versions.get(metricId)?.cadence;
      return cadence !== undefined && !isStale(periodOf(row.period), cadence, date);
    }),
  );
}

/** A principle with everything that hangs on it: what was promised, what is done for that, and what is observed of it. */
export interface PrincipleCoverage {
  readonly id: string;
  readonly text: string | null;
  readonly row: CitedRow<CharterPrincipleRow> | undefined;
  readonly charter: CitedRow<CharterRow>;
  readonly signals: readonly string[];
  readonly commitments: readonly CitedRow<CommitmentRow>[];
  readonly active: readonly CitedRow<CommitmentRow>[];
  readonly resourced: readonly CitedRow<CommitmentRow>[];
  readonly actions: readonly ActionView[];
  /** Of these the actions whose evidence proves something still, and that evidence. */
  readonly evidenced: readonly { readonly action: ActionView; readonly evidence: CitedRow<ActionEvidenceRow> }[];
  readonly leading: readonly ObservedMetric[];
  readonly lagging: readonly ObservedMetric[];
  readonly lived: readonly Metric[];
  readonly missing: readonly Missing[];
}

export type Missing = 'ACTIVE_COMMITMENT' | 'FRESH_LEADING' | 'FRESH_LAGGING' | 'LIVE_EVIDENCE';

/** F11: principle ← active commitment ← action ← its metrics, and indicators with a metric. */
export function principlesCovered(
  prefix: Prefix,
  rows: CoverageRows,
  within: ReadonlySet<string>,
): readonly PrincipleCoverage[] {
  const metrics = new Map(coveringMetrics(rows.metrics).map((metric) => [metric.metricId, metric]));
  const fresh = freshFigures(prefix, [...metrics.values()], rows.observations);
  const hypotheses = new Map(rows.hypotheses.map((row) => [row.hypothesisId, row]));
  const views = actionViews(rows).filter(({ row }) => row.state !== 'CANCELLED' && within.has(row.unitId));
  const live = rows.actionEvidence
    .filter((row) => !row.withdrawn && evidenceIsLive(row, prefix.date))
    .sort((a, b) => (a.evidenceId < b.evidenceId ? -1 : 1));

  const metricsOf = (active: readonly CommitmentRow[], actions: readonly ActionView[]): readonly Metric[] => {
    const ids = new Set(active.map(({ commitmentId }) => commitmentId));
    const named = [
      ...rows.indicators.filter(({ commitmentId }) => ids.has(commitmentId)).map(({ metricId }) => metricId),
      ...actions.flatMap(({ row }) => {
        const hypothesis = row.hypothesisId === null ? undefined : hypotheses.get(row.hypothesisId);
        return [...row.leadingMetricIds, row.livedExperienceMetricId, hypothesis?.laggingMetricId ?? null];
      }),
    ];
    return [...new Set(named)]
      .flatMap((id) => (id === null ? [] : (metrics.get(id) ?? [])))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  };

  const covered = (charter: CitedRow<CharterRow>, principleId: string): PrincipleCoverage => {
    const row = rows.principles.find(
      (each) => each.charterId === charter.charterId && each.principleId === principleId,
    );
    const promisedTo = [charter.charterId, row?.inheritedFrom ?? charter.charterId];
    const commitments = rows.commitments
      .filter(
        (each) =>
          each.charterId !== null &&
          promisedTo.includes(each.charterId) &&
          each.principleIds.includes(principleId) &&
          within.has(each.scopeUnitId),
      )
      .sort((a, b) => (a.code < b.code ? -1 : 1));
    const active = commitments.filter(({ status }) => status === 'ACTIVE');
    const serving = new Set(active.map(({ commitmentId }) => commitmentId));
    const actions = views.filter((view) => view.row.commitmentIds.some((id) => serving.has(id)));
    const evidenced = actions.flatMap((action) => {
      const evidence = live.find(({ actionId }) => actionId === action.row.actionId);
      return evidence ? [{ action, evidence }] : [];
    });
    const observed = metricsOf(active, actions).map((metric): ObservedMetric => ({
      metric,
      fresh: fresh.get(metric.metricId) ?? null,
    }));
    const leading = observed.filter(({ metric }) => metric.kind === 'LEADING');
    const lagging = observed.filter(({ metric }) => metric.kind === 'LAGGING');
    const isFresh = ({ fresh: figure }: ObservedMetric): boolean => figure !== null;
    const missing: readonly (readonly [Missing, boolean])[] = [
      ['ACTIVE_COMMITMENT', active.length === 0],
      ['FRESH_LEADING', !leading.some(isFresh)],
      ['FRESH_LAGGING', !lagging.some(isFresh)],
      ['LIVE_EVIDENCE', evidenced.length === 0],
    ];
    return {
      id: `${charter.code}:${principleId}`,
      text: row?.adoptedText ?? null,
      row,
      charter,
      signals: row?.signals ?? [],
      commitments,
      active,
      resourced: active.filter(({ resourced, needsNoResources }) => resourced || needsNoResources),
      actions,
      evidenced,
      leading,
      lagging,
      lived: observed.map(({ metric }) => metric).filter(({ level }) => level === 'CLIMATE'),
      missing: missing.filter(([, lacks]) => lacks).map(([piece]) => piece),
    };
  };

  return chartersInForce(rows.charters, prefix.date).flatMap((charter) =>
    charter.principleIds.map((principleId) => covered(charter, principleId)),
  );
}
