import { accept, specify, type GivenEvent, type Role, type SpecContext } from '@plumbline/kernel';
import {
  adjustmentApproved,
  approved,
  defined,
  linear,
  locked,
  metricState,
  observed,
  organization,
  ORGANIZATION,
  proposed,
  requested,
  seriesState,
  targetState,
  unit,
} from './given.testing';
import { LINE_OF_UNIT } from './organization-facts';
import { FIGURE_KNOWN } from './reported-facts';
import type { SeriesEvent } from './series.events';
import type { TargetCommand } from './target.commands';
import { targetDecider } from './target.decider';
import type { Anchors } from './target.events';

const { given } = specify(targetDecider);
const about = { unit: 'GPA', metric: 'LC_TS', period: '2026' };
const easier = linear('62', '68', '74');
const request = (changes: Anchors = easier): TargetCommand => ({
  type: 'metrics.RequestTargetAdjustment',
  data: { ...about, changes, reason: 'Two wards were merged.' },
});
const approve: TargetCommand = { type: 'metrics.ApproveTargetAdjustment', data: { ...about, request: 'request-1' } };
const refuseIt: TargetCommand = {
  type: 'metrics.RefuseTargetAdjustment',
  data: { ...about, request: 'request-1', reason: 'Nothing outside the unit has changed.' },
};
const isLocked = [proposed(), approved, locked];
const by = (id: string, more: SpecContext & { readonly role?: Role } = {}): SpecContext => {
  const { role, ...context } = more;
  return {
    actor: { id, role: role ?? 'hr' },
    answers: { [LINE_OF_UNIT]: ['person-head', 'person-above'], [FIGURE_KNOWN]: { known: false } },
    ...context,
    streams: {
      'metric:LC_TS': metricState(defined()),
      'unit:GPA': unit('GPA', { leaders: ['person-head'] }),
      [ORGANIZATION]: organization(),
      ...context.streams,
    },
  };
};
// 2026 has 365 days: 75 % are 273.75, so that the panel is needed from 2 October on, when 274 have gone.
const LAST_WITHOUT_PANEL = '2026-10-01';
const FIRST_WITH_PANEL = '2026-10-02';
const ENDED = '2027-01-01';

describe('asking for an adjustment', () => {
  it('records what is asked, of which anchors, and how much of the period has gone', () => {
    expect(given(...isLocked).when(request(), by('person-head', { role: 'executive' }))).toMatchObject({
      events: [
        {
          type: 'metrics.TargetAdjustmentRequested.v1',
          data: {
            requestId: 'adjustment-request:created',
            from: linear('64', '70', '76'),
            changes: easier,
            periodGone: 4520,
            resultKnown: false,
            requestedBy: 'person-head',
            reason: { toSeal: 'Two wards were merged.', subjects: ['person-head'] },
          },
        },
      ],
    });
  });

  it('is refused once the result is known, recorded, also where it was retracted since', () => {
    const rule = 'a-target-is-not-adjusted-once-its-result-is-known';
    const retraction: GivenEvent<SeriesEvent> = {
      type: 'metrics.ObservationRetracted.v1',
      data: {
        ...{ metricId: 'metric:LC_TS', unitId: 'unit:GPA', period: '2026', definitionVersion: 1, obsId: 'o6' },
        ...{ by: 'person-steward', reason: { toSeal: 'Counted twice.', subjects: [] } },
      },
    };
    for (const series of [seriesState(observed('o6', '2026')), seriesState(observed('o6', '2026'), retraction)]) {
      const decision = given(...isLocked).when(
        request(),
        by('person-head', { streams: { 'series:LC_TS/GPA': series } }),
      );
      expect(decision).toMatchObject({
        refused: rule,
        events: [{ type: 'metrics.TargetAdjustmentRefused.v1', data: { rule, resultKnown: true, periodGone: 4520 } }],
      });
    }
    const before = { 'series:LC_TS/GPA': seriesState(observed('o5', '2025')) };
    expect(given(...isLocked).when(request(), by('person-head', { streams: before })).refused).toBeUndefined();
  });

  it('is refused once the result is known by what the parts of the unit add up to', () => {
    const answers = { [LINE_OF_UNIT]: [], [FIGURE_KNOWN]: { known: true } };
    expect(given(...isLocked).when(request(), by('person-head', { answers })).refused).toBe(
      'a-target-is-not-adjusted-once-its-result-is-known',
    );
    expect(given(...isLocked, requested()).when(refuseIt, by('person-a', { answers })).events?.[0]?.data).toMatchObject(
      {
        rule: 'refused-by-an-approver',
        resultKnown: true,
      },
    );
  });

  it('is for locked targets only', () => {
    expect(given(proposed(), approved).when(request(), by('person-head')).refused).toBe(
      'only-a-locked-target-is-adjusted',
    );
  });

  it('keeps to monotone anchors, to the baseline, and changes something', () => {
    const ask = (changes: Anchors) => given(...isLocked).when(request(changes), by('person-head')).refused;
    expect(ask(linear('68', '68', '74'))).toBe('anchors-are-strictly-monotone');
    expect(ask(linear('55', '60', '65'))).toBe('a-target-asks-for-no-less-than-its-baseline');
    expect(ask(linear('64', '70', '76'))).toBe('an-adjustment-changes-the-anchors');
  });

  it('is asked one at a time; the same request again is nothing', () => {
    const open = given(...isLocked, requested());
    expect(open.when(request(), by('person-head'))).toEqual(accept());
    expect(open.when(request(), by('person-b')).refused).toBe('one-adjustment-is-asked-for-at-a-time');
    expect(open.when(request(linear('61', '67', '73')), by('person-head')).refused).toBe(
      'one-adjustment-is-asked-for-at-a-time',
    );
  });

  it('is refused after the period has ended, and the refusal is recorded', () => {
    expect(given(...isLocked).when(request(), by('person-head', { today: ENDED }))).toMatchObject({
      refused: 'a-target-is-not-adjusted-after-its-period-has-ended',
      events: [
        {
          type: 'metrics.TargetAdjustmentRefused.v1',
          data: {
            from: linear('64', '70', '76'),
            changes: easier,
            rule: 'a-target-is-not-adjusted-after-its-period-has-ended',
            periodGone: 10000,
            requestedBy: 'person-head',
            refusedBy: null,
          },
        },
      ],
    });
  });
});

