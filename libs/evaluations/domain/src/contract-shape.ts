import { refuse, type DecisionContext, type Refusal } from '@plumbline/kernel';
import { brokenModifierRule, contractFault, STRETCHING, UP_TO_TARGET } from '@plumbline/measures';
import type { Component, ComponentAsked, Limits } from './component';
import { isSurvey, metricIn, type Issue } from './contract-asked';

const KIND_OF_SOURCE = { COMMITMENTS: 'COMMITMENTS', ACTIONS: 'PROCESS' } as const;

export function againstKind({ id, kind, weight, source }: ComponentAsked, context: DecisionContext): Refusal | null {
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

export const most = (kind: Component['kind']): number =>
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

export function againstShape({ components }: Issue): Refusal | null {
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

const FAULTS = {
  'weights-add-up-to-exactly-100-percent':
    'The weights of all components add up to 10000 basis points, no more, no less.',
  'survey-parts-weigh-no-more-than-their-limit': 'Lower the weights of components that rest on surveys.',
  'a-single-part-weighs-no-more-than-its-limit': 'Split the heaviest component, or lower its weight.',
  'process-and-commitments-weigh-no-less-than-their-limit': 'Raise the weights of PROCESS and COMMITMENTS.',
} as const;

export function againstWeights(data: Issue, limits: Limits, context: DecisionContext): Refusal | null {
  const parts = data.components.map(({ kind, weight, source }) => ({
    kind,
    weightBp: weight,
    survey: isSurvey(source, context),
  }));
  const fault = contractFault(parts, limits, limits.processFloorBp);
  return fault === null ? null : refuse(fault, FAULTS[fault]);
}
