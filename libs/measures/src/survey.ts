import { Decimal, type DecimalString } from '@plumbline/kernel';

/** Answers to one item, or to several taken together. `valid` leaves "don't know" out; that is reported beside it. */
export interface ItemCounts {
  readonly favourable: number;
  readonly unfavourable: number;
  readonly valid: number;
  readonly dontKnow: number;
}

/** A share kept as what it was counted from. `percent` is unrounded, null when nobody gave a valid answer. */
export interface Share {
  readonly num: number;
  readonly den: number;
  readonly percent: Decimal | null;
}

const shareOf = (num: number, den: number): Share => {
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || num < 0 || num > den)
    throw new RangeError('a share counts some of a whole: two whole numbers, the first not above the second');
  return { num, den, percent: den === 0 ? null : new Decimal(num).times(100).dividedBy(den) };
};

/** 100 · favourable ÷ valid. */
export const favourable = (item: ItemCounts): Share => shareOf(item.favourable, item.valid);

/** 100 · unfavourable ÷ valid: stands beside every climate figure. */
export const unfavourable = (item: ItemCounts): Share => shareOf(item.unfavourable, item.valid);

/** 100 · "don't know" ÷ all who answered. */
export const dontKnow = (item: ItemCounts): Share => shareOf(item.dontKnow, item.valid + item.dontKnow);

/** An index or a mean, on 0–100, unrounded. */
export interface IndexValue {
  readonly value: Decimal;
  /** Answers it rests on; of an item index, those of the item with fewest. */
  readonly n: number;
}

/** Mean of the items' favourable percentages (as FEVS and CSPS make theirs). Null when an item has no valid answer: an index lacks none of its items. */
export function itemIndex(items: readonly ItemCounts[]): IndexValue | null {
  const percents = items.map((item) => favourable(item).percent);
  if (percents.length === 0 || !percents.every((percent) => percent !== null)) return null;
  return { value: meanOf(percents), n: Math.min(...items.map((item) => item.valid)) };
}

/** Mean of percentages that were published without counts. */
export const indexOfPercents = (percents: readonly Decimal[]): Decimal | null =>
  percents.length === 0 ? null : meanOf(percents);

const meanOf = (values: readonly Decimal[]): Decimal => Decimal.sum(...values).dividedBy(values.length);

/** A mean on a scale of 1 to `points`, moved to 0–100: 100·(mean − 1)/(points − 1). */
export function scoreOfMean(mean: Decimal, points: number): Decimal {
  if (!Number.isSafeInteger(points) || points < 2) throw new RangeError('a scale has at least two points');
  if (mean.lessThan(1) || mean.greaterThan(points)) throw new RangeError('a mean lies on its scale');
  return mean
    .minus(1)
    .times(100)
    .dividedBy(points - 1);
}

/** A mean score on 0–100 with its sample standard deviation on the same scale (null for a single answer). */
export interface ScoreValue extends IndexValue {
  readonly s: Decimal | null;
}

/**
 * Mean score of answers on a scale.
 * @param counts answers per point, lowest point first: `[3, 0, 7, 20, 10]` for five points
 */
export function meanScore(counts: readonly number[]): ScoreValue | null {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return null;
  const points = counts.map((count, i) => ({ count, score: scoreOfMean(new Decimal(i + 1), counts.length) }));
  const total = (f: (score: Decimal) => Decimal): Decimal =>
    Decimal.sum(...points.map(({ count, score }) => f(score).times(count)));
  const value = total((score) => score).dividedBy(n);
  const squares = total((score) => score.minus(value).times(score.minus(value)));
  return { value, n, s: n === 1 ? null : squares.dividedBy(n - 1).squareRoot() };
}

/** Engagement-type index: the mean of 0, 25, 50, 75, 100 over all answers, `counts` from "strongly disagree" to "strongly agree". */
export function engagementIndex(counts: readonly [number, number, number, number, number]): ScoreValue | null {
  return meanScore(counts);
}

/** How far a leader's own view lies above that of others, for the favourable and the unfavourable share alike. */
export const selfOtherGap = (self: Decimal, other: Decimal): Decimal => self.minus(other);

/** A count and the percentage it was published with. */
export interface PublishedShare {
  readonly count: number;
  /** As printed: `3` or `3.4`; its decimals say how it was rounded (half-up). */
  readonly percent: DecimalString;
}

/**
 * The bases that fit all published shares at once: the smallest and largest whole number of which every count is the percentage printed beside it.
 * Null when no base fits. Shows whether a stated base can be right.
 */
export function basesThatFit(shares: readonly PublishedShare[]): { readonly from: number; readonly to: number } | null {
  let [from, to] = [1, Number.MAX_SAFE_INTEGER];
  for (const { count, percent } of shares) {
    const shown = new Decimal(percent);
    const half = new Decimal(10).pow(-shown.decimalPlaces()).dividedBy(2);
    const hundred = new Decimal(count).times(100);
    // shown − half ≤ 100·count/base < shown + half
    from = Math.max(from, hundred.dividedBy(shown.plus(half)).floor().plus(1).toNumber());
    const least = shown.minus(half);
    if (least.greaterThan(0)) to = Math.min(to, hundred.dividedBy(least).floor().toNumber());
  }
  return from <= to && to < Number.MAX_SAFE_INTEGER ? { from, to } : null;
}
