import {
  sameData,
  accept,
  refuse,
  streamFact,
  type Decider,
  type Decision,
  type DecisionContext,
} from '@plumbline/kernel';
import { hypothesisCommands, type HypothesisCommand } from './hypothesis.commands';
import { hypothesisEvents, type HypothesisEvent } from './hypothesis.events';
import { hypothesisFacts, type HypothesisFacts } from './hypothesis.facts';
import { metricFacts } from './metric.facts';
import { HYPOTHESIS_VERDICT, hypothesisVerdictFact, type ReportedVerdict } from './reported-facts';
import { hypothesisKey, metricKey } from './streams.facts';
import { sameCode, type Kind } from './vocabulary';

type Register = Extract<HypothesisCommand, { type: 'metrics.RegisterHypothesis' }>['data'];
type Review = Extract<HypothesisCommand, { type: 'metrics.ReviewHypothesis' }>['data'];

const metricOf = (code: string, kind: Kind, context: DecisionContext) => {
  const metric = context.facts.stream(metricFacts, metricKey(code));
  if (!metric.definition)
    return refuse('a-hypothesis-joins-defined-metrics', `No metric has the code "${code}". Define it first.`);
  if (metric.retired) return refuse('a-retired-metric-takes-no-hypothesis', `${metric.code} is retired.`);
  if (metric.legalClass === null)
    return refuse(
      'a-hypothesis-joins-metrics-whose-class-stands',
      `The class of ${metric.code} is void since its definition was revised. Have it reviewed.`,
    );
  if (metric.definition.kind !== kind)
    return refuse(
      'a-hypothesis-runs-from-a-leading-to-a-lagging-metric',
      `${metric.code} is ${metric.definition.kind}, and stands where a ${kind} metric belongs.`,
    );
  return { metric, definition: metric.definition };
};

function register(data: Register, state: HypothesisFacts, context: DecisionContext): Decision<HypothesisEvent> {
  const wanted = {
    hypothesisId: context.id,
    code: state.registered?.code ?? data.code,
    leadingMetricId: context.idOf(metricKey(data.leadingMetric)),
    laggingMetricId: context.idOf(metricKey(data.laggingMetric)),
    lagPeriods: data.lagPeriods,
    expectedSign: data.expectedSign,
    method: data.method ?? ('spearman' as const),
    reviewDate: data.reviewDate,
    rationale: data.rationale,
    replaces: data.replaces === undefined ? null : context.idOf(hypothesisKey(data.replaces)),
  };
  if (state.registered) {
    const {
      leadingDefinitionVersion: _l,
      laggingDefinitionVersion: _g,
      registeredBy: _by,
      ...stands
    } = state.registered;
    return sameData(wanted, stands)
      ? accept()
      : refuse(
          'a-hypothesis-is-never-edited',
          `${state.registered.code} is registered otherwise. Register another that replaces it.`,
        );
  }
  if (sameCode(data.leadingMetric, data.laggingMetric))
    return refuse('a-hypothesis-joins-two-metrics', 'leadingMetric and laggingMetric are the same.');
  const leading = metricOf(data.leadingMetric, 'LEADING', context);
  if ('refused' in leading) return leading;
  const lagging = metricOf(data.laggingMetric, 'LAGGING', context);
  if ('refused' in lagging) return lagging;
  if (leading.definition.cadence !== lagging.definition.cadence)
    return refuse(
      'metrics-of-a-hypothesis-have-one-cadence',
      `${leading.metric.code} is ${leading.definition.cadence}, ${lagging.metric.code} ${lagging.definition.cadence}: their periods do not meet.`,
    );
  if (data.replaces !== undefined) {
    if (
      sameCode(data.replaces, data.code) ||
      !context.facts.stream(hypothesisFacts, hypothesisKey(data.replaces)).registered
    )
      return refuse(
        'only-a-registered-hypothesis-is-replaced',
        'replaces must be the code of another, registered hypothesis.',
      );
  }
  return accept<HypothesisEvent>({
    type: 'metrics.HypothesisRegistered.v1',
    data: {
      ...wanted,
      leadingDefinitionVersion: leading.metric.definitionVersion,
      laggingDefinitionVersion: lagging.metric.definitionVersion,
      registeredBy: context.actor.id,
    },
  });
}

function review(data: Review, state: HypothesisFacts, context: DecisionContext): Decision<HypothesisEvent> {
  const { registered } = state;
  if (!registered)
    return refuse('only-a-registered-hypothesis-is-reviewed', `No hypothesis has the code "${data.hypothesis}".`);
  if (context.today < registered.reviewDate)
    return refuse(
      'a-verdict-is-given-at-the-review-date',
      `The registered review date is ${registered.reviewDate}; until then figures are interim.`,
    );
  const reported = context.facts.ask<ReportedVerdict | null>(HYPOTHESIS_VERDICT, { hypothesis: data.hypothesis });
  if (reported === null || reported.verdict === null)
    return refuse(
      'a-verdict-is-given-at-the-review-date',
      'The day of review has not begun in the log yet; until then figures are interim.',
    );
  if (reported.verdict !== data.verdict)
    return refuse(
      'a-verdict-is-the-one-that-the-figures-give',
      'verdict is not what R2 gives as it stands. Read it, and give that verdict or none.',
    );
  if (state.verdict === data.verdict && state.cannotTell === reported.cannotTell) return accept();
  return accept<HypothesisEvent>({
    type: 'metrics.HypothesisReviewed.v1',
    data: {
      hypothesisId: context.id,
      code: registered.code,
      leadingMetricId: registered.leadingMetricId,
      laggingMetricId: registered.laggingMetricId,
      verdict: data.verdict,
      cannotTell: reported.cannotTell,
      basis: { asOf: reported.asOf, report: reported.report, note: data.note },
      reviewedBy: context.actor.id,
    },
  });
}

export const hypothesisDecider: Decider<HypothesisFacts, HypothesisCommand, HypothesisEvent> = {
  ...hypothesisFacts,
  commands: hypothesisCommands,
  events: hypothesisEvents,
  stream: (command) =>
    hypothesisKey(command.type === 'metrics.RegisterHypothesis' ? command.data.code : command.data.hypothesis),
  facts(command) {
    if (command.type === 'metrics.ReviewHypothesis') return [hypothesisVerdictFact(command.data.hypothesis)];
    const { code, leadingMetric, laggingMetric, replaces } = command.data;
    return [
      streamFact(metricFacts, metricKey(leadingMetric)),
      streamFact(metricFacts, metricKey(laggingMetric)),
      ...(replaces === undefined || sameCode(replaces, code)
        ? []
        : [streamFact(hypothesisFacts, hypothesisKey(replaces))]),
    ];
  },
  decide(command, state, context) {
    switch (command.type) {
      case 'metrics.RegisterHypothesis':
        return register(command.data, state, context);
      case 'metrics.ReviewHypothesis':
        return review(command.data, state, context);
    }
  },
};
