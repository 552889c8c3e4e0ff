import { type CitedRow, type LocalDate } from '@plumbline/kernel';
import { isMismatch, judgeResponse, responseRate, valueOf } from '@plumbline/measures';
import type { HypothesisRow } from '@plumbline/metrics/domain';
import { type Cell, type Citation, type Disclosed, derived, isHidden, together } from '@plumbline/privacy';
import { type HypothesisResult, type SeriesPoint, changesOf, pairsOf, testHypotheses } from '@plumbline/statistics';
import { type FigureBook, type Metric, type ResolvedFigure, measureOf } from './figure-book';
import { type Prefix, citing } from './prefix';

/** A hypothesis with its test over the whole organisation, whatever unit a report was asked for. */
export interface Verdict {
  readonly hypothesis: CitedRow<HypothesisRow>;
  readonly result: HypothesisResult;
  readonly cites: readonly Citation[];
  /** Everything it rests on was released to everybody. */
  readonly isReleased: boolean;
}

interface Point extends SeriesPoint {
  readonly resolved: ResolvedFigure;
}

/** A hypothesis is about the definitions it was registered with. */
export const definitionOf = (
  catalogue: readonly Metric[],
  metricId: string,
  definitionVersion: number,
): Metric | undefined =>
  catalogue
    .filter((row) => row.metricId === metricId && row.definitionVersion === definitionVersion)
    .reduce<Metric | undefined>((latest, row) => (latest && latest.version > row.version ? latest : row), undefined);

/** Figures below the gate, or that cannot be right, are shown with their reason but are no evidence. */
function isEvidence(
  prefix: Prefix,
  book: FigureBook,
  metric: Metric,
  unitId: string,
  resolved: ResolvedFigure,
): boolean {
  const { figure, counted } = resolved;
  if (counted.length > 0 || isMismatch(measureOf(metric), figure)) return false;
  if (metric.sourceType !== 'SURVEY') return true;
  const stated = book.responseRate(metric, unitId, resolved);
  const rate =
    stated ?? (figure.n !== null && figure.eligible !== null ? responseRate(figure.n, figure.eligible) : null);
  const gate = { gate: `${prefix.policy.responseGate / 100}`, floor: `${prefix.policy.responseFloor / 100}` };
  return judgeResponse(rate, gate) !== 'LOW_RESPONSE';
}

/** One metric's own observations by unit and period, only such as may be shown: what is made of them may then be shown too. */
function pointsOf(prefix: Prefix, book: FigureBook, metric: Metric): Disclosed<readonly Point[]> {
  const periods = book.periods(metric).map(({ text }) => text);
  const grids = together<ReadonlyMap<string, Cell>>(periods.map((period) => book.disclosure(metric, period).cells));
  return derived(grids, (cells) =>
    cells.flatMap((byUnit, index): Point[] => {
      const period = periods[index] ?? '';
      return [...book.figures(metric, period)].flatMap(([unit, resolved]): Point[] => {
        const cell = byUnit.get(unit);
        const inTree = prefix.tree.unit(unit);
        const value = valueOf(measureOf(metric), resolved.figure);
        if (!cell || value === null || isHidden(cell) || !inTree || inTree.outsideTree || inTree.classDefined)
          return [];
        if (!isEvidence(prefix, book, metric, unit, resolved)) return [];
        const [row] = resolved.rows;
        return [
          {
            unit,
            period,
            value: value.toDecimalPlaces(28).toFixed(),
            definitionVersion: metric.definitionVersion,
            source: metric.sourceType === 'SURVEY' ? (row?.releaseId ?? row?.source ?? null) : null,
            noBase: cell.n === null && cell.base === null,
            resolved,
          },
        ];
      });
    }),
  );
}

/** Units that have a pair of changes and no unit below them that has one: none contains another. Without any pair, units that have figures. */
function unitsThatCount(
  prefix: Prefix,
  leading: readonly Point[],
  lagging: readonly Point[],
  lag: number,
): ReadonlySet<string> {
  const paired = pairsOf(changesOf(leading), changesOf(lagging), lag).map(({ unit }) => unit);
  const measured = new Set(lagging.map(({ unit }) => unit));
  const candidates = paired.length > 0 ? paired : leading.map(({ unit }) => unit).filter((unit) => measured.has(unit));
  const above = new Set(candidates.flatMap((unit) => prefix.tree.ancestors(unit).map(({ unitId }) => unitId)));
  return new Set(candidates.filter((unit) => !above.has(unit)));
}

/** The day on which an instant fell, as the log's own days tell; before its first day, the date of the instant. */
function dayOf(instant: string, days: readonly { readonly date: LocalDate; readonly recordedAt: string }[]): LocalDate {
  const begun = days.filter(({ recordedAt }) => recordedAt <= instant).map(({ date }) => date);
  return begun.reduce((last, date) => (date > last ? date : last), instant.slice(0, 10));
}

/** All registered hypotheses together, for they share one correction for testing many; one that was replaced was asked all the same. */
export function verdictsOf(
  prefix: Prefix,
  book: FigureBook,
  catalogue: readonly Metric[],
  hypotheses: readonly CitedRow<HypothesisRow>[],
  days: readonly { readonly date: LocalDate; readonly recordedAt: string }[],
): Disclosed<readonly Verdict[]> {
  const posed = [...hypotheses]
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
    .flatMap((hypothesis) => {
      const leading = definitionOf(catalogue, hypothesis.leadingMetricId, hypothesis.leadingDefinitionVersion);
      const lagging = definitionOf(catalogue, hypothesis.laggingMetricId, hypothesis.laggingDefinitionVersion);
      return leading && lagging ? [{ hypothesis, leading, lagging }] : [];
    });
  const points = together<readonly Point[]>(
    posed.flatMap(({ leading, lagging }) => [pointsOf(prefix, book, leading), pointsOf(prefix, book, lagging)]),
  );
  return derived(points, (all) => {
    const tested = posed.map(({ hypothesis, leading, lagging }, index) => {
      const [x, y] = [all[2 * index] ?? [], all[2 * index + 1] ?? []];
      const units = unitsThatCount(prefix, x, y, hypothesis.lagPeriods);
      const used = {
        leading: x.filter(({ unit }) => units.has(unit)),
        lagging: y.filter(({ unit }) => units.has(unit)),
      };
      return { hypothesis, used, definitions: [leading, lagging] };
    });
    const results = testHypotheses(
      tested.map(({ hypothesis, used }) => ({
        id: hypothesis.hypothesisId,
        lagPeriods: hypothesis.lagPeriods,
        expectedSign: hypothesis.expectedSign,
        method: hypothesis.method,
        registeredOn: dayOf(hypothesis.registeredAt, days),
        reviewDate: hypothesis.reviewDate,
        fiscalYearStart: prefix.profile.fiscalYear,
        ...used,
      })),
      prefix.date,
    );
    return tested.flatMap(({ hypothesis, used, definitions }, index): Verdict[] => {
      const result = results[index];
      const resolved = [...used.leading, ...used.lagging].map((point) => point.resolved);
      return result
        ? [
            {
              hypothesis,
              result,
              isReleased: resolved.every((one) => book.isReleased(one)),
              cites: [
                ...citing('hypothesis', [hypothesis]),
                ...citing('definition', definitions),
                ...citing(
                  'observation',
                  resolved.flatMap(({ rows }) => rows),
                ),
              ],
            },
          ]
        : [];
    });
  });
}
