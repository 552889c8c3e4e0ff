import { quantileSorted } from 'simple-statistics';
import type { CorrelationMethod } from './correlation';
import { drawBelow, randomOf } from './random';

/** Pairs of numbers that belong to one unit: they are drawn together, because changes of one unit are not independent of each other. */
export interface UnitPairs {
  readonly unit: string;
  readonly pairs: readonly (readonly [x: number, y: number])[];
}

export interface Bootstrap {
  /** 2.5th and 97.5th percentile of the resampled correlations. */
  readonly interval: readonly [low: number, high: number];
  /** 2·min(share ≤ 0, share ≥ 0), at most 1. */
  readonly p: number;
}

export const RESAMPLES = 2000;

/**
 * Correlation of pairs that each count so many times, −1 to 1; null when one side does not vary. Equals the correlation of the list in which every
 * pair is written out that often. `x` and `y` are values, or midranks made by `rankedBy`.
 */
export function weightedCorrelation(
  x: readonly number[],
  y: readonly number[],
  weights: readonly number[],
): number | null {
  let [size, meanX, meanY] = [0, 0, 0];
  const first = weights.findIndex((weight) => weight > 0);
  let [xVaries, yVaries] = [false, false];
  for (let i = 0; i < x.length; i += 1) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    size += weight;
    meanX += weight * x[i]!;
    meanY += weight * y[i]!;
    xVaries ||= x[i] !== x[first];
    yVaries ||= y[i] !== y[first];
  }
  if (!xVaries || !yVaries) return null;
  meanX /= size;
  meanY /= size;
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i += 1) {
    const [dx, dy, weight] = [x[i]! - meanX, y[i]! - meanY, weights[i]!];
    xx += weight * dx * dx;
    yy += weight * dy * dy;
    xy += weight * dx * dy;
  }
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
}

/** Sorts once; the function it gives turns weights into midranks (ties share their mean rank) of the list written out that often. */
export function rankedBy(values: readonly number[]): (weights: readonly number[]) => readonly number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  return (weights) => {
    const ranks = new Array<number>(values.length).fill(0);
    let before = 0;
    for (let from = 0; from < order.length;) {
      let [to, tied] = [from, 0];
      while (to < order.length && values[order[to]!] === values[order[from]!]) {
        tied += weights[order[to]!]!;
        to += 1;
      }
      for (let i = from; i < to; i += 1) ranks[order[i]!] = before + (tied - 1) / 2;
      before += tied;
      from = to;
    }
    return ranks;
  };
}

/**
 * Bootstrap of a correlation over units: draws as many units as there are, with replacement, each with all its pairs.
 * The result depends on the seed and the set of units alone, not on their order. A resample in which one side does not vary has no correlation and
 * counts as 0: it speaks for neither sign.
 * Source: B. Efron, R. Tibshirani, "An Introduction to the Bootstrap" (1993), §13.3 (percentile interval); cluster resampling by unit.
 */
export function bootstrapCorrelation(
  method: CorrelationMethod,
  units: readonly UnitPairs[],
  seed: string,
  resamples = RESAMPLES,
): Bootstrap {
  if (units.length === 0) throw new RangeError('a bootstrap needs at least one unit');
  const ordered = [...units].sort((a, b) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0));
  const x = ordered.flatMap(({ pairs }) => pairs.map((pair) => pair[0]));
  const y = ordered.flatMap(({ pairs }) => pairs.map((pair) => pair[1]));
  const unitOf = ordered.flatMap(({ pairs }, index) => pairs.map(() => index));
  const [ranksX, ranksY] = method === 'spearman' ? [rankedBy(x), rankedBy(y)] : [() => x, () => y];
  const source = randomOf(seed);
  const drawn = Array.from({ length: resamples }, () => {
    const times = ordered.map(() => 0);
    for (let i = 0; i < ordered.length; i += 1) times[drawBelow(source, ordered.length)]! += 1;
    const weights = unitOf.map((unit) => times[unit]!);
    return weightedCorrelation(ranksX(weights), ranksY(weights), weights) ?? 0;
  }).sort((a, b) => a - b);
  const share = (holds: (r: number) => boolean): number => drawn.filter(holds).length / resamples;
  const p =
    2 *
    Math.min(
      share((r) => r <= 0),
      share((r) => r >= 0),
    );
  return { interval: [quantileSorted(drawn, 0.025), quantileSorted(drawn, 0.975)], p: Math.min(1, p) };
}
