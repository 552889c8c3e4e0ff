import {
  accept,
  addDays,
  askFact,
  refuse,
  sameData,
  streamFact,
  type Decision,
  type DecisionContext,
  type FactAnswers,
  type FactQuery,
  type LocalDate,
  type Refusal,
} from '@plumbline/kernel';
import { brokenModifierRule, contractFault, UP_TO_TARGET, STRETCHING } from '@plumbline/measures';
import { metricFacts, metricKey, targetFacts, targetKey, type MetricFacts } from '@plumbline/metrics/facts';
import { unitFacts } from '@plumbline/organization/facts';
import type { Component, ComponentAsked, ComponentSource, Limits } from './component';
import { cycleFacts, type CycleFacts } from './cycle.facts';
import { companionFact, isFirewallRule, ruleAgainstMetric, ruleAgainstUnit } from './firewall';
import { linkCarries, linkFacts } from './link.facts';
import { organizationFact, organizationIn, unitIn, unitKey } from './other-contexts';
import { actionFact, againstActions, againstCommitments, commitmentFact } from './promised';
import type { ScorecardCommand } from './scorecard.commands';
import type { ScorecardEvent } from './scorecard.events';
import type { ScorecardFacts } from './scorecard.facts';
import { cycleKey, linkKey } from './streams.facts';

export type Issue = Extract<ScorecardCommand, { type: 'evaluations.IssueScorecard' }>['data'];
type MetricAsked = Extract<ComponentAsked['source'], { type: 'METRIC' }>;

/** Whether a figure of this metric, unit and period will tell itself from noise, by headcount and last response. About `{metric, unit, period}`. */
export const EXPECTED_NOISE = 'reporting.expected-noise';
export type ExpectedNoise = 'TELLS_ITSELF_FROM_NOISE' | 'LOST_IN_NOISE' | 'UNKNOWN';

const metricSources = (components: readonly ComponentAsked[]): readonly MetricAsked[] =>
  components.flatMap(({ source }) => (source.type === 'METRIC' ? [source] : []));
const scopesOf = ({ units, fallback }: MetricAsked): readonly string[] =>
  fallback === undefined ? units : [...units, fallback];
const noiseAbout = ({ metric, period }: MetricAsked, unit: string) => ({ metric, unit, period });

export const issueFacts = ({ cycle, components }: Issue): readonly FactQuery[] => [
  streamFact(cycleFacts, cycleKey(cycle)),
  organizationFact,
  ...metricSources(components).flatMap((source) => [
    streamFact(metricFacts, metricKey(source.metric)),
    ...scopesOf(source).map((unit) => streamFact(unitFacts, unitKey(unit))),
    ...source.units.flatMap((unit) => [
      streamFact(targetFacts, targetKey(source.metric, unit, source.period)),
      askFact(EXPECTED_NOISE, noiseAbout(source, unit)),
    ]),
  ]),
  ...components.flatMap(({ source }) => {
    if (source.type === 'COMMITMENTS') return source.commitments.map(({ commitment }) => commitmentFact(commitment));
    return source.type === 'ACTIONS' ? source.actions.map(actionFact) : [];
  }),
];

/** Links are named by the leader's group, companions by the metrics: known only now. */
export const furtherIssueFacts = ({ cycle, leader, components }: Issue, known: FactAnswers): readonly FactQuery[] => {
  const group = known.stream(cycleFacts, cycleKey(cycle)).groups.get(leader);
  return metricSources(components).flatMap(({ metric }) => [
    ...(group === undefined ? [] : [streamFact(linkFacts, linkKey(metric, group))]),
    ...companionFact(metric, known),
  ]);
};

const metricIn = (context: DecisionContext, metric: string): MetricFacts =>
  context.facts.stream(metricFacts, metricKey(metric));

/** The firewall, component by component: the first that it stops is put on record. */
function stoppedByFirewall(data: Issue, cycle: CycleFacts, context: DecisionContext): Refusal<ScorecardEvent> | null {
  for (const { id, source } of data.components) {
    if (source.type !== 'METRIC') continue;
    const rule =
      ruleAgainstMetric(metricIn(context, source.metric), context.facts, context.today) ??
      scopesOf(source)
        .map((unit) => ruleAgainstUnit(unitIn(context, unit)))
        .find((each) => each !== null) ??
      null;
    if (rule === null) continue;
    const detail = `Component ${id} on ${source.metric}.`;
    if (!isFirewallRule(rule)) return refuse(rule, `${detail} Check the codes in units and fallback.`);
    return {
      refused: rule,
      detail: `${detail} The refusal is on record.`,
      events: [
        {
          type: 'evaluations.ScorecardComponentRefused.v1',
          data: {
            ...{ scorecardId: context.id, cycleId: cycle.cycleId, leader: data.leader, componentId: id },
            metricId: context.idOf(metricKey(source.metric)),
            rule,
            refusedFor: context.actor.id,
          },
        },
      ],
    };
  }
  return null;
}

