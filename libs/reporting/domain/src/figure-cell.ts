import { type CitedRow, Decimal, type Period, comparePeriods, daysIn, parsePeriod } from '@plumbline/kernel';
import { type Absence, type Anchors, type Judgement, type Target, judgeMeasure } from '@plumbline/measures';
import type { TargetRow } from '@plumbline/metrics/domain';
import type { Cell, ReasonCode } from '@plumbline/privacy';
import { type FigureBook, type Metric, type ResolvedFigure, countsOf, measureOf, unitWord } from './figure-book';
import type { Owing } from './owing';
import { type Prefix, citing } from './prefix';
import { shownCount, shownNumber } from './shown';

/** Where a cell stands: its key, its name, and whose figure of which metric and period it is. */
export interface Place {
  readonly key: string;
  readonly label: string;
  readonly metric: Metric;
  readonly unitId: string;
  readonly period: Period | null;
  /** A point of a course: judged as of its own time, so it does not grow stale, and bears no remarks. */
  readonly isPast: boolean;
}

export interface Targets {
  /** The target that a figure of this period is held against: that of the period itself, else of the shortest one that contains it. */
  of(metric: Metric, unitId: string, period: Period): CitedRow<TargetRow> | undefined;
  /** Periods for which this unit owes a figure. */
  owed(metric: Metric, unitId: string): readonly Period[];
}

export function targetsOf(prefix: Prefix, rows: readonly CitedRow<TargetRow>[]): Targets {
  const live = rows.filter(({ state }) => state === 'APPROVED' || state === 'LOCKED');
  const of = (metric: Metric, unitId: string): { row: CitedRow<TargetRow>; period: Period }[] =>
    live
      .filter(
        (row) =>
          row.metricId === metric.metricId &&
          row.unitId === unitId &&
          row.definitionVersion === metric.definitionVersion,
      )
      .map((row) => ({ row, period: parsePeriod(row.period, prefix.profile.fiscalYear) }));
  return {
    of: (metric, unitId, period) =>
      of(metric, unitId)
        .filter((target) => target.period.start <= period.start && period.end <= target.period.end)
        .sort((a, b) => daysIn(a.period) - daysIn(b.period) || comparePeriods(b.period, a.period))[0]?.row,
    owed: (metric, unitId) => of(metric, unitId).map(({ period }) => period),
  };
}

const anchorsOf = (row: TargetRow): Anchors =>
  row.curve === 'LINEAR'
    ? { curve: 'LINEAR', threshold: row.threshold ?? '', target: row.target ?? '', stretch: row.stretch ?? '' }
    : { curve: 'RANGE', low: row.low ?? '', high: row.high ?? '', tolerance: row.tolerance ?? '' };

const REASONS: Partial<Record<ReasonCode, string>> = {
  UNVERIFIED: 'Evidence unverified.',
  METRIC_RETIRED: 'The metric is retired.',
};

/** The figures of a report, judged but not yet disclosed. */
export interface Judging {
  readonly prefix: Prefix;
  readonly book: FigureBook;
  readonly targets: Targets;
  readonly owing: Owing;
}

function remarksOf(
  { prefix, book, owing }: Judging,
  place: Place,
  judgement: Judgement,
  resolved: ResolvedFigure | undefined,
  rate: Decimal | null,
): readonly string[] {
  if (place.isPast) return [];
  const { state, reasonCode, ageDays, dueEveryDays } = judgement;
  const said: string[] = [];
  if (state === 'NOT_DUE' && place.period) {
    const last = owing.lastDay(place.unitId, place.period);
    said.push(last === null ? 'Not due yet.' : `Not due till ${last}.`);
  }
  if (state === 'NOT_REPORTED') said.push(`Nobody reported ${place.period?.text}.`);
  if (state === 'NO_DATA') said.push('Nothing was observed.');
  if (state === 'POPULATION_MISMATCH') {
    const { n, eligible } = resolved?.figure ?? { n: null, eligible: null };
    said.push(
      n === null || eligible === null
        ? 'More answers than people asked.'
        : `${shownCount(n)} answers from ${shownCount(eligible)} asked.`,
    );
  }
  if (reasonCode === 'LOW_RESPONSE' && rate)
    said.push(
      `Response ${shownNumber(rate.toFixed(), 'share')} %, below the gate of ${prefix.policy.responseGate} %. Shown, not evaluated.`,
    );
  if (state === 'NO_BASE') {
    const declared = resolved ? book.releasesOf(resolved) : [];
    const least = declared.map(
      ({ sourceMinN, declaredRole }) => `it publishes no group below ${sourceMinN}, as declared by ${declaredRole}`,
    );
    said.push(
      `The source gives no count${least.length === 0 ? '' : `; ${[...new Set(least)].join('; ')}`}. Shown, never evaluated.`,
    );
  }
  if (state === 'NO_TARGET') said.push('Nothing to hold it against.');
  if (state === 'STALE') said.push(`${ageDays} days old; due every ${dueEveryDays}.`);
  if (state === 'NO_MARGIN') said.push('No spread was recorded.');
  if (state === 'SMALL_BASE') said.push('Too few expected events to judge.');
  if (state === 'INCONCLUSIVE') said.push('The target lies inside the margin: neither met nor missed.');
  const why = reasonCode === null ? undefined : REASONS[reasonCode];
  if (why !== undefined) said.push(why);
  if (resolved && book.isDisputed(resolved)) said.push('A dispute is open.');
  if (resolved && resolved.missing.length > 0)
    said.push(`${resolved.counted.length} of ${resolved.counted.length + resolved.missing.length} units.`);
  return said;
}

