import { accept, stateOf } from '@plumbline/kernel';
import type { CommandData, ProgramsCommand } from './action.commands';
import { actionFacts, deliveryDays } from './action.facts';
import {
  given,
  ACTION,
  around,
  completed,
  delivered,
  deliveryId,
  eligible,
  hypothesis,
  legalReview,
  organization,
  planned,
  REVIEW,
  started,
  unit,
} from './given.testing';

const running = [planned(), eligible(), started()] as const;

describe('delivering an action', () => {
  const deliver = (more: Partial<CommandData<'programs.DeliverAction'>> = {}): ProgramsCommand => ({
    type: 'programs.DeliverAction',
    data: { action: 'BUDDY-2026', date: '2026-06-01', hours: '1.5', ...more },
  });
  const when = (more: Partial<CommandData<'programs.DeliverAction'>> = {}, streams: Record<string, unknown> = {}) =>
    given(...running).when(deliver(more), { streams: { ...around, ...streams } });

  it('records day, units, count and hours', () => {
    expect(when()).toEqual(accept(delivered()));
  });

  it('may take place in other units than its own, written in any order', () => {
    const streams = { 'unit:A1': unit('A1'), 'unit:B2': unit('B2') };
    const [event] = when({ units: ['b2', 'A1', 'B2'] }, streams).events ?? [];
    expect(event?.data).toMatchObject({ unitIds: ['unit:A1', 'unit:B2'] });
    const again = given(...running, event as ReturnType<typeof delivered>);
    expect(again.when(deliver({ units: ['A1', 'B2'] }), { streams: { ...around, ...streams } })).toEqual(accept());
  });

  it('is the same whether its own unit is named or not', () => {
    expect(given(...running, delivered()).when(deliver({ units: ['gpa'] }), { streams: around })).toEqual(accept());
  });

  it('is recorded once a day, place and session', () => {
    const told = given(...running, delivered());
    expect(told.when(deliver(), { streams: around })).toEqual(accept());
    expect(told.when(deliver({ count: 2 }), { streams: around }).refused).toBe('a-delivery-is-recorded-once');
    expect(told.when(deliver({ hours: '2' }), { streams: around }).refused).toBe('a-delivery-is-recorded-once');
    expect(told.when(deliver({ session: '2' }), { streams: around }).events).toHaveLength(1);
  });

  it('lies neither in the future nor before the action began', () => {
    expect(when({ date: '2026-06-16' }).refused).toBe('what-is-recorded-has-happened');
    expect(when({ date: '2026-06-15' }).events).toHaveLength(1);
    expect(when({ date: '2026-01-11', reason: 'Found in the files.' }).refused).toBe(
      'an-action-is-started-before-it-is-delivered',
    );
    expect(given(planned(), eligible()).when(deliver(), { streams: around }).refused).toBe(
      'an-action-is-started-before-it-is-delivered',
    );
  });

  it('takes place in units that are open on its day', () => {
    const rule = 'an-action-is-delivered-in-units-that-are-open';
    expect(when({ units: ['NOWHERE'] }).refused).toBe(rule);
    expect(when({}, { 'unit:GPA': unit('GPA', { closedFrom: '2026-06-01' }) }).refused).toBe(rule);
    expect(when({}, { 'unit:GPA': unit('GPA', { closedFrom: '2026-06-02' }) }).events).toHaveLength(1);
  });

  it('bears a sealed reason when it lies longer back than the policy allows', () => {
    const policy = { 'organization:ORGANIZATION': organization({ maxBackdateDays: 14 }) };
    expect(when({ date: '2026-06-01' }, policy).events).toHaveLength(1);
    expect(when({ date: '2026-05-31' }, policy).refused).toBe('what-is-recorded-late-bears-a-reason');
    expect(when({ date: '2026-05-31', reason: 'The list came late.' }, policy).events?.[0]?.data).toMatchObject({
      lateReason: { toSeal: 'The list came late.', subjects: ['person-hr'] },
    });
  });

  it('is marked post hoc when the hypothesis was registered only after it', () => {
    const registered = (on: string) => ({ 'hypothesis:LC-LEADS-EES': hypothesis(null, on) });
    expect(when({}, registered('2026-06-01')).events?.[0]?.data).toMatchObject({ postHoc: false });
    expect(when({}, registered('2026-06-02')).events?.[0]?.data).toMatchObject({ postHoc: true });
  });

  it('says nothing of that when the action names no hypothesis', () => {
    const [event] =
      given(planned({ hypothesisId: null }), eligible(), started()).when(deliver(), { streams: around }).events ?? [];
    expect(event?.data).toMatchObject({ postHoc: null });
  });

  it('is refused when the action selects by class and its review was not live on that day', () => {
    const limited = eligible({ openToAll: false, classLimited: true, legalReviewId: REVIEW });
    const told = given(planned(), limited, started());
    const by = (expiresAt: string) =>
      told.when(deliver(), { streams: { ...around, [REVIEW]: legalReview({ expiresAt }) } });
    expect(by('2026-06-01').events).toHaveLength(1);
    expect(by('2026-05-31').refused).toBe('an-action-that-selects-by-class-needs-a-live-legal-review');
  });

  it('is refused once the action has ended', () => {
    expect(given(...running, completed).when(deliver(), { streams: around }).refused).toBe(
      'an-action-that-has-ended-stays-as-it-was',
    );
  });
});

