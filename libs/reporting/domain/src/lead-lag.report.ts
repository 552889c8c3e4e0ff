import {
  CADENCE_GRANULARITY,
  type CitedRow,
  type Period,
  ROLES,
  type Refusal,
  comparePeriods,
  periodsBetween,
  sameKind,
  shiftPeriod,
} from '@plumbline/kernel';
import {
  type ReleaseRow,
  hypothesisRegister,
  importVerifications,
  metricCatalogue,
  releaseRegister,
  releaseUnits,
  targetRegister,
} from '@plumbline/metrics/domain';
import {
  calendarDays,
  headcounts,
  leaderPosts,
  organizationProfile,
  personAbsences,
  policyInForceRows,
  unitRegister,
} from '@plumbline/organization/domain';
import { type Cell, type Disclosed, derived, withhold, withoutFigures } from '@plumbline/privacy';
import { type Line, headerOf, line, placeAsked, reportOf } from './assembly';
import { actionReads, actionsLine, actionViews } from './action-cells';
import { mayOpenWith } from './event-opening';
import { type Judging, type Place, figureCell, targetsOf } from './figure-cell';
import { type Metric, figureBook, figureObservations } from './figure-book';
import { historyReads } from './figure-history';
import { owingOf } from './owing';
import { prefixOf } from './prefix';
import { type Question, type ReleaseNote, type Report, type ReportDefinition, type RowsOf, isRefusal } from './report';
import { type Seeing, seeingOf } from './seeing';
import { verdictCells } from './verdict-cells';
import { type Verdict, verdictsOf } from './verdicts';

export const leadLagReads = {
  profile: organizationProfile,
  policies: policyInForceRows,
  days: calendarDays,
  units: unitRegister,
  posts: leaderPosts,
  absences: personAbsences,
  headcounts,
  metrics: metricCatalogue,
  observations: figureObservations,
  ...historyReads,
  verifications: importVerifications,
  releases: releaseRegister,
  releaseUnits,
  targets: targetRegister,
  hypotheses: hypothesisRegister,
  ...actionReads,
} as const;
export type LeadLagRows = RowsOf<typeof leadLagReads>;

const COURSE = 8;

const byCode = (a: { readonly code: string }, b: { readonly code: string }): number =>
  a.code < b.code ? -1 : a.code > b.code ? 1 : 0;

/** One request on its way: what is judged, for whom, about which unit. */
interface Asked extends Judging {
  readonly seeing: Seeing;
  readonly unitId: string;
  readonly period: Period | null;
  /** Releases that figures of the report come from, as they are met. */
  readonly releases: Map<string, CitedRow<ReleaseRow>>;
}

/** The figure's period: the one asked for; else an overdue one that this unit owes; else the latest that has a figure. */
function periodOf({ book, targets, owing, unitId, period }: Asked, metric: Metric): Period | null {
  if (period) return period;
  const latest = [...book.periods(metric)].reverse().find(({ text }) => book.figures(metric, text).has(unitId));
  const owed = targets
    .owed(metric, unitId)
    .filter(
      (each) =>
        each.granularity === CADENCE_GRANULARITY[metric.cadence] && !book.figures(metric, each.text).has(unitId),
    );
  const missed = owed
    .filter((each) => owing.absence(unitId, each, true) === 'NOT_REPORTED' && (!latest || each.end > latest.end))
    .sort((a, b) => comparePeriods(b, a));
  return missed[0] ?? latest ?? owed.sort(comparePeriods)[0] ?? null;
}

/** Eight periods up to this one, from the first that was observed on. */
function courseOf({ book, unitId }: Asked, metric: Metric, last: Period): readonly Period[] {
  const earliest = shiftPeriod(last, 1 - COURSE);
  const first = book
    .periods(metric)
    .find(
      (each) =>
        sameKind(each, last) &&
        each.start >= earliest.start &&
        each.start <= last.start &&
        book.figures(metric, each.text).has(unitId),
    );
  return first ? periodsBetween(first, last) : [];
}

/** Judged, hidden among all units of its metric and period, then cut to what this viewer may see. */
function disclosedFigure(asked: Asked, place: Place): Disclosed<Cell> {
  const { book, seeing, releases } = asked;
  const { metric, unitId, period } = place;
  const cell = figureCell(asked, place);
  const resolved = period === null ? undefined : book.figures(metric, period.text).get(unitId);
  if (period === null || resolved === undefined) {
    // Records are released to nobody, so neither is it told whether there are any.
    const isOpen = seeing.unit(unitId) === 'ALL' || metric.sourceType === 'SURVEY';
    return isOpen ? withoutFigures(cell) : withhold(cell);
  }
  for (const release of book.releasesOf(resolved)) releases.set(release.releaseId, release);
  if (seeing.unit(unitId) === 'RELEASED' && !book.isReleased(resolved)) return withhold(cell);
  return book.disclosure(metric, period.text).show(unitId, cell);
}

