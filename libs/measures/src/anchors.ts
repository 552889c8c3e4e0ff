import { decimal, type DecimalString } from '@plumbline/kernel';
import type { Direction } from './measure';

/** What a target holds a figure against. LINEAR: strictly monotone in the metric's direction. RANGE: met from low to high, fading out over the tolerance. */
export type Anchors =
  | {
      readonly curve: 'LINEAR';
      readonly threshold: DecimalString;
      readonly target: DecimalString;
      readonly stretch: DecimalString;
    }
  | {
      readonly curve: 'RANGE';
      readonly low: DecimalString;
      readonly high: DecimalString;
      readonly tolerance: DecimalString;
    };

/**
 * The rule that anchors break, or null. Equal anchors are refused too: a step of no width has no slope.
 * @returns `the-curve-follows-the-direction-of-the-metric`, `anchors-are-strictly-monotone-in-the-direction-of-the-metric`,
 *   `a-range-runs-from-low-to-high` or `a-tolerance-is-not-negative`
 */
export function brokenAnchorRule(anchors: Anchors, direction: Direction): string | null {
  if ((anchors.curve === 'RANGE') !== (direction === 'RANGE')) return 'the-curve-follows-the-direction-of-the-metric';
  if (anchors.curve === 'RANGE') {
    if (!decimal(anchors.low).lessThan(decimal(anchors.high))) return 'a-range-runs-from-low-to-high';
    return decimal(anchors.tolerance).isNegative() ? 'a-tolerance-is-not-negative' : null;
  }
  const [threshold, target, stretch] = [anchors.threshold, anchors.target, anchors.stretch].map((x) => decimal(x));
  const rises = threshold!.lessThan(target!) && target!.lessThan(stretch!);
  const falls = threshold!.greaterThan(target!) && target!.greaterThan(stretch!);
  return (direction === 'LOWER' ? falls : rises)
    ? null
    : 'anchors-are-strictly-monotone-in-the-direction-of-the-metric';
}
