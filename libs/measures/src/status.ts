import {
  Decimal,
  daysBetween,
  daysIn,
  decimal,
  type DecimalString,
  type LocalDate,
  type Period,
} from '@plumbline/kernel';
import type { Status } from '@plumbline/privacy';
import type { Anchors } from './anchors';
import type { Direction } from './measure';

/** A target as it stands: its anchors, where it started from, and the period at whose end it is to be met. */
export interface Target {
  readonly anchors: Anchors;
  readonly baseline: DecimalString | null;
  readonly period: Period;
}

const ON_TRACK_FROM = new Decimal('0.9');
const AT_RISK_FROM = new Decimal('0.7');

/** Where a figure should stand on a day of the target's period: on the straight line from baseline to target. The last day is the whole way. */
export function pathAt(target: Target, day: LocalDate): Decimal | null {
  if (target.baseline === null || target.anchors.curve === 'RANGE') return null;
  const [from, to] = [decimal(target.baseline), decimal(target.anchors.target)];
  const gone = Math.min(Math.max(daysBetween(target.period.start, day) + 1, 0), daysIn(target.period));
  return from.plus(to.minus(from).times(gone).dividedBy(daysIn(target.period)));
}

function atPeriodEnd(x: Decimal, anchors: Anchors, direction: Direction): Status {
  if (anchors.curve === 'RANGE') {
    const distance = Decimal.max(0, decimal(anchors.low).minus(x), x.minus(anchors.high));
    if (distance.isZero()) return 'ON_TRACK';
    return distance.lessThan(anchors.tolerance) ? 'AT_RISK' : 'OFF_TRACK';
  }
  const reached = (anchor: DecimalString): boolean =>
    direction === 'LOWER' ? x.lessThanOrEqualTo(anchor) : x.greaterThanOrEqualTo(anchor);
  if (reached(anchors.target)) return 'ON_TRACK';
  return reached(anchors.threshold) ? 'AT_RISK' : 'OFF_TRACK';
}

/**
 * Green, amber or red of a measure (domain formula F4).
 * At the end of the target's period: at or past target on track, threshold to target at risk, else off track; of a RANGE, inside it, within its
 * tolerance, else, on every day.
 * Inside the period: r = (x − baseline)/(path − baseline) against the straight path from baseline to target, on track from .9, at risk from .7.
 * Where the path does not lead anywhere better than the baseline (a target that holds what was reached), on track is at or better than the path.
 * @param at the day the figure speaks of: the end of its own period
 * @returns null inside the period when no baseline was recorded
 */
export function measureStatus(x: Decimal, target: Target, direction: Direction, at: LocalDate): Status {
  if (at >= target.period.end || target.anchors.curve === 'RANGE') return atPeriodEnd(x, target.anchors, direction);
  const path = pathAt(target, at);
  if (path === null || target.baseline === null) return null;
  const sign = direction === 'LOWER' ? -1 : 1;
  const way = path.minus(target.baseline);
  if (way.times(sign).lessThanOrEqualTo(0))
    return x.minus(path).times(sign).greaterThanOrEqualTo(0) ? 'ON_TRACK' : 'OFF_TRACK';
  const r = x.minus(target.baseline).dividedBy(way);
  if (r.greaterThanOrEqualTo(ON_TRACK_FROM)) return 'ON_TRACK';
  return r.greaterThanOrEqualTo(AT_RISK_FROM) ? 'AT_RISK' : 'OFF_TRACK';
}

/** What holds a status down to amber. */
export type Cap = 'UNVERIFIED' | 'DISPUTED';

/** A status under its caps: green becomes amber, all else stays. `cappedBy` is the first cap that lowered it. */
export function capped(
  status: Status,
  caps: readonly Cap[],
): { readonly status: Status; readonly cappedBy: Cap | null } {
  const cap = (['UNVERIFIED', 'DISPUTED'] as const).find((one) => caps.includes(one));
  return status === 'ON_TRACK' && cap !== undefined ? { status: 'AT_RISK', cappedBy: cap } : { status, cappedBy: null };
}
