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

/** One side of the pairs: its distinct values in order, and which of them each pair has. */
interface Side {
  readonly distinct: Float64Array;
  readonly placeOf: Int32Array;
  /** Room for one resample: how often each distinct value was drawn, and what it counts as. */
  readonly drawn: Float64Array;
  readonly score: Float64Array;
}

function sideOf(values: readonly number[]): Side {
  const distinct = Float64Array.from(new Set(values)).sort();
  const places = new Map([...distinct].map((value, place) => [value, place]));
  const placeOf = Int32Array.from(values, (value) => places.get(value) ?? -1);
  return { distinct, placeOf, drawn: new Float64Array(distinct.length), score: new Float64Array(distinct.length) };
}

/** Mean and sum of squares of one side; scores are values, or midranks (ties share their mean rank). Null when the side does not vary. */
function weigh(side: Side, method: CorrelationMethod, weights: ArrayLike<number>): readonly [number, number] | null {
  const { distinct, placeOf, drawn, score } = side;
  drawn.fill(0);
  for (let i = 0; i < placeOf.length; i += 1) drawn[placeOf[i]!]! += weights[i]!;
  let [size, sum, met] = [0, 0, 0];
  for (let g = 0; g < distinct.length; g += 1) {
    const times = drawn[g]!;
    if (times === 0) continue;
    score[g] = method === 'spearman' ? size + (times - 1) / 2 : distinct[g]!;
    size += times;
    sum += times * score[g]!;
    met += 1;
  }
  if (met < 2) return null;
  const mean = sum / size;
  let squares = 0;
  for (let g = 0; g < distinct.length; g += 1)
    if (drawn[g] !== 0) squares += drawn[g]! * (score[g]! - mean) * (score[g]! - mean);
  return [mean, squares];
}

/**
 * Correlation of pairs that each count so many times. Sorts once; the function it gives takes the weights (whole numbers, one a pair) and gives the
 * correlation of the list in which every pair is written out that often, null when one side does not vary.
 */
export function weightedCorrelation(
  method: CorrelationMethod,
  x: readonly number[],
  y: readonly number[],
): (weights: ArrayLike<number>) => number | null {
  const [left, right] = [sideOf(x), sideOf(y)];
  return (weights) => {
    const xs = weigh(left, method, weights);
    const ys = weigh(right, method, weights);
    if (xs === null || ys === null) return null;
    const [meanX, squaresX] = xs;
    const [meanY, squaresY] = ys;
    let products = 0;
    for (let i = 0; i < left.placeOf.length; i += 1) {
      const weight = weights[i]!;
      if (weight === 0) continue;
      products += weight * (left.score[left.placeOf[i]!]! - meanX) * (right.score[right.placeOf[i]!]! - meanY);
    }
    return Math.min(1, Math.max(-1, products / Math.sqrt(squaresX * squaresY)));
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
  const correlate = weightedCorrelation(method, x, y);
  const source = randomOf(seed);
  const times = new Int32Array(ordered.length);
  const weights = new Int32Array(unitOf.length);
  const drawn = Array.from({ length: resamples }, () => {
    times.fill(0);
    for (let i = 0; i < ordered.length; i += 1) times[drawBelow(source, ordered.length)]! += 1;
    for (let i = 0; i < unitOf.length; i += 1) weights[i] = times[unitOf[i]!]!;
    return correlate(weights) ?? 0;
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
