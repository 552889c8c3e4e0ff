import {
  type CitedRow,
  Decimal,
  type LocalDate,
  type Period,
  isPeriod,
  parsePeriod,
  writeDecimal,
} from '@plumbline/kernel';
import type { FigureForScoring, TargetForScoring } from '@plumbline/evaluations/domain';
import { type Anchors, intervalOf, isSampled, isStale, judgeMeasure, restsOnSmallBase } from '@plumbline/measures';
import type { TargetRow } from '@plumbline/metrics/domain';
import { type Cell, type CellState, type Disclosed, derived, isHidden, withoutFigures } from '@plumbline/privacy';
import { cellAt } from './assembly';
import { type FigureBook, type Metric, type ResolvedFigure, countsOf, measureOf } from './figure-book';
import type { Owing } from './owing';
import type { Prefix } from './prefix';

/** One figure that a component rests on. */
export interface FigureAsked {
  readonly metric: Metric;
  readonly unitId: string;
  readonly period: string;
  /** First day of the period that a contract judges: a figure of a part of it is never too old for it. Left out: by its age alone. */
  readonly since?: LocalDate;
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

const gateOf = (percent: number): string => new Decimal(percent).dividedBy(100).toFixed();

/** What stands in the way of a target or of telling itself from noise is scoring's own question. */
const judgedByScoring: readonly CellState[] = ['OK', 'NO_TARGET', 'NO_MARGIN'];

/** Figures are judged without their target, for scoring holds them against it itself; but too few expected events is said here. */
export function componentFigures(
  prefix: Prefix,
  book: FigureBook,
  rows: { readonly targets: readonly CitedRow<TargetRow>[] },
  owing: Owing,
): ComponentFigures {
  const live = rows.targets.filter(({ state }) => state === 'APPROVED' || state === 'LOCKED');
  const targets = new Map(live.map((row) => [placeOf(row.metricId, row.unitId, row.period), row]));
  const gate = { gate: gateOf(prefix.policy.responseGate), floor: gateOf(prefix.policy.responseFloor) };
  const periods = new Map<string, Period>();
  const periodOf = (text: string): Period => {
    const known = periods.get(text) ?? parsePeriod(text, prefix.profile.fiscalYear);
    periods.set(text, known);
    return known;
  };
  const stale = new Map<string, boolean>();
  const isLate = (period: Period, { metric: { cadence }, since }: FigureAsked): boolean => {
    if (since !== undefined && period.end >= since) return false;
    const key = `${period.text}/${cadence}`;
    const known = stale.get(key) ?? isStale(period, cadence, prefix.date);
    stale.set(key, known);
    return known;
  };

  /** A figure as it is judged, before anything of it is hidden. */
  const judged = (asked: FigureAsked, resolved: ResolvedFigure | undefined): Cell => {
    const { metric, unitId } = asked;
    const period = periodOf(asked.period);
    const measure = measureOf(metric);
    const target = targets.get(placeOf(metric.metricId, unitId, period.text));
    const figure = resolved?.figure ?? null;
    const { state, reasonCode, value } = judgeMeasure({
      measure,
      period,
      figure,
      absence: figure === null ? owing.absence(unitId, period, target !== undefined) : 'NO_DATA',
      responseRate: resolved ? book.responseRate(metric, unitId, resolved) : null,
      gate,
      target: null,
      held: false,
      suppressed: false,
      caps: [],
      asOf: prefix.date,
    });
    const scored = judgedByScoring.includes(state);
    const small =
      scored && figure !== null && target !== undefined && restsOnSmallBase(measure, figure, targetAnchors(target));
    // scoring judges a process, not those few people: no correction for a finite population
    const range = figure === null || value === null ? null : intervalOf(measure, figure, false);
    return cellAt(placeOf(metric.code, unitId, period.text), '', {
      value,
      state: !scored ? state : isLate(period, asked) ? 'STALE' : small ? 'SMALL_BASE' : 'OK',
      reasonCode: state === 'NOT_EVALUABLE' ? reasonCode : null,
      ...(figure === null ? {} : countsOf(metric, figure)),
      interval: range && { low: writeDecimal(range.low), high: writeDecimal(range.high) },
      period: period.text,
      cites: resolved ? book.cites(resolved) : [],
    });
  };

  return {
    period: (text) => (isPeriod(text) ? periodOf(text) : null),
    target: ({ metric, unitId, period }, cycleId) => {
      const row = targets.get(placeOf(metric.metricId, unitId, period));
      return row?.state === 'LOCKED' && row.cycleId === cycleId ? asTarget(row) : null;
    },
    figure: (asked) => {
      const { metric, unitId, period } = asked;
      const resolved = book.figures(metric, period).get(unitId);
      const cell = judged(asked, resolved);
      const disclosed = resolved ? book.disclosure(metric, period).show(unitId, cell) : withoutFigures(cell);
      const sampled = isSampled(measureOf(metric));
      return derived(disclosed, (shown): FigureForScoring => ({
        state: shown.state,
        reasonCode: shown.reasonCode,
        value: shown.value,
        low: shown.interval?.low ?? null,
        high: shown.interval?.high ?? null,
        n: sampled ? shown.n : (shown.base ?? shown.n),
        sampled,
        verified: isHidden(shown) || !resolved || book.isVerified(resolved),
        disputed: !isHidden(shown) && resolved !== undefined && book.isDisputed(resolved),
        definitionVersion: metric.definitionVersion,
        cites: shown.cites.map(({ event }) => event),
      }));
    },
  };
}