describe('withdrawing a delivery', () => {
  const withdraw: ProgramsCommand = {
    type: 'programs.WithdrawDelivery',
    data: { action: 'BUDDY-2026', date: '2026-06-01', reason: 'It was put off by a week.' },
  };
  const withdrawn = {
    type: 'programs.ActionDeliveryWithdrawn.v1',
    data: {
      actionId: ACTION,
      deliveryId: deliveryId(),
      reason: { toSeal: 'It was put off by a week.', subjects: ['person-hr'] },
      withdrawnBy: 'person-hr',
    },
  } as const;

  it('takes back one that was recorded in error', () => {
    expect(given(...running, delivered()).when(withdraw)).toEqual(accept(withdrawn));
  });

  it('is refused when there is none, or none any more', () => {
    const rule = 'only-a-delivery-that-stands-is-told-of';
    expect(given(...running).when(withdraw).refused).toBe(rule);
    expect(given(...running, delivered(), withdrawn).when(withdraw).refused).toBe(rule);
  });

  it('counts no more: neither does who took part', () => {
    const state = stateOf(actionFacts, ...running, delivered(), withdrawn);
    expect(state.deliveries).toEqual({});
    expect(state.participation).toEqual({});
  });
});

describe('recording who took part', () => {
  const record = (count: number, eligibleCount: number): ProgramsCommand => ({
    type: 'programs.RecordParticipation',
    data: { action: 'BUDDY-2026', date: '2026-06-01', count, eligible: eligibleCount },
  });
  const told = given(...running, delivered());
  const kept = (count: number, all: number, streams: Record<string, unknown> = around, states = told) =>
    states.when(record(count, all), { streams }).events?.[0]?.data;

  it.each([
    [12, 30, { kind: 'COUNT', count: 12 }, { kind: 'COUNT', count: 30 }],
    [5, 30, { kind: 'COUNT', count: 5 }, { kind: 'COUNT', count: 30 }],
    [4, 30, { kind: 'FEWER_THAN', than: 5 }, { kind: 'COUNT', count: 30 }],
    [1, 30, { kind: 'FEWER_THAN', than: 5 }, { kind: 'COUNT', count: 30 }],
    [0, 30, { kind: 'COUNT', count: 0 }, { kind: 'COUNT', count: 30 }],
    [30, 30, { kind: 'COUNT', count: 30 }, { kind: 'COUNT', count: 30 }],
    [29, 30, { kind: 'ALL_BUT_FEWER_THAN', than: 5 }, { kind: 'COUNT', count: 30 }],
    [26, 30, { kind: 'ALL_BUT_FEWER_THAN', than: 5 }, { kind: 'COUNT', count: 30 }],
    [25, 30, { kind: 'COUNT', count: 25 }, { kind: 'COUNT', count: 30 }],
    [3, 6, { kind: 'FEWER_THAN', than: 5 }, { kind: 'COUNT', count: 6 }],
    [5, 5, { kind: 'COUNT', count: 5 }, { kind: 'COUNT', count: 5 }],
    [4, 4, { kind: 'FEWER_THAN', than: 5 }, { kind: 'FEWER_THAN', than: 5 }],
    [0, 4, { kind: 'FEWER_THAN', than: 5 }, { kind: 'FEWER_THAN', than: 5 }],
    [0, 0, { kind: 'COUNT', count: 0 }, { kind: 'COUNT', count: 0 }],
  ])('keeps %i of %i as %j of %j', (count, all, participants, eligibleKept) => {
    expect(kept(count, all)).toMatchObject({ participants, eligible: eligibleKept, smallestGroup: 5 });
  });

  it('never stores a number between 0 and the smallest group, on either side', () => {
    for (let all = 0; all <= 14; all += 1)
      for (let count = 0; count <= all; count += 1) {
        const numbers = JSON.stringify(kept(count, all)).match(/"count":(\d+)/g) ?? [];
        for (const number of numbers) expect(['1', '2', '3', '4']).not.toContain(number.slice(8));
        if (all - count > 0 && all - count < 5) expect(numbers.length).toBeLessThan(2);
      }
  });

  it('follows the policy in force, and the greater group where an action is limited to a class', () => {
    const strict = { ...around, 'organization:ORGANIZATION': organization({ k: 8, kDemographic: 12 }) };
    expect(kept(7, 30, strict)).toMatchObject({ participants: { kind: 'FEWER_THAN', than: 8 } });
    const limited = given(planned(), eligible({ openToAll: false, classLimited: true }), started(), delivered());
    expect(kept(11, 40, strict, limited)).toMatchObject({
      participants: { kind: 'FEWER_THAN', than: 12 },
      smallestGroup: 12,
    });
  });

  it('is refused for more than could, and for a delivery that does not stand', () => {
    expect(told.when(record(31, 30), { streams: around }).refused).toBe('no-more-take-part-than-could');
    expect(given(...running).when(record(12, 30), { streams: around }).refused).toBe(
      'only-a-delivery-that-stands-is-told-of',
    );
  });

  it('is recorded once, and anew when it differs in what is kept', () => {
    const event = {
      type: 'programs.ActionParticipationRecorded.v1',
      data: {
        actionId: ACTION,
        deliveryId: deliveryId(),
        participants: { kind: 'FEWER_THAN', than: 5 },
        eligible: { kind: 'COUNT', count: 30 },
        smallestGroup: 5,
        recordedBy: 'person-b',
      },
    } as const;
    const twice = given(...running, delivered(), event);
    expect(twice.when(record(3, 30), { streams: around })).toEqual(accept());
    expect(twice.when(record(6, 30), { streams: around }).events).toHaveLength(1);
  });

  it('may be told of an action that has ended', () => {
    expect(given(...running, delivered(), completed).when(record(12, 30), { streams: around }).events).toHaveLength(1);
  });
});

describe('the days of an action', () => {
  it('are those on which something was delivered that stands, the first first', () => {
    const told = stateOf(
      actionFacts,
      ...running,
      delivered('2026-06-08'),
      delivered('2026-06-01'),
      delivered('2026-06-01', { deliveryId: 'evening', session: '2' }),
    );
    expect(deliveryDays(told)).toEqual(['2026-06-01', '2026-06-08']);
    expect(deliveryDays(stateOf(actionFacts, ...running))).toEqual([]);
  });
});
