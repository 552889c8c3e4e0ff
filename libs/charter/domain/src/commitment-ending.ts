import {
  accept,
  askFact,
  createdKey,
  parsePeriod,
  refuse,
  streamFact,
  toSeal,
  type Decision,
  type DecisionContext,
  type FactQuery,
} from '@plumbline/kernel';
import { outsideAbsence } from '@plumbline/organization/facts';
import type { CommitmentData } from './commitment.commands';
import type { CommitmentEvent } from './commitment.events';
import { commitmentFacts, ownerOn, type CommitmentFacts } from './commitment.facts';
import { unknownCause } from './commitment-progress';
import { againstFiles } from './evidence-files';
import { actingAs, calendarIn, lineAround, organizationIn, personIn } from './organization-facts';
import { commitmentKey } from './streams.facts';

/** The actions that serve a commitment, with the days on which each was delivered. About `{commitment}`, a code. */
export const DELIVERIES_OF_COMMITMENT = 'programs.deliveries-of-commitment';
interface ServingAction {
  readonly actionId: string;
  readonly deliveryDays: readonly string[];
}
export const factsOfFulfilling = (commitment: string): readonly FactQuery[] => [
  askFact(DELIVERIES_OF_COMMITMENT, { commitment }),
];

const isOwn = (state: CommitmentFacts, { actor, onBehalfOf, today }: DecisionContext): boolean =>
  onBehalfOf === undefined && ownerOn(state, today) === actor.id;

export function fulfil(
  data: CommitmentData<'charter.FulfilCommitment'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  if (!isOwn(state, context))
    return refuse('only-the-owner-fulfils-a-commitment', 'Its owner records it, in their own name.');
  const open = state.milestones.filter(({ contracted, recordedOn }) => contracted && recordedOn === null);
  if (open.length > 0)
    return refuse(
      'a-commitment-is-fulfilled-when-its-contracted-milestones-are-reached',
      `Open are ${open.map(({ milestoneId }) => milestoneId).join(', ')}.`,
    );
  if (!state.resourced && !state.needsNoResources)
    return refuse(
      'substantial-progress-rests-on-resources',
      'Record what was pledged or released for it, or declare that it needs nothing.',
    );
  const serving = context.facts
    .ask<readonly ServingAction[]>(DELIVERIES_OF_COMMITMENT, { commitment: data.commitment })
    .filter(({ deliveryDays }) => deliveryDays.length > 0);
  if (new Set(serving.flatMap(({ deliveryDays }) => deliveryDays)).size === 1)
    return refuse(
      'a-single-delivery-does-not-complete-a-commitment',
      'What serves it was delivered on one day only. It is kept when it lasts.',
    );
  return (
    againstFiles(data.evidence, context) ??
    accept<CommitmentEvent>({
      type: 'charter.CommitmentFulfilled.v1',
      data: {
        commitmentId: context.id,
        ownerId: context.actor.id,
        evidenceRefs: data.evidence ?? [],
        actionIds: serving.map(({ actionId }) => actionId),
        fulfilledOn: context.today,
      },
    })
  );
}

export function miss(
  data: CommitmentData<'charter.MissCommitment'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  if (!calendarIn(context).closedPeriods.includes(data.period))
    return refuse('a-commitment-is-missed-only-when-a-period-closes', `${data.period} has not been closed.`);
  const owner = ownerOn(state, context.today) ?? '';
  const { end } = parsePeriod(data.period, organizationIn(context).fiscalYear);
  const { currentDue } = state;
  const owedBy = currentDue === null ? null : ownerOn(state, currentDue);
  if (currentDue === null || owedBy === null || outsideAbsence(personIn(context, owedBy).absences, currentDue) > end)
    return refuse('a-commitment-is-missed-after-its-date', `It was not due by the end of ${data.period}.`);
  const unknown = unknownCause(data.causes ?? []);
  if (unknown) return unknown;
  const causes = data.causes && data.causes.length > 0 ? data.causes : state.causes;
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentMissed.v1',
    data: {
      commitmentId: context.id,
      ownerId: owner,
      period: data.period,
      causes: causes.length > 0 ? [...causes] : ['NOT_STATED'],
      missedOn: context.today,
    },
  });
}

export function requestWithdrawal(
  data: CommitmentData<'charter.RequestWithdrawal'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  if (!actingAs(context).includes(ownerOn(state, context.today) ?? ''))
    return refuse('a-withdrawal-is-asked-for-by-the-owner', 'Its owner asks, or who acts for them.');
  if (state.withdrawal) return accept();
  const noteId = context.idOf(createdKey('public-note'));
  return accept<CommitmentEvent>(
    {
      type: 'charter.CommitmentPublicNoteWritten.v1',
      data: {
        commitmentId: context.id,
        noteId,
        text: data.publicNote,
        writtenBy: context.actor.id,
        writtenOn: context.today,
      },
    },
    {
      type: 'charter.CommitmentWithdrawalRequested.v1',
      data: {
        commitmentId: context.id,
        requestId: context.idOf(createdKey('withdrawal-request')),
        noteId,
        reason: toSeal(data.reason, [context.actor.id]),
        requestedBy: context.actor.id,
      },
    },
  );
}

