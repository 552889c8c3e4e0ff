import { Decimal, decimal, type Cadence, type DecimalString } from '@plumbline/kernel';

/** What a figure is counted in. PERCENT and INDEX run from 0 to 100, PROPORTION from 0 to 1; the others have no upper end. */
export type MeasureUnit = 'PERCENT' | 'PROPORTION' | 'INDEX' | 'COUNT' | 'RATIO' | 'DAYS' | 'HOURS';

/** Which way is better; RANGE: inside two bounds. */
export type Direction = 'HIGHER' | 'LOWER' | 'RANGE';

/** How a figure is made, and so which interval it has and how it rolls up. */
export type Formula =
  | 'favourable-share'
  | 'item-index'
  | 'engagement-index'
  | 'mean-score'
  | 'response-rate'
  | 'record-share'
  | 'checklist'
  | 'count'
  | 'mean'
  | 'median';

/** The parts of a metric's definition that its figures are judged by. */
export interface Measure {
  readonly unit: MeasureUnit;
  readonly formula: Formula;
  /** SURVEY figures are samples with a response rate; the others are counted in full. */
  readonly sourceType: 'SURVEY' | 'RECORDS' | 'ATTESTATION';
  readonly direction: Direction;
  readonly cadence: Cadence;
}

/** A figure as observed: either `value`, or `num` and `den` of a share. A null count is unknown, never zero. */
export interface Figure {
  readonly value: DecimalString | null;
  readonly num: DecimalString | null;
  readonly den: DecimalString | null;
  /** Valid answers; of an index, those of its item with fewest. */
  readonly n: number | null;
  /** People or cases that a share is a share of. */
  readonly base: number | null;
  /** How many were asked. */
  readonly eligible: number | null;
  /** Sample standard deviation of a mean, on the scale of its value. */
  readonly s: DecimalString | null;
}

/** The largest value a unit allows (its value of "all"), or null where there is none. */
export function scaleOf(unit: MeasureUnit): Decimal | null {
  switch (unit) {
    case 'PERCENT':
    case 'INDEX':
      return new Decimal(100);
    case 'PROPORTION':
      return new Decimal(1);
    case 'COUNT':
    case 'RATIO':
    case 'DAYS':
    case 'HOURS':
      return null;
  }
}

/** Whether a formula gives part of a whole: its figures have a numerator and a denominator. */
export function isShare(formula: Formula): boolean {
  switch (formula) {
    case 'favourable-share':
    case 'response-rate':
    case 'record-share':
    case 'checklist':
      return true;
    case 'item-index':
    case 'engagement-index':
    case 'mean-score':
    case 'count':
    case 'mean':
    case 'median':
      return false;
  }
}

/** Whether a figure carries sampling error: answers of those who chose to answer. A response rate does not: everyone asked is counted. */
export const isSampled = (measure: Measure): boolean =>
  measure.sourceType === 'SURVEY' && measure.formula !== 'response-rate' && measure.formula !== 'count';

/** Digits that a number holds exactly: most counts, and reading them as decimals first takes ten times as long. */
const FEW_DIGITS = /^-?(0|[1-9]\d{0,14})$/;

const wholeNumber = (text: DecimalString | null): number | null => {
  if (text !== null && FEW_DIGITS.test(text)) return Number(text);
  const value = text === null ? null : decimal(text);
  return value?.isInteger() ? value.toNumber() : null;
};

/** How many answers or records a figure rests on: of a sample its n, of records the cases the share is of. Null when the source gives no count. */
export const countOf = (measure: Measure, figure: Figure): number | null =>
  isSampled(measure) ? (figure.n ?? wholeNumber(figure.den)) : (wholeNumber(figure.den) ?? figure.base ?? figure.n);

/** Of those counted, how many count: the numerator as given, where it is a whole number. */
export const numeratorOf = (figure: Figure): number | null => wholeNumber(figure.num);

/** Whether `valueOf` gives a value. */
export function hasValue(measure: Measure, figure: Figure): boolean {
  if (measure.formula !== 'count' && countOf(measure, figure) === 0) return false;
  if (figure.value !== null) return true;
  return figure.num !== null && figure.den !== null && wholeNumber(figure.den) !== 0;
}

/** The value on the scale of its unit, unrounded; null when there is none (nothing observed, or nobody answered: 0 of 0). A count of 0 is a value. */
export function valueOf(measure: Measure, figure: Figure): Decimal | null {
  if (measure.formula !== 'count' && countOf(measure, figure) === 0) return null;
  if (figure.value !== null) return decimal(figure.value);
  if (figure.num === null || figure.den === null || decimal(figure.den).isZero()) return null;
  return decimal(figure.num)
    .dividedBy(decimal(figure.den))
    .times(scaleOf(measure.unit) ?? 1);
}

/**
 * Whether the figure cannot be right as counted: more answers than people asked, more favourable than valid ones, a share above the whole.
 * It is recorded all the same and reads POPULATION_MISMATCH.
 */
export function isMismatch(measure: Measure, figure: Figure): boolean {
  if (figure.n !== null && figure.eligible !== null && figure.n > figure.eligible) return true;
  if (!hasValue(measure, figure)) return false;
  const [num, den] = [numeratorOf(figure), wholeNumber(figure.den)];
  if (figure.value === null && isShare(measure.formula) && num !== null && den !== null && den > 0)
    return num < 0 || num > den;
  const value = valueOf(measure, figure);
  const scale = isShare(measure.formula) ? (scaleOf(measure.unit) ?? new Decimal(1)) : scaleOf(measure.unit);
  return value !== null && (value.lessThan(0) || (scale !== null && value.greaterThan(scale)));
}
