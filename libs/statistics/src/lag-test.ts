import { bootstrapCorrelation } from './bootstrap';
import { centred, levelsOf, pairsOf, type DatedValue, type SeriesPoint } from './changes';
import { correlation, fisherInterval, fisherP, smallestVisibleR, type CorrelationMethod } from './correlation';

/** Enough to be tested: one series needs 10 pairs; several units need to be 10, with 20 pairs. Two to nine units are neither. */
export const LEAST_PAIRS_OF_ONE_SERIES = 10;
export const LEAST_UNITS = 10;
export const LEAST_PAIRS_OF_UNITS = 20;

/** The correlation of changes at one lag, unrounded. */
export interface LagTest {
  readonly lag: number;
  readonly n: number;
  readonly units: number;
  readonly enough: boolean;
  readonly r: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  /** Null when not tested. */
  readonly p: number | null;
  readonly smallestVisible: number | null;
  readonly untested: boolean;
}

export interface LagQuestion {
  readonly id: string;
  readonly method: CorrelationMethod;
  readonly x: readonly DatedValue[];
  readonly y: readonly DatedValue[];
  readonly lag: number;
  /** Both sides were measured together: below lag 2 wave error enters both and fakes a correlation, so none is tested. */
  readonly shared: boolean;
  /** Only r and n are wanted. */
  readonly exploratory: boolean;
}

const isEnough = (units: number, pairs: number): boolean =>
  units === 1 ? pairs >= LEAST_PAIRS_OF_ONE_SERIES : units >= LEAST_UNITS && pairs >= LEAST_PAIRS_OF_UNITS;

const column = (pairs: readonly (readonly [number, number])[], side: 0 | 1): readonly number[] =>
  pairs.map((pair) => pair[side]);

/**
 * Correlates the changes of two metrics at a lag. One unit: Fisher's z on its own changes. Several: changes centred on each period's median change,
 * interval and p by bootstrap over units. Fewer than enough pairs give r and n only.
 */
export function lagTest({ id, method, x, y, lag, shared, exploratory }: LagQuestion): LagTest {
  const raw = pairsOf(x, y, lag);
  const one = raw.length === 1;
  const byUnit = one ? raw : pairsOf(centred(x), centred(y), lag);
  const pairs = byUnit.flatMap((unit) => unit.pairs);
  const n = pairs.length;
  const r = correlation(method, column(pairs, 0), column(pairs, 1));
  const enough = isEnough(byUnit.length, n);
  const untested = exploratory || !enough || r === null || (shared && lag < 2);
  const seen = { lag, n, units: byUnit.length, enough, r, untested };
  if (exploratory || r === null) return { ...seen, interval: null, p: null, smallestVisible: null };
  if (one) {
    const p = untested ? null : fisherP(r, n);
    return { ...seen, interval: enough ? fisherInterval(r, n) : null, p, smallestVisible: smallestVisibleR(n) };
  }
  if (!enough) return { ...seen, interval: null, p: null, smallestVisible: null };
  const { interval, p } = bootstrapCorrelation(method, byUnit, id);
  return { ...seen, interval, p: untested ? null : p, smallestVisible: (interval[1] - interval[0]) / 2 };
}

/** Correlation of the levels themselves, over all units: what a wrong report would print. It is shown beside a verdict and never decides. */
export function levelCorrelation(
  method: CorrelationMethod,
  leading: readonly SeriesPoint[],
  lagging: readonly SeriesPoint[],
  lag: number,
): { readonly r: number | null; readonly n: number } {
  const pairs = pairsOf(levelsOf(leading), levelsOf(lagging), lag).flatMap((unit) => unit.pairs);
  return { r: correlation(method, column(pairs, 0), column(pairs, 1)), n: pairs.length };
}
