import { type CitedRow, Decimal, writeDecimal } from '@plumbline/kernel';
import {
  type FigureUnder,
  type MetricSource,
  type ScorecardComponentRow,
  type ScoredScope,
  scopesOf,
} from '@plumbline/evaluations/domain';
import { isSampled } from '@plumbline/measures';
import type { TargetRow } from '@plumbline/metrics/domain';
import {
  type Cell,
  type Citation,
  type Disclosed,
  HIDDEN_SENTENCE,
  disclosureOf,
  isHidden,
  withoutFigures,
} from '@plumbline/privacy';
import { cellAt } from './assembly';
import { type FigureBook, type Metric, measureOf, unitWord } from './figure-book';
import type { Prefix } from './prefix';

/** What scored figures are shown by. */
export interface ShownBy {
  readonly prefix: Prefix;
  readonly book: FigureBook;
}

/** One scope of a component as it was scored. */
export interface ScopeView {
  readonly scope: ScoredScope;
  readonly metric: Metric | undefined;
  readonly source: MetricSource;
  readonly target: CitedRow<TargetRow> | undefined;
}

const half = new Decimal(2);

const REMARKS: Readonly<Record<string, string>> = {
  SUPPRESSED: HIDDEN_SENTENCE,
  INCONCLUSIVE: 'Its margin is worth more points than it could tell.',
  SMALL_BASE: 'Too few answers or cases to judge by.',
  NO_BASE: 'The source gives no count. Shown, never evaluated.',
  NO_MARGIN: 'No spread was recorded.',
  NO_TARGET: 'No target was locked for it.',
  NO_DATA: 'Nothing was observed by the freeze.',
  NOT_REPORTED: 'Nobody reported it by the freeze.',
  STALE: 'Too old by the freeze.',
};

/** `Shared: judged by HOUSE, the fallback that was agreed, in the place of SURG (SUPPRESSED).` */
function sharedWord({ tree }: Prefix, fallback: string | null, instead: NonNullable<ScoredScope['instead']>): string {
  const codeOf = (unitId: string | null): string => tree.unit(unitId ?? '')?.code ?? 'another unit';
  const why = instead.reasonCode ?? instead.state;
  return `Shared: judged by ${codeOf(fallback)}, the fallback that was agreed, in the place of ${codeOf(instead.unitId)} (${why}).`;
}

export const citingEvents = (as: Citation['as'], events: readonly string[]): readonly Citation[] =>
  [...new Set(events)].map((event) => ({ event, as }));

/** The observed figure as it counted, hidden by whatever holds then and now: the counts it rested on, and what is hidden of the same place today. */
export function observedCell(
  by: ShownBy,
  { scope, metric, source, target }: ScopeView,
  place: { readonly key: string; readonly label: string; readonly cites: readonly Citation[] },
): Disclosed<Cell> {
  const remarks = [
    ...(scope.instead === null ? [] : [sharedWord(by.prefix, scope.unitId, scope.instead)]),
    ...(REMARKS[scope.state] ? [REMARKS[scope.state] ?? ''] : []),
  ];
  const said = {
    state: scope.state,
    reasonCode: scope.reasonCode,
    period: source.period,
    unit: metric ? unitWord(metric) : '',
    target: target ? (target.curve === 'LINEAR' ? target.target : `${target.low} to ${target.high}`) : null,
  };
  if (scope.value === null || !metric || scope.unitId === null)
    return withoutFigures(cellAt(place.key, place.label, { ...said, remarks, cites: place.cites }));
  const shown = disclosedFigure(by, metric, { ...scope, unitId: scope.unitId, period: source.period });
  if (shown === null)
    return withoutFigures(
      cellAt(place.key, place.label, {
        ...{ state: 'SUPPRESSED', period: source.period, unit: said.unit, remarks: [HIDDEN_SENTENCE] },
      }),
    );
  const sampled = isSampled(measureOf(metric));
  const [low, high] = [scope.low, scope.high];
  const known = sampled && low !== null && high !== null;
  return shown(
    cellAt(place.key, place.label, {
      ...said,
      value: scope.value,
      margin: known ? writeDecimal(new Decimal(high).minus(low).dividedBy(half)) : null,
      interval: known ? { low, high } : null,
      ...countOf(metric, scope.n),
      remarks,
      cites: place.cites,
    }),
  );
}

const countOf = (metric: Metric, n: number | null): Pick<Cell, 'n' | 'base'> =>
  isSampled(measureOf(metric)) ? { n, base: null } : { n: null, base: n };

interface ScoredFigure {
  readonly unitId: string;
  readonly period: string;
  readonly n: number | null;
}

/** How a cell of a scored figure is disclosed: by its own count, under what its metric and unit ask for; null: its place is hidden today. */
function disclosedFigure(
  { prefix, book }: ShownBy,
  metric: Metric,
  { unitId, period, n }: ScoredFigure,
): ((cell: Cell) => Disclosed<Cell>) | null {
  const today = book.disclosure(metric, period).cells.get(unitId);
  if (today && isHidden(today)) return null;
  const k = Math.max(prefix.disclosure.k, metric.minN);
  const policy = { k, kSensitive: Math.max(k, prefix.disclosure.kSensitive) };
  // a figure without a count was shown by what its source declares; today's disclosure of the same place still vouches for that
  const sourceMinN = n === null && today !== undefined ? policy.kSensitive : null;
  const leastGroup = prefix.tree.unit(unitId)?.classDefined === true ? prefix.kDemographic : 0;
  return (cell) => {
    const entries = [{ unit: unitId, parent: null, sourceMinN, cell, leastGroup }];
    return disclosureOf({ subject: book.subject(metric), entries }, policy).show(unitId, cell);
  };
}

/** Whether everything that a result was made of may still be shown, as its report would show it. */
export function areShown(
  by: ShownBy,
  metricAt: (figure: FigureUnder) => Metric | undefined,
  figures: readonly FigureUnder[],
): boolean {
  return figures.every((figure) => {
    const metric = metricAt(figure);
    if (!metric) return false;
    const cell = cellAt(figure.unitId, '', { value: '0', ...countOf(metric, figure.n) });
    const disclosed = disclosedFigure(by, metric, figure)?.(cell);
    return disclosed !== undefined && !isHidden(disclosed);
  });
}

export const scopesIn = (row: ScorecardComponentRow): readonly ScoredScope[] => scopesOf(row);

const anchorsWord = (row: TargetRow, original: boolean): string => {
  if (row.curve === 'RANGE')
    return original
      ? `${row.originalLow} to ${row.originalHigh}, ${row.originalTolerance} either side`
      : `${row.low} to ${row.high}, ${row.tolerance} either side`;
  return original
    ? `${row.originalThreshold} / ${row.originalTarget} / ${row.originalStretch}`
    : `${row.threshold} / ${row.target} / ${row.stretch}`;
};

/** `60 / 70 / 80`, and what it was locked at where it was adjusted since. */
export const targetWord = (row: TargetRow): string =>
  row.adjustments > 0 ? `${anchorsWord(row, false)}, locked at ${anchorsWord(row, true)}` : anchorsWord(row, false);
