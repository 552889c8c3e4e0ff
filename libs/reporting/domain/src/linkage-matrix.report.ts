import { belongingWordOf } from '@plumbline/frameworks';
import {
  type ActorRole,
  type CitedRow,
  Decimal,
  type LocalDate,
  type Refusal,
  addDays,
  refuse,
} from '@plumbline/kernel';
import {
  type MetricLinkRow,
  cycleRegister,
  linkCarries,
  metricLinks,
  scorecardComponents,
  scorecards,
  sourceOf,
} from '@plumbline/evaluations/domain';
import { legalReviews } from '@plumbline/organization/domain';
import type { Disclosed } from '@plumbline/privacy';
import { type Line, headerOf, reportOf, wordLine } from './assembly';
import { mayOpenWith } from './event-opening';
import type { Metric } from './figure-book';
import { barredAsOf } from './firewall-as-of';
import { leadLagReads } from './lead-lag.report';
import { citing, prefixOf } from './prefix';
import { type Question, type Report, type ReportDefinition, type RowsOf, isRefusal } from './report';
import { type Cycle, cycleAsked } from './scorecard-views';

export const linkageReads = {
  ...leadLagReads,
  reviews: legalReviews,
  cycles: cycleRegister,
  links: metricLinks,
  scorecards,
  components: scorecardComponents,
} as const;
export type LinkageRows = RowsOf<typeof linkageReads>;
type Link = CitedRow<MetricLinkRow>;

const OVERSEERS: readonly ActorRole[] = ['hr', 'legal', 'auditor', 'process'];
const EXPIRES_WITHIN_DAYS = 90;

const folded = (code: string): string => code.normalize('NFC').toUpperCase();
const percent = (bp: number): string => `${new Decimal(bp).dividedBy(100).toFixed()} %`;

interface Verdict {
  readonly state: 'LINKED' | 'FREE' | 'NEEDS_REVIEW' | 'REFUSED' | 'EXPIRES';
  readonly rule: string | null;
}

/** Words of the firewall that a review can mend; all others are for ever. */
const MENDED_BY_REVIEW: readonly string[] = [
  'a-metric-whose-class-is-void-cannot-count-in-an-evaluation',
  'an-expired-class-review-cannot-carry-an-evaluation',
  'a-link-rests-on-a-live-legal-review',
];

function verdictOf(rows: LinkageRows, metric: Metric, link: Link | undefined, day: LocalDate): Verdict {
  const companion = rows.metrics.find((row) => row.current && row.metricId === metric.companionMetricId);
  const agreed = { metricVersion: metric.version, definitionVersion: metric.definitionVersion };
  const barred = barredAsOf({ metric, companion, link, byClass: false, agreed }, day);
  if (link && linkCarries(link, metric.version, day) && barred === null) {
    const soon = link.expiresAt !== null && link.expiresAt < addDays(day, EXPIRES_WITHIN_DAYS);
    return { state: soon ? 'EXPIRES' : 'LINKED', rule: null };
  }
  if (barred !== null && !MENDED_BY_REVIEW.includes(barred.rule)) return { state: 'REFUSED', rule: barred.rule };
  if (link?.state === 'REFUSED' && link.metricVersion === metric.version) return { state: 'REFUSED', rule: link.rule };
  const isVoid = barred !== null && barred.rule !== 'a-link-rests-on-a-live-legal-review';
  const reviewed = rows.reviews.some(
    (review) =>
      review.decision !== 'REFUSED' &&
      day <= review.expiresAt &&
      ((review.objectKind === 'metric' && review.objectId === metric.metricId) ||
        (review.objectKind === 'link' && review.objectId === link?.linkId)) &&
      (review.objectVersion === null || review.objectVersion === metric.version),
  );
  return isVoid || !reviewed
    ? { state: 'NEEDS_REVIEW', rule: barred?.rule ?? 'a-link-rests-on-a-live-legal-review' }
    : { state: 'FREE', rule: null };
}

