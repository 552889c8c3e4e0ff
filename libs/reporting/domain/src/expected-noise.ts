import type { CitedRow, DecimalString } from '@plumbline/kernel';
import { Decimal, writeDecimal } from '@plumbline/kernel';
import { type ExpectedNoise, sourceOf } from '@plumbline/evaluations/domain';
import { type ExpectedAnswers, expectedMargin, noiseVerdict } from '@plumbline/measures';
import type { TargetRow } from '@plumbline/metrics/domain';
import type { HeadcountRow } from '@plumbline/organization/domain';
import { isHidden } from '@plumbline/privacy';
import { type Metric, figureBook, measureOf } from './figure-book';
import type { HistoryRows } from './figure-history';
import type { ScoringRows } from './scorecard-computation';
import { type Prefix, prefixOf } from './prefix';
import { type Question, isRefusal } from './report';
import { targetAnchors } from './component-figures';

/** What can be said beforehand of a figure that a component is to rest on. */
export interface NoiseExpected {
  readonly verdict: ExpectedNoise;
  /** Half the width of the interval to expect, on the scale of the figure; null: unknown. */
  readonly margin: DecimalString | null;
}
const UNKNOWN: NoiseExpected = { verdict: 'UNKNOWN', margin: null };

export type NoiseRows = Pick<
  ScoringRows,
  | 'profile'
  | 'policies'
  | 'days'
  | 'units'
  | 'observations'
  | 'releases'
  | 'releaseUnits'
  | 'verifications'
  | 'metrics'
  | 'targets'
  | 'headcounts'
  | keyof HistoryRows
>;

const latest = (rows: readonly CitedRow<HeadcountRow>[]): CitedRow<HeadcountRow> | undefined =>
  [...rows].sort((a, b) => (a.date < b.date ? 1 : -1))[0];

export interface NoiseForecast {
  readonly prefix: Prefix;
  expect(metricId: string, unitId: string, period: string): NoiseExpected;
}

/**
 * By the headcount of the unit and its last response (domain formula F6, at contract). A last response that is hidden counts as unknown: whoever asks
 * again and again must not learn from the verdict what the report hides.
 */
export function noiseForecast(rows: NoiseRows, question: Question): NoiseForecast | null {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return null;
  const book = figureBook(prefix, rows);
  const headcounts = new Map<string, CitedRow<HeadcountRow>[]>();
  for (const row of rows.headcounts) headcounts.set(row.unitId, [...(headcounts.get(row.unitId) ?? []), row]);
  const targets = new Map<string, CitedRow<TargetRow>>(
    rows.targets.map((row) => [`${row.metricId}/${row.unitId}/${row.period}`, row]),
  );
  const metrics = new Map(rows.metrics.filter((row) => row.current).map((row) => [row.metricId, row]));

  const lastAnswers = (metric: Metric, unitId: string): Pick<ExpectedAnswers, 'lastRate' | 'lastS'> => {
    const nothing = { lastRate: null, lastS: null };
    const last = [...book.periods(metric)].reverse().find(({ text }) => book.figures(metric, text).has(unitId));
    const resolved = last && book.figures(metric, last.text).get(unitId);
    if (!last || !resolved) return nothing;
    const shown = book.disclosure(metric, last.text).cells.get(unitId);
    if (!shown || isHidden(shown)) return nothing;
    const { n, eligible, s } = resolved.figure;
    const counted = n !== null && eligible !== null && eligible > 0 ? new Decimal(n).dividedBy(eligible) : null;
    return {
      lastRate: book.responseRate(metric, unitId, resolved) ?? counted,
      lastS: s === null ? null : new Decimal(s),
    };
  };

  return {
    prefix,
    expect: (metricId, unitId, period) => {
      const metric = metrics.get(metricId);
      const target = targets.get(`${metricId}/${unitId}/${period}`);
      if (!metric || !target) return UNKNOWN;
      const { lastRate, lastS } = lastAnswers(metric, unitId);
      const expected: ExpectedAnswers = {
        measure: measureOf(metric),
        anchors: targetAnchors(target),
        headcount: latest(headcounts.get(unitId) ?? [])?.count ?? null,
        lastRate,
        lastS,
      };
      const margin = expectedMargin(expected);
      return {
        verdict: noiseVerdict(expected, prefix.policy.minScoredN),
        margin: margin === null ? null : writeDecimal(margin),
      };
    },
  };
}

