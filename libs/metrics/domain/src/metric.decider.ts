import {
  sameData,
  accept,
  idKey,
  refuse,
  streamFact,
  type Decider,
  type Decision,
  type DecisionContext,
  type FactQuery,
  type Refusal,
  type StreamKey,
} from '@plumbline/kernel';
import { legalReviewFacts, reviewClears } from '@plumbline/organization/facts';
import { againstClass, againstDefinition } from './definition-rules';
import { metricCommands, type MetricCommand } from './metric.commands';
import { metricEvents, type MetricDefinition, type MetricEvent } from './metric.events';
import { metricFacts, type MetricFacts } from './metric.facts';
import { metricKey } from './streams.facts';
import { sameCode, type LegalClass, type Subject } from './vocabulary';

type Define = Extract<MetricCommand, { type: 'metrics.DefineMetric' }>['data'];
type Revise = Extract<MetricCommand, { type: 'metrics.ReviseMetricDefinition' }>['data'];
type Assign = Extract<MetricCommand, { type: 'metrics.AssignMetricLegalClass' }>['data'];

const reviewKey = (id: string): StreamKey => idKey('legal-review', id);

const definitionOf = (
  data: Omit<Define, 'code' | 'legalClass' | 'legalReview'>,
  context: DecisionContext,
): MetricDefinition => ({
  name: data.name,
  kind: data.kind,
  level: data.level,
  unit: data.unit,
  direction: data.direction,
  formulaRef: data.formulaRef,
  sourceType: data.sourceType,
  cadence: data.cadence,
  minN: data.minN,
  subject: data.subject,
  rationale: data.rationale,
  kindRationale: data.kindRationale ?? null,
  proxyRisk: data.proxyRisk ?? null,
  companionMetricId: data.companionMetric === undefined ? null : context.idOf(metricKey(data.companionMetric)),
  topic: data.topic ?? null,
  handling: data.handling ?? false,
  process: data.process ?? null,
  codedBeforehandBy: data.codedBeforehandBy ?? null,
  frameworkTags: data.frameworkTags ?? [],
});

/** The companion that a command names, else the one the definition has. A metric is no companion of itself. */
const companionKey = (own: string, named: string | undefined, before: MetricDefinition | null): StreamKey | null =>
  named !== undefined
    ? sameCode(named, own)
      ? null
      : metricKey(named)
    : before?.companionMetricId
      ? idKey('metric', before.companionMetricId)
      : null;

const companionIn = (key: StreamKey | null, context: DecisionContext): MetricFacts | null =>
  key && context.facts.stream(metricFacts, key);

function againstReview(
  legalClass: LegalClass,
  legalReview: string | undefined,
  version: number,
  context: DecisionContext,
): Refusal | null {
  const review = legalReview === undefined ? null : context.facts.stream(legalReviewFacts, reviewKey(legalReview));
  if (review && reviewClears(review, { kind: 'metric', id: context.id, version }, context.today)) return null;
  if (legalClass === 'CLASS_BASED')
    return refuse(
      'a-class-based-metric-needs-a-live-legal-review',
      'Name in legalReview a recorded review of this metric that clears it and has not expired.',
    );
  return review === null
    ? null
    : refuse(
        'a-review-that-is-named-clears-what-it-is-named-for',
        'legalReview is no live review that clears this metric. Leave it out, or name another.',
      );
}

function define(data: Define, state: MetricFacts, context: DecisionContext): Decision<MetricEvent> {
  const definition = definitionOf(data, context);
  if (state.defined)
    return sameData(definition, state.definition) && (state.legalClass === null || data.legalClass === state.legalClass)
      ? accept()
      : refuse(
          'a-defined-metric-is-revised-not-defined-again',
          `${state.code} is defined. Send metrics.ReviseMetricDefinition or metrics.AssignMetricLegalClass.`,
        );
  return (
    againstDefinition(
      context.id,
      definition,
      companionIn(companionKey(data.code, data.companionMetric, null), context),
    ) ??
    againstClass(definition, data.legalClass) ??
    againstReview(data.legalClass, data.legalReview, 1, context) ??
    accept<MetricEvent>({
      type: 'metrics.MetricDefined.v1',
      data: {
        metricId: context.id,
        code: data.code,
        version: 1,
        definitionVersion: 1,
        definition,
        legalClass: data.legalClass,
        legalReviewId: data.legalReview ?? null,
        definedBy: context.actor.id,
      },
    })
  );
}

const BREAKING = ['unit', 'formulaRef', 'cadence'] as const;

/** Whether figures recorded so far would be shown of smaller groups than they were collected under. */
const showsSmallerGroups = (before: MetricDefinition, after: MetricDefinition): boolean =>
  after.minN < before.minN || PROTECTION.indexOf(after.subject) < PROTECTION.indexOf(before.subject);
const PROTECTION: readonly Subject[] = ['NONE', 'PERSONS', 'SENSITIVE'];

