import {
  sameData,
  accept,
  decimal,
  idKey,
  naturalKey,
  parsePeriod,
  refuse,
  streamFact,
  toSeal,
  writeDecimal,
  type Decider,
  type Decision,
  type DecisionContext,
  type FactQuery,
  type Period,
  type Refusal,
} from '@plumbline/kernel';
import { isRootUnit, legalReviewFacts, reviewClears } from '@plumbline/organization/facts';
import { CYCLE_STANDING, cycleStandingFact, type CycleStanding } from './cycle-standing';
import { againstValue, valueOf } from './figure-rules';
import type { MetricDefinition } from './metric.events';
import { metricFacts, ruleAgainstEvaluating, type MetricFacts } from './metric.facts';
import {
  beneficiariesOf,
  lineFact,
  organizationFact,
  organizationIn,
  periodIn,
  unitFact,
  unitIn,
} from './organization-facts';
import { againstPeriod } from './period-rules';
import { observationById, seriesFacts } from './series.facts';
import { figureKnownFact, SERIES_OPENNESS, seriesOpennessFact, type SeriesOpenness } from './reported-facts';
import { metricKey, seriesKey, targetKey } from './streams.facts';
import { approveAdjustment, lockedIn, refuseAdjustment, requestAdjustment } from './target-adjustment';
import { placeOfTarget } from './target-place';
import { targetCommands, type TargetCommand } from './target.commands';
import { targetEvents, type TargetEvent } from './target.events';
import { targetFacts, type TargetFacts } from './target.facts';
import { againstAnchors, againstBaseline, backTest, FEWEST_PERIODS_BACK } from './target-rules';

type Command<T extends TargetCommand['type']> = Extract<TargetCommand, { type: T }>['data'];
type Proposal = Extract<TargetEvent, { type: 'metrics.TargetProposed.v1' }>['data'];
type Propose = Command<'metrics.ProposeTarget'>;

const metricIn = (context: DecisionContext, metric: string): MetricFacts =>
  context.facts.stream(metricFacts, metricKey(metric));

const UNCLEARED = refuse(
  'a-review-that-is-named-clears-what-it-is-named-for',
  'legalReview is no live review that clears this target. Leave it out, or name another.',
);

function againstScope(data: Propose, metric: MetricFacts, context: DecisionContext): Refusal | null {
  const unit = unitIn(context, data.unit);
  if (!unit.registered)
    return refuse('a-target-is-for-a-registered-unit', `No unit has the code "${data.unit}". Register it first.`);
  if (unit.classDefined)
    return refuse(
      'a-unit-defined-by-a-class-is-no-scope-of-a-target',
      `${unit.code} is defined by a protected class. Set the target for a unit that is open to everyone.`,
    );
  if (metric.legalClass === null)
    return refuse(
      'a-target-stands-on-a-metric-whose-class-stands',
      `The class of ${metric.code} is void since its definition was revised. Have it reviewed first.`,
    );
  if (metric.legalClass === 'MONITORING_ONLY')
    return refuse('a-monitoring-only-metric-has-no-target', `${metric.code} is watched, never aimed at.`);
  const review =
    data.legalReview === undefined
      ? null
      : context.facts.stream(legalReviewFacts, idKey('legal-review', data.legalReview));
  const cleared =
    review !== null && reviewClears(review, { kind: 'target', id: context.id, version: null }, context.today);
  if (metric.legalClass !== 'CLASS_BASED') return review === null || cleared ? null : UNCLEARED;
  const { policy } = organizationIn(context);
  return policy.classBasedTargets === 'AFTER_LEGAL_REVIEW' && isRootUnit(unit) && cleared
    ? null
    : refuse(
        'a-class-based-target-needs-a-policy-that-allows-it-the-whole-organisation-and-a-live-review',
        'It is allowed for the root unit only, where the policy in force says so and legalReview names a live review of this target.',
      );
}

