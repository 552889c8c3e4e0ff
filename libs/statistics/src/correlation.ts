import { Decimal, writeDecimal, type DecimalString } from '@plumbline/kernel';
import { errorFunction, sampleCorrelation, sampleRankCorrelation } from 'simple-statistics';

/** How two lists are correlated: on their values, or on their ranks (ties share their mean rank). */
export type CorrelationMethod = 'spearman' | 'pearson';

/** Decimals of a correlation as written. */
export const CORRELATION_PLACES = 3;

/** Decimals of a p-value as written. The error function behind it is right to 1.2·10⁻⁷. */
export const P_PLACES = 4;

/** A number of this library as a decimal string, half-up. Binary floats stay inside the library; this is the way out. */
export const writeNumber = (value: number, places: number): DecimalString => writeDecimal(new Decimal(value), places);

const varies = (values: readonly number[]): boolean => values.some((value) => value !== values[0]);

/**
 * Correlation of two lists of equal length, −1 to 1, computed in binary floats by simple-statistics.
 * @returns null with fewer than two pairs or when one list does not vary: there is then no correlation, not one of zero
 */
export function correlation(method: CorrelationMethod, x: readonly number[], y: readonly number[]): number | null {
  if (x.length !== y.length) throw new RangeError('a correlation needs as many values on either side');
  if (x.length < 2 || !varies(x) || !varies(y)) return null;
  const r = method === 'pearson' ? sampleCorrelation([...x], [...y]) : sampleRankCorrelation([...x], [...y]);
  return Math.min(1, Math.max(-1, r));
}

const Z = 1.96;

/**
 * 95 % interval of a correlation by Fisher's z: tanh(artanh r ± 1.96/√(n−3)). Null below four pairs.
 * Source: R. A. Fisher, "On the 'probable error' of a coefficient of correlation", Metron 1 (1921).
 */
export function fisherInterval(r: number, n: number): readonly [low: number, high: number] | null {
  if (n < 4) return null;
  if (Math.abs(r) === 1) return [r, r];
  const margin = Z / Math.sqrt(n - 3);
  return [Math.tanh(Math.atanh(r) - margin), Math.tanh(Math.atanh(r) + margin)];
}

/** Two-sided p of "no correlation" by Fisher's z: 2(1 − Φ(|artanh r|·√(n−3))). Null below four pairs. */
export function fisherP(r: number, n: number): number | null {
  if (n < 4) return null;
  if (Math.abs(r) === 1) return 0;
  return 1 - errorFunction((Math.abs(Math.atanh(r)) * Math.sqrt(n - 3)) / Math.SQRT2);
}

/** The smallest |r| that `n` pairs could have told from zero: tanh(1.96/√(n−3)). Null below four pairs. */
export const smallestVisibleR = (n: number): number | null => (n < 4 ? null : Math.tanh(Z / Math.sqrt(n - 3)));
