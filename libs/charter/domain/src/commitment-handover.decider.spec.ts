import { type CommandBody, type GivenEvent, type SpecContext } from '@plumbline/kernel';
import { commitmentDecider } from './commitment.decider';
import type { CommitmentCommand, CommitmentData } from './commitment.commands';
import type { CommitmentEvent } from './commitment.events';
import { ownerOn } from './commitment.facts';
import {
  active,
  APPROVER,
  assessed,
  commitmentState,
  handedOver,
  handoverProposed,
  HR,
  OWNER,
  inWords,
} from './given.testing';

const written = inWords(commitmentDecider);
/** On a day before the handover, unless said. */
const spec = {
  given: (...events: readonly GivenEvent<CommitmentEvent>[]) => ({
    when: (sent: CommitmentCommand, context: SpecContext) =>
      written.given(...events).when(sent, { today: '2026-04-29', ...context }),
  }),
};
type Type = CommitmentCommand['type'];
const command = <T extends Type>(type: T, data: Omit<CommitmentData<T>, 'commitment'>): CommitmentCommand =>
  ({ type, data: { commitment: 'C07', ...data } }) as CommandBody as CommitmentCommand;

describe('a handover', () => {
  const NEXT = { id: 'person-next', role: 'executive' } as const;
  const reassign = (more: Partial<CommitmentData<'charter.ReassignCommitment'>> = {}): CommitmentCommand =>
    command('charter.ReassignCommitment', { to: 'person-next', effective: '2026-05-01', ...more });
  const accept = command('charter.AcceptReassignment', {});
  const decline = command('charter.DeclineReassignment', { reason: 'Not my wards.' });
  const offered = [...active, handoverProposed()];

  it('is offered by the owner or HR', () => {
    expect(spec.given(...active).when(reassign(), { actor: HR })).toEqual({ events: [handoverProposed()] });
    expect(spec.given(...active).when(reassign(), { actor: OWNER }).events).toHaveLength(1);
    expect(spec.given(...active).when(reassign(), { actor: APPROVER }).refused).toBe(
      'a-commitment-is-handed-over-by-its-owner-or-hr',
    );
  });
  it('is to another person, from a day after the last handover', () => {
    expect(spec.given(...active).when(reassign({ to: 'person-owner' }), { actor: HR }).refused).toBe(
      'a-handover-is-to-another-person',
    );
    expect(spec.given(...active).when(reassign({ effective: '2026-01-31' }), { actor: HR }).refused).toBe(
      'a-handover-takes-effect-after-the-one-before',
    );
    const first = reassign({ effective: '2026-02-01' });
    expect(spec.given(...active).when(first, { actor: HR, today: '2026-02-01' }).events).toHaveLength(1);
  });
  it('offered again is nothing; another offer takes its place', () => {
    expect(spec.given(...offered).when(reassign(), { actor: HR })).toEqual({ events: [] });
    expect(spec.given(...offered).when(reassign({ to: 'person-third' }), { actor: HR }).events).toHaveLength(1);
    expect(spec.given(...offered).when(reassign({ effective: '2026-06-01' }), { actor: HR }).events).toHaveLength(1);
  });
  it('takes effect when the new owner accepts it in their own name', () => {
    expect(spec.given(...offered).when(accept, { actor: NEXT })).toEqual({ events: [handedOver()] });
    for (const answer of [accept, decline]) {
      expect(spec.given(...offered).when(answer, { actor: APPROVER }).refused).toBe(
        'only-the-new-owner-accepts-a-handover',
      );
      expect(spec.given(...offered).when(answer, { actor: NEXT, onBehalfOf: 'person-next' }).refused).toBe(
        'only-the-new-owner-accepts-a-handover',
      );
    }
  });
  it('takes effect on no day that is over: who owned it on its date answers for it', () => {
    const late = { actor: HR, today: '2026-10-10' };
    expect(spec.given(...active).when(reassign({ effective: '2026-09-29' }), late).refused).toBe(
      'a-handover-takes-effect-on-no-day-that-is-over',
    );
    expect(spec.given(...active).when(reassign({ effective: '2026-10-10' }), late).events).toHaveLength(1);
    const { events } = spec.given(...offered).when(accept, { actor: NEXT, today: '2026-10-10' });
    expect(events).toEqual([handedOver('2026-10-10')]);
    expect(ownerOn(commitmentState(...offered, ...(events ?? [])), '2026-09-30')).toBe('person-owner');
  });
  it('is to nobody who has assessed it', () => {
    const judged = [...active, assessed('COMPLETE')];
    const rule = 'an-owner-does-not-assess-their-own-commitment';
    expect(spec.given(...judged).when(reassign({ to: 'person-assessor' }), { actor: HR }).refused).toBe(rule);
    expect(spec.given(...judged).when(reassign(), { actor: HR }).events).toHaveLength(1);
    const judgedSince = [...offered, { ...assessed(), data: { ...assessed().data, assessor: 'person-next' } }];
    expect(spec.given(...judgedSince).when(accept, { actor: NEXT }).refused).toBe(rule);
  });
  it('may be declined, and then stays where it was', () => {
    const { events = [] } = spec.given(...offered).when(decline, { actor: NEXT });
    expect(events).toEqual([
      {
        type: 'charter.CommitmentReassignmentDeclined.v1',
        data: {
          commitmentId: 'commitment:C07',
          to: 'person-next',
          reason: { toSeal: 'Not my wards.', subjects: ['person-next'] },
        },
      },
    ]);
    const state = commitmentState(...offered, ...events);
    expect(state.reassignment).toBeNull();
    expect(state.owners).toEqual([{ ownerId: 'person-owner', from: '2026-02-01' }]);
  });
  it('is offered before it is answered; accepted again it is nothing', () => {
    expect(spec.given(...active).when(accept, { actor: NEXT }).refused).toBe(
      'a-handover-is-offered-before-it-is-answered',
    );
    expect(spec.given(...active).when(accept, { actor: OWNER }).refused).toBe(
      'a-handover-is-offered-before-it-is-answered',
    );
    expect(spec.given(...active).when(decline, { actor: NEXT }).refused).toBe(
      'a-handover-is-offered-before-it-is-answered',
    );
    expect(spec.given(...offered, handedOver()).when(accept, { actor: NEXT })).toEqual({ events: [] });
  });
  it('changes no date', () => {
    expect(commitmentState(...offered, handedOver())).toMatchObject({
      firstDue: '2026-09-30',
      currentDue: '2026-09-30',
    });
  });
});