describe('approving an adjustment', () => {
  const rule = 'two-outside-the-line-of-the-beneficiary-approve-an-adjustment';

  it('takes effect with the second yes from outside the line', () => {
    const first = given(...isLocked, requested()).when(approve, by('person-a'));
    expect(first.events?.map(({ type }) => type)).toEqual(['metrics.TargetAdjustmentApproved.v1']);
    const second = given(...isLocked, requested(), adjustmentApproved('person-a')).when(approve, by('person-b'));
    expect(second.events?.map(({ type }) => type)).toEqual([
      'metrics.TargetAdjustmentApproved.v1',
      'metrics.TargetAdjusted.v1',
    ]);
    expect(second.events?.[1]?.data).toMatchObject({
      from: linear('64', '70', '76'),
      to: easier,
      approvedBy: ['person-a', 'person-b'],
      panel: null,
    });
  });

  it('counts nobody twice, neither themselves nor through whoever acts for them', () => {
    const forAnother = { ...adjustmentApproved('person-a'), onBehalfOf: 'person-b' };
    const open = (event: ReturnType<typeof adjustmentApproved>) => given(...isLocked, requested(), event);
    expect(open(forAnother).when(approve, by('person-b')).refused).toBe(rule);
    expect(open(adjustmentApproved('person-b')).when(approve, by('person-a', { onBehalfOf: 'person-b' })).refused).toBe(
      rule,
    );
    expect(open(forAnother).when(approve, by('person-c', { onBehalfOf: 'person-b' })).refused).toBe(rule);
    expect(open(forAnother).when(approve, by('person-c')).events).toHaveLength(2);
    const asker = given(...isLocked, requested({ requestedBy: 'person-asker' }));
    expect(asker.when(approve, by('person-c', { onBehalfOf: 'person-asker' })).refused).toBe(rule);
  });

  it('records the same yes once', () => {
    expect(given(...isLocked, requested(), adjustmentApproved('person-a')).when(approve, by('person-a'))).toEqual(
      accept(),
    );
  });

  it('is refused to the beneficiary, to those above and below, to whoever acts for them, and to whoever asked', () => {
    const open = given(...isLocked, requested({ requestedBy: 'person-asker' }));
    expect(open.when(approve, by('person-head')).refused).toBe(rule);
    expect(open.when(approve, by('person-above')).refused).toBe(rule);
    expect(open.when(approve, by('person-a', { onBehalfOf: 'person-above' })).refused).toBe(rule);
    expect(open.when(approve, by('person-asker')).refused).toBe(rule);
    const delegated = given(...isLocked, { ...requested(), onBehalfOf: 'person-a' });
    expect(delegated.when(approve, by('person-a')).refused).toBe(rule);
  });

  it('is refused to the beneficiary whatever the reporting line’s read model says', () => {
    const context = by('person-head', { answers: { [LINE_OF_UNIT]: [], [FIGURE_KNOWN]: { known: false } } });
    expect(given(...isLocked, requested({ requestedBy: 'person-asker' })).when(approve, context).refused).toBe(rule);
  });

  it('needs no panel until 75 % of the period have gone', () => {
    const second = given(...isLocked, requested(), adjustmentApproved('person-a')).when(
      approve,
      by('person-b', { today: LAST_WITHOUT_PANEL }),
    );
    expect(second.events).toHaveLength(2);
  });

  it('needs the panel too after that', () => {
    const late = { today: FIRST_WITH_PANEL };
    const two = [...isLocked, requested(), adjustmentApproved('person-a')];
    expect(given(...two).when(approve, by('person-b', late)).events).toHaveLength(1);
    const three = given(...two, adjustmentApproved('person-b')).when(
      approve,
      by('person-p', { ...late, role: 'board' }),
    );
    expect(three.events?.[1]?.data).toMatchObject({ approvedBy: ['person-a', 'person-b'], panel: 'person-p' });
    expect(given(...two).when(approve, by('person-p', { ...late, role: 'board' })).events).toHaveLength(1);
    expect(given(...two, adjustmentApproved('person-b')).when(approve, by('person-c', late)).events).toHaveLength(1);
  });

  it('counts the board among the two before that: it stands where nobody else is outside', () => {
    const second = given(...isLocked, requested(), adjustmentApproved('person-p', 'PANEL')).when(
      approve,
      by('person-q', { role: 'board' }),
    );
    expect(second.events?.[1]?.data).toMatchObject({ approvedBy: ['person-p', 'person-q'], panel: null });
  });

  it('is refused after the period has ended, recorded, and the request is closed', () => {
    const decision = given(...isLocked, requested()).when(approve, by('person-a', { today: ENDED }));
    expect(decision).toMatchObject({
      refused: 'a-target-is-not-adjusted-after-its-period-has-ended',
      events: [{ data: { requestId: 'request-1', requestedBy: 'person-head', refusedBy: null } }],
    });
    expect(targetState(...isLocked, requested(), ...(decision.events ?? [])).request).toBeNull();
  });

  it('is refused once the result has come to be known, recorded, and the request is closed', () => {
    const streams = { 'series:LC_TS/GPA': seriesState(observed('o6', '2026')) };
    const decision = given(...isLocked, requested(), adjustmentApproved('person-a')).when(
      approve,
      by('person-b', { streams }),
    );
    expect(decision).toMatchObject({
      refused: 'a-target-is-not-adjusted-once-its-result-is-known',
      events: [{ data: { requestId: 'request-1', requestedBy: 'person-head', refusedBy: null, resultKnown: true } }],
    });
    expect(targetState(...isLocked, requested(), ...(decision.events ?? [])).request).toBeNull();
  });

  it('is free on the last day of the period', () => {
    expect(given(...isLocked).when(request(), by('person-head', { today: '2026-12-31' })).events).toHaveLength(1);
  });

  it('records each yes with who gave it and in which capacity', () => {
    const [yes] = given(...isLocked, requested()).when(approve, by('person-a')).events ?? [];
    expect(yes?.data).toMatchObject({
      ...{ targetId: 'target:LC_TS/GPA/2026', requestId: 'request-1', by: 'person-a', role: 'hr' },
      capacity: 'OUTSIDE_THE_LINE',
    });
  });

  it('names two approvers and the panel, however many said yes', () => {
    const three = ['person-a', 'person-b', 'person-c'].map((person) => adjustmentApproved(person));
    const last = given(...isLocked, requested(), ...three).when(
      approve,
      by('person-p', { today: FIRST_WITH_PANEL, role: 'board' }),
    );
    expect(last.events?.[1]?.data).toMatchObject({ approvedBy: ['person-a', 'person-b'], panel: 'person-p' });
  });

  it('is for the request that is open, not for another', () => {
    const other: TargetCommand = { type: 'metrics.ApproveTargetAdjustment', data: { ...about, request: 'request-0' } };
    expect(given(...isLocked, requested()).when(other, by('person-a')).refused).toBe(
      'only-an-open-request-is-approved-or-refused',
    );
  });

  it('is for an open request', () => {
    expect(given(...isLocked).when(approve, by('person-a')).refused).toBe(
      'only-an-open-request-is-approved-or-refused',
    );
    expect(given(...isLocked).when(refuseIt, by('person-a')).refused).toBe(
      'only-an-open-request-is-approved-or-refused',
    );
  });

  it('moves the anchors and keeps the original ones', () => {
    const [, adjusted] =
      given(...isLocked, requested(), adjustmentApproved('person-a')).when(approve, by('person-b')).events ?? [];
    const state = targetState(...isLocked, requested(), adjusted!);
    expect(state.anchors).toEqual(easier);
    expect(state.proposal?.anchors).toEqual(linear('64', '70', '76'));
    expect(state.request).toBeNull();
  });
});

describe('refusing an adjustment', () => {
  it('stays on record with who refused and why, and closes the request', () => {
    const decision = given(...isLocked, requested()).when(refuseIt, by('person-p', { role: 'board' }));
    expect(decision).toMatchObject({
      events: [
        {
          type: 'metrics.TargetAdjustmentRefused.v1',
          data: {
            rule: 'refused-by-the-panel',
            refusedBy: 'person-p',
            requestedBy: 'person-head',
            reason: { toSeal: 'Nothing outside the unit has changed.', subjects: ['person-head', 'person-p'] },
          },
        },
      ],
    });
    expect(decision.refused).toBeUndefined();
    expect(targetState(...isLocked, requested(), ...(decision.events ?? [])).request).toBeNull();
  });

  it('says so when it was another approver', () => {
    const [event] = given(...isLocked, requested()).when(refuseIt, by('person-a')).events ?? [];
    expect(event?.data).toMatchObject({ rule: 'refused-by-an-approver' });
  });
});