const NOT_ASKED = refuse(
  'a-withdrawal-is-asked-for-before-it-is-decided',
  'Its owner sends charter.RequestWithdrawal.',
);
const OWN = refuse('a-withdrawal-is-decided-by-others-than-its-owner', 'Ask someone who neither owns it nor asked.');

export function withdraw(
  data: CommitmentData<'charter.WithdrawCommitment'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const { withdrawal } = state;
  if (!withdrawal) return NOT_ASKED;
  const owner = ownerOn(state, context.today) ?? '';
  const self = actingAs(context);
  if (self.some((person) => person === owner || withdrawal.requestedBy.includes(person))) return OWN;
  const line = lineAround(context, owner);
  const approval = { by: context.actor.id, outsideLine: !self.some((person) => line.includes(person)) };
  const [first] = withdrawal.approvals;
  if (!first)
    return accept<CommitmentEvent>({
      type: 'charter.CommitmentWithdrawalApproved.v1',
      data: { commitmentId: context.id, requestId: withdrawal.requestId, ...approval },
    });
  if (first.by === approval.by) return accept();
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentWithdrawn.v1',
    data: {
      commitmentId: context.id,
      requestId: withdrawal.requestId,
      noteId: withdrawal.noteId,
      approvers: [first.by, approval.by],
      outsideLine: first.outsideLine && approval.outsideLine,
      beforeDue: state.firstDue !== null && context.today < state.firstDue,
      reason: toSeal(data.reason, [context.actor.id, owner]),
      withdrawnOn: context.today,
    },
  });
}

export function refuseWithdrawal(
  data: CommitmentData<'charter.RefuseWithdrawal'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const { withdrawal } = state;
  if (!withdrawal) return NOT_ASKED;
  const involved = [ownerOn(state, context.today), ...withdrawal.requestedBy];
  if (actingAs(context).some((person) => involved.includes(person))) return OWN;
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentWithdrawalRefused.v1',
    data: {
      commitmentId: context.id,
      requestId: withdrawal.requestId,
      refusedBy: context.actor.id,
      reason: toSeal(data.reason, [context.actor.id]),
    },
  });
}

export const factsOfCarrying = (into: string): readonly FactQuery[] => [
  streamFact(commitmentFacts, commitmentKey(into)),
];

export function carryForward(
  data: CommitmentData<'charter.CarryForwardCommitment'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  if (!isOwn(state, context))
    return refuse('only-the-owner-carries-a-commitment-forward', 'Its owner does, in their own name.');
  const next = context.facts.stream(commitmentFacts, commitmentKey(data.into));
  if (next.state !== 'ACTIVE' || next.proposal?.origin?.commitmentId !== context.id || state.firstDue === null)
    return refuse(
      'a-commitment-is-carried-into-one-that-says-so-and-is-accepted',
      `Propose ${data.into} with carriesForward, and have it accepted.`,
    );
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentCarriedForward.v1',
    data: {
      commitmentId: context.id,
      newCommitmentId: next.proposal.commitmentId,
      originBaselineDue: state.firstDue,
      carriedBy: context.actor.id,
      carriedOn: context.today,
    },
  });
}

export function writeNote(
  data: CommitmentData<'charter.WritePublicNote'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  if (context.actor.role !== 'hr' && !actingAs(context).includes(ownerOn(state, context.today) ?? ''))
    return refuse('a-public-note-is-written-by-the-owner-or-hr', 'You neither own the commitment nor act for HR.');
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentPublicNoteWritten.v1',
    data: {
      commitmentId: context.id,
      noteId: context.idOf(createdKey('public-note')),
      text: data.text,
      writtenBy: context.actor.id,
      writtenOn: context.today,
    },
  });
}

export function passNote(
  data: CommitmentData<'charter.PassPublicNote'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const note = state.notes[data.note];
  if (!note) return refuse('a-note-is-passed-once-it-is-written', 'The commitment has no note with this id.');
  if (note.passedBy !== null) return accept();
  if (actingAs(context).some((person) => note.writtenBy.includes(person)))
    return refuse('a-public-note-is-passed-by-a-second-person', 'Ask someone who did not write it.');
  return accept<CommitmentEvent>({
    type: 'charter.PublicNotePassed.v1',
    data: { commitmentId: context.id, noteId: data.note, by: context.actor.id, passedOn: context.today },
  });
}
