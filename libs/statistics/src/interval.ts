import { Decimal } from '@plumbline/kernel';

/** The normal quantile of a two-sided 95 % interval, as the formulas of the domain write it. */
export const Z95 = new Decimal('1.96');

/** A 95 % interval around a value, unrounded. */
export interface DecimalInterval {
  readonly low: Decimal;
  readonly high: Decimal;
}

/** Half the width of an interval. For an interval that is not symmetric (Wilson) it is not the distance from the value to either end. */
export const halfWidth = (interval: DecimalInterval): Decimal => interval.high.minus(interval.low).dividedBy(2);

const checkCount = (name: string, n: number): void => {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`${name} must be a whole number of at least 1`);
};

/**
 * The size of a sample from an unlimited population that would be as precise as `n` out of `eligible`: n(N−1)/(N−n), the finite-population correction.
 * Without `eligible`, `n` itself. Null when everybody answered (n = N): then there is no sampling error left.
 * @throws RangeError when `n` exceeds `eligible` (a mismatch that the caller must have named before).
 */
export function effectiveSize(n: number, eligible?: number | null): Decimal | null {
  checkCount('n', n);
  if (eligible === undefined || eligible === null) return new Decimal(n);
  checkCount('eligible', eligible);
  if (n > eligible) throw new RangeError('more answers than people asked');
  return n === eligible ? null : new Decimal(n).times(eligible - 1).dividedBy(eligible - n);
}

/**
 * Wilson's score interval of a proportion, 95 %. An index of several items is treated as a proportion with n = the smallest item n.
 * @param p proportion, 0 to 1
 * @param n answers it rests on, at least 1
 * @param eligible how many were asked: applies the finite-population correction (n = eligible: the interval is the value). Leave it out where the
 *   figure judges a process and not those few people.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
export function wilsonInterval(p: Decimal, n: number, eligible?: number | null): DecimalInterval {
  if (p.lessThan(0) || p.greaterThan(1)) throw new RangeError('a proportion lies between 0 and 1');
  const size = effectiveSize(n, eligible);
  if (size === null) return { low: p, high: p };
  const z2 = Z95.times(Z95);
  const denominator = z2.dividedBy(size).plus(1);
  const centre = p.plus(z2.dividedBy(size.times(2)));
  const spread = Z95.times(
    p
      .times(new Decimal(1).minus(p))
      .dividedBy(size)
      .plus(z2.dividedBy(size.times(size).times(4)))
      .squareRoot(),
  );
  // At p = 0 and p = 1 one end equals p; in 34 digits the two terms may differ in the last.
  return {
    low: p.isZero() ? p : Decimal.max(0, centre.minus(spread).dividedBy(denominator)),
    high: p.equals(1) ? p : Decimal.min(1, centre.plus(spread).dividedBy(denominator)),
  };
}

/**
 * Margin of a mean score: 1.96·s/√n. No finite-population correction: the formula of the domain gives none for means, which errs on the wide side.
 * @param s sample standard deviation of the answers, on the scale of the mean; null when it was not recorded
 * @returns null without s (the cell reads NO_MARGIN)
 */
export function meanMargin(s: Decimal | null, n: number): Decimal | null {
  checkCount('n', n);
  if (s === null) return null;
  if (s.lessThan(0)) throw new RangeError('a standard deviation is not negative');
  return Z95.times(s).dividedBy(new Decimal(n).squareRoot());
}

/** Sampling variance of a proportion: p(1−p)/n, with n corrected for a finite population when `eligible` is given. */
export function proportionVariance(p: Decimal, n: number, eligible?: number | null): Decimal {
  const size = effectiveSize(n, eligible);
  return size === null ? new Decimal(0) : p.times(new Decimal(1).minus(p)).dividedBy(size);
}

/** Sampling variance of a mean: s²/n. */
export function meanVariance(s: Decimal, n: number): Decimal {
  checkCount('n', n);
  return s.times(s).dividedBy(n);
}

/** A value and its sampling variance. */
export interface Estimate {
  readonly value: Decimal;
  readonly variance: Decimal;
}

/** `later − earlier` and its 95 % interval: 1.96 times the square root of the summed variances. Holds for independent samples. */
export function differenceInterval(
  earlier: Estimate,
  later: Estimate,
): DecimalInterval & { readonly difference: Decimal } {
  const difference = later.value.minus(earlier.value);
  const margin = Z95.times(earlier.variance.plus(later.variance).squareRoot());
  return { difference, low: difference.minus(margin), high: difference.plus(margin) };
}

/** Fewer expected events than this cannot be told from chance. */
export const LEAST_EXPECTED_EVENTS = 5;

/**
 * Whether a count rests on too small a base to be judged: base × target share < 5 expected events.
 * @param base people or cases the events are counted among
 * @param targetShare expected events a head, 0.09 for 9 %
 */
export const isSmallBase = (base: number, targetShare: Decimal): boolean =>
  targetShare.times(base).lessThan(LEAST_EXPECTED_EVENTS);
