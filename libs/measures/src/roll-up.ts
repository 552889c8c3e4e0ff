import { Decimal, decimal, type DecimalString } from '@plumbline/kernel';
import { countOf, hasValue, isMismatch, valueOf, type Figure, type Measure } from './measure';

/** A unit below the one asked about, with its observation of the same period and definition, or null. */
export interface ChildFigure {
  readonly unit: string;
  readonly period: string;
  readonly definitionVersion: number;
  readonly figure: Figure | null;
}

export interface RollUpQuestion {
  readonly measure: Measure;
  readonly period: string;
  readonly definitionVersion: number;
  /** The unit's own observation: it wins, whatever its children say. */
  readonly own: Figure | null;
  /** All units below that are to be counted, one entry each. */
  readonly children: readonly ChildFigure[];
}

/** `OWN` and `ROLLED_UP` have a figure. `MEDIAN`: medians never roll up. `NOTHING_TO_ADD`: no child has a figure with a count. */
export interface RollUp {
  readonly how: 'OWN' | 'ROLLED_UP' | 'MEDIAN' | 'NOTHING_TO_ADD';
  readonly figure: Figure | null;
  /** "n of m units" went into it. Empty for an own observation. */
  readonly counted: readonly string[];
  readonly missing: readonly string[];
}

interface Counted {
  readonly unit: string;
  readonly figure: Figure;
  readonly weight: number;
}

interface Valued extends Counted {
  readonly value: Decimal;
}

const valued = (measure: Measure, parts: readonly Counted[]): readonly Valued[] =>
  parts.flatMap((part) => {
    const value = valueOf(measure, part.figure);
    return value === null ? [] : [{ ...part, value }];
  });

/** A figure may be added up when it has a value and a count that can both be right. Percent-only figures have no count. */
function counted({ measure, period, definitionVersion }: RollUpQuestion, child: ChildFigure): Counted | null {
  const { figure, unit } = child;
  if (figure === null || child.period !== period || child.definitionVersion !== definitionVersion) return null;
  const weight = countOf(measure, figure);
  if (!hasValue(measure, figure) || isMismatch(measure, figure)) return null;
  if (measure.formula === 'count') return { unit, figure, weight: weight ?? 0 };
  return weight === null ? null : { unit, figure, weight };
}

const sumOf = (values: readonly Decimal[]): Decimal => values.reduce((sum, value) => sum.plus(value), new Decimal(0));

const FEW_DIGITS = /^-?(0|[1-9]\d{0,14})$/;

/** Sum of decimals as they are written; whole numbers that few digits hold are added up as such. */
function total(texts: readonly DecimalString[]): Decimal {
  let whole = 0;
  let sum = new Decimal(0);
  for (const text of texts) {
    if (!FEW_DIGITS.test(text)) sum = sum.plus(decimal(text));
    else if (Number.isSafeInteger(whole + Number(text))) whole += Number(text);
    else [sum, whole] = [sum.plus(whole), Number(text)];
  }
  return sum.plus(whole);
}

/** Sum of a count over all parts; null as soon as one part does not know its own. */
function sumOrNull(parts: readonly Counted[], pick: (figure: Figure) => number | null): number | null {
  const counts = parts.map(({ figure }) => pick(figure));
  return counts.every((count) => count !== null) ? counts.reduce((sum, count) => sum + count, 0) : null;
}

/** As an observation is written: at most 34 digits, 28 of them after the point. */
const asWritten = (value: Decimal): DecimalString => value.toDecimalPlaces(28).toSignificantDigits(34).toFixed();

/** Standard deviation of all answers together, from each part's mean and its own; null when a part has none. */
function pooledDeviation(parts: readonly Valued[], mean: Decimal, n: number): DecimalString | null {
  const squares: Decimal[] = [];
  for (const { figure, value, weight } of parts) {
    if (figure.s === null) return null;
    const off = value.minus(mean);
    squares.push(
      decimal(figure.s)
        .pow(2)
        .times(weight - 1)
        .plus(off.times(off).times(weight)),
    );
  }
  return n < 2
    ? null
    : asWritten(
        sumOf(squares)
          .dividedBy(n - 1)
          .squareRoot(),
      );
}

function together(measure: Measure, parts: readonly Counted[]): Figure {
  const counts = {
    n: sumOrNull(parts, ({ n }) => n),
    base: sumOrNull(parts, ({ base }) => base),
    eligible: sumOrNull(parts, ({ eligible }) => eligible),
  };
  if (measure.formula === 'count')
    return {
      ...counts,
      value: asWritten(sumOf(valued(measure, parts).map(({ value }) => value))),
      num: null,
      den: null,
      s: null,
    };
  if (parts.every(({ figure }) => figure.value === null)) {
    const add = (pick: 'num' | 'den'): DecimalString =>
      asWritten(total(parts.map(({ figure }) => figure[pick] ?? '0')));
    return { ...counts, value: null, num: add('num'), den: add('den'), s: null };
  }
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  const whole = valued(measure, parts);
  const mean = sumOf(whole.map((part) => part.value.times(part.weight))).dividedBy(weight);
  const s = pooledDeviation(whole, mean, weight);
  return { ...counts, n: counts.n ?? weight, value: asWritten(mean), num: null, den: null, s };
}

/**
 * A unit's figure out of the units below it (domain formula F14): Σ numerators ÷ Σ denominators, or the mean weighted by n; counts are added.
 * Only figures of the same period and definition are taken. Medians and percent-only figures never roll up, nor do figures that cannot be right;
 * such units are listed as missing. The order of the children does not matter.
 */
export function rollUp(question: RollUpQuestion): RollUp {
  const { measure, own, children } = question;
  if (own !== null) return { how: 'OWN', figure: own, counted: [], missing: [] };
  const ordered = [...children].sort((a, b) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0));
  const units = ordered.map(({ unit }) => unit);
  if (new Set(units).size !== units.length) throw new RangeError('a unit is counted twice');
  if (measure.formula === 'median') return { how: 'MEDIAN', figure: null, counted: [], missing: units };
  const parts = ordered.flatMap((child) => counted(question, child) ?? []);
  const used = new Set(parts.map(({ unit }) => unit));
  const missing = units.filter((unit) => !used.has(unit));
  if (parts.length === 0) return { how: 'NOTHING_TO_ADD', figure: null, counted: [], missing };
  return { how: 'ROLLED_UP', figure: together(measure, parts), counted: [...used], missing };
}
