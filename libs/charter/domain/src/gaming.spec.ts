import { writeDecimal, type GivenEvent } from '@plumbline/kernel';
import { commitmentAttainment } from '@plumbline/measures';
import type { CommitmentEvent } from './commitment.events';
import {
  accepted,
  active,
  attested,
  carriedForward,
  commitmentState,
  fulfilled,
  milestone,
  missed,
  proposed,
  reached,
  rescheduled,
  resourced,
  withdrawn,
} from './given.testing';
import { countedPromise } from './promise.facts';

const THROUGH = '2026-12-31';

/** What a leader gets for two commitments of one weight, this one beside one that was kept and verified in time. */
function attainmentWith(...events: readonly GivenEvent<CommitmentEvent>[]): string | null {
  const kept = commitmentState(...active, resourced, reached(), fulfilled('2026-06-12'), attested('2026-06-12', null));
  const items = [kept, commitmentState(...events)].map((state, at) => ({
    id: `C${at}`,
    weight: 1,
    graceDays: 90,
    ...countedPromise(state),
  }));
  const { attainment } = commitmentAttainment(items, THROUGH);
  return attainment && writeDecimal(attainment);
}

const open = attainmentWith(...active);

describe('a commitment that is past its first date', () => {
  it('is worth nothing while it is open', () => {
    expect(open).toBe('50');
  });
  it('gains nothing by being missed, or withdrawn after its date or by the line', () => {
    expect(attainmentWith(...active, missed)).toBe(open);
    expect(attainmentWith(...active, withdrawn(true, false))).toBe(open);
    expect(attainmentWith(...active, withdrawn(false, true))).toBe(open);
  });
  it('is left out when two outside the line let it go before its date', () => {
    expect(attainmentWith(...active, withdrawn(true, true))).toBe('100');
  });
  it('gains nothing by being carried forward, nor does what takes its place', () => {
    expect(attainmentWith(...active, carriedForward)).toBe(open);
    const origin = { commitmentId: 'commitment:C07', baselineDue: '2026-09-30' };
    const successor = [
      proposed({ origin }),
      milestone('C31.1', { baselineDue: '2026-12-31' }),
      accepted({ firstDue: '2026-12-31', milestones: [{ milestoneId: 'C31.1', weight: 1, due: '2026-12-31' }] }),
    ];
    expect(countedPromise(commitmentState(...successor)).firstDue).toBe('2026-09-30');
    expect(attainmentWith(...successor)).toBe(open);
    const late = [...successor, resourced, reached('C31.1'), fulfilled('2026-12-31'), attested('2026-12-31', null)];
    expect(Number(attainmentWith(...late))).toBeLessThan(50.1);
  });
  it('gains nothing by being moved', () => {
    expect(attainmentWith(...active, rescheduled('2027-06-30'))).toBe(open);
  });
  it('gains nothing by trivial milestones that come later', () => {
    const trivial = ['A', 'B', 'C'].flatMap((id) => [milestone(id, { contracted: false }), reached(id)]);
    expect(attainmentWith(...active, ...trivial)).toBe(open);
  });
  it('gains nothing by saying that it was done earlier, unless another attests it', () => {
    const done = [...active, resourced, reached('C07.1', '2026-10-15'), fulfilled('2026-10-15')];
    expect(attainmentWith(...done)).toBe(open);
    expect(attainmentWith(...done, attested('2026-10-15', null))).toBe('91.666667');
    expect(attainmentWith(...done, attested('2026-09-30', null))).toBe('100');
  });
});

describe('a promise that is counted', () => {
  const counted = (...events: readonly GivenEvent<CommitmentEvent>[]) => countedPromise(commitmentState(...events));
  it('has no date before it is accepted, whatever it carries forward', () => {
    expect(counted(proposed({ origin: { commitmentId: 'c', baselineDue: '2026-01-31' } }))).toMatchObject({
      firstDue: null,
      ended: null,
    });
    expect(counted().ended).toBeNull();
  });
  it('is due at the end of the month in which its owner is back from an absence that covers its date', () => {
    const away = [{ from: '2026-09-01', to: '2026-10-31' }];
    expect(countedPromise(commitmentState(...active), away).firstDue).toBe('2026-11-30');
    expect(countedPromise(commitmentState(...active), [{ from: '2026-10-01', to: '2026-10-31' }]).firstDue).toBe(
      '2026-09-30',
    );
  });
  it('is verified when it is fulfilled and another attests it or finds it complete', () => {
    const done = [...active, resourced, reached(), fulfilled()];
    const complete = {
      type: 'charter.CommitmentIndependentlyAssessed.v1' as const,
      data: {
        ...{ commitmentId: 'commitment:C07', assessor: 'person-assessor', completion: 'COMPLETE' as const },
        ...{ rationale: { toSeal: '', subjects: [] }, assessedOn: '2026-06-20', evidenceRefs: [] },
      },
    };
    expect(counted(...done).verified).toBe(false);
    expect(counted(...done, attested('2026-06-12', null)).verified).toBe(true);
    expect(counted(...done, complete)).toMatchObject({ verified: true, doneOn: '2026-06-12', assessed: 'COMPLETE' });
    expect(counted(...active, complete)).toMatchObject({ verified: false, doneOn: null });
  });
  it.each([
    [missed, 'MISSED'],
    [carriedForward, 'CARRIED_FORWARD'],
    [withdrawn(false, false), 'WITHDRAWN'],
    [withdrawn(true, true), 'WITHDRAWN_OUTSIDE'],
  ] as const)('ends as it was recorded', (event, ended) => {
    expect(counted(...active, event).ended).toBe(ended);
  });
});
