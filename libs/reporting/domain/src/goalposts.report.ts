import { commitmentMilestones, commitmentMoves, commitmentRegister } from '@plumbline/charter/domain';
import { type ActorRole, type CitedRow, Decimal, type Period, type Refusal, parsePeriod } from '@plumbline/kernel';
import { attainment, brokenAnchorRule, goalpostMove, pointsOfLevel, valueOf, type Anchors } from '@plumbline/measures';
import { type TargetAdjustmentRow, type TargetRow, anchorsIn, targetAdjustments } from '@plumbline/metrics/domain';
import { type Cell, type Disclosed, derived, withhold, withoutFigures } from '@plumbline/privacy';
import { type Line, cellAt, headerOf, line, placeAsked, reportOf, wordLine } from './assembly';
import { numeratorOf } from './diff';
import { mayOpenWith } from './event-opening';
import { type Judging, figureCell, targetsOf } from './figure-cell';
import { type Metric, figureBook, measureOf } from './figure-book';
import { leadLagReads } from './lead-lag.report';
import { milestoneMoves } from './milestone-moves';
import { owingOf } from './owing';
import { citing, prefixOf } from './prefix';
import { type Question, type Report, type ReportDefinition, type RowsOf, type Viewer, isRefusal } from './report';
import { type Seeing, seeingOf } from './seeing';
import { definitionOf } from './verdicts';

export const goalpostReads = {
  ...leadLagReads,
  adjustments: targetAdjustments,
  commitments: commitmentRegister,
  milestones: commitmentMilestones,
  moves: commitmentMoves,
} as const;
export type GoalpostRows = RowsOf<typeof goalpostReads>;

type Adjustment = CitedRow<TargetAdjustmentRow>;
/** One moved goalpost: its lines, and what it gained where that may be known. */
interface Block {
  readonly id: string;
  readonly gained: Decimal | null;
  readonly lines: readonly Line[];
}

interface Asked extends Judging {
  readonly seeing: Seeing;
  readonly rows: GoalpostRows;
}

/** What the board oversees it sees whole; a leader sees what is the leader's own. */
const asOverseer = (viewer: Viewer): Viewer => (viewer.role === 'board' ? { ...viewer, role: 'auditor' } : viewer);

const OVERSEERS: readonly ActorRole[] = ['hr', 'auditor', 'board'];

const WORDS = { REQUESTED: 'ASKED', ADJUSTED: 'MOVED', REFUSED: 'REFUSED' } as const;

const anchorsWord = (anchors: Anchors): string =>
  anchors.curve === 'LINEAR'
    ? `${anchors.threshold} / ${anchors.target} / ${anchors.stretch}`
    : `${anchors.low} to ${anchors.high}, ${anchors.tolerance} either side`;

/** A figure that can be told points from: it stands and came in as it should. */
const TELLS: readonly Cell['state'][] = ['OK', 'INCONCLUSIVE', 'STALE', 'SMALL_BASE', 'NO_MARGIN'];

/** The figure of a target's period as this viewer may see it, under the definition that the target was set for. */
function disclosedFigure(asked: Asked, metric: Metric, unitId: string, period: Period): Disclosed<Cell> {
  const { book, seeing } = asked;
  const place = { key: 'figure', label: '', metric, unitId, period, isPast: false };
  const cell = figureCell(asked, place);
  const resolved = book.figures(metric, period.text).get(unitId);
  const isOpen = seeing.unit(unitId) === 'ALL';
  if (!resolved) return isOpen || metric.sourceType === 'SURVEY' ? withoutFigures(cell) : withhold(cell);
  return isOpen || book.isReleased(resolved) ? book.disclosure(metric, period.text).show(unitId, cell) : withhold(cell);
}

