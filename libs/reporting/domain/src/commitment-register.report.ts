import {
  commitmentAssessments,
  commitmentEvidence,
  commitmentIndicators,
  commitmentMilestones,
  commitmentPeriods,
  commitmentRegister,
  commitmentResources,
  ownerOfRow,
  type CommitmentPeriodRow,
  type CommitmentResourceRow,
} from '@plumbline/charter/domain';
import { type CitedRow, Decimal, ROLES, type Refusal, periodHolds, refuse, writeDecimal } from '@plumbline/kernel';
import { metricCatalogue } from '@plumbline/metrics/domain';
import { sayDoGap } from '@plumbline/measures';
import {
  calendarDays,
  leaderPosts,
  organizationProfile,
  personAbsences,
  policyInForceRows,
  unitRegister,
} from '@plumbline/organization/domain';
import { type Citation, type Disclosed, withhold, withoutFigures } from '@plumbline/privacy';
import { type Line, cellAt, headerOf, line, placeAsked, reportOf, wordLine } from './assembly';
import { mayOpenPromises, readsAllWords } from './charter-opening';
import { totalLines } from './commitment-totals';
import {
  asTree,
  byId,
  commitmentViews,
  NO_EVIDENCE_FOUND,
  OUTCOMES,
  type CommitmentView,
  type MilestoneView,
} from './commitment-views';
import { countCell, daysCell, numberLine } from './plain-figures';
import { type Prefix, citing, prefixOf } from './prefix';
import { type Question, type Report, type ReportDefinition, type RowsOf, type Viewer, isRefusal } from './report';

export const commitmentReads = {
  profile: organizationProfile,
  policies: policyInForceRows,
  days: calendarDays,
  units: unitRegister,
  posts: leaderPosts,
  absences: personAbsences,
  commitments: commitmentRegister,
  milestones: commitmentMilestones,
  indicators: commitmentIndicators,
  periods: commitmentPeriods,
  evidence: commitmentEvidence,
  resources: commitmentResources,
  assessments: commitmentAssessments,
  metrics: metricCatalogue,
} as const;
export type CommitmentReportRows = RowsOf<typeof commitmentReads>;

interface Asked {
  readonly prefix: Prefix;
  readonly rows: CommitmentReportRows;
  readonly viewer: Viewer;
}

/** `12,000 GBP + 0.2 FTE`, by what was pledged or released. */
function resourcesWord(rows: readonly CommitmentResourceRow[]): string | null {
  const sums = new Map<string, Decimal>();
  for (const { amount, currency, fte } of rows) {
    if (amount !== null && currency !== null) sums.set(currency, (sums.get(currency) ?? new Decimal(0)).plus(amount));
    if (fte !== null) sums.set('FTE', (sums.get('FTE') ?? new Decimal(0)).plus(fte));
  }
  const parts = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([unit, sum]) => `${writeDecimal(sum)} ${unit}`);
  return parts.length === 0 ? null : parts.join(' + ');
}

const reportWord = (period: CommitmentPeriodRow): string =>
  `${period.period} ${period.outcome}${period.nil === true ? ' NIL' : ''}${period.missed && period.outcome === 'LATE' ? ' after a miss' : ''}`;

const lastPeriod = ({ periods }: CommitmentView): CitedRow<CommitmentPeriodRow> | undefined =>
  [...periods.values()].sort((a, b) => (a.period < b.period ? 1 : -1))[0];

/** The owner reads their own words, who looks after all commitments reads all, everybody else is told that there are some. */
const mayRead = (view: CommitmentView, viewer: Viewer): boolean =>
  readsAllWords(viewer) || view.row.ownerIds.includes(viewer.id);

function milestoneLines(asked: Asked, view: CommitmentView, milestone: MilestoneView): readonly Line[] {
  const { row, firstDue, currentDue, state, slipDays, evidence } = milestone;
  const id = `${view.row.code}:${row.milestoneId}`;
  const cites = [...citing('target', [row]), ...citing('calendar', view.absences)];
  const word = (column: string, label: string, said: string | null): Line =>
    wordLine(`${id}/${column}`, `${label} · ${id}`, said, cites);
  const own = view.indicators.filter(({ milestoneId }) => milestoneId === row.milestoneId);
  return [
    word('promise', 'Milestone', row.title),
    word('first-due', 'First due', firstDue),
    word('current-due', 'Due', currentDue),
    numberLine(asked.prefix, countCell(`${id}/moves`, `Moves · ${id}`, row.moves, cites)),
    numberLine(asked.prefix, daysCell(`${id}/slip`, `Slip · ${id}`, slipDays, cites)),
    word('done', 'Done', row.doneOn),
    word('evidence', 'Evidence verified', evidence.total === 0 ? null : `${evidence.verified} of ${evidence.total}`),
    word('state', 'State', state),
    ...(row.contracted ? [] : [word('contracted', 'Contracted', 'ADDED_AFTER_ACCEPTANCE')]),
    ...own.flatMap((indicator) => indicatorLines(asked, `${id}:${indicator.indicatorId}`, indicator)),
  ];
}

