import { refuse, streamFact, type DecisionContext, type Refusal, type StreamKey } from '@plumbline/kernel';
import { commitmentFacts, commitmentKey, ownerOn } from '@plumbline/charter/facts';
import { actionFacts, actionKey } from '@plumbline/programs/facts';
import type { CycleFacts } from './cycle.facts';

type Named = Extract<ReturnType<typeof streamFact>, { kind: 'stream' }> & { readonly key: StreamKey };

export const commitmentFact = (commitment: string): Named =>
  streamFact(commitmentFacts, commitmentKey(commitment)) as Named;
export const actionFact = (action: string): Named => streamFact(actionFacts, actionKey(action)) as Named;

/** What a contract asks of the commitments it counts: the leader's own, promised first for a day of the period. */
export function againstCommitments(
  id: string,
  commitments: readonly { readonly commitment: string }[],
  { leader, cycle }: { readonly leader: string; readonly cycle: CycleFacts },
  context: DecisionContext,
): Refusal | null {
  for (const { commitment } of commitments) {
    const promised = context.facts.stream(commitmentFacts, commitmentKey(commitment));
    const { state, firstDue } = promised;
    if (state !== 'ACTIVE' || ownerOn(promised, firstDue ?? context.today) !== leader)
      return refuse(
        'a-commitment-counts-for-its-owner',
        `Component ${id}: ${commitment} is no active commitment of this leader.`,
      );
    if (firstDue === null || firstDue < cycle.periodStart || firstDue > cycle.periodEnd)
      return refuse(
        'a-commitment-counts-in-the-period-it-was-first-promised-for',
        `Component ${id}: the first date of ${commitment} lies outside ${cycle.period}.`,
      );
  }
  return null;
}

/** What a contract asks of the actions it counts: still to be delivered, and the leader's to deliver. */
export function againstActions(
  id: string,
  actions: readonly string[],
  leader: string,
  promised: readonly string[],
  context: DecisionContext,
): Refusal | null {
  const idle = actions.find((action) => {
    const { planned, state } = context.facts.stream(actionFacts, actionKey(action));
    return planned === null || state === 'CANCELLED' || state === 'COMPLETED';
  });
  if (idle !== undefined)
    return refuse(
      'an-action-counts-while-it-is-to-be-delivered',
      `Component ${id}: ${idle} is not planned, or has ended. Check the code.`,
    );
  const strange = actions.find((action) => {
    const { planned } = context.facts.stream(actionFacts, actionKey(action));
    return planned?.lead !== leader && !planned?.commitmentIds.some((each) => promised.includes(each));
  });
  return strange === undefined
    ? null
    : refuse(
        'an-action-counts-for-who-leads-it-or-promised-what-it-serves',
        `Component ${id}: ${strange} is led by another and serves no commitment of this contract.`,
      );
}