/** A metric's cells in one column: its figure, then its course. */
function metricCells(asked: Asked, metric: Metric, row: string, column: string): readonly Line[] {
  const period = periodOf(asked, metric);
  const name = `${metric.code} ${metric.name === metric.code ? '' : metric.name}`.trim();
  const place = { label: `${name} · ${column}`, metric, unitId: asked.unitId };
  const figure = disclosedFigure(asked, { ...place, key: `${row}/${column}`, period, isPast: false });
  const course = period === null ? [] : courseOf(asked, metric, period);
  const past = course.map((each) =>
    disclosedFigure(asked, {
      ...place,
      key: `${row}/${column}/${each.text}`,
      label: `${place.label} · ${each.text}`,
      period: each,
      isPast: true,
    }),
  );
  return [figure, ...past].map((cell) => line(cell, asked.book.subject(metric)));
}

/** The verdict is about the whole organisation: open to whoever may see all of it, and to everybody when all it rests on was released. */
function verdictColumn({ prefix, seeing }: Asked, all: Disclosed<readonly Verdict[]>, index: number): readonly Line[] {
  const verdict = all[index];
  if (!verdict) return [];
  const isOpen =
    verdict.isReleased || (prefix.tree.root !== undefined && seeing.unit(prefix.tree.root.unitId) === 'ALL');
  const cells = verdictCells(verdict);
  return cells.map((cell) => line(isOpen ? derived(all, () => cell) : withhold(cell)));
}

const noteOf = (row: ReleaseRow): ReleaseNote => ({
  code: row.code,
  source: row.source,
  sourceMinN: row.sourceMinN,
  declaredBy: row.declaredRole,
  says:
    row.sourceMinN === null
      ? 'does not say from which group size it publishes'
      : `publishes no group below ${row.sourceMinN}, as declared by ${row.declaredRole}`,
});

function compute(rows: LeadLagRows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const place = placeAsked(prefix, question);
  if (isRefusal(place)) return place;
  const { unit, period } = place;
  const book = figureBook(prefix, rows);
  const asked: Asked = {
    prefix,
    book,
    targets: targetsOf(prefix, rows.targets),
    owing: owingOf(prefix, rows),
    seeing: seeingOf(question.viewer, prefix.tree, rows.posts),
    unitId: unit.unitId,
    period,
    releases: new Map(),
  };
  const current = rows.metrics
    .filter((metric) => metric.current && asked.seeing.metric(metric.legalClass))
    .sort(byCode);
  const metricOf = (metricId: string): Metric | undefined => current.find((metric) => metric.metricId === metricId);
  const actions = actionViews(rows);
  const within = new Set([unit.unitId, ...prefix.tree.descendants(unit.unitId).map(({ unitId }) => unitId)]);
  const verdicts = verdictsOf(prefix, book, rows.metrics, rows.hypotheses, rows.days);
  const supposed = new Set<string>();
  const paired = verdicts.flatMap(({ hypothesis }, index): readonly Line[] => {
    const [leading, lagging] = [metricOf(hypothesis.leadingMetricId), metricOf(hypothesis.laggingMetricId)];
    if (!leading || !lagging || hypothesis.replacedBy !== null) return [];
    supposed.add(leading.metricId).add(lagging.metricId);
    const row = hypothesis.code;
    return [
      ...metricCells(asked, leading, row, 'leading'),
      ...verdictColumn(asked, verdicts, index),
      actionsLine(prefix, actions, row, leading.metricId, within),
      ...metricCells(asked, lagging, row, 'lagging'),
    ];
  });
  const alone = current
    .filter(({ metricId }) => !supposed.has(metricId))
    .flatMap((metric) => metricCells(asked, metric, metric.code, 'value'));
  const lines = [...paired, ...alone];
  return reportOf(
    headerOf(leadLagReport, prefix, question, unit),
    lines,
    [...asked.releases.values()].sort(byCode).map(noteOf),
  );
}

/** R2: leading beside lagging, with the verdict of each hypothesis between them. */
export const leadLagReport: ReportDefinition<typeof leadLagReads> = {
  id: 'R2',
  name: 'Leading and lagging',
  question: 'What do we do, what follows, and did one go before the other?',
  reading:
    'Behind ±: the 95 % margin, which narrows with the share of those asked who answered. A scorecard (R3) leaves that out, so its margin of the same figure is wider: it judges how a unit is led, not only those people.',
  audience: ROLES,
  kind: 'both',
  version: 2,
  reads: leadLagReads,
  compute,
  mayOpen: mayOpenWith,
};
