import { decimal, refuse, type Decimal, type Refusal } from '@plumbline/kernel';
import { isShare } from './definition-rules';
import type { MetricDefinition } from './metric.events';
import type { ObservedFigure } from './series.events';
import type { Unit } from './vocabulary';

const HIGHEST: Readonly<Record<Unit, number | null>> = {
  PERCENT: 100,
  INDEX: 100,
  PROPORTION: 1,
  COUNT: null,
  RATIO: null,
  DAYS: null,
  HOURS: null,
};

/** Per unit of the metric: what num/den is multiplied by. */
export const scaleOf = (unit: Unit): number => (unit === 'PROPORTION' ? 1 : 100);

/** The figure as a number in the metric's unit. */
export const valueOf = (figure: ObservedFigure, unit: Unit): Decimal =>
  figure.value !== null
    ? decimal(figure.value)
    : decimal(figure.num ?? '0')
        .times(scaleOf(unit))
        .dividedBy(decimal(figure.den ?? '1'));

/** What a metric's definition asks of a value in its unit. */
export function againstValue(definition: MetricDefinition, value: Decimal, field: string): Refusal | null {
  const { unit, formulaRef } = definition;
  const highest = formulaRef === 'response-rate' ? null : HIGHEST[unit];
  if (value.isNegative() && !value.isZero())
    return refuse('a-figure-lies-in-the-range-of-its-unit', `${field} is below zero.`);
  if (highest !== null && value.greaterThan(highest))
    return refuse(
      'a-figure-lies-in-the-range-of-its-unit',
      `${field} is above ${highest}, the most that ${unit} can be. Is it in another unit?`,
    );
  if (unit === 'COUNT' && !value.isInteger())
    return refuse('a-figure-lies-in-the-range-of-its-unit', `${field} is no whole number, and the metric counts.`);
  return null;
}

function againstForm(definition: MetricDefinition, { value, num, den }: ObservedFigure): Refusal | null {
  const isPair = num !== null && den !== null;
  if ((value !== null) === isPair || (num === null) !== (den === null))
    return refuse(
      'a-figure-is-a-value-or-numerator-and-denominator',
      'Give value, or num and den, not both and not half.',
    );
  if (isPair && !isShare(definition.formulaRef))
    return refuse(
      'only-a-share-has-numerator-and-denominator',
      `The metric is a ${definition.formulaRef}. Give value.`,
    );
  if (den !== null && !decimal(den).greaterThan(0))
    return refuse(
      'a-denominator-is-above-zero',
      'den is zero or below. A share of nobody is no figure: leave the row out.',
    );
  return null;
}

/**
 * What a metric's definition asks of a figure. More answers than people asked is recorded as it is, and so is a response rate above 100:
 * a report calls it POPULATION_MISMATCH, nobody clips it.
 */
export function againstFigure(definition: MetricDefinition, figure: ObservedFigure): Refusal | null {
  const wrong =
    againstForm(definition, figure) ??
    againstValue(definition, valueOf(figure, definition.unit), figure.value === null ? 'num / den' : 'value');
  if (wrong) return wrong;
  if (figure.s !== null && definition.formulaRef !== 'mean-score' && definition.formulaRef !== 'mean')
    return refuse('a-standard-deviation-belongs-to-a-mean', `The metric is a ${definition.formulaRef}. Leave s out.`);
  if (figure.s !== null && decimal(figure.s).isNegative())
    return refuse('a-standard-deviation-is-not-negative', 's is below zero.');
  return null;
}
