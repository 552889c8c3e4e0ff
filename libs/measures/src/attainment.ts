import { Decimal, decimal, type DecimalString } from '@plumbline/kernel';
import { brokenAnchorRule, type Anchors } from './anchors';
import type { Direction } from './measure';

/** Points for reaching threshold, target and stretch. */
export interface Points {
  readonly threshold: number;
  readonly target: number;
  readonly stretch: number;
}

/** For what a leader does: half at the threshold, half as much again at the stretch. */
export const STRETCHING: Points = { threshold: 50, target: 100, stretch: 150 };
/** For climate and outcome: nothing is gained beyond the target. */
export const UP_TO_TARGET: Points = { threshold: 50, target: 100, stretch: 100 };

/** Points by the level of what is measured: process and behaviour may stretch, climate and outcome end at their target. */
export const pointsOfLevel = (level: 'PROCESS' | 'BEHAVIOUR' | 'CLIMATE' | 'OUTCOME'): Points =>
  level === 'CLIMATE' || level === 'OUTCOME' ? UP_TO_TARGET : STRETCHING;

const between = (x: Decimal, from: Decimal, to: Decimal, low: number, high: number): Decimal =>
  x
    .minus(from)
    .dividedBy(to.minus(from))
    .times(high - low)
    .plus(low);

/**
 * Attainment in points, unrounded (domain formula F1).
 * LINEAR: 0 short of the threshold, then straight lines through threshold, target and stretch, flat beyond. LOWER negates all.
 * RANGE: target points inside [low, high]; outside less in proportion to the distance, 0 at the tolerance.
 * @throws RangeError naming the rule when the anchors do not fit the direction: such a target cannot have been accepted
 */
export function attainment(x: Decimal, anchors: Anchors, direction: Direction, points: Points = STRETCHING): Decimal {
  const broken = brokenAnchorRule(anchors, direction);
  if (broken !== null) throw new RangeError(broken);
  if (anchors.curve === 'RANGE') {
    const [low, high, tolerance] = [decimal(anchors.low), decimal(anchors.high), decimal(anchors.tolerance)];
    const distance = Decimal.max(0, low.minus(x), x.minus(high));
    if (distance.isZero()) return new Decimal(points.target);
    if (distance.greaterThanOrEqualTo(tolerance)) return new Decimal(0);
    return new Decimal(1).minus(distance.dividedBy(tolerance)).times(points.target);
  }
  const sign = direction === 'LOWER' ? -1 : 1;
  const at = x.times(sign);
  const [threshold, target, stretch] = [anchors.threshold, anchors.target, anchors.stretch].map((anchor) =>
    decimal(anchor).times(sign),
  ) as [Decimal, Decimal, Decimal];
  if (at.lessThan(threshold)) return new Decimal(0);
  if (at.lessThan(target)) return between(at, threshold, target, points.threshold, points.target);
  if (at.lessThan(stretch)) return between(at, target, stretch, points.target, points.stretch);
  return new Decimal(points.stretch);
}

/** One step of a downward modifier: for a figure worse than `below`, `points` are added to the total (a negative number). */
export interface ModifierStep {
  /** A whole number, or a decimal as it is written in events. Where lower is better it reads "above". */
  readonly below: DecimalString | number;
  readonly points: number;
}

/**
 * What a downward modifier adds to a total: the points of the farthest step that the figure is worse than, 0 when none (domain formula F1, MODIFIER_DOWN).
 * @param direction which way is better; of a RANGE nothing is worse in one direction, so a modifier does not fit it
 */
export function modifierDown(
  x: Decimal,
  steps: readonly ModifierStep[],
  direction: Exclude<Direction, 'RANGE'> = 'HIGHER',
): number {
  const sign = direction === 'LOWER' ? -1 : 1;
  const under = steps
    .map(({ below, points }) => ({ at: decimal(below).times(sign), points }))
    .filter(({ at }) => x.times(sign).lessThan(at))
    .sort((a, b) => a.at.comparedTo(b.at));
  return under[0]?.points ?? 0;
}

/** The rule that steps of a modifier break, or null: each farther one takes more, all take something, no two are at one place. */
export function brokenModifierRule(
  steps: readonly ModifierStep[],
  direction: Exclude<Direction, 'RANGE'> = 'HIGHER',
): 'a-modifier-has-steps-that-each-take-more-than-the-one-before' | null {
  const sign = direction === 'LOWER' ? 1 : -1;
  const nearest = [...steps].sort((a, b) => decimal(a.below).comparedTo(b.below) * sign);
  const falls = nearest.every(({ below, points }, i) => {
    const before = nearest[i - 1];
    return points < (before?.points ?? 0) && (before === undefined || !decimal(below).equals(before.below));
  });
  return steps.length > 0 && falls ? null : 'a-modifier-has-steps-that-each-take-more-than-the-one-before';
}
