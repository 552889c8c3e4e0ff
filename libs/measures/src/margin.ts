import { Decimal, decimal } from '@plumbline/kernel';
import { isSmallBase, meanMargin, wilsonInterval, type DecimalInterval } from '@plumbline/statistics';
import type { Anchors } from './anchors';
import { countOf, isMismatch, isSampled, scaleOf, valueOf, type Figure, type Measure } from './measure';

/**
 * 95 % interval of a figure, on the scale of its unit, unrounded (domain formula F6).
 * Counted in full: the value itself. Favourable shares and indexes: Wilson, an index with n of its smallest item. Mean scores: 1.96·s/√n.
 * @param correctForPopulation apply the finite-population correction with `eligible`: yes in reports, no in scoring, which judges a process
 * @returns null when it is unknown: no count, no value, a mean without s, a sampled median
 */
export function intervalOf(measure: Measure, figure: Figure, correctForPopulation = true): DecimalInterval | null {
  const value = valueOf(measure, figure);
  if (value === null || isMismatch(measure, figure)) return null;
  if (!isSampled(measure)) return { low: value, high: value };
  const n = countOf(measure, figure);
  if (n === null) return null;
  switch (measure.formula) {
    case 'favourable-share':
    case 'item-index':
    case 'engagement-index':
    case 'record-share':
    case 'checklist': {
      const scale = scaleOf(measure.unit) ?? new Decimal(1);
      const { low, high } = wilsonInterval(value.dividedBy(scale), n, correctForPopulation ? figure.eligible : null);
      return { low: low.times(scale), high: high.times(scale) };
    }
    case 'mean-score':
    case 'mean': {
      const margin = meanMargin(figure.s === null ? null : decimal(figure.s), n);
      return margin && { low: value.minus(margin), high: value.plus(margin) };
    }
    case 'response-rate':
    case 'count':
      return { low: value, high: value };
    case 'median':
      return null;
  }
}

const aims = (anchors: Anchors): readonly Decimal[] =>
  anchors.curve === 'RANGE' ? [decimal(anchors.low), decimal(anchors.high)] : [decimal(anchors.target)];

/** Whether the target (of a range, either bound) lies strictly inside the interval: neither met nor missed. */
export const holdsTarget = ({ low, high }: DecimalInterval, anchors: Anchors): boolean =>
  aims(anchors).some((aim) => aim.greaterThan(low) && aim.lessThan(high));

/** Whether fewer than five events are expected at the target: of a count the target itself, of a share of records base × target. */
export function restsOnSmallBase(measure: Measure, figure: Figure, anchors: Anchors): boolean {
  const [aim] = aims(anchors);
  if (aim === undefined || (measure.formula !== 'count' && measure.formula !== 'record-share')) return false;
  if (measure.formula === 'count') return isSmallBase(1, aim);
  const base = countOf(measure, figure);
  return base !== null && isSmallBase(base, aim.dividedBy(scaleOf(measure.unit) ?? 1));
}
