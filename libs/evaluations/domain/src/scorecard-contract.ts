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
import { metricFacts, metricKey, targetFacts, targetKey } from '@plumbline/metrics/facts';
import { unitFacts } from '@plumbline/organization/facts';
import type { Component, ComponentAsked, Limits } from './component';
import {
  EXPECTED_NOISE,
  isSurvey,
  metricIn,
  metricSources,
  noiseAbout,
  scopesOf,
  type ExpectedNoise,
  type Issue,
} from './contract-asked';
import { againstRewriting, agreedFacts } from './contract-anew';
import { againstKind, againstShape, againstWeights, most } from './contract-shape';
import {
  aboveFrom,
  againstLink,
  againstNoise,
  againstOverlap,
  againstTarget,
  stoppedByFirewall,
  UNITS_ABOVE,
} from './contract-sources';
import { cycleFacts, type CycleFacts } from './cycle.facts';
import { companionFact } from './firewall';
import { linkFacts } from './link.facts';
import { organizationFact, organizationIn, unitIn, unitKey } from './other-contexts';
import { actionFact, againstActions, againstCommitments, commitmentFact } from './promised';
import type { ScorecardEvent } from './scorecard.events';
import type { ScorecardFacts } from './scorecard.facts';
import { cycleKey, linkKey } from './streams.facts';

export const issueFacts = ({ cycle, components }: Issue, { agreed }: ScorecardFacts): readonly FactQuery[] => [
  ...agreedFacts(agreed ?? []),
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
  const { periodStart } = known.stream(cycleFacts, cycleKey(cycle));
  return metricSources(components).flatMap(({ metric, units }) => [
    ...(units.length > 1 ? units.map((unit) => askFact(UNITS_ABOVE, aboveFrom(unit, periodStart))) : []),
    ...(group === undefined ? [] : [streamFact(linkFacts, linkKey(metric, group))]),
    ...companionFact(metric, known),
  ]);
};

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

/** What was accepted once stays, also when it has ended since: only what is new is looked at. */
const fresh = <C extends { readonly commitment: string }>(
  asked: readonly C[],
  { agreed }: ScorecardFacts,
): readonly C[] => {
  const known = (agreed ?? []).flatMap(({ source }) => (source.type === 'COMMITMENTS' ? source.commitments : []));
  return asked.filter(({ commitment }) => !known.some((each) => each.commitment === commitment));
};

const promisedIn = ({ components }: Issue, context: DecisionContext): readonly string[] =>
  components.flatMap(({ source }) =>
    source.type === 'COMMITMENTS'
      ? source.commitments.map(({ commitment }) => context.idOf(commitmentFact(commitment).key))
      : [],
  );

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
    firstOf(data.components, ({ id, source }) =>
      source.type === 'METRIC' ? againstOverlap(id, source, cycle, context) : null,
    ) ??
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
        ? againstCommitments(id, fresh(source.commitments, state), { leader: data.leader, cycle }, context)
        : source.type === 'ACTIONS' && state.agreed === null
          ? againstActions(id, source.actions, data.leader, promisedIn(data, context), context)
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
  const rewritten = state.agreed && againstRewriting(components, state.agreed, data.leader, context);
  if (rewritten) return rewritten;
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