function revise(
  data: Revise,
  state: MetricFacts,
  before: MetricDefinition,
  context: DecisionContext,
): Decision<MetricEvent> {
  const { companionMetric, ...changes } = data.changes;
  const definition: MetricDefinition = {
    ...before,
    ...changes,
    ...(companionMetric === undefined ? {} : { companionMetricId: context.idOf(metricKey(companionMetric)) }),
  };
  if (sameData(definition, before))
    return refuse('a-revision-changes-the-definition', 'The fields in changes already read so.');
  const breaking = BREAKING.filter((field) => definition[field] !== before[field]);
  if (breaking.length > 0 && data.comparability !== 'BREAK')
    return refuse(
      'another-unit-formula-or-cadence-is-a-break',
      `${breaking.join(', ')} changes: figures before and after are not comparable. Say comparability: BREAK.`,
    );
  if (showsSmallerGroups(before, definition) && data.comparability !== 'BREAK')
    return refuse(
      'a-definition-that-protects-less-is-a-break',
      'subject or minN would show smaller groups of figures that were recorded under the old definition. Say comparability: BREAK; they keep it.',
    );
  const wrong = againstDefinition(
    context.id,
    definition,
    companionIn(companionKey(data.metric, companionMetric, before), context),
  );
  if (wrong) return wrong;
  return accept<MetricEvent>({
    type: 'metrics.MetricDefinitionRevised.v1',
    data: {
      metricId: context.id,
      code: state.code,
      version: state.version + 1,
      definitionVersion: state.definitionVersion + (data.comparability === 'BREAK' ? 1 : 0),
      comparability: data.comparability,
      change: data.change,
      reason: data.reason,
      definition,
      revisedBy: context.actor.id,
    },
  });
}

function assign(
  data: Assign,
  state: MetricFacts,
  definition: MetricDefinition,
  context: DecisionContext,
): Decision<MetricEvent> {
  const review = {
    reviewer: context.actor.id,
    jurisdiction: data.jurisdiction,
    expiresAt: data.expiresAt ?? null,
    legalReviewId: data.legalReview ?? null,
  };
  if (state.legalClass === data.class && sameData(review, state.review)) return accept();
  if (state.wordedBy === context.actor.id)
    return refuse(
      'whoever-words-a-definition-does-not-review-its-class',
      'Ask another person with the role legal to assign the class.',
    );
  if (review.expiresAt !== null && review.expiresAt < context.today)
    return refuse('a-class-review-has-not-expired-when-it-is-given', 'expiresAt lies before today.');
  return (
    againstClass(definition, data.class) ??
    againstReview(data.class, data.legalReview, state.version, context) ??
    accept<MetricEvent>({
      type: 'metrics.MetricLegalClassAssigned.v1',
      data: { metricId: context.id, code: state.code, version: state.version, class: data.class, ...review },
    })
  );
}

const codeIn = (command: MetricCommand): string =>
  command.type === 'metrics.DefineMetric' ? command.data.code : command.data.metric;

function companionNamed(command: MetricCommand, state: MetricFacts): StreamKey | null {
  switch (command.type) {
    case 'metrics.DefineMetric':
      return companionKey(command.data.code, command.data.companionMetric, null);
    case 'metrics.ReviseMetricDefinition':
      return companionKey(command.data.metric, command.data.changes.companionMetric, state.definition);
    case 'metrics.AssignMetricLegalClass':
    case 'metrics.RetireMetric':
      return null;
  }
}

const reviewNamed = (command: MetricCommand): string | undefined =>
  command.type === 'metrics.DefineMetric' || command.type === 'metrics.AssignMetricLegalClass'
    ? command.data.legalReview
    : undefined;

export const metricDecider: Decider<MetricFacts, MetricCommand, MetricEvent> = {
  ...metricFacts,
  commands: metricCommands,
  events: metricEvents,
  stream: (command) => metricKey(codeIn(command)),
  facts(command, state): readonly FactQuery[] {
    const companion = companionNamed(command, state);
    const review = reviewNamed(command);
    return [
      ...(companion ? [streamFact(metricFacts, companion)] : []),
      ...(review === undefined ? [] : [streamFact(legalReviewFacts, reviewKey(review))]),
    ];
  },
  decide(command, state, context) {
    if (command.type === 'metrics.DefineMetric') return define(command.data, state, context);
    if (!state.definition)
      return refuse('a-metric-is-defined-first', `No metric has the code "${command.data.metric}". Check the code.`);
    if (state.retired && command.type !== 'metrics.RetireMetric')
      return refuse('a-retired-metric-stays-as-it-was', `${state.code} is retired. Define a new metric.`);
    switch (command.type) {
      case 'metrics.ReviseMetricDefinition':
        return revise(command.data, state, state.definition, context);
      case 'metrics.AssignMetricLegalClass':
        return assign(command.data, state, state.definition, context);
      case 'metrics.RetireMetric':
        return state.retired
          ? accept()
          : accept<MetricEvent>({
              type: 'metrics.MetricRetired.v1',
              data: { metricId: context.id, code: state.code, version: state.version, reason: command.data.reason },
            });
    }
  },
};
