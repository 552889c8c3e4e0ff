import { actionTypeOf, type ActionType } from '@plumbline/frameworks';
import {
  sameData,
  accept,
  askFact,
  naturalKey,
  refuse,
  type Decision,
  type DecisionContext,
  type FactQuery,
  streamFact,
  type Refusal,
  type StreamKey,
} from '@plumbline/kernel';
import { hypothesisFacts, hypothesisKey, metricFacts, metricKey, type MetricFacts } from '@plumbline/metrics/facts';
import { againstPolicy } from './action-eligibility';
import { againstTag } from './action-type';
import type { CommandData } from './action.commands';
import type { ActionTags, ProgramsEvent } from './action.events';
import type { ActionFacts } from './action.facts';
import { organizationFact, unitFact, unitIn, unitKey } from './organization-facts';
import { sameCode } from './vocabulary';

const commitmentKey = (code: string): StreamKey => naturalKey('commitment', code);
/** Ids of the commitments that are proposed or active. */
export const STANDING_COMMITMENTS = 'charter.standing-commitments';
export type StandingCommitments = readonly string[];
const standingCommitments = askFact(STANDING_COMMITMENTS);

type Plan = CommandData<'programs.PlanAction'>;

export const planFacts = (data: Plan): readonly FactQuery[] => [
  organizationFact,
  unitFact(data.unit),
  ...[
    ...(data.leadingMetrics ?? []),
    ...(data.livedExperienceMetric === undefined ? [] : [data.livedExperienceMetric]),
  ].map((metric) => streamFact(metricFacts, metricKey(metric))),
  ...(data.commitments === undefined || data.commitments.length === 0 ? [] : [standingCommitments]),
  ...(data.hypothesis === undefined ? [] : [streamFact(hypothesisFacts, hypothesisKey(data.hypothesis))]),
];

const metricIn = (context: DecisionContext, metric: string): MetricFacts =>
  context.facts.stream(metricFacts, metricKey(metric));

function againstMetrics(data: Plan, type: ActionType, context: DecisionContext): Refusal | null {
  const { leadingMetrics = [], livedExperienceMetric } = data;
  const wrong = leadingMetrics.find((metric) => {
    const { definition, retired } = metricIn(context, metric);
    return definition?.kind !== 'LEADING' || retired;
  });
  if (wrong !== undefined)
    return refuse(
      'an-action-moves-defined-leading-metrics',
      `"${wrong}" is no metric that is defined, LEADING and in use.`,
    );
  if (livedExperienceMetric === undefined)
    return type.livedExperienceMetricRequired
      ? refuse(
          'a-policy-is-judged-by-how-it-is-lived',
          'Actions of this type name a climate metric in livedExperienceMetric.',
        )
      : null;
  const { definition, retired } = metricIn(context, livedExperienceMetric);
  return definition?.level === 'CLIMATE' && !retired
    ? null
    : refuse('lived-experience-is-told-by-a-climate-metric', `"${livedExperienceMetric}" is no climate metric in use.`);
}

function againstCommitments({ commitments = [] }: Plan, context: DecisionContext): Refusal | null {
  if (commitments.length === 0) return null;
  const standing = context.facts.ask<StandingCommitments>(STANDING_COMMITMENTS);
  const wrong = commitments.find((commitment) => !standing.includes(context.idOf(commitmentKey(commitment))));
  return wrong === undefined
    ? null
    : refuse(
        'an-action-serves-commitments-that-stand',
        `No commitment with the code "${wrong}" is proposed or active. Leave it out, or name another.`,
      );
}

function againstHypothesis(data: Plan, context: DecisionContext): Refusal | null {
  if (data.hypothesis === undefined) return null;
  const { registered } = context.facts.stream(hypothesisFacts, hypothesisKey(data.hypothesis));
  if (!registered)
    return refuse('an-action-rests-on-a-registered-hypothesis', `No hypothesis has the code "${data.hypothesis}".`);
  return (data.leadingMetrics ?? []).some((metric) => context.idOf(metricKey(metric)) === registered.leadingMetricId)
    ? null
    : refuse(
        'an-action-moves-the-leading-metric-of-its-hypothesis',
        'Name the leading metric of the hypothesis among leadingMetrics.',
      );
}