function indicatorLines({ rows }: Asked, id: string, indicator: CommitmentView['indicators'][number]): readonly Line[] {
  const cites = citing('target', [indicator]);
  const word = (column: string, label: string, said: string | null): Line =>
    wordLine(`${id}/${column}`, `${label} · ${id}`, said, cites);
  const metric = rows.metrics.find(({ metricId, current }) => current && metricId === indicator.metricId);
  return [
    word('promise', 'Indicator', indicator.text),
    word('first-due', 'First due', indicator.baselineDue),
    word('office', 'Office', indicator.office),
    word('kind', 'Kind', indicator.kind),
    ...(metric ? [word('metric', 'Metric', metric.code)] : []),
  ];
}

/** What persons decided that sets aside what dates and milestones alone would say. */
function overridesOf({ row, milestones, standing }: CommitmentView): readonly string[] {
  const isAttestedEarlier =
    (row.attestedBy !== null && row.doneOn !== null && row.endedOn !== null && row.doneOn < row.endedOn) ||
    milestones.some(({ row: { doneOn, recordedOn } }) => doneOn !== null && recordedOn !== null && doneOn < recordedOn);
  return [
    ...(row.withdrawnOutside ? ['LEFT_OUT'] : []),
    ...(isAttestedEarlier ? ['DONE_AS_ATTESTED'] : []),
    ...(standing.remarks.includes(NO_EVIDENCE_FOUND) ? ['NO_EVIDENCE_FOUND'] : []),
  ];
}

function commitmentLines(asked: Asked, view: CommitmentView): readonly Line[] {
  const { prefix, rows, viewer } = asked;
  const { row, standing, evidence, slipDays } = view;
  const id = row.code;
  const cites = [...citing('target', [row]), ...citing('calendar', view.absences), ...prefix.dateCites];
  const word = (column: string, label: string, said: string | null, more: readonly Citation[] = []): Line =>
    wordLine(`${id}/${column}`, `${label} · ${id}`, said, [...cites, ...more]);
  const owned = <R extends { readonly commitmentId: string }>(all: readonly CitedRow<R>[]): readonly CitedRow<R>[] =>
    all.filter(({ commitmentId }) => commitmentId === row.commitmentId);
  const resources = owned(rows.resources);
  const contracted = view.milestones.filter((each) => each.row.contracted);
  const period = lastPeriod(view);
  const assessment = owned(rows.assessments).toSorted((a, b) =>
    `${a.assessedOn} ${a.assessmentId}` < `${b.assessedOn} ${b.assessmentId}` ? 1 : -1,
  )[0];
  const words = (column: string, label: string, text: string | null, of: readonly CitedRow[]): Line => {
    const cell = cellAt(`${id}/${column}`, `${label} · ${id}`, {
      word: text,
      state: text === null ? 'NO_DATA' : 'OK',
      cites: [...cites, ...citing('observation', of)],
    });
    return text !== null && !mayRead(view, viewer) ? line(withhold(cell)) : word(column, label, text, cell.cites);
  };
  const gap = row.selfStatus !== null && row.completion !== null ? sayDoGap(row.selfStatus, row.completion) : null;
  const parent = rows.commitments.find(({ commitmentId }) => commitmentId === row.parentCommitmentId);
  const owner = ownerOfRow(row, prefix.date);
  const lasting = (stage: string) => resources.filter((each) => each.stage === stage);
  return [
    word('promise', 'Promise', row.title),
    word('statement', 'What is promised', row.statement),
    word('office', 'Office', row.office),
    ...(owner !== null && mayRead(view, viewer) ? [word('owner', 'Owner', owner)] : []),
    word('unit', 'Unit', prefix.tree.unit(row.scopeUnitId)?.code ?? null),
    word('principles', 'Principles', row.principleIds.length === 0 ? null : row.principleIds.join(', ')),
    ...(parent ? [word('part-of', 'Part of', parent.code)] : []),
    word('first-due', 'First due', view.firstDue),
    word('current-due', 'Due', view.currentDue),
    numberLine(prefix, countCell(`${id}/moves`, `Moves · ${id}`, row.moves, cites)),
    numberLine(prefix, daysCell(`${id}/slip`, `Slip · ${id}`, slipDays, cites)),
    word(
      'done',
      'Milestones reached',
      contracted.length === 0
        ? null
        : `${contracted.filter(({ state }) => state === 'REACHED').length} of ${contracted.length}`,
      citing(
        'target',
        contracted.map((each) => each.row),
      ),
    ),
    word('self', 'Self-status', row.selfStatus),
    word('assessor', 'Assessor', row.completion, citing('verification', assessment ? [assessment] : [])),
    numberLine(
      prefix,
      cellAt(`${id}/gap`, `Gap between saying and doing · ${id}`, {
        value: gap === null ? null : String(gap),
        state: gap === null ? 'NO_DATA' : 'OK',
        word: gap === null ? null : String(gap),
        unit: 'steps',
        cites,
      }),
    ),
    word('evidence', 'Evidence verified', evidence.total === 0 ? null : `${evidence.verified} of ${evidence.total}`),
    word('pledged', 'Pledged', resourcesWord(lasting('PLEDGED')), citing('observation', lasting('PLEDGED'))),
    word(
      'released',
      'Released',
      row.needsNoResources ? 'NOTHING_NEEDED' : resourcesWord(lasting('RELEASED')),
      citing('observation', lasting('RELEASED')),
    ),
    word(
      'last-report',
      'Last report',
      period ? reportWord(period) : null,
      period ? citing('observation', [period]) : [],
    ),
    words('narrative', 'Narrative', period?.narrative ?? null, period ? [period] : []),
    words('challenges', 'Challenges', period?.challenges ?? null, period ? [period] : []),
    words('rationale', 'Rationale of the assessor', assessment?.rationale ?? null, assessment ? [assessment] : []),
    line(
      withoutFigures(
        cellAt(`${id}/state`, `State · ${id}`, {
          ...{ word: view.outcome, state: standing.state, status: standing.status, reasonCode: standing.reasonCode },
          ...{ remarks: standing.remarks, cites: [...cites, ...citing('observation', [...view.periods.values()])] },
        }),
      ),
    ),
    word('override', 'Override', overridesOf(view).join(', ') || 'NONE'),
    ...view.milestones.toSorted(byDue).flatMap((milestone) => milestoneLines(asked, view, milestone)),
    ...view.indicators
      .filter(({ milestoneId }) => milestoneId === null)
      .flatMap((indicator) => indicatorLines(asked, `${id}::${indicator.indicatorId}`, indicator)),
  ];
}

