import { type CitedRow, Decimal, type LocalDate, type Period, addDays, parsePeriod } from '@plumbline/kernel';
import { type CommitmentRow, commitmentRegister, countedPromise, ownerOfRow } from '@plumbline/charter/domain';
import {
  type Component,
  type ComponentSource,
  type ComputedScorecard,
  type CycleRow,
  type FigureForScoring,
  type ForScoring,
  type MetricForScoring,
  type MetricSource,
  type ScorecardComponentRow,
  type ScorecardRow,
  computeScorecard,
  cycleRegister,
  metricLinks,
  scorecardComponents,
  scorecards,
  sourceOf,
} from '@plumbline/evaluations/domain';
import { answerableFor, type PromiseItem, tenureShare } from '@plumbline/measures';
import {
  importVerifications,
  metricCatalogue,
  observationSeries,
  releaseRegister,
  releaseUnits,
  targetRegister,
} from '@plumbline/metrics/domain';
import {
  calendarDays,
  headcounts,
  leaderPosts,
  lineOf,
  organizationProfile,
  personAbsences,
  policyInForceRows,
  unitRegister,
} from '@plumbline/organization/domain';
import type { Disclosed } from '@plumbline/privacy';
import { actionDeliveries, actionEvidence, actionRegister } from '@plumbline/programs/domain';
import { type ComponentFigures, componentFigures } from './component-figures';
import { type Metric, figureBook } from './figure-book';
import { historyReads } from './figure-history';
import { barredAsOf } from './firewall-as-of';
import { owingOf } from './owing';
import { type Prefix, prefixOf } from './prefix';
import { type Question, type RowsOf, isRefusal } from './report';
import { definitionOf } from './verdicts';

export const scoringReads = {
  profile: organizationProfile,
  policies: policyInForceRows,
  days: calendarDays,
  units: unitRegister,
  posts: leaderPosts,
  absences: personAbsences,
  headcounts,
  metrics: metricCatalogue,
  observations: observationSeries,
  ...historyReads,
  verifications: importVerifications,
  releases: releaseRegister,
  releaseUnits,
  targets: targetRegister,
  cycles: cycleRegister,
  scorecards,
  components: scorecardComponents,
  links: metricLinks,
  commitments: commitmentRegister,
  actions: actionRegister,
  deliveries: actionDeliveries,
  evidence: actionEvidence,
} as const;
export type ScoringRows = RowsOf<typeof scoringReads>;

type Card = CitedRow<ScorecardRow>;
type Cycle = CitedRow<CycleRow>;
type ComponentOf = CitedRow<ScorecardComponentRow>;

/** Everything a cycle's scorecards are computed from, as of one position. */
export interface Scoring {
  readonly prefix: Prefix;
  /** Contracts that were accepted by then. */
  accepted(cycleId: string): readonly Card[];
  cycle(cycleId: string): Cycle | undefined;
  /** What a leader's accepted contract comes to; null when there is none. */
  computed(cycleId: string, leader: string, measuredOn: LocalDate): ComputedScorecard | null;
}

const grouped = <T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
};

const byPlace = (a: ComponentOf, b: ComponentOf): number => a.place - b.place;

export const componentOf = (row: ScorecardComponentRow): Component => ({
  id: row.componentId,
  title: row.title,
  kind: row.kind,
  source: sourceOf(row),
  weightBp: row.weightBp,
  capPoints: row.capPoints,
  warnings: [...row.warnings] as Component['warnings'],
});