/** Attainment before and after the move, and what it gains; each takes the state of the figure it rests on. */
function pointLines(asked: Asked, row: Adjustment, target: CitedRow<TargetRow>, metric: Metric, id: string): Line[] {
  const { book, prefix } = asked;
  const period = parsePeriod(row.period, prefix.profile.fiscalYear);
  const figure = disclosedFigure(asked, metric, row.unitId, period);
  const resolved = book.figures(metric, period.text).get(row.unitId);
  const x = resolved ? valueOf(measureOf(metric), resolved.figure) : null;
  const [from, to] = [anchorsIn('from', row), anchorsIn('to', row)];
  const fit = [from, to].every((anchors) => brokenAnchorRule(anchors, metric.direction) === null);
  const pointsOf = (anchors: Anchors): Decimal | null =>
    x !== null && fit ? attainment(x, anchors, metric.direction, pointsOfLevel(metric.level)) : null;
  const [before, after] = [pointsOf(from), pointsOf(to)];
  const gained = before && after ? after.minus(before) : null;
  const told = (column: string, label: string, points: Decimal | null): Line =>
    line(
      derived(figure, (cell) => {
        const { state, reasonCode, value, n, base, eligible, remarks, cites } = cell;
        // Counts go with the points, so that a comparison does not tell by points what it does not tell by people.
        const numerator = numeratorOf(cell)?.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber() ?? null;
        const known = value !== null && points !== null && TELLS.includes(state);
        return cellAt(`${id}/${column}`, `${label} · ${id}`, {
          value: known ? points.toDecimalPlaces(6, Decimal.ROUND_HALF_UP).toFixed() : null,
          state: value !== null && points === null ? 'NO_DATA' : state,
          reasonCode,
          ...{ n, base, eligible, numerator },
          unit: 'points',
          period: period.text,
          remarks,
          cites: [...cites, ...citing('target', [row, target])],
        });
      }),
      book.subject(metric),
    );
  return [
    told('attainment-before', 'Attainment on the old anchors', before),
    told('attainment-after', 'Attainment on the new anchors', after),
    told('gained', 'Points gained', gained),
  ];
}

function adjustmentBlock(asked: Asked, row: Adjustment, index: number): Block | null {
  const { rows, prefix } = asked;
  const target = rows.targets.find(({ targetId }) => targetId === row.targetId);
  const metric = target && definitionOf(rows.metrics, row.metricId, target.definitionVersion);
  const unit = rows.units.find(({ unitId }) => unitId === row.unitId);
  if (!target || !metric || !unit) return null;
  const id = `${metric.code}:${unit.code}:${row.period}:${index}`;
  const cites = citing('target', [row]);
  const word = (column: string, label: string, said: string | null): Line =>
    wordLine(`${id}/${column}`, `${label} · ${id}`, said, cites);
  const [from, to] = [anchorsIn('from', row), anchorsIn('to', row)];
  const points = pointLines(asked, row, target, metric, id);
  const shown = points[2]?.cell.value ?? null;
  const office = prefix.tree.unit(row.unitId)?.name ?? unit.code;
  return {
    id,
    gained: shown === null ? null : new Decimal(shown),
    lines: [
      word('change', 'What became of it', WORDS[row.state]),
      word('metric', 'Metric', metric.code),
      word('office', 'Office', office),
      word('period', 'Period', row.period),
      word('from', 'From', anchorsWord(from)),
      word('to', 'To', anchorsWord(to)),
      word('direction', 'Easier or harder', goalpostMove(from, to, metric.direction)),
      word('asked-by', 'Asked by', row.requestedBy),
      word('decided-by', 'Decided by', row.refusedBy ?? (row.approvals.length === 0 ? null : row.approvals.join(', '))),
      word('rule', 'Refused by the rule', row.rule),
      word('period-gone', 'Of the period gone', `${new Decimal(row.periodGone).dividedBy(100).toFixed()} %`),
      word('result-known', 'Result known', row.resultKnown ? 'YES' : 'NO'),
      ...points,
      word('reason', 'Reason', row.reason),
      word('decision-reason', 'Reason of the refusal', row.refusalReason),
    ],
  };
}

