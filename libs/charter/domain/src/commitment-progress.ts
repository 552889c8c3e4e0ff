import { causes, codesOf } from '@plumbline/frameworks';
import {
  accept,
  parsePeriod,
  refuse,
  sameData,
  toSeal,
  type Decision,
  type DecisionContext,
  type Refusal,
} from '@plumbline/kernel';
import type { CommitmentData } from './commitment.commands';
import type { CommitmentEvent } from './commitment.events';
import { ownerOn, type CommitmentFacts } from './commitment.facts';
import { milestoneIn, unknownMilestone } from './commitment-plan';
import { againstFiles } from './evidence-files';
import { againstLateness, lateReasonOf } from './lateness';
import { actingAs, lineAround, organizationIn, personIn } from './organization-facts';
import { dutyOf, isReportingPeriod, type ReportingDuty } from './reporting-duty.facts';
import { RESOURCED_STATUSES } from './vocabulary';

/** The owner, or someone the owner lets report for them. */
export const againstOthers = (state: CommitmentFacts, context: DecisionContext): Refusal | null =>
  actingAs(context).includes(ownerOn(state, context.today) ?? '')
    ? null
    : refuse('only-the-owner-reports-on-a-commitment', 'Its owner does, or who acts for them under a delegation.');

export function unknownCause(codes: readonly string[]): Refusal | null {
  const unknown = codes.find((code) => !causes.some((cause) => cause.code === code));
  return unknown === undefined
    ? null
    : refuse('a-cause-is-one-of-the-list', `"${unknown}" is none of ${codesOf(causes).join(', ')}.`);
}

/** When a report on a period is due from this commitment's owner, or why it is none. */
function dutyFor(text: string, state: CommitmentFacts, context: DecisionContext): ReportingDuty | Refusal {
  const { calendar, fiscalYear } = organizationIn(context);
  if (calendar === null || !isReportingPeriod(text, calendar, fiscalYear))
    return refuse(
      'a-report-is-on-a-period-of-the-reporting-calendar',
      calendar === null
        ? 'No reporting calendar is set.'
        : `${text} is none. Reports are due ${calendar.periods.join(', ')}.`,
    );
  const period = parsePeriod(text, fiscalYear);
  if (
    state.acceptedOn === null ||
    period.end < state.acceptedOn ||
    (state.endedOn !== null && state.endedOn <= period.end)
  )
    return refuse('a-report-is-on-a-period-in-which-the-commitment-stood', `It did not stand at the end of ${text}.`);
  const owner = ownerOn(state, period.end);
  return dutyOf(period, calendar, owner === null ? [] : personIn(context, owner).absences);
}

export function reportProgress(
  data: CommitmentData<'charter.ReportProgress'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const others = againstOthers(state, context);
  if (others) return others;
  const duty = dutyFor(data.period, state, context);
  if ('refused' in duty) return duty;
  const nil = data.nil ?? false;
  if (context.today < duty.period.end)
    return refuse('a-period-is-reported-on-when-it-ends', `${data.period} ends on ${duty.period.end}.`);
  const known = state.periods[data.period];
  if (known?.reported) return refuse('a-period-is-reported-on-once', `${data.period} has been reported on.`);
  if (nil && data.selfStatus !== (state.selfStatus ?? 'NOT_STARTED'))
    return refuse('a-nil-report-keeps-the-status', `The last one was ${state.selfStatus ?? 'NOT_STARTED'}.`);
  if (!nil && data.narrative === undefined)
    return refuse('a-report-says-what-happened', 'Give narrative, or nil: true when nothing happened.');
  if (RESOURCED_STATUSES.includes(data.selfStatus) && !state.resourced && !state.needsNoResources)
    return refuse(
      'substantial-progress-rests-on-resources',
      'Record what was pledged or released for it, or declare that it needs nothing.',
    );
  const unknown = unknownCause(data.causes ?? []);
  if (unknown) return unknown;
  const people = [context.actor.id, ownerOn(state, context.today) ?? context.actor.id];
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentProgressReported.v1',
    data: {
      commitmentId: context.id,
      period: data.period,
      selfStatus: data.selfStatus,
      narrative: data.narrative === undefined ? null : toSeal(data.narrative, people),
      challenges: data.challenges === undefined ? null : toSeal(data.challenges, people),
      causes: data.causes ?? [],
      nil,
      late: (known?.missed ?? false) || context.today > duty.lastDay,
      reportedBy: context.actor.id,
      reportedOn: context.today,
    },
  });
}

export function missProgress(
  data: CommitmentData<'charter.MissProgress'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  if (state.periods[data.period]) return accept();
  const duty = dutyFor(data.period, state, context);
  if ('refused' in duty) return duty;
  if (context.today <= duty.lastDay)
    return refuse('a-period-is-missed-when-its-grace-is-over', `A report on ${data.period} is in time still.`);
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentProgressMissed.v1',
    data: {
      commitmentId: context.id,
      period: data.period,
      ownerId: ownerOn(state, duty.period.end) ?? '',
      missedOn: context.today,
    },
  });
}

