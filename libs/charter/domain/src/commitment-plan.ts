import {
  accept,
  createdKey,
  parsePeriod,
  refuse,
  toSeal,
  type Decision,
  type DecisionContext,
  type LocalDate,
  type Refusal,
} from '@plumbline/kernel';
import { metricFacts, metricKey } from '@plumbline/metrics/facts';
import type { CommitmentData } from './commitment.commands';
import type { CommitmentEvent } from './commitment.events';
import { dueOfMilestone, latest, ownerOn, type CommitmentFacts, type MilestoneFacts } from './commitment.facts';
import { actingAs } from './organization-facts';
import { sameCode } from './vocabulary';

/** A day as given, or the last day of a month. */
export const lastDayOf = (due: string): LocalDate => (due.length === 7 ? parsePeriod(due).end : due);

export const milestoneIn = (state: CommitmentFacts, id: string): MilestoneFacts | undefined =>
  state.milestones.find(({ milestoneId }) => sameCode(milestoneId, id));

export const unknownMilestone = (id: string): Refusal =>
  refuse('a-milestone-is-named-by-its-id', `The commitment has no milestone "${id}".`);

const CARETAKERS = ['hr', 'program-lead', 'data-steward'];

/** Whoever proposed it, is asked to keep it or keeps it, and the offices that look after all of them. */
export function againstStranger(state: CommitmentFacts, context: DecisionContext): Refusal | null {
  if (CARETAKERS.includes(context.actor.role)) return null;
  const { proposal } = state;
  const concerned = [
    ...[proposal?.proposedBy, state.proposedFor, proposal?.askedOwnerId],
    ownerOn(state, context.today),
  ];
  return actingAs(context).some((person) => concerned.includes(person))
    ? null
    : refuse('a-commitment-is-planned-by-those-it-concerns', 'Its proposer, its owner or HR adds to it.');
}

/** After acceptance nothing new moves the end of the whole: that is what rescheduling is for. */
function againstLater(due: LocalDate | null, state: CommitmentFacts): Refusal | null {
  return state.currentDue !== null && due !== null && due > state.currentDue
    ? refuse(
        'what-is-added-after-acceptance-is-due-within-the-commitment',
        `It is due by ${state.currentDue}. Have a milestone rescheduled first.`,
      )
    : null;
}

export function addMilestone(
  data: CommitmentData<'charter.AddMilestone'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const baselineDue = data.due === undefined ? null : lastDayOf(data.due);
  const weight = data.weight ?? 1;
  const known = milestoneIn(state, data.milestone);
  if (known)
    return known.title === data.title &&
      known.weight === weight &&
      (baselineDue === null || known.baselineDue === baselineDue)
      ? accept()
      : refuse('the-id-of-a-milestone-is-used-once', `"${data.milestone}" is another milestone of this commitment.`);
  return (
    againstStranger(state, context) ??
    againstLater(baselineDue, state) ??
    accept<CommitmentEvent>({
      type: 'charter.CommitmentMilestoneAdded.v1',
      data: {
        commitmentId: context.id,
        milestoneId: data.milestone,
        title: data.title,
        weight,
        baselineDue: baselineDue ?? state.currentDue,
        contracted: state.state === 'PROPOSED',
        addedBy: context.actor.id,
      },
    })
  );
}

export function addIndicator(
  data: CommitmentData<'charter.AddIndicator'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const milestone = data.milestone === undefined ? undefined : milestoneIn(state, data.milestone);
  if (data.milestone !== undefined && !milestone) return unknownMilestone(data.milestone);
  const baselineDue = data.due === undefined ? null : lastDayOf(data.due);
  const indicator = {
    milestoneId: milestone?.milestoneId ?? null,
    text: data.text,
    office: data.office ?? null,
    kind: data.kind,
    metricId: data.metric === undefined ? null : context.idOf(metricKey(data.metric)),
    baselineDue,
  };
  const known = state.indicators.find(({ indicatorId }) => sameCode(indicatorId, data.indicator));
  if (known)
    return Object.entries(indicator).every(([field, value]) => known[field as keyof typeof indicator] === value)
      ? accept()
      : refuse('the-id-of-an-indicator-is-used-once', `"${data.indicator}" is another indicator of this commitment.`);
  const stranger = againstStranger(state, context);
  if (stranger) return stranger;
  if (data.metric !== undefined && context.facts.stream(metricFacts, metricKey(data.metric)).definition === null)
    return refuse('an-indicator-is-measured-by-a-defined-metric', `No metric has the code "${data.metric}".`);
  const within = milestone?.currentDue ?? null;
  if (state.currentDue !== null && within !== null && baselineDue !== null && baselineDue > within)
    return refuse(
      'what-is-added-after-acceptance-is-due-within-the-commitment',
      `${milestone?.milestoneId} is due by ${within}. Have it rescheduled first.`,
    );
  return (
    againstLater(baselineDue, state) ??
    accept<CommitmentEvent>({
      type: 'charter.CommitmentIndicatorAdded.v1',
      data: { commitmentId: context.id, indicatorId: data.indicator, ...indicator, addedBy: context.actor.id },
    })
  );
}

