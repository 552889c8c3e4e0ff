import {
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
import { metricFacts, metricKey, type MetricFacts } from '@plumbline/metrics/facts';
import { legalReviewFacts, reviewClears, unitFacts } from '@plumbline/organization/facts';
import { companionFact, isFirewallRule, ruleAgainstMetric, ruleAgainstUnit } from './firewall';
import { linkCommands, type LinkCommand } from './link.commands';
import { linkEvents, type LinkEvent } from './link.events';
import { DECLINED, linkCarries, linkFacts, type LinkFacts } from './link.facts';
import { selves, unitKey } from './other-contexts';
import { linkKey } from './streams.facts';

type Data<T extends LinkCommand['type']> = Extract<LinkCommand, { type: T }>['data'];

const reviewKey = (id: string) => idKey('legal-review', id);
const metricIn = (context: DecisionContext, metric: string): MetricFacts =>
  context.facts.stream(metricFacts, metricKey(metric));

const about = (data: { readonly metric: string; readonly group: string }, context: DecisionContext) => ({
  linkId: context.id,
  metricId: context.idOf(metricKey(data.metric)),
  metric: data.metric,
  group: data.group,
});

/** The units that are meant: by code when they are named, by id when they stand in the request. */
const unitsOf = (command: LinkCommand, state: LinkFacts): readonly StreamKey[] =>
  command.type === 'evaluations.RequestLink'
    ? (command.data.units ?? []).map(unitKey)
    : command.type === 'evaluations.ApproveLink'
      ? state.unitIds.map((id) => idKey('unit', id))
      : [];

/** What the firewall says of the metric and of the units that are meant. */
function against(data: { metric: string }, units: readonly StreamKey[], context: DecisionContext): string | null {
  const rule = ruleAgainstMetric(metricIn(context, data.metric), context.facts, context.today);
  const rules = units.map((unit) => ruleAgainstUnit(context.facts.stream(unitFacts, unit)));
  return rule ?? rules.find((each) => each !== null) ?? null;
}

const onRecord = (rule: string, data: Data<'evaluations.EndLink'>, context: DecisionContext): Refusal<LinkEvent> => ({
  refused: rule,
  detail: `${data.metric} does not count in the scorecards of ${data.group}. The refusal is on record.`,
  events: [
    {
      type: 'evaluations.MetricLinkRefused.v1',
      data: {
        ...about(data, context),
        metricVersion: metricIn(context, data.metric).version,
        rule,
        refusedFor: context.actor.id,
      },
    },
  ],
});

const stopped = (rule: string, data: Data<'evaluations.EndLink'>, context: DecisionContext): Refusal<LinkEvent> =>
  isFirewallRule(rule)
    ? onRecord(rule, data, context)
    : refuse(rule, 'A code in units is that of no unit. Register it, or check it.');

function request(data: Data<'evaluations.RequestLink'>, state: LinkFacts, context: DecisionContext) {
  const units = data.units ?? [];
  const rule = against(data, units.map(unitKey), context);
  if (rule !== null) return stopped(rule, data, context);
  const { version } = metricIn(context, data.metric);
  if (linkCarries(state, version, context.today)) return accept<LinkEvent>();
  if (state.state === 'REQUESTED' && state.metricVersion === version) return accept<LinkEvent>();
  return accept<LinkEvent>({
    type: 'evaluations.MetricLinkRequested.v1',
    data: {
      ...about(data, context),
      metricVersion: version,
      unitIds: units.map((unit) => context.idOf(unitKey(unit))),
      requestedBy: context.actor.id,
    },
  });
}

const NOT_ASKED = refuse('a-link-is-requested-before-it-is-judged', 'Send evaluations.RequestLink first.');

function approve(data: Data<'evaluations.ApproveLink'>, state: LinkFacts, context: DecisionContext) {
  if (state.state === 'LINKED' && state.legalReviewId === data.legalReview) return accept<LinkEvent>();
  if (state.state !== 'REQUESTED') return NOT_ASKED;
  const rule = against(
    data,
    state.unitIds.map((id) => idKey('unit', id)),
    context,
  );
  if (rule !== null) return stopped(rule, data, context);
  const metric = metricIn(context, data.metric);
  if (metric.version !== state.metricVersion)
    return refuse(
      'a-link-covers-the-version-it-was-requested-for',
      `${metric.code} was revised since. Request the link anew.`,
    );
  if (selves(context).some((self) => self === state.requestedBy || self === state.requestedFor))
    return refuse('whoever-requests-a-link-does-not-approve-it', 'Ask another person with the role legal.');
  const review = context.facts.stream(legalReviewFacts, reviewKey(data.legalReview));
  const objects = [
    { kind: 'link' as const, id: context.id, version: metric.version },
    { kind: 'metric' as const, id: metric.metricId, version: metric.version },
  ];
  if (!objects.some((object) => reviewClears(review, object, context.today)) || review.expiresAt === null)
    return refuse(
      'a-link-rests-on-a-live-legal-review',
      'legalReview is no live review that clears this link or its metric in this version.',
    );
  return accept<LinkEvent>({
    type: 'evaluations.MetricLinkApproved.v1',
    data: {
      ...about(data, context),
      metricVersion: metric.version,
      legalReviewId: data.legalReview,
      expiresAt: review.expiresAt,
      approvedBy: context.actor.id,
    },
  });
}

function decline(data: Data<'evaluations.RefuseLink'>, state: LinkFacts, context: DecisionContext) {
  if (state.rule === DECLINED) return accept<LinkEvent>();
  return state.state === 'REQUESTED'
    ? accept<LinkEvent>({
        type: 'evaluations.MetricLinkDeclined.v1',
        data: { ...about(data, context), metricVersion: state.metricVersion, declinedBy: context.actor.id },
      })
    : NOT_ASKED;
}

function end(data: Data<'evaluations.EndLink'>, state: LinkFacts, context: DecisionContext): Decision<LinkEvent> {
  if (state.state === 'ENDED') return accept();
  if (state.state !== 'LINKED')
    return refuse('only-a-link-that-stands-is-ended', 'Nothing links the metric to this group.');
  const metric = metricIn(context, data.metric);
  const rule = ruleAgainstMetric(metric, context.facts, context.today);
  const carried = linkCarries(state, metric.version, context.today);
  if (context.actor.role === 'process' && carried && rule === null)
    return refuse('a-process-ends-only-a-link-that-nothing-carries', 'The review still stands.');
  return accept({
    type: 'evaluations.MetricLinkEnded.v1',
    data: {
      ...about(data, context),
      metricVersion: state.metricVersion,
      rule: rule ?? (carried ? 'ended-by-a-person' : 'a-link-rests-on-a-live-legal-review'),
      by: context.actor.id,
    },
  });
}

export const linkDecider: Decider<LinkFacts, LinkCommand, LinkEvent> = {
  ...linkFacts,
  commands: linkCommands,
  events: linkEvents,
  stream: ({ data }) => linkKey(data.metric, data.group),
  facts: (command, state): readonly FactQuery[] => [
    streamFact(metricFacts, metricKey(command.data.metric)),
    ...unitsOf(command, state).map((unit) => streamFact(unitFacts, unit)),
    ...(command.type === 'evaluations.ApproveLink'
      ? [streamFact(legalReviewFacts, reviewKey(command.data.legalReview))]
      : []),
  ],
  furtherFacts: ({ data }, _state, known) => companionFact(data.metric, known),
  decide(command, state, context) {
    switch (command.type) {
      case 'evaluations.RequestLink':
        return request(command.data, state, context);
      case 'evaluations.ApproveLink':
        return approve(command.data, state, context);
      case 'evaluations.RefuseLink':
        return decline(command.data, state, context);
      case 'evaluations.EndLink':
        return end(command.data, state, context);
    }
  },
};
