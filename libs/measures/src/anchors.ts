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

/** What a change of anchors makes of a target. `MIXED`: easier in one place, harder in another. */
export type GoalpostMove = 'EASIER' | 'HARDER' | 'MIXED' | 'UNCHANGED';

const moveOf = (steps: readonly number[]): GoalpostMove => {
  const [easier, harder] = [steps.some((step) => step > 0), steps.some((step) => step < 0)];
  if (easier) return harder ? 'MIXED' : 'EASIER';
  return harder ? 'HARDER' : 'UNCHANGED';
};

/**
 * Whether moved anchors are easier to reach. LINEAR: each anchor against the one before, in the metric's direction. RANGE: a lower low, a higher high and
 * a wider tolerance are easier. From one curve to another it is MIXED.
 */
export function goalpostMove(from: Anchors, to: Anchors, direction: Direction): GoalpostMove {
  const lowered = (a: DecimalString, b: DecimalString): number => decimal(a).comparedTo(b);
  if (from.curve === 'LINEAR' && to.curve === 'LINEAR') {
    const sign = direction === 'LOWER' ? -1 : 1;
    return moveOf(
      (['threshold', 'target', 'stretch'] as const).map((anchor) => lowered(from[anchor], to[anchor]) * sign),
    );
  }
  if (from.curve === 'RANGE' && to.curve === 'RANGE')
    return moveOf([lowered(from.low, to.low), lowered(to.high, from.high), lowered(to.tolerance, from.tolerance)]);
  return 'MIXED';
}