function againstLink(id: string, { metric }: MetricAsked, group: string, context: DecisionContext): Refusal | null {
  const { version } = metricIn(context, metric);
  const link = context.facts.stream(linkFacts, linkKey(metric, group));
  if (linkCarries(link, version, context.today)) return null;
  return link.state === 'LINKED' && link.metricVersion !== version
    ? refuse(
        'a-link-covers-the-version-it-was-requested-for',
        `Component ${id}: ${metric} was revised since it was linked to ${group}. Request the link anew.`,
      )
    : refuse(
        'a-component-rests-on-a-link-of-its-metric-to-the-group',
        `Component ${id}: ${metric} is not linked to ${group}. Send evaluations.RequestLink and have it approved.`,
      );
}

function againstTarget(id: string, source: MetricAsked, cycle: CycleFacts, context: DecisionContext): Refusal | null {
  const open = source.units.find((unit) => {
    const target = context.facts.stream(targetFacts, targetKey(source.metric, unit, source.period));
    return target.state !== 'LOCKED' || target.cycleId !== cycle.cycleId;
  });
  return open === undefined
    ? null
    : refuse(
        'a-component-rests-on-a-target-locked-into-its-cycle',
        `Component ${id}: no target of ${source.metric}, ${open}, ${source.period} is locked into ${cycle.code}.`,
      );
}

function againstNoise(id: string, source: MetricAsked, context: DecisionContext): Refusal | null {
  const lost = source.units.filter(
    (unit) => context.facts.ask<ExpectedNoise>(EXPECTED_NOISE, noiseAbout(source, unit)) === 'LOST_IN_NOISE',
  );
  return lost.length === 0 || source.fallback !== undefined
    ? null
    : refuse(
        'a-component-must-tell-itself-from-noise',
        `Component ${id}: by headcount and last response, ${lost.join(', ')} would not. Name a larger unit in units, or one in fallback.`,
      );
}

const KIND_OF_SOURCE = { COMMITMENTS: 'COMMITMENTS', ACTIONS: 'PROCESS' } as const;

function againstKind({ id, kind, weight, source }: ComponentAsked, context: DecisionContext): Refusal | null {
  if (source.type === 'METRIC') {
    const { definition } = metricIn(context, source.metric);
    const isModifier = kind === 'MODIFIER';
    if (isModifier !== (weight === 0) || isModifier !== (source.steps ?? []).length > 0)
      return refuse(
        'a-modifier-has-steps-and-no-weight',
        `Component ${id}: a MODIFIER has weight 0 and steps; every other kind has a weight and none.`,
      );
    const direction = definition?.direction ?? 'HIGHER';
    if (isModifier && direction === 'RANGE')
      return refuse(
        'a-modifier-rests-on-a-metric-with-one-better-side',
        `Component ${id}: of ${source.metric} neither more nor less is better.`,
      );
    if (isModifier && direction !== 'RANGE' && brokenModifierRule(source.steps ?? [], direction) !== null)
      return refuse(
        'a-modifier-has-steps-that-each-take-more-than-the-one-before',
        `Component ${id}: the worse the figure the more is taken, and no two steps are at one place.`,
      );
    return isModifier || kind === definition?.level
      ? null
      : refuse(
          'a-component-is-of-the-kind-of-its-source',
          `Component ${id}: ${source.metric} is of level ${definition?.level ?? 'unknown'}, not ${kind}.`,
        );
  }
  return kind === KIND_OF_SOURCE[source.type] && weight > 0
    ? null
    : refuse(
        'a-component-is-of-the-kind-of-its-source',
        `Component ${id}: the kind of ${source.type} is ${KIND_OF_SOURCE[source.type]}, with a weight.`,
      );
}

const most = (kind: Component['kind']): number =>
  (kind === 'CLIMATE' || kind === 'OUTCOME' ? UP_TO_TARGET : STRETCHING).stretch;

/** One event earns points in one component: no metric, commitment or action stands in two. */
function againstDouble(components: readonly ComponentAsked[]): Refusal | null {
  const named = components.flatMap(({ source }): readonly string[] => {
    switch (source.type) {
      case 'METRIC':
        return [`metric ${source.metric}`];
      case 'COMMITMENTS':
        return source.commitments.map(({ commitment }) => `commitment ${commitment}`);
      case 'ACTIONS':
        return source.actions.map((action) => `action ${action}`);
    }
  });
  const folded = named.map((name) => name.normalize('NFC').toUpperCase());
  const twice = named.find((_name, index) => folded.indexOf(folded[index] ?? '') !== index);
  return twice === undefined
    ? null
    : refuse(
        'an-event-earns-points-in-one-component',
        `The ${twice} is named twice. Several units go into one component.`,
      );
}