const byDue = (a: MilestoneView, b: MilestoneView): number => {
  const [left, right] = [a.currentDue ?? '9999', b.currentDue ?? '9999'];
  return left < right ? -1 : left > right ? 1 : byId(a.row.milestoneId, b.row.milestoneId);
};

const same = (a: string, b: string): boolean => a.normalize('NFC').toUpperCase() === b.normalize('NFC').toUpperCase();

/** Which commitments a question is about: of the unit and all below, and as its filters say. */
export function viewsAsked(
  prefix: Prefix,
  rows: CommitmentReportRows,
  question: Question,
):
  | { readonly views: readonly CommitmentView[]; readonly unit: { readonly code: string; readonly name: string } }
  | Refusal {
  const place = placeAsked(prefix, question);
  if (isRefusal(place)) return place;
  const { unit, period } = place;
  const { office, principle, state } = question.filters ?? {};
  const wanted = state?.toUpperCase().replaceAll('-', '_');
  if (wanted !== undefined && !OUTCOMES.some((outcome) => outcome === wanted))
    return refuse('a-state-of-a-promise-is-one-of-the-list', `Write one of ${OUTCOMES.join(', ')}.`);
  const within = new Set([unit.unitId, ...prefix.tree.descendants(unit.unitId).map(({ unitId }) => unitId)]);
  const views = commitmentViews(prefix, rows).filter(
    ({ row, indicators, firstDue, outcome }) =>
      (question.unit === undefined || within.has(row.scopeUnitId)) &&
      (period === null || (firstDue !== null && periodHolds(period, firstDue))) &&
      (question.leader === undefined || row.ownerIds.includes(question.leader)) &&
      (office === undefined ||
        [row.office, ...indicators.map((each) => each.office)].some((each) => each !== null && same(each, office))) &&
      (principle === undefined || row.principleIds.some((id) => same(id, principle))) &&
      (wanted === undefined || outcome === wanted),
  );
  return { views, unit };
}

function compute(rows: CommitmentReportRows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const asked = viewsAsked(prefix, rows, question);
  if (isRefusal(asked)) return asked;
  const { views, unit } = asked;
  return reportOf(headerOf(commitmentRegisterReport, prefix, question, unit), [
    ...asTree(views).flatMap((view) => commitmentLines({ prefix, rows, viewer: question.viewer }, view)),
    ...totalLines(prefix, views),
  ]);
}

/** R1: every commitment, ended ones too, worst first. */
export const commitmentRegisterReport: ReportDefinition<typeof commitmentReads> = {
  id: 'R1',
  name: 'Commitment register',
  question: 'What was promised, by when, how far is it, and what shows it?',
  audience: ROLES,
  kind: 'leading',
  version: 2,
  filters: ['leader', 'office', 'principle', 'state'],
  columns: [
    { id: 'row', title: 'Commitment', align: 'left' },
    { id: 'promise', title: 'Promise', align: 'left' },
    { id: 'first-due', title: 'First due', align: 'left' },
    { id: 'current-due', title: 'Due', align: 'left' },
    { id: 'moves', title: 'Moves', align: 'right' },
    { id: 'slip', title: 'Slip', align: 'right' },
    { id: 'done', title: 'Done', align: 'left' },
    { id: 'evidence', title: 'Verified', align: 'left' },
    { id: 'last-report', title: 'Last report', align: 'left' },
    { id: 'state', title: 'State', align: 'left' },
    { id: 'override', title: 'Override', align: 'left' },
  ],
  reads: commitmentReads,
  compute,
  mayOpen: mayOpenPromises,
};
