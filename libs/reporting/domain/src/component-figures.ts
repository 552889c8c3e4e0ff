import { type CitedRow, type Period, isPeriod, parsePeriod, writeDecimal } from '@plumbline/kernel';
import type { FigureForScoring, TargetForScoring } from '@plumbline/evaluations/domain';
import { type Anchors, intervalOf, isSampled, isStale } from '@plumbline/measures';
import type { TargetRow } from '@plumbline/metrics/domain';
import { type Cell, type Disclosed, derived, isHidden, withoutFigures } from '@plumbline/privacy';
import type { FigureBook, Metric } from './figure-book';
import { measureOf } from './figure-book';
import { type Targets, figureCell } from './figure-cell';
import type { Owing } from './owing';
import type { Prefix } from './prefix';

/** One figure that a component rests on. */
export interface FigureAsked {
  readonly metric: Metric;
  readonly unitId: string;
  readonly period: string;
}

export interface ComponentFigures {
  /** The figure as scoring may see it. What is hidden from everyone is hidden from scoring too. */
  figure(asked: FigureAsked): Disclosed<FigureForScoring>;
  /** The target that is locked into a cycle for exactly this figure. */
  target(asked: FigureAsked, cycleId: string): TargetForScoring | null;
  period(text: string): Period | null;
}

const anchors = (
  curve: TargetRow['curve'],
  [threshold, target, stretch, low, high, tolerance]: readonly (string | null)[],
): Anchors =>
  curve === 'LINEAR'
    ? { curve, threshold: threshold ?? '0', target: target ?? '0', stretch: stretch ?? '0' }
    : { curve, low: low ?? '0', high: high ?? '0', tolerance: tolerance ?? '0' };

/** A target's anchors as they stand. */
export const targetAnchors = (row: TargetRow): Anchors =>
  anchors(row.curve, [row.threshold, row.target, row.stretch, row.low, row.high, row.tolerance]);

const asTarget = (row: CitedRow<TargetRow>): TargetForScoring => ({
  anchors: targetAnchors(row),
  original: anchors(row.curve, [
    row.originalThreshold,
    row.originalTarget,
    row.originalStretch,
    row.originalLow,
    row.originalHigh,
    row.originalTolerance,
  ]),
  definitionVersion: row.definitionVersion,
  cites: row.events,
});

const placeOf = (metricId: string, unitId: string, period: string): string => `${metricId}/${unitId}/${period}`;

/** By place: a cycle asks for each of tens of thousands of figures once. */
function indexed(prefix: Prefix, rows: readonly CitedRow<TargetRow>[]) {
  const live = rows.filter(({ state }) => state === 'APPROVED' || state === 'LOCKED');
  const at = new Map(live.map((row) => [placeOf(row.metricId, row.unitId, row.period), row]));
  const targets: Targets = {
    of: (metric, unitId, period) => {
      const row = at.get(placeOf(metric.metricId, unitId, period.text));
      return row?.definitionVersion === metric.definitionVersion ? row : undefined;
    },
    owed: (metric, unitId) =>
      live
        .filter((row) => row.metricId === metric.metricId && row.unitId === unitId)
        .map(({ period }) => parsePeriod(period, prefix.profile.fiscalYear)),
  };
  return { at, targets };
}

/** Judged as a figure is: what stands in the way of a target or of telling itself from noise is scoring's own question. */
const judgedByScoring: readonly Cell['state'][] = ['OK', 'INCONCLUSIVE', 'NO_TARGET', 'NO_MARGIN'];

export function componentFigures(
  prefix: Prefix,
  book: FigureBook,
  rows: { readonly targets: readonly CitedRow<TargetRow>[] },
  owing: Owing,
): ComponentFigures {
  const { at, targets } = indexed(prefix, rows.targets);
  const owed = (metric: Metric, unitId: string, period: Period): readonly Period[] =>
    at.has(placeOf(metric.metricId, unitId, period.text)) ? [period] : [];
  const period = (text: string): Period | null =>
    isPeriod(text) ? parsePeriod(text, prefix.profile.fiscalYear) : null;

  return {
    period,
    target: ({ metric, unitId, period: text }, cycleId) => {
      const row = at.get(placeOf(metric.metricId, unitId, text));
      return row?.state === 'LOCKED' && row.cycleId === cycleId ? asTarget(row) : null;
    },
    figure: ({ metric, unitId, period: text }) => {
      const when = parsePeriod(text, prefix.profile.fiscalYear);
      const resolved = book.figures(metric, text).get(unitId);
      const here: Targets = { of: targets.of, owed: () => owed(metric, unitId, when) };
      const place = { key: placeOf(metric.code, unitId, text), label: '', metric, unitId, period: when, isPast: false };
      const cell = figureCell({ prefix, book, targets: here, owing }, place);
      const measure = measureOf(metric);
      // scoring judges a process, not those few people: no correction for a finite population
      const range = resolved ? intervalOf(measure, resolved.figure, false) : null;
      const asScored: Cell = {
        ...cell,
        interval: range && { low: writeDecimal(range.low), high: writeDecimal(range.high) },
        cites: resolved ? book.cites(resolved) : [],
      };
      const disclosed = resolved ? book.disclosure(metric, text).show(unitId, asScored) : withoutFigures(asScored);
      return derived(disclosed, (shown): FigureForScoring => {
        const judged = judgedByScoring.includes(shown.state);
        const late = judged && isStale(when, metric.cadence, prefix.date);
        return {
          state: late ? 'STALE' : judged ? 'OK' : shown.state,
          reasonCode: shown.state === 'NOT_EVALUABLE' ? shown.reasonCode : null,
          value: shown.value,
          low: shown.interval?.low ?? null,
          high: shown.interval?.high ?? null,
          n: isSampled(measure) ? shown.n : (shown.base ?? shown.n),
          sampled: isSampled(measure),
          verified: isHidden(shown) || !resolved || book.isVerified(resolved),
          disputed: !isHidden(shown) && resolved !== undefined && book.isDisputed(resolved),
          definitionVersion: metric.definitionVersion,
          cites: shown.cites.map(({ event }) => event),
        };
      });
    },
  };
}