export function reachMilestone(
  data: CommitmentData<'charter.ReachMilestone'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const others = againstOthers(state, context);
  if (others) return others;
  const milestone = milestoneIn(state, data.milestone);
  if (!milestone) return unknownMilestone(data.milestone);
  if (milestone.recordedOn !== null)
    return sameData(
      milestone.evidence,
      data.evidence.map(({ evidenceId }) => evidenceId),
    )
      ? accept()
      : refuse('a-milestone-is-reached-once', `It was recorded on ${milestone.recordedOn}.`);
  if (data.evidence.length === 0)
    return refuse(
      'a-milestone-is-reached-with-evidence',
      'evidence is empty. Say where it lies, its hash, who keeps it.',
    );
  return (
    againstFiles(data.evidence, context) ??
    accept<CommitmentEvent>({
      type: 'charter.CommitmentMilestoneReached.v1',
      data: {
        commitmentId: context.id,
        milestoneId: milestone.milestoneId,
        evidenceRefs: data.evidence,
        reachedBy: context.actor.id,
        recordedOn: context.today,
      },
    })
  );
}

export function attestDoneDate(
  data: CommitmentData<'charter.AttestDoneDate'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const milestone = data.milestone === undefined ? undefined : milestoneIn(state, data.milestone);
  if (data.milestone !== undefined && !milestone) return unknownMilestone(data.milestone);
  const of = milestone ?? { recordedOn: state.state === 'FULFILLED' ? state.endedOn : null, ...state, reachedBy: [] };
  if (of.recordedOn === null)
    return refuse('what-is-attested-was-recorded-first', 'Its owner records that it is done, then it is attested.');
  const involved = [...of.reachedBy, ...state.owners.map(({ ownerId }) => ownerId)];
  if (actingAs(context).some((person) => involved.includes(person)))
    return refuse('a-done-date-is-attested-by-another-than-the-owner', 'Ask someone who never owned or reported it.');
  const doneOn = data.doneOn ?? of.recordedOn;
  if (of.attestedBy !== null)
    return of.doneOn === doneOn
      ? accept()
      : refuse('a-done-date-is-attested-once', `${of.doneOn} is attested already.`);
  if (doneOn > of.recordedOn || doneOn < (state.acceptedOn ?? ''))
    return refuse(
      'a-done-date-lies-between-acceptance-and-record',
      `doneOn lies outside ${state.acceptedOn} to ${of.recordedOn}.`,
    );
  return (
    againstLateness(doneOn, of.recordedOn, data.reason, context) ??
    accept<CommitmentEvent>({
      type: 'charter.CommitmentDoneDateAttested.v1',
      data: {
        commitmentId: context.id,
        milestoneId: milestone?.milestoneId ?? null,
        doneOn,
        lateReason: lateReasonOf(data.reason, context),
        attestedBy: context.actor.id,
      },
    })
  );
}

export function resource(
  data: CommitmentData<'charter.ResourceCommitment'>,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  if (data.budget === undefined && data.fte === undefined)
    return refuse('resources-are-money-or-time', 'Give budget, fte or both.');
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentResourced.v1',
    data: {
      commitmentId: context.id,
      stage: data.stage,
      budget: data.budget ?? null,
      fte: data.fte ?? null,
      source: data.source,
      resourcedBy: context.actor.id,
    },
  });
}

export function declareNoResources(
  data: CommitmentData<'charter.DeclareNoResourcesNeeded'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  if (state.needsNoResources) return accept();
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentNeedsNoResources.v1',
    data: {
      commitmentId: context.id,
      reason: toSeal(data.reason, [context.actor.id]),
      declaredBy: context.actor.id,
    },
  });
}

export function assess(
  data: CommitmentData<'charter.AssessCommitment'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const self = actingAs(context);
  const owner = ownerOn(state, context.today);
  if (self.some((person) => state.owners.some(({ ownerId }) => ownerId === person)))
    return refuse('an-owner-does-not-assess-their-own-commitment', 'Ask an assessor outside the line.');
  if (owner !== null && self.some((person) => lineAround(context, owner).includes(person)))
    return refuse('an-assessor-stands-outside-the-line-of-the-owner', 'You lead above or below the owner.');
  return (
    againstFiles(data.evidence, context) ??
    accept<CommitmentEvent>({
      type: 'charter.CommitmentIndependentlyAssessed.v1',
      data: {
        commitmentId: context.id,
        assessor: context.actor.id,
        completion: data.completion,
        rationale: toSeal(data.rationale, [context.actor.id, ...(owner === null ? [] : [owner])]),
        assessedOn: context.today,
        evidenceRefs: data.evidence ?? [],
      },
    })
  );
}