interface GroupWeights {
  /** By metric id, the most it weighs in a contract of the group. */
  readonly byMetric: ReadonlyMap<string, number>;
  readonly single: number;
  readonly survey: number;
  /** After the worst redistribution that still leaves a total. */
  readonly worstSingle: number;
  readonly worstSurvey: number;
  readonly overlapping: readonly string[];
}

/** Weights spread over what is left; at worst all but the least coverage is left out, and the limits still clip. */
function weightsOf(rows: LinkageRows, cycle: Cycle | null, group: string): GroupWeights {
  const byMetric = new Map<string, number>();
  const seenIn = new Map<string, Set<string>>();
  let [single, survey, worstSingle, worstSurvey] = [0, 0, 0, 0];
  for (const card of rows.scorecards) {
    if (card.cycleId !== cycle?.cycleId || folded(card.group) !== folded(group)) continue;
    let sum = 0;
    for (const row of rows.components) {
      if (row.scorecardId !== card.scorecardId || row.edition !== card.edition) continue;
      const source = sourceOf(row);
      single = Math.max(single, row.weightBp);
      const worst = Math.ceil((row.weightBp * 10_000) / card.limitCoverageBp);
      worstSingle = Math.max(worstSingle, Math.min(card.limitSingleBp, worst));
      if (source.type !== 'METRIC') continue;
      if (source.survey) sum += row.weightBp;
      byMetric.set(source.metricId, Math.max(byMetric.get(source.metricId) ?? 0, row.weightBp));
      for (const { unit } of source.scopes) {
        const place = `${source.metric} ${unit} ${source.period}`;
        seenIn.set(place, (seenIn.get(place) ?? new Set()).add(card.leader));
      }
    }
    survey = Math.max(survey, sum);
    worstSurvey = Math.max(worstSurvey, Math.min(card.limitSurveyBp, Math.ceil((sum * 10_000) / card.limitCoverageBp)));
  }
  const overlapping = [...seenIn]
    .filter(([, leaders]) => leaders.size > 1)
    .map(([place, leaders]) => `${place} in ${leaders.size} scorecards`);
  return { byMetric, single, survey, worstSingle, worstSurvey, overlapping: overlapping.sort() };
}

/** The cycle asked for; without one the last frozen, and before any was frozen the last opened: links are judged beforehand. */
function cycleOf(rows: LinkageRows, asked: string | undefined): Cycle | null | Refusal {
  const found = cycleAsked(rows.cycles, asked);
  if (!isRefusal(found) || asked !== undefined) return found;
  return (
    [...rows.cycles].sort((a, b) => (`${a.periodStart}${a.code}` < `${b.periodStart}${b.code}` ? 1 : -1))[0] ?? null
  );
}

function groupsSeen(cycle: Cycle | null, links: readonly Link[], { viewer }: Question): readonly string[] {
  const population = cycle ? (JSON.parse(cycle.population) as Readonly<Record<string, string>>) : {};
  const all = new Map(
    [...(cycle?.groups ?? []), ...links.map(({ group }) => group)].map((group) => [folded(group), group]),
  );
  const own = population[viewer.id];
  const groups = OVERSEERS.includes(viewer.role) ? [...all.values()] : own === undefined ? [] : [own];
  return groups.sort();
}

