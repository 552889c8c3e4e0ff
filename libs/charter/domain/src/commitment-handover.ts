import { accept, refuse, toSeal, type Decision, type DecisionContext, type Refusal } from '@plumbline/kernel';
import type { CommitmentData } from './commitment.commands';
import type { CommitmentEvent } from './commitment.events';
import { ownerOn, type CommitmentFacts } from './commitment.facts';
import { actingAs } from './organization-facts';

const againstAssessor = ({ assessors }: CommitmentFacts, to: string): Refusal | null =>
  assessors.includes(to)
    ? refuse('an-owner-does-not-assess-their-own-commitment', 'They have assessed it. Hand it to another.')
    : null;

export function reassign(
  data: CommitmentData<'charter.ReassignCommitment'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const from = state.owners.at(-1);
  if (context.actor.role !== 'hr' && !actingAs(context).includes(ownerOn(state, context.today) ?? ''))
    return refuse('a-commitment-is-handed-over-by-its-owner-or-hr', 'You neither own it nor act for HR.');
  if (!from || from.ownerId === data.to) return refuse('a-handover-is-to-another-person', 'They own it already.');
  if (data.effective < from.from)
    return refuse('a-handover-takes-effect-after-the-one-before', `Its owner has it since ${from.from}.`);
  const open = state.reassignment;
  if (open?.to === data.to && open.effective === data.effective) return accept();
  if (data.effective < context.today)
    return refuse('a-handover-takes-effect-on-no-day-that-is-over', 'effective lies before today.');
  return (
    againstAssessor(state, data.to) ??
    accept<CommitmentEvent>({
      type: 'charter.CommitmentReassignmentProposed.v1',
      data: {
        commitmentId: context.id,
        from: from.ownerId,
        to: data.to,
        effective: data.effective,
        proposedBy: context.actor.id,
      },
    })
  );
}

export function acceptReassignment(state: CommitmentFacts, context: DecisionContext): Decision<CommitmentEvent> {
  const open = state.reassignment;
  if (!open)
    return state.owners.at(-1)?.ownerId === context.actor.id && state.owners.length > 1
      ? accept()
      : refuse('a-handover-is-offered-before-it-is-answered', 'Nobody is asked to take it over.');
  if (context.onBehalfOf !== undefined || open.to !== context.actor.id)
    return refuse('only-the-new-owner-accepts-a-handover', 'Whoever is to take it over accepts it, in their own name.');
  const assessed = againstAssessor(state, open.to);
  if (assessed) return assessed;
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentReassigned.v1',
    data: {
      commitmentId: context.id,
      from: open.from,
      to: open.to,
      // who was to answer for a day that is over answers for it still
      effective: open.effective < context.today ? context.today : open.effective,
      acceptedByNewOwner: true,
    },
  });
}

export function declineReassignment(
  data: CommitmentData<'charter.DeclineReassignment'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const open = state.reassignment;
  if (!open) return refuse('a-handover-is-offered-before-it-is-answered', 'Nobody is asked to take it over.');
  if (context.onBehalfOf !== undefined || open.to !== context.actor.id)
    return refuse('only-the-new-owner-accepts-a-handover', 'Whoever is to take it over answers, in their own name.');
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentReassignmentDeclined.v1',
    data: { commitmentId: context.id, to: open.to, reason: toSeal(data.reason, [context.actor.id]) },
  });
}