export function requestReschedule(
  data: CommitmentData<'charter.RequestReschedule'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const milestone = milestoneIn(state, data.milestone);
  if (!milestone || milestone.currentDue === null) return unknownMilestone(data.milestone);
  const to = lastDayOf(data.to);
  const open = state.rescheduling;
  if (open)
    return open.milestoneId === milestone.milestoneId && open.to === to && open.requestedBy.includes(context.actor.id)
      ? accept()
      : refuse('one-date-is-asked-for-at-a-time', 'Another request is open. It is approved or refused first.');
  if (milestone.recordedOn !== null)
    return refuse('a-reached-milestone-keeps-its-date', `It was reached on ${milestone.recordedOn}.`);
  if (to === milestone.currentDue)
    return refuse('another-date-is-another-date', `${milestone.milestoneId} is due on ${to} already.`);
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentRescheduleRequested.v1',
    data: {
      commitmentId: context.id,
      requestId: context.idOf(createdKey('reschedule-request')),
      milestoneId: milestone.milestoneId,
      from: milestone.currentDue,
      to,
      reason: toSeal(data.reason, [context.actor.id]),
      requestedBy: context.actor.id,
      requestedOn: context.today,
    },
  });
}

function openRequest(named: string, state: CommitmentFacts) {
  const open = state.rescheduling;
  return open && sameCode(open.milestoneId, named)
    ? open
    : refuse('another-date-is-asked-for-before-it-is-decided', `No other date is asked for ${named}.`);
}

/** A date is moved by someone who neither owns the commitment nor asked. */
function againstOwner(asked: readonly string[], state: CommitmentFacts, context: DecisionContext): Refusal | null {
  const involved = [...asked, ownerOn(state, context.today)];
  return actingAs(context).some((person) => involved.includes(person))
    ? refuse('a-date-is-moved-by-another-than-the-owner', 'Ask someone who neither owns it nor asked for it.')
    : null;
}

export function rescheduleMilestone(
  data: CommitmentData<'charter.RescheduleMilestone'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const open = openRequest(data.milestone, state);
  if ('refused' in open) return open;
  const own = againstOwner(open.requestedBy, state, context);
  if (own) return own;
  const dues = state.milestones.map((each) =>
    each.milestoneId === open.milestoneId ? open.to : dueOfMilestone(each, state.indicators),
  );
  const loose = state.indicators.filter(({ milestoneId }) => milestoneId === null).map((each) => each.baselineDue);
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentMilestoneRescheduled.v1',
    data: {
      commitmentId: context.id,
      requestId: open.requestId,
      milestoneId: open.milestoneId,
      from: open.from,
      to: open.to,
      commitmentDue: latest([...dues, ...loose]) ?? open.to,
      reason: toSeal(data.reason, [context.actor.id, ...open.requestedBy]),
      requestedBy: open.requestedBy[0] ?? context.actor.id,
      approvedBy: context.actor.id,
      rescheduledOn: context.today,
    },
  });
}

export function refuseReschedule(
  data: CommitmentData<'charter.RefuseReschedule'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const open = openRequest(data.milestone, state);
  if ('refused' in open) return open;
  return (
    againstOwner(open.requestedBy, state, context) ??
    accept<CommitmentEvent>({
      type: 'charter.CommitmentRescheduleRefused.v1',
      data: {
        commitmentId: context.id,
        requestId: open.requestId,
        milestoneId: open.milestoneId,
        refusedBy: context.actor.id,
        reason: toSeal(data.reason, [context.actor.id, ...open.requestedBy]),
      },
    })
  );
}