/** The tags of the type, or the one that this action has instead. */
function tagsOf({ override }: Plan, type: ActionType): ActionTags | Refusal {
  const tags: ActionTags = {
    component: type.component,
    moment: type.moment,
    structure: type.structure,
    structureKind: type.structureKind,
  };
  if (override === undefined) return tags;
  if (tags[override.tag] !== null && sameCode(tags[override.tag] ?? '', override.value))
    return refuse('an-override-differs-from-the-type', `${override.tag} is ${override.value} already. Leave it out.`);
  return againstTag(override.tag, override.value) ?? { ...tags, [override.tag]: override.value.toUpperCase() };
}

function plannedAs(data: Plan, type: ActionType, tags: ActionTags, state: ActionFacts, context: DecisionContext) {
  const { commitments = [], leadingMetrics = [] } = data;
  return {
    actionId: context.id,
    code: state.planned?.code ?? data.code,
    title: data.title,
    program: data.program ?? null,
    type: type.code,
    tags,
    overridden: data.override?.tag ?? null,
    recurring: type.recurring,
    needsLegalReview: type.needsLegalReview,
    structuralChange: data.structuralChange ?? type.structuralChange,
    unitId: context.idOf(unitKey(data.unit)),
    commitmentIds: commitments.map((commitment) => context.idOf(commitmentKey(commitment))),
    leadingMetricIds: leadingMetrics.map((metric) => context.idOf(metricKey(metric))),
    livedExperienceMetricId:
      data.livedExperienceMetric === undefined ? null : context.idOf(metricKey(data.livedExperienceMetric)),
    hypothesisId: data.hypothesis === undefined ? null : context.idOf(hypothesisKey(data.hypothesis)),
    decisionRight: data.decisionRight,
    plannedDeliveries: data.plannedDeliveries ?? 1,
    plannedFrom: data.from,
    plannedTo: data.to,
    lead: data.lead ?? state.planned?.lead ?? context.actor.id,
  };
}

export function plan(data: Plan, state: ActionFacts, context: DecisionContext): Decision<ProgramsEvent> {
  const type = actionTypeOf(data.type);
  if (!type) return refuse('an-action-is-of-a-type-of-the-catalogue', `The catalogue has no type "${data.type}".`);
  const tags = tagsOf(data, type);
  if ('refused' in tags) return tags;
  const planned = plannedAs(data, type, tags, state, context);
  if (state.planned !== null) {
    const { plannedBy: _by, ...stands } = state.planned;
    return sameData(planned, stands)
      ? accept()
      : refuse('an-action-is-planned-once', 'It is planned otherwise. Cancel it and plan another.');
  }
  const unit = unitIn(context, data.unit);
  if (!unit.registered || unit.outsideTree || (unit.closedFrom !== null && unit.closedFrom <= data.from))
    return refuse(
      'an-action-is-for-a-registered-unit',
      `No unit of the tree has the code "${data.unit}", or it is closed when the plan begins.`,
    );
  if (data.from > data.to) return refuse('a-plan-ends-after-it-begins', 'from lies after to.');
  const { commitments = [], leadingMetrics = [] } = data;
  if (commitments.length === 0 && leadingMetrics.length === 0)
    return refuse('an-action-serves-a-commitment-or-a-metric', 'Name commitments, leadingMetrics or both.');
  const wrong =
    againstCommitments(data, context) ??
    againstMetrics(data, type, context) ??
    againstHypothesis(data, context) ??
    (type.needsLegalReview || unit.classDefined ? againstPolicy(context) : null);
  if (wrong) return wrong;
  return accept<ProgramsEvent>({
    type: 'programs.ActionPlanned.v1',
    data: { ...planned, plannedBy: context.actor.id },
  });
}