function compute(rows: LinkageRows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const cycle = cycleOf(rows, question.cycle);
  if (cycle !== null && isRefusal(cycle)) return cycle;
  const groups = groupsSeen(cycle, rows.links, question);
  const oversees = OVERSEERS.includes(question.viewer.role);
  if (groups.length === 0 && !oversees)
    return refuse('a-leader-sees-the-links-of-the-own-group', 'You are in no group of leaders of this cycle.');
  const linkOf = new Map(rows.links.map((row) => [`${row.metricId}/${folded(row.group)}`, row]));
  const metrics = rows.metrics.filter(({ current }) => current).sort((a, b) => (a.code < b.code ? -1 : 1));
  const lines = groups.flatMap((group): readonly Line[] => {
    const weights = weightsOf(rows, cycle, group);
    const seen = metrics.filter(
      ({ metricId }) =>
        oversees || weights.byMetric.has(metricId) || linkOf.get(`${metricId}/${folded(group)}`)?.state === 'LINKED',
    );
    return [
      ...seen.flatMap((metric) => {
        const link = linkOf.get(`${metric.metricId}/${folded(group)}`);
        const { state, rule } = verdictOf(rows, metric, link, prefix.date);
        const weight = weights.byMetric.get(metric.metricId);
        const id = `${metric.code}:${group}`;
        const cites = [...citing('definition', [metric]), ...(link ? citing('scorecard', [link]) : [])];
        const word = (column: string, label: string, said: string | null): Line =>
          wordLine(`${id}/${column}`, `${label} · ${metric.code} · ${group}`, said, cites);
        return [
          word('metric', 'Metric', `${metric.code} version ${metric.version}`),
          word('group', 'Group', group),
          word('kind', 'What it tells of', belongingWordOf(metric)),
          word('class', 'Legal class', metric.legalClass ?? 'VOID'),
          word('weight', 'Weight', weight === undefined ? null : percent(weight)),
          word('link', 'Link', state),
          word('rule', 'Rule', rule),
          word('expires', 'Expires', link?.state === 'LINKED' ? link.expiresAt : null),
        ];
      }),
      ...limitLines(group, weights, cycle),
    ];
  });
  return reportOf(headerOf(linkageMatrixReport, prefix, question, prefix.tree.root), lines);
}

function limitLines(group: string, weights: GroupWeights, cycle: Cycle | null): readonly Line[] {
  const cites = cycle ? citing('scorecard', [cycle]) : [];
  const row = (id: string, what: string, agreed: number, worst: number): readonly Line[] => [
    wordLine(`${id}:${group}/metric`, `${what} · ${group}`, what, cites),
    wordLine(`${id}:${group}/group`, `Group · ${what}`, group, cites),
    wordLine(`${id}:${group}/weight`, `As agreed · ${what} · ${group}`, percent(agreed), cites),
    wordLine(`${id}:${group}/worst`, `At worst redistribution · ${what} · ${group}`, percent(worst), cites),
  ];
  return [
    ...row('limit-single', 'Heaviest component', weights.single, weights.worstSingle),
    ...row('limit-survey', 'Surveys together', weights.survey, weights.worstSurvey),
    wordLine(`overlaps:${group}/metric`, `Overlaps · ${group}`, 'Figures that several leaders answer for', cites),
    wordLine(`overlaps:${group}/group`, `Group · overlaps`, group, cites),
    wordLine(
      `overlaps:${group}/rule`,
      `Overlaps · ${group}`,
      weights.overlapping.length === 0 ? 'NONE' : weights.overlapping.join('; '),
      cites,
    ),
  ];
}

/** R5: what may count for whom, and by which rule not. */
export const linkageMatrixReport: ReportDefinition<typeof linkageReads> = {
  id: 'R5',
  name: 'Linkage matrix',
  question: 'Which metrics may count in whose scorecards, how much, on which review, and what forbids the rest?',
  audience: ['executive', 'program-lead', 'hr', 'legal', 'auditor'],
  kind: 'both',
  version: 1,
  filters: ['cycle'],
  restricted: true,
  keepsOutBy: ['a-leader-sees-the-links-of-the-own-group'],
  columns: [
    { id: 'metric', title: 'metric', align: 'left' },
    { id: 'group', title: 'group', align: 'left' },
    { id: 'kind', title: 'tells of', align: 'left' },
    { id: 'class', title: 'class', align: 'left' },
    { id: 'weight', title: 'weight', align: 'right' },
    { id: 'worst', title: 'at worst', align: 'right' },
    { id: 'link', title: 'link', align: 'left' },
    { id: 'expires', title: 'expires', align: 'left' },
    { id: 'rule', title: 'rule', align: 'left' },
  ],
  reads: linkageReads,
  compute,
  mayOpen: mayOpenWith,
};
