import { Decimal, decimal } from '@plumbline/kernel';
import { halfWidth, meanMargin, wilsonInterval, type DecimalInterval } from '@plumbline/statistics';
import type { Anchors } from './anchors';
import { isSampled, scaleOf, type Measure } from './measure';

/** A component whose points vary by more than this within its margin says nothing about a leader. */
export const MOST_POINTS_OF_NOISE = 50;

/** Fewest answers on which a component is scored. */
export const LEAST_SCORED_N = 10;

/**
 * How many points a scored component varies by within its interval, and whether that lets it tell anything (domain formula F6 for scorecards):
 * INCONCLUSIVE when |A(high) − A(low)| > 50.
 * @param attainmentAt the component's curve
 * @param turns where the curve turns back inside the interval (the bounds of a RANGE): they are looked at too, else a wide interval around a narrow
 *   range would show the same nothing at both ends
 */
export function toleranceOfNoise(
  attainmentAt: (x: Decimal) => Decimal,
  interval: DecimalInterval,
  turns: readonly Decimal[] = [],
): { readonly points: Decimal; readonly inconclusive: boolean } {
  const inside = turns.filter((turn) => turn.greaterThan(interval.low) && turn.lessThan(interval.high));
  const seen = [interval.low, ...inside, interval.high].map(attainmentAt);
  const points = Decimal.max(...seen).minus(Decimal.min(...seen));
  return { points, inconclusive: points.greaterThan(MOST_POINTS_OF_NOISE) };
}

/** Where a curve turns back. */
export const turnsOf = (anchors: Anchors): readonly Decimal[] =>
  anchors.curve === 'RANGE' ? [decimal(anchors.low), decimal(anchors.high)] : [];

/** What is known, before a year begins, of the figure that a component will rest on. */
export interface ExpectedAnswers {
  readonly measure: Measure;
  readonly anchors: Anchors;
  /** People who will be asked; null: unknown. */
  readonly headcount: number | null;
  /** Response rate of the last wave, a fraction of 1; null: unknown. */
  readonly lastRate: Decimal | null;
  /** Sample standard deviation of the last wave, for means; null: unknown. */
  readonly lastS: Decimal | null;
}

/** Answers to expect: headcount × last response rate, in whole people; null when either is unknown. A rate above 1 counts as 1. */
export const expectedAnswers = ({ headcount, lastRate }: ExpectedAnswers): number | null =>
  headcount === null || lastRate === null ? null : Decimal.min(1, lastRate).times(headcount).floor().toNumber();

/**
 * The margin to expect of a figure (domain formula F6): half of Wilson's interval at the target for shares and indexes, 1.96·s/√n for means, without the
 * finite-population correction, because scoring judges a process. Figures counted in full have none.
 * @returns on the scale of the figure, unrounded; null when it cannot be known
 */
export function expectedMargin(expected: ExpectedAnswers): Decimal | null {
  const { measure, anchors, lastS } = expected;
  if (!isSampled(measure)) return new Decimal(0);
  const n = expectedAnswers(expected);
  if (n === null || n < 1 || measure.formula === 'median') return null;
  if (measure.formula === 'mean' || measure.formula === 'mean-score') return meanMargin(lastS, n);
  const scale = scaleOf(measure.unit) ?? new Decimal(1);
  const aim =
    anchors.curve === 'RANGE' ? decimal(anchors.low).plus(anchors.high).dividedBy(2) : decimal(anchors.target);
  return halfWidth(wilsonInterval(aim.dividedBy(scale), n)).times(scale);
}

/** The distance that a margin must fit into twice: target to threshold (50 points), of a RANGE half its tolerance (50 points too). */
const roomOf = (anchors: Anchors): Decimal =>
  anchors.curve === 'RANGE'
    ? decimal(anchors.tolerance).dividedBy(2)
    : decimal(anchors.target).minus(anchors.threshold).abs();

/**
 * Whether a component will be able to tell itself from noise (domain formula F6, at contract): target − threshold ≥ 2 × expected margin, and at least
 * ten answers to expect. UNKNOWN, when the margin cannot be known: the contract may be issued with the warning "not evaluable as things stand".
 */
export function noiseVerdict(
  expected: ExpectedAnswers,
  leastN = LEAST_SCORED_N,
): 'TELLS_ITSELF_FROM_NOISE' | 'LOST_IN_NOISE' | 'UNKNOWN' {
  const n = expectedAnswers(expected);
  if (isSampled(expected.measure) && n !== null && n < leastN) return 'LOST_IN_NOISE';
  const margin = expectedMargin(expected);
  if (margin === null) return 'UNKNOWN';
  return roomOf(expected.anchors).greaterThanOrEqualTo(margin.times(2)) ? 'TELLS_ITSELF_FROM_NOISE' : 'LOST_IN_NOISE';
}