/** Where a target starts from: copied from the series, or marked as only asserted. */
function baselineOf(
  data: Propose,
  definition: MetricDefinition,
  definitionVersion: number,
  period: Period,
  context: DecisionContext,
): Proposal['baseline'] | Refusal {
  if ('asserted' in data.baseline) {
    const value = decimal(data.baseline.asserted);
    return (
      againstValue(definition, value, 'baseline') ?? {
        value: writeDecimal(value, 34),
        basis: 'ASSERTED',
        obsId: null,
        period: null,
      }
    );
  }
  const series = context.facts.stream(seriesFacts, seriesKey(data.metric, data.unit));
  const found = observationById(series, data.baseline.observation);
  if (!found || found.definitionVersion !== definitionVersion)
    return refuse(
      'a-baseline-is-a-recorded-figure-or-marked-asserted',
      'baseline.observation is no figure of this metric, unit and definition that stands. Name one, or give baseline.asserted.',
    );
  if (parsePeriod(found.period, organizationIn(context).fiscalYear).end >= period.start)
    return refuse(
      'a-baseline-lies-before-its-target',
      `The figure is about ${found.period}, not before ${data.period}.`,
    );
  return {
    value: writeDecimal(valueOf(found.value, definition.unit), 6),
    basis: 'OBSERVED',
    obsId: found.obsId,
    period: found.period,
  };
}

/** Whether a target stands that was proposed as this one is: said again, by whomever, it is nothing new. */
function standsAlready(data: Propose, { state, proposal }: TargetFacts, metric: MetricFacts): boolean {
  if (!proposal || state === 'RETIRED' || proposal.definitionVersion !== metric.definitionVersion) return false;
  const { baseline } = proposal;
  const sameBaseline =
    'asserted' in data.baseline
      ? baseline.basis === 'ASSERTED' && baseline.value === writeDecimal(decimal(data.baseline.asserted), 34)
      : baseline.obsId === data.baseline.observation;
  const { anchors, rationale, legalReview = null } = data;
  return (
    sameBaseline &&
    sameData(
      { anchors, rationale, legalReviewId: legalReview },
      { anchors: proposal.anchors, rationale: proposal.rationale, legalReviewId: proposal.legalReviewId },
    )
  );
}

function propose(data: Propose, state: TargetFacts, context: DecisionContext): Decision<TargetEvent> {
  const metric = metricIn(context, data.metric);
  if (standsAlready(data, state, metric)) return accept();
  if (lockedIn(state)) return ONLY_ADJUSTED;
  if (!metric.definition)
    return refuse('a-target-is-for-a-defined-metric', `No metric has the code "${data.metric}". Define it first.`);
  if (metric.retired) return refuse('a-retired-metric-takes-no-target', `${metric.code} is retired.`);
  const period = periodIn(context, data.period);
  const wrong =
    againstScope(data, metric, context) ??
    againstPeriod(metric.definition, period) ??
    againstAnchors(metric.definition, data.anchors);
  if (wrong) return wrong;
  const baseline = baselineOf(data, metric.definition, metric.definitionVersion, period, context);
  if ('refused' in baseline) return baseline;
  const tooEasy = againstBaseline(metric.definition, data.anchors, baseline);
  if (tooEasy) return tooEasy;
  if (state.state === 'APPROVED')
    return refuse('an-approved-target-is-not-proposed-anew', 'Retire it first, then propose another.');
  const proposal: Proposal = {
    ...placeOfTarget(data, context),
    definitionVersion: metric.definitionVersion,
    baseline,
    anchors: data.anchors,
    rationale: data.rationale,
    legalReviewId: data.legalReview ?? null,
    proposedBy: context.actor.id,
  };
  return accept<TargetEvent>({ type: 'metrics.TargetProposed.v1', data: proposal });
}