/** Who will be evaluable, group by group, as things stand. */
export interface DryRunGroup {
  readonly group: string;
  readonly leaders: number;
  readonly issued: number;
  /** Contracts whose components are expected to reach the coverage that a total needs. */
  readonly evaluable: number;
  readonly components: readonly {
    readonly componentId: string;
    readonly metric: string;
    readonly tellsItselfFromNoise: number;
    readonly lostInNoise: number;
    readonly unknown: number;
    /** The widest margin to expect where one is known. */
    readonly widestMargin: DecimalString | null;
  }[];
}

export function dryRun(rows: ScoringRows & NoiseRows, question: Question, cycleId: string): readonly DryRunGroup[] {
  const forecast = noiseForecast(rows, question);
  const cycle = rows.cycles.find((row) => row.cycleId === cycleId);
  if (!forecast || !cycle) return [];
  const population = JSON.parse(cycle.population) as Readonly<Record<string, string>>;
  const cards = rows.scorecards.filter((card) => card.cycleId === cycleId);
  return cycle.groups.map((group) => {
    const issued = cards.filter((card) => card.group === group);
    const told = new Map<string, { metric: string; verdicts: ExpectedNoise[]; margins: Decimal[] }>();
    let evaluable = 0;
    for (const card of issued) {
      let expected = 0;
      const own = rows.components
        .filter(
          (row) => row.scorecardId === card.scorecardId && row.edition === card.edition && row.kind !== 'MODIFIER',
        )
        .sort((a, b) => a.place - b.place);
      const kinds = new Set<string>();
      for (const row of own) {
        const source = sourceOf(row);
        if (source.type !== 'METRIC') {
          expected += row.weightBp;
          kinds.add(row.kind);
          continue;
        }
        const scopes = [...source.scopes.slice(0, 1), ...(source.fallback ? [source.fallback] : [])];
        const all = scopes.map(({ unitId }) => forecast.expect(source.metricId, unitId, source.period));
        const [first = UNKNOWN] = all;
        const line = told.get(row.componentId) ?? { metric: source.metric, verdicts: [], margins: [] };
        line.verdicts.push(first.verdict);
        if (first.margin !== null) line.margins.push(new Decimal(first.margin));
        told.set(row.componentId, line);
        if (!all.some(({ verdict }) => verdict === 'TELLS_ITSELF_FROM_NOISE')) continue;
        expected += row.weightBp;
        kinds.add(row.kind);
      }
      const leads = kinds.has('PROCESS') || kinds.has('BEHAVIOUR');
      const lags = kinds.has('CLIMATE') || kinds.has('OUTCOME');
      if (expected >= card.limitCoverageBp && leads && lags) evaluable += 1;
    }
    const count = (verdicts: readonly ExpectedNoise[], one: ExpectedNoise): number =>
      verdicts.filter((verdict) => verdict === one).length;
    return {
      group,
      leaders: Object.values(population).filter((of) => of === group).length,
      issued: issued.length,
      evaluable,
      components: [...told].map(([componentId, { metric, verdicts, margins }]) => ({
        componentId,
        metric,
        tellsItselfFromNoise: count(verdicts, 'TELLS_ITSELF_FROM_NOISE'),
        lostInNoise: count(verdicts, 'LOST_IN_NOISE'),
        unknown: count(verdicts, 'UNKNOWN'),
        widestMargin: margins.length === 0 ? null : writeDecimal(Decimal.max(...margins)),
      })),
    };
  });
}
