import {
  daysBetween,
  daysIn,
  decimal,
  refuse,
  writeDecimal,
  type Decimal,
  type LocalDate,
  type Period,
  type Refusal,
} from '@plumbline/kernel';
import { againstValue, valueOf } from './figure-rules';
import type { MetricDefinition } from './metric.events';
import type { LiveObservation } from './series.facts';
import type { Anchors, Baseline } from './target.events';
import type { BackTest } from './target.facts';

export const FEWEST_PERIODS_BACK = 6;
/** In hundredths of a per cent of the period's days. */
export const PANEL_AFTER = 7_500;

const better = (definition: MetricDefinition, a: Decimal, b: Decimal): boolean =>
  definition.direction === 'LOWER' ? a.lessThan(b) : a.greaterThan(b);

/** What the metric's direction and unit ask of a target's anchors. */
export function againstAnchors(definition: MetricDefinition, anchors: Anchors): Refusal | null {
  if ((definition.direction === 'RANGE') !== (anchors.curve === 'RANGE'))
    return refuse(
      'a-curve-fits-the-direction-of-its-metric',
      `The metric's direction is ${definition.direction}: use the curve ${definition.direction === 'RANGE' ? 'RANGE' : 'LINEAR'}.`,
    );
  if (anchors.curve === 'RANGE') {
    const [low, high] = [decimal(anchors.low), decimal(anchors.high)];
    if (!low.lessThan(high) || !decimal(anchors.tolerance).greaterThan(0))
      return refuse('anchors-are-strictly-monotone', 'low lies below high, and tolerance is above zero.');
    return againstValue(definition, low, 'low') ?? againstValue(definition, high, 'high');
  }
  const [threshold, target, stretch] = [anchors.threshold, anchors.target, anchors.stretch].map(decimal) as [
    Decimal,
    Decimal,
    Decimal,
  ];
  if (!better(definition, target, threshold) || !better(definition, stretch, target))
    return refuse(
      'anchors-are-strictly-monotone',
      `${definition.direction === 'LOWER' ? 'Lower' : 'Higher'} is better: target must be better than threshold, stretch better than target, none equal.`,
    );
  return (
    againstValue(definition, threshold, 'threshold') ??
    againstValue(definition, target, 'target') ??
    againstValue(definition, stretch, 'stretch')
  );
}

/**
 * A linear target may hold what is there; it may not ask for less. Of an observed baseline nothing is said: it may be hidden from whoever proposes, and
 * refusals would tell it step by step.
 */
export const againstBaseline = (
  definition: MetricDefinition,
  anchors: Anchors,
  { basis, value }: Baseline,
): Refusal | null =>
  anchors.curve === 'LINEAR' && basis === 'ASSERTED' && better(definition, decimal(value), decimal(anchors.target))
    ? refuse('a-target-asks-for-no-less-than-its-baseline', 'target is worse than the baseline it starts from.')
    : null;

/** How much of a period has gone before this day begins, in hundredths of a per cent of its days. */
export function periodGone(period: Period, today: LocalDate): number {
  const gone = Math.min(Math.max(daysBetween(period.start, today), 0), daysIn(period));
  return Math.floor((gone * 10_000) / daysIn(period));
}

function reaches(definition: MetricDefinition, anchors: Anchors, value: Decimal) {
  if (anchors.curve === 'LINEAR') {
    const [threshold, target, stretch] = [anchors.threshold, anchors.target, anchors.stretch].map(
      (anchor) => !better(definition, decimal(anchor), value),
    );
    return { threshold: threshold === true, target: target === true, stretch: stretch === true };
  }
  const [low, high, tolerance] = [decimal(anchors.low), decimal(anchors.high), decimal(anchors.tolerance)];
  const inside = value.greaterThanOrEqualTo(low) && value.lessThanOrEqualTo(high);
  const near = value.greaterThan(low.minus(tolerance)) && value.lessThan(high.plus(tolerance));
  return { threshold: near, target: inside, stretch: inside };
}

/** How often past figures reached each anchor. */
export function backTest(definition: MetricDefinition, anchors: Anchors, past: readonly LiveObservation[]): BackTest {
  const reached = past.map(({ value }) => reaches(definition, anchors, valueOf(value, definition.unit)));
  const hitsOf = (anchor: 'threshold' | 'target' | 'stretch'): number => reached.filter((each) => each[anchor]).length;
  const rate = (hits: number): string => writeDecimal(decimal(hits).dividedBy(past.length));
  const hits = { threshold: hitsOf('threshold'), target: hitsOf('target'), stretch: hitsOf('stretch') };
  return {
    periods: past.map(({ period }) => period),
    obsIds: past.map(({ obsId }) => obsId),
    hits,
    hitRates: { threshold: rate(hits.threshold), target: rate(hits.target), stretch: rate(hits.stretch) },
  };
}