function testBack(
  data: Command<'metrics.BackTestTarget'>,
  state: TargetFacts,
  proposal: Proposal,
  context: DecisionContext,
): Decision<TargetEvent> {
  if (context.facts.ask<SeriesOpenness>(SERIES_OPENNESS, { metric: data.metric, unit: data.unit }).hidden)
    return refuse(
      'difficulty-is-back-tested-on-a-series-that-is-shown',
      'Some figures of this series are hidden to protect small groups; how often they reached an anchor would tell them.',
    );
  const definition = metricIn(context, data.metric).definitions[proposal.definitionVersion - 1];
  const { fiscalYear } = organizationIn(context);
  const start = periodIn(context, data.period).start;
  const past = Object.values(context.facts.stream(seriesFacts, seriesKey(data.metric, data.unit)).live)
    .filter(({ definitionVersion }) => definitionVersion === proposal.definitionVersion)
    .map((observation) => ({ observation, ...parsePeriod(observation.period, fiscalYear) }))
    .filter(({ end }) => end < start)
    .sort((a, b) => (a.end < b.end ? -1 : 1))
    .map(({ observation }) => observation);
  if (!definition || past.length < FEWEST_PERIODS_BACK)
    return refuse(
      'difficulty-is-back-tested-over-six-periods-or-more',
      `The series has ${past.length} earlier periods under this definition; ${FEWEST_PERIODS_BACK} are needed.`,
    );
  const tested = backTest(definition, proposal.anchors, past);
  return sameData(tested, state.backTest)
    ? accept()
    : accept<TargetEvent>({
        type: 'metrics.TargetDifficultyBackTested.v1',
        data: {
          ...placeOfTarget(data, context),
          periods: [...tested.periods],
          obsIds: [...tested.obsIds],
          hits: tested.hits,
          hitRates: tested.hitRates,
        },
      });
}

const againstOldDefinition = (metric: MetricFacts, proposal: Proposal): Refusal | null =>
  metric.definitionVersion === proposal.definitionVersion
    ? null
    : refuse(
        'a-target-stands-on-the-current-definition-of-its-metric',
        `${metric.code} has begun a new series since. Propose the target anew.`,
      );

function approve(
  data: Command<'metrics.ApproveTarget'>,
  state: TargetFacts,
  proposal: Proposal,
  context: DecisionContext,
): Decision<TargetEvent> {
  if (state.state === 'APPROVED' && state.approvedBy === context.actor.id) return accept();
  if (state.state !== 'PROPOSED') return refuse('only-a-proposed-target-is-approved', 'It has been approved already.');
  const self = [context.actor.id, context.onBehalfOf];
  if (self.some((person) => person !== undefined && [proposal.proposedBy, state.proposedFor].includes(person)))
    return refuse('a-target-is-approved-by-another-than-its-proposer', 'Ask another person to approve it.');
  if (beneficiariesOf(context, data.unit, periodIn(context, data.period)).some((leader) => self.includes(leader)))
    return refuse('nobody-approves-a-target-they-benefit-from', 'You lead the unit. Ask someone who does not.');
  return (
    againstOldDefinition(metricIn(context, data.metric), proposal) ??
    accept<TargetEvent>({
      type: 'metrics.TargetApproved.v1',
      data: { ...placeOfTarget(data, context), by: context.actor.id },
    })
  );
}

function againstCycle({ cycle, period }: Command<'metrics.LockTarget'>, context: DecisionContext): Refusal | null {
  const standing = context.facts.ask<CycleStanding>(CYCLE_STANDING, { cycle });
  if (standing.state === 'NONE')
    return refuse(
      'a-target-is-locked-into-an-open-cycle',
      `No cycle has the code "${cycle}". Check the code, or open it: evaluations.OpenCycle.`,
    );
  if (standing.state !== 'OPEN')
    return refuse('a-target-is-locked-into-an-open-cycle', `${cycle} is frozen and takes no more targets.`);
  const { start, end } = periodIn(context, period);
  return start <= standing.periodEnd && end >= standing.periodStart
    ? null
    : refuse(
        'a-target-is-locked-into-a-cycle-of-its-own-time',
        `period: ${period} shares no day with ${cycle}, which lasts from ${standing.periodStart} to ${standing.periodEnd}.`,
      );
}

function lock(
  data: Command<'metrics.LockTarget'>,
  state: TargetFacts,
  proposal: Proposal,
  context: DecisionContext,
): Decision<TargetEvent> {
  const cycleId = context.idOf(naturalKey('cycle', data.cycle));
  if (state.state === 'LOCKED' && state.cycleId === cycleId) return accept();
  if (state.state !== 'APPROVED')
    return refuse(
      'only-an-approved-target-is-locked',
      state.state === 'LOCKED' ? 'It is locked into another cycle.' : 'Have it approved first.',
    );
  const metric = metricIn(context, data.metric);
  const rule = ruleAgainstEvaluating(metric, context.today);
  if (rule !== null) return refuse(rule, `${metric.code} cannot count; a locked target would.`);
  if (unitIn(context, data.unit).classDefined)
    return refuse('a-unit-defined-by-a-class-is-no-scope-of-a-target', 'The unit is defined by a protected class.');
  const old = againstOldDefinition(metric, proposal);
  if (old) return old;
  if (context.today > periodIn(context, data.period).end)
    return refuse('a-target-is-locked-before-its-period-ends', `${data.period} has ended.`);
  return (
    againstCycle(data, context) ??
    accept<TargetEvent>({
      type: 'metrics.TargetLocked.v1',
      data: {
        ...placeOfTarget(data, context),
        cycleId,
        definitionVersion: proposal.definitionVersion,
        lockedBy: context.actor.id,
      },
    })
  );
}