function againstShape({ components }: Issue): Refusal | null {
  if (new Set(components.map(({ id }) => id)).size !== components.length)
    return refuse('a-component-has-an-id-of-its-own', 'Two components have the same id.');
  const capped = components.find(({ kind, cap }) => cap !== undefined && cap > most(kind));
  if (capped)
    return refuse(
      'a-cap-lies-within-what-its-kind-can-reach',
      `Component ${capped.id}: ${most(capped.kind)} points are the most of ${capped.kind}.`,
    );
  const kinds = components.map(({ kind }) => kind);
  const leads = kinds.some((kind) => kind === 'PROCESS' || kind === 'BEHAVIOUR');
  const lags = kinds.some((kind) => kind === 'CLIMATE' || kind === 'OUTCOME');
  return leads && lags
    ? againstDouble(components)
    : refuse(
        'a-scorecard-holds-what-is-done-and-what-follows',
        'It needs a component of PROCESS or BEHAVIOUR and one of CLIMATE or OUTCOME: without them there is never a total.',
      );
}

const isSurvey = (source: ComponentSource | ComponentAsked['source'], context: DecisionContext): boolean =>
  source.type === 'METRIC' && metricIn(context, source.metric).definition?.sourceType === 'SURVEY';

export function limitsIn(context: DecisionContext): Limits {
  const { policy } = organizationIn(context);
  return {
    coverageBp: policy.coverageFloor * 100,
    surveyBp: policy.surveyWeightCap * 100,
    singleBp: policy.componentWeightCap * 100,
    processFloorBp: policy.processWeightFloor * 100,
    minScoredN: policy.minScoredN,
  };
}

const FAULTS = {
  'weights-add-up-to-exactly-100-percent':
    'The weights of all components add up to 10000 basis points, no more, no less.',
  'survey-parts-weigh-no-more-than-their-limit': 'Lower the weights of components that rest on surveys.',
  'a-single-part-weighs-no-more-than-its-limit': 'Split the heaviest component, or lower its weight.',
  'process-and-commitments-weigh-no-less-than-their-limit': 'Raise the weights of PROCESS and COMMITMENTS.',
} as const;

function againstWeights(data: Issue, limits: Limits, context: DecisionContext): Refusal | null {
  const parts = data.components.map(({ kind, weight, source }) => ({
    kind,
    weightBp: weight,
    survey: isSurvey(source, context),
  }));
  const fault = contractFault(parts, limits, limits.processFloorBp);
  return fault === null ? null : refuse(fault, FAULTS[fault]);
}

function componentOf(asked: ComponentAsked, context: DecisionContext): Component {
  const { id, title, kind, weight, cap, source } = asked;
  const shared = { id, title, kind, weightBp: weight, capPoints: cap ?? most(kind) };
  switch (source.type) {
    case 'METRIC': {
      const metric = metricIn(context, source.metric);
      const scope = (unit: string) => ({ unitId: context.idOf(unitKey(unit)), unit: unitIn(context, unit).code });
      const unknown = source.units.some(
        (unit) =>
          context.facts.ask<ExpectedNoise>(EXPECTED_NOISE, noiseAbout(source, unit)) !== 'TELLS_ITSELF_FROM_NOISE',
      );
      return {
        ...shared,
        source: {
          type: 'METRIC',
          metricId: metric.metricId,
          metric: metric.code,
          metricVersion: metric.version,
          definitionVersion: metric.definitionVersion,
          scopes: source.units.map(scope),
          period: source.period,
          fallback: source.fallback === undefined ? null : scope(source.fallback),
          survey: isSurvey(source, context),
          dataOwner: source.dataOwner ?? null,
          steps: source.steps ?? [],
        },
        warnings: unknown ? ['NOT_EVALUABLE_AS_THINGS_STAND'] : [],
      };
    }
    case 'COMMITMENTS':
      return {
        ...shared,
        source: {
          type: 'COMMITMENTS',
          commitments: source.commitments.map(({ commitment, weight: among }) => ({
            commitmentId: context.idOf(commitmentFact(commitment).key),
            commitment,
            weight: among,
          })),
        },
        warnings: [],
      };
    case 'ACTIONS':
      return {
        ...shared,
        source: {
          type: 'ACTIONS',
          actions: source.actions.map((action) => ({ actionId: context.idOf(actionFact(action).key), action })),
        },
        warnings: [],
      };
  }
}