/** A leader's own: a target of a unit that they lead today or led in its period, or a wish of their own. */
function isOwn({ rows, prefix }: Asked, viewer: Viewer, row: Adjustment): boolean {
  if (row.requestedBy === viewer.id) return true;
  const { start, end } = parsePeriod(row.period, prefix.profile.fiscalYear);
  return rows.posts.some(
    ({ leader, unitId, heldFrom, heldTo }) =>
      leader === viewer.id &&
      unitId === row.unitId &&
      ((heldFrom <= end && (heldTo === null || heldTo >= start)) ||
        (heldFrom <= prefix.date && (heldTo === null || heldTo >= prefix.date))),
  );
}

/** Most points first; what is hidden, or not known yet, after them by name, so that its place tells nothing. */
const byGain = (a: Block, b: Block): number => {
  if (a.gained && b.gained && !a.gained.equals(b.gained)) return b.gained.comparedTo(a.gained);
  if ((a.gained === null) !== (b.gained === null)) return a.gained === null ? 1 : -1;
  return a.id < b.id ? -1 : 1;
};

function compute(rows: GoalpostRows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const place = placeAsked(prefix, question);
  if (isRefusal(place)) return place;
  const { viewer } = question;
  const all = OVERSEERS.includes(viewer.role);
  const asked: Asked = {
    prefix,
    rows,
    book: figureBook(prefix, rows),
    targets: targetsOf(prefix, rows.targets),
    owing: owingOf(prefix, rows),
    seeing: seeingOf(asOverseer(viewer), prefix.tree, rows.posts),
  };
  const within = new Set([
    place.unit.unitId,
    ...prefix.tree.descendants(place.unit.unitId).map(({ unitId }) => unitId),
  ]);
  const covers = (unitId: string): boolean => question.unit === undefined || within.has(unitId);
  const counts = new Map<string, number>();
  const blocks = [...rows.adjustments]
    .sort((a, b) => (`${a.requestedAt} ${a.requestId}` < `${b.requestedAt} ${b.requestId}` ? -1 : 1))
    .flatMap((row) => {
      const index = (counts.get(row.targetId) ?? 0) + 1;
      counts.set(row.targetId, index);
      const isAsked = covers(row.unitId) && (question.period === undefined || row.period === question.period);
      return isAsked && (all || isOwn(asked, viewer, row)) ? (adjustmentBlock(asked, row, index) ?? []) : [];
    });
  const moves = milestoneMoves(rows, prefix, {
    covers,
    period: place.period,
    ownedBy: all ? null : viewer.id,
  });
  return reportOf(headerOf(goalpostReport, prefix, question, place.unit), [
    ...[...blocks].sort(byGain).flatMap(({ lines }) => lines),
    ...moves,
  ]);
}

/** R11: every wish to move a goalpost, what became of it, and what it gained. */
export const goalpostReport: ReportDefinition<typeof goalpostReads> = {
  id: 'R11',
  name: 'Moved goalposts',
  question: 'Which targets and dates were moved, by whom, how late, and what did it gain?',
  audience: ['executive', 'hr', 'auditor', 'board'],
  kind: 'both',
  version: 2,
  columns: [
    { id: 'row', title: 'Goalpost', align: 'left' },
    { id: 'change', title: 'Became', align: 'left' },
    { id: 'from', title: 'From', align: 'left' },
    { id: 'to', title: 'To', align: 'left' },
    { id: 'direction', title: 'Which is', align: 'left' },
    { id: 'period-gone', title: 'Period gone', align: 'right' },
    { id: 'result-known', title: 'Result known', align: 'left' },
    { id: 'attainment-before', title: 'Before', align: 'right' },
    { id: 'attainment-after', title: 'After', align: 'right' },
    { id: 'gained', title: 'Gained', align: 'right' },
  ],
  reads: goalpostReads,
  compute,
  mayOpen: mayOpenWith,
};
