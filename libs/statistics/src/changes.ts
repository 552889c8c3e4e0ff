import { Decimal, decimal, parsePeriod, periodOrdinal, type DecimalString } from '@plumbline/kernel';
import type { UnitPairs } from './bootstrap';

/** One observed value of a series. */
export interface SeriesPoint {
  readonly unit: string;
  /** `2020`, `2026-Q3` …: only periods of one kind are neighbours. */
  readonly period: string;
  readonly value: DecimalString;
  /** Which comparable stretch of the definition it belongs to; a BREAK starts the next. No change is taken from one to another. */
  readonly definitionVersion: number;
  /** What it was measured by (wave, release): two values of one unit, period and source share their error. Null: nothing else was measured with it. */
  readonly source: string | null;
  /** The source gives no count of answers. */
  readonly noBase: boolean;
}

/** A change or a level of a unit in a period. `at` grows by one from period to period of one `kind`. */
export interface DatedValue {
  readonly unit: string;
  readonly kind: string;
  /** Ordinal of the period; of a change, the later of its two. */
  readonly at: number;
  readonly value: Decimal;
}

interface Placed extends DatedValue {
  readonly definitionVersion: number;
}

function placed(points: readonly SeriesPoint[]): readonly Placed[] {
  const seen = new Set<string>();
  const periods = new Map([...new Set(points.map(({ period }) => period))].map((text) => [text, parsePeriod(text)]));
  return points.map((point) => {
    const period = periods.get(point.period) ?? parsePeriod(point.period);
    const key = `${point.definitionVersion}/${period.text}/${point.unit}`;
    if (seen.has(key)) throw new RangeError(`two values of one unit, period ${period.text} and definition version`);
    seen.add(key);
    return {
      unit: point.unit,
      kind: `${period.fiscal ? 'FY-' : ''}${period.granularity}`,
      at: periodOrdinal(period),
      definitionVersion: point.definitionVersion,
      value: decimal(point.value),
    };
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const slot = (p: { unit: string; kind: string; at: number }): string => `${p.kind}/${p.at}/${p.unit}`;

/**
 * First differences: value of a period minus that of the period before it, for each unit, exact. A missing period leaves no change on either side of
 * the gap; nothing is taken across a BREAK (another definition version). Where a period was observed under two versions, the later one's change stands.
 */
export function changesOf(points: readonly SeriesPoint[]): readonly DatedValue[] {
  const all = placed(points);
  const byPlace = new Map(all.map((p) => [`${p.definitionVersion}/${slot(p)}`, p]));
  const changes = new Map<string, DatedValue>();
  for (const p of [...all].sort((a, b) => a.definitionVersion - b.definitionVersion)) {
    const before = byPlace.get(`${p.definitionVersion}/${slot({ ...p, at: p.at - 1 })}`);
    if (before) changes.set(slot(p), { unit: p.unit, kind: p.kind, at: p.at, value: p.value.minus(before.value) });
  }
  return [...changes.values()];
}

/** The levels of each unit's last stretch: what a line without a break would show. */
export function levelsOf(points: readonly SeriesPoint[]): readonly DatedValue[] {
  const all = placed(points);
  const last = new Map<string, number>();
  for (const p of all) last.set(p.unit, Math.max(last.get(p.unit) ?? p.definitionVersion, p.definitionVersion));
  return all.filter((p) => p.definitionVersion === last.get(p.unit));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

const medianOf = (values: readonly Decimal[]): Decimal => {
  const sorted = [...values].sort((a, b) => a.comparedTo(b));
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 1 ? half : half - 1], sorted[half]];
  if (!low || !high) throw new RangeError('no values have no median');
  return low.plus(high).dividedBy(2);
};

/** Each change less the median of all units' changes of its period: what moved every unit alike is no evidence that one thing follows another. */
export function centred(changes: readonly DatedValue[]): readonly DatedValue[] {
  const groups = grouped(changes, (change) => `${change.kind}/${change.at}`);
  const medians = new Map([...groups].map(([key, group]) => [key, medianOf(group.map((change) => change.value))]));
  return changes.map((change) => ({
    ...change,
    value: change.value.minus(medians.get(`${change.kind}/${change.at}`) ?? 0),
  }));
}

/** Pairs (x at t, y at t + lag) within a unit, units and periods in order; here exact decimals become binary floats. */
export function pairsOf(x: readonly DatedValue[], y: readonly DatedValue[], lag: number): readonly UnitPairs[] {
  const later = new Map(y.map((change) => [slot(change), change.value]));
  const inOrder = [...x].sort((a, b) => compare(a.unit, b.unit) || compare(a.kind, b.kind) || a.at - b.at);
  return [...grouped(inOrder, (change) => change.unit)].flatMap(([unit, changes]) => {
    const pairs = changes.flatMap((change) => {
      const partner = later.get(slot({ ...change, at: change.at + lag }));
      return partner ? [[change.value.toNumber(), partner.toNumber()] as const] : [];
    });
    return pairs.length > 0 ? [{ unit, pairs }] : [];
  });
}