function absence({ targets, owing }: Judging, { metric, unitId, period }: Place): Absence {
  if (period === null) return 'NO_DATA';
  const isOwed = targets.owed(metric, unitId).some(({ text }) => text === period.text);
  return owing.absence(unitId, period, isOwed);
}

/** Judged by F4 as of the day, before anything of it is hidden. */
export function figureCell(judging: Judging, place: Place): Cell {
  const { prefix, book, targets } = judging;
  const { key, label, metric, unitId, period, isPast } = place;
  const resolved = period === null ? undefined : book.figures(metric, period.text).get(unitId);
  const row = period === null ? undefined : targets.of(metric, unitId, period);
  const target: Target | null = row
    ? { anchors: anchorsOf(row), baseline: row.baseline, period: parsePeriod(row.period, prefix.profile.fiscalYear) }
    : null;
  const rate = resolved ? book.responseRate(metric, unitId, resolved) : null;
  const judgement = judgeMeasure({
    measure: measureOf(metric),
    // Of a unit that was never observed there is no period; any will do to call it absent.
    period: period ?? parsePeriod(prefix.date.slice(0, 4)),
    figure: resolved?.figure ?? null,
    absence: absence(judging, place),
    responseRate: rate,
    gate: {
      gate: new Decimal(prefix.policy.responseGate).dividedBy(100).toFixed(),
      floor: new Decimal(prefix.policy.responseFloor).dividedBy(100).toFixed(),
    },
    target,
    held: false,
    suppressed: false,
    caps: resolved
      ? [
          ...(book.isVerified(resolved) ? [] : (['UNVERIFIED'] as const)),
          ...(book.isDisputed(resolved) ? (['DISPUTED'] as const) : []),
        ]
      : [],
    asOf: isPast && period !== null && period.end < prefix.date ? period.end : prefix.date,
  });
  const isBarred = metric.retired || prefix.tree.unit(unitId)?.classDefined === true;
  const barred = isBarred && resolved !== undefined && judgement.state !== 'POPULATION_MISMATCH';
  const stands = barred
    ? {
        ...judgement,
        state: 'NOT_EVALUABLE' as const,
        reasonCode: metric.retired ? ('METRIC_RETIRED' as const) : null,
        status: null,
      }
    : judgement;
  const { figure } = resolved ?? {};
  const known =
    rate ?? (figure && figure.n !== null && figure.eligible ? new Decimal(figure.n).dividedBy(figure.eligible) : null);
  return {
    key,
    label,
    value: stands.value,
    state: stands.state,
    reasonCode: stands.reasonCode,
    status: stands.status,
    ...(figure ? countsOf(metric, figure) : { n: null, base: null, eligible: null, numerator: null }),
    margin: stands.margin,
    interval: stands.interval,
    target: row ? (row.curve === 'LINEAR' ? row.target : `${row.low} to ${row.high}`) : null,
    unit: unitWord(metric),
    period: period?.text ?? null,
    word: null,
    remarks: remarksOf(judging, place, stands, resolved, known),
    cites: [
      ...(resolved ? book.cites(resolved) : []),
      ...citing('definition', [metric]),
      ...(row ? citing('target', [row]) : []),
      ...(stands.reasonCode === 'LOW_RESPONSE' ? citing('policy', [prefix.policy]) : []),
      ...(stands.state === 'NOT_DUE' && period ? judging.owing.cites(unitId, period) : []),
      ...(stands.state === 'STALE' || stands.state === 'NOT_REPORTED' ? prefix.dateCites : []),
    ],
  };
}