/** The last day to accept: the cycle's, or some days from now for whoever took up the post after it, or was given other units. */
function acceptBy(
  data: Issue,
  state: ScorecardFacts,
  cycle: CycleFacts,
  context: DecisionContext,
): LocalDate | Refusal {
  const { calendar, ruleSet } = cycle;
  if (context.today <= calendar.acceptBy) return calendar.acceptBy;
  const posts = metricSources(data.components).flatMap(({ units }) =>
    units.flatMap((unit) => unitIn(context, unit).posts.filter(({ leader }) => leader === data.leader)),
  );
  const first = posts.map(({ from }) => from).sort()[0];
  const late = first !== undefined && addDays(first, ruleSet.joiningDays) > calendar.acceptBy;
  return late || state.state !== 'NONE'
    ? addDays(context.today, ruleSet.joiningDays)
    : refuse(
        'a-scorecard-is-issued-while-it-can-be-accepted-in-time',
        `It could be accepted until ${calendar.acceptBy}. Later only for whoever took up a post in its units since.`,
      );
}

const unitsIn = (components: readonly { readonly source: ComponentSource }[]): string =>
  components
    .flatMap(({ source }) => (source.type === 'METRIC' ? source.scopes.map(({ unitId }) => unitId) : []))
    .sort()
    .join();

export function issue(data: Issue, state: ScorecardFacts, context: DecisionContext): Decision<ScorecardEvent> {
  const cycle = context.facts.stream(cycleFacts, cycleKey(data.cycle));
  if (cycle.state !== 'OPEN')
    return refuse('a-scorecard-is-issued-in-an-open-cycle', `The cycle "${data.cycle}" is not open.`);
  const group = cycle.groups.get(data.leader);
  if (group === undefined)
    return refuse('a-scorecard-is-for-a-leader-of-the-cycle', 'Send evaluations.AdmitLeader first.');
  if (context.actor.id === data.leader)
    return refuse('nobody-issues-their-own-scorecard', 'Ask another person with the role hr.');
  if (data.evaluators.includes(data.leader))
    return refuse('an-evaluator-is-another-than-the-leader', 'Leave the leader out of evaluators.');
  const stopped = stoppedByFirewall(data, cycle, context);
  if (stopped) return stopped;
  const limits = limitsIn(context);
  const wrong =
    againstShape(data) ??
    firstOf(data.components, (each) => againstKind(each, context)) ??
    againstWeights(data, limits, context) ??
    firstOf(data.components, ({ id, source }) =>
      source.type === 'METRIC' ? againstLink(id, source, group, context) : null,
    ) ??
    firstOf(data.components, ({ id, kind, source }) =>
      source.type === 'METRIC' && kind !== 'MODIFIER' ? againstTarget(id, source, cycle, context) : null,
    ) ??
    firstOf(data.components, ({ id, kind, source }) =>
      source.type === 'METRIC' && kind !== 'MODIFIER' ? againstNoise(id, source, context) : null,
    ) ??
    firstOf(data.components, ({ id, source }) =>
      source.type === 'COMMITMENTS'
        ? againstCommitments(id, source.commitments, { leader: data.leader, cycle }, context)
        : source.type === 'ACTIONS'
          ? againstActions(id, source.actions, context)
          : null,
    );
  if (wrong) return wrong;
  const components = data.components.map((each) => componentOf(each, context));
  const same = sameData([components, data.evaluators], [state.components, state.evaluators]);
  if (same) return accept();
  if (state.final)
    return refuse(
      'a-final-result-is-only-restated',
      'It was made final. When its cycle is frozen again, it is scored anew and restated.',
    );
  const accepted = state.state !== 'NONE' && state.state !== 'ISSUED';
  if (accepted && unitsIn(components) === unitsIn(state.components))
    return refuse(
      'an-accepted-scorecard-changes-only-with-its-units',
      'It is offered anew when the leader takes over other units; targets are adjusted by their own procedure.',
    );
  const by = acceptBy(data, state, cycle, context);
  if (typeof by !== 'string') return by;
  return accept({
    type: 'evaluations.ScorecardIssued.v1',
    data: {
      ...{ scorecardId: context.id, cycleId: cycle.cycleId, leader: data.leader, cycle: cycle.code, group },
      edition: state.edition + 1,
      ...{ period: cycle.period, periodStart: cycle.periodStart, periodEnd: cycle.periodEnd },
      ruleSetVersion: cycle.ruleSet.version,
      components,
      limits,
      graceDays: cycle.ruleSet.commitmentGraceDays,
      evaluators: data.evaluators,
      acceptBy: by,
      issuedBy: context.actor.id,
    },
  });
}

function firstOf<T>(items: readonly T[], test: (item: T) => Refusal | null): Refusal | null {
  for (const item of items) {
    const wrong = test(item);
    if (wrong) return wrong;
  }
  return null;
}