/** Reads rows into what scoring needs. A pure function of the rows: whoever has the log has the result. */
export function scoringOf(rows: ScoringRows, question: Question): Scoring | null {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return null;
  const { tree, profile, date } = prefix;
  const figures: ComponentFigures = componentFigures(prefix, figureBook(prefix, rows), rows, owingOf(prefix, rows));
  const cycles = new Map(rows.cycles.map((row) => [row.cycleId, row]));
  const cards = grouped(rows.scorecards, ({ cycleId }) => cycleId);
  const components = grouped(rows.components, ({ scorecardId }) => scorecardId);
  const current = new Map(rows.metrics.filter((row) => row.current).map((row) => [row.metricId, row]));
  const links = new Map(rows.links.map((row) => [`${row.metricId}/${row.group.toUpperCase()}`, row]));
  const commitments = new Map(rows.commitments.map((row) => [row.commitmentId, row]));
  const actions = new Map(rows.actions.map((row) => [row.actionId, row]));
  const deliveries = grouped(rows.deliveries, ({ actionId }) => actionId);
  const evidence = grouped(rows.evidence, ({ actionId }) => actionId);
  const posts = grouped(rows.posts, ({ leader }) => leader);
  const absences = grouped(rows.absences, ({ personId }) => personId);
  const absencesOf = (person: string) =>
    (absences.get(person) ?? []).map(({ absentFrom, absentTo }) => ({ from: absentFrom, to: absentTo }));
  const versions = new Map<string, Metric | undefined>();
  const metricOf = (metricId: string, definitionVersion: number): Metric | undefined => {
    const key = `${metricId}/${definitionVersion}`;
    if (!versions.has(key)) versions.set(key, definitionOf(rows.metrics, metricId, definitionVersion));
    return versions.get(key);
  };

  const periodOf = (text: string): Period => figures.period(text) ?? parsePeriod(text, profile.fiscalYear);

  /** Posts in the unit itself and above it, for whoever leads a division leads its units; else below it: who answers for a part of a scope shares it. */
  const postsIn = (leader: string, unitId: string) => {
    const held = posts.get(leader) ?? [];
    const over = new Set([unitId, ...tree.ancestors(unitId).map((unit) => unit.unitId)]);
    const leading = held.filter((post) => over.has(post.unitId));
    if (leading.length > 0) return leading;
    const below = new Set(tree.descendants(unitId).map((unit) => unit.unitId));
    return held.filter((post) => below.has(post.unitId));
  };

  const shares = new Map<string, Decimal | null>();
  const shareOf = (card: Card, unitId: string, source: MetricSource, measuredOn: LocalDate): Decimal | null => {
    const period = periodOf(source.period);
    const window = {
      start: period.start < card.periodStart ? period.start : card.periodStart,
      end: card.periodEnd,
      measuredOn: period.end < measuredOn ? period.end : measuredOn,
    };
    const key = [card.leader, unitId, window.start, window.end, window.measuredOn].join('/');
    if (!shares.has(key)) {
      const held = postsIn(card.leader, unitId).map(({ heldFrom, heldTo }) => ({ from: heldFrom, to: heldTo }));
      shares.set(key, tenureShare(window, held, absencesOf(card.leader)));
    }
    return shares.get(key) ?? null;
  };

  const inLine = (leader: string, owner: string | null): boolean =>
    owner !== null &&
    (owner === leader ||
      lineOf(owner, tree, rows.posts).includes(leader) ||
      lineOf(leader, tree, rows.posts).includes(owner));

  function forMetric(card: Card, row: ComponentOf, source: MetricSource, measuredOn: LocalDate): MetricForScoring {
    const now = current.get(source.metricId);
    const metric = metricOf(source.metricId, source.definitionVersion);
    const link = links.get(`${source.metricId}/${card.group.toUpperCase()}`);
    const companion = now?.companionMetricId == null ? undefined : current.get(now.companionMetricId);
    const units = [...source.scopes, ...(source.fallback ? [source.fallback] : [])];
    const agreed = { metricVersion: source.metricVersion, definitionVersion: source.definitionVersion };
    const byClass = units.some(({ unitId }) => tree.unit(unitId)?.classDefined === true);
    const barred = barredAsOf({ metric: now, companion, link, byClass, agreed }, date);
    const cites = [...(now?.events ?? []), ...(link?.events ?? [])];
    const shared = {
      type: 'METRIC' as const,
      direction: metric?.direction ?? ('HIGHER' as const),
      owedBy: inLine(card.leader, source.dataOwner) ? ('LEADERS_LINE' as const) : ('OUTSIDE' as const),
      noticeOn: row.noticeOn,
      cites,
    };
    if (barred || !metric)
      return {
        ...shared,
        barred: barred ?? { rule: 'an-evaluation-rests-on-a-defined-metric', reason: 'METRIC_RETIRED' },
        scopes: [],
        fallback: null,
      };
    const period = periodOf(source.period);
    const due = profile.dueDays === null ? null : addDays(period.end, profile.dueDays);
    const away = source.dataOwner === null ? [] : absencesOf(source.dataOwner);
    const at = (unitId: string) => {
      const asked = { metric, unitId, period: source.period, since: card.periodStart };
      return { unitId, figure: figures.figure(asked), target: figures.target(asked, card.cycleId) };
    };
    return {
      ...shared,
      barred: null,
      scopes: source.scopes.map(({ unitId }) => ({
        ...at(unitId),
        share: shareOf(card, unitId, source, measuredOn),
        due,
        absentWhenDue: due !== null && away.some(({ from, to }) => from <= due && due <= to),
      })),
      fallback: source.fallback === null ? null : at(source.fallback.unitId),
    };
  }

  const promise = (card: Card, row: CitedRow<CommitmentRow>, weight: number): PromiseItem => {
    const owner = row.firstDue === null ? null : ownerOfRow(row, row.firstDue);
    const counted = countedPromise({ ...row, state: row.status }, owner === null ? [] : absencesOf(owner));
    const owners = row.ownerIds.map((each, index) => ({ owner: each, from: row.ownerFrom[index]! }));
    const answerable = counted.firstDue === null ? 'ANSWERS' : answerableFor(card.leader, owners, counted.firstDue);
    return { id: row.code, weight, graceDays: card.graceDays, ...counted, answerable };
  };

  function forScoring(card: Card, row: ComponentOf, source: ComponentSource, measuredOn: LocalDate): ForScoring {
    switch (source.type) {
      case 'METRIC':
        return forMetric(card, row, source, measuredOn);
      case 'COMMITMENTS': {
        const promised = source.commitments.flatMap(({ commitmentId, weight }) => {
          const found = commitments.get(commitmentId);
          return found ? [{ item: promise(card, found, weight), cites: found.events }] : [];
        });
        return {
          type: 'COMMITMENTS',
          items: promised.map(({ item }) => item),
          cites: promised.flatMap(({ cites }) => cites),
        };
      }
      case 'ACTIONS': {
        const named = source.actions.flatMap(({ actionId }) => actions.get(actionId) ?? []);
        const items = named.map(({ actionId, plannedDeliveries }) => {
          const done = (deliveries.get(actionId) ?? []).filter((each) => !each.withdrawn && each.date <= measuredOn);
          const proofs = (evidence.get(actionId) ?? []).filter(
            ({ withdrawn, expiresAt, attestor }) =>
              !withdrawn && attestor !== null && attestor !== card.leader && (expiresAt === null || date <= expiresAt),
          );
          return {
            delivered: done.reduce((sum, { count }) => sum + count, 0),
            planned: plannedDeliveries,
            verified: proofs.length > 0,
            cites: [...done, ...proofs].flatMap(({ events }) => events),
          };
        });
        return {
          type: 'ACTIONS',
          items,
          cites: [...named.flatMap(({ events }) => events), ...items.flatMap(({ cites }) => cites)],
        };
      }
    }
  }

  const accepted = (cycleId: string): readonly Card[] =>
    (cards.get(cycleId) ?? []).filter((card) => card.accepted !== 'NO');
  const ofLeader = new Map(rows.scorecards.map((card) => [`${card.cycleId}/${card.leader}`, card]));

  return {
    prefix,
    accepted,
    cycle: (cycleId) => cycles.get(cycleId),
    computed: (cycleId, leader, measuredOn) => {
      const card = ofLeader.get(`${cycleId}/${leader}`);
      if (!card || card.accepted === 'NO') return null;
      const own = (components.get(card.scorecardId) ?? [])
        .filter(({ edition }) => edition === card.edition)
        .sort(byPlace);
      const limits = {
        coverageBp: card.limitCoverageBp,
        surveyBp: card.limitSurveyBp,
        singleBp: card.limitSingleBp,
        processFloorBp: card.limitProcessBp,
        minScoredN: card.minScoredN,
      };
      const agreed = own.map((row) => ({ row, component: componentOf(row) }));
      const inputs = new Map(
        agreed.map(({ row, component }) => [row.componentId, forScoring(card, row, component.source, measuredOn)]),
      );
      return computeScorecard(
        agreed.map(({ component }) => component),
        limits,
        inputs,
        { day: date, measuredOn },
      );
    },
  };
}

/** Figures asked for one by one, by ids; of a metric that nobody defined there is none. */
export function scoringFigures(
  rows: ScoringRows,
  question: Question,
  asked: readonly { readonly metricId: string; readonly unitId: string; readonly period: string }[],
): readonly (Disclosed<FigureForScoring> | null)[] {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return asked.map(() => null);
  const figures = componentFigures(prefix, figureBook(prefix, rows), rows, owingOf(prefix, rows));
  const current = new Map(rows.metrics.filter((row) => row.current).map((row) => [row.metricId, row]));
  return asked.map(({ metricId, unitId, period }) => {
    const metric = current.get(metricId);
    return metric && figures.period(period) ? figures.figure({ metric, unitId, period }) : null;
  });
}