const ONLY_ADJUSTED = refuse(
  'a-locked-target-is-only-adjusted',
  'Send metrics.RequestTargetAdjustment; two people outside the line approve it.',
);

export const targetDecider: Decider<TargetFacts, TargetCommand, TargetEvent> = {
  ...targetFacts,
  commands: targetCommands,
  events: targetEvents,
  stream: ({ data }) => targetKey(data.metric, data.unit, data.period),
  facts({ type, data }): readonly FactQuery[] {
    const metric = streamFact(metricFacts, metricKey(data.metric));
    const series = streamFact(seriesFacts, seriesKey(data.metric, data.unit));
    const known = figureKnownFact(data.metric, data.unit, data.period);
    switch (type) {
      case 'metrics.ProposeTarget':
        return [
          metric,
          unitFact(data.unit),
          organizationFact,
          ...('observation' in data.baseline ? [series] : []),
          ...(data.legalReview === undefined
            ? []
            : [streamFact(legalReviewFacts, idKey('legal-review', data.legalReview))]),
        ];
      case 'metrics.BackTestTarget':
        return [metric, series, organizationFact, seriesOpennessFact(data.metric, data.unit)];
      case 'metrics.ApproveTarget':
        return [metric, unitFact(data.unit), organizationFact];
      case 'metrics.LockTarget':
        return [metric, unitFact(data.unit), organizationFact, cycleStandingFact(data.cycle)];
      case 'metrics.RequestTargetAdjustment':
        return [metric, series, organizationFact, known];
      case 'metrics.RefuseTargetAdjustment':
        return [series, organizationFact, known];
      case 'metrics.ApproveTargetAdjustment':
        return [series, organizationFact, unitFact(data.unit), lineFact(data.unit), known];
      case 'metrics.RetireTarget':
        return [];
    }
  },
  decide(command, state, context) {
    if (command.type === 'metrics.ProposeTarget') return propose(command.data, state, context);
    const locked = lockedIn(state);
    const { proposal } = state;
    if (!proposal || state.state === 'RETIRED')
      return command.type === 'metrics.RetireTarget' && proposal
        ? accept()
        : refuse('a-target-is-proposed-first', 'No target stands for this metric, unit and period.');
    switch (command.type) {
      case 'metrics.BackTestTarget':
        return locked
          ? refuse('difficulty-is-back-tested-before-a-target-is-locked', 'The target is locked.')
          : testBack(command.data, state, proposal, context);
      case 'metrics.ApproveTarget':
        return approve(command.data, state, proposal, context);
      case 'metrics.LockTarget':
        return lock(command.data, state, proposal, context);
      case 'metrics.RetireTarget':
        return locked
          ? ONLY_ADJUSTED
          : accept<TargetEvent>({
              type: 'metrics.TargetRetired.v1',
              data: {
                ...placeOfTarget(command.data, context),
                retiredBy: context.actor.id,
                reason: toSeal(command.data.reason, [context.actor.id]),
              },
            });
      case 'metrics.RequestTargetAdjustment':
      case 'metrics.ApproveTargetAdjustment':
      case 'metrics.RefuseTargetAdjustment': {
        if (!locked) return refuse('only-a-locked-target-is-adjusted', 'Before it is locked, propose the target anew.');
        if (command.type === 'metrics.RequestTargetAdjustment') return requestAdjustment(command.data, locked, context);
        return command.type === 'metrics.ApproveTargetAdjustment'
          ? approveAdjustment(command.data, locked, context)
          : refuseAdjustment(command.data, locked, context);
      }
    }
  },
};
