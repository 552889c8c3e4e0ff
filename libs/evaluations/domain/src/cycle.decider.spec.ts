import { specify, type SpecContext } from '@plumbline/kernel';
import { COMPUTED_CYCLE, cycleDecider, OPEN_SCORECARDS } from './cycle.decider';
import type { CycleCommand } from './cycle.commands';
import { calendar, computedCycle, consulted, frozen, HEAD, HR, opened, organization, snapshot } from './given.testing';
import { LAST_EVENT } from './other-contexts';

const { given } = specify(cycleDecider);
const open = (more: object = {}): CycleCommand => ({
  type: 'evaluations.OpenCycle',
  data: {
    ...{ code: 'C2026', period: '2026', ruleSet: '1' },
    population: [{ group: 'HEADS', leaders: [HEAD, 'person-other-head'] }],
    calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-11-01', acknowledgeBy: '2027-01-31' },
    ...more,
  } as never,
});
const cycle = { cycle: 'C2026' };
const act = (name: string, more: object = {}): CycleCommand =>
  ({ type: `evaluations.${name}`, data: { ...cycle, ...more } }) as unknown as CycleCommand;
const by = (id: string, more: SpecContext = {}): SpecContext => ({
  actor: { id, role: 'hr' },
  ...more,
  answers: {
    [LAST_EVENT]: 'event-last',
    [OPEN_SCORECARDS]: 0,
    [COMPUTED_CYCLE]: { codeVersion: 'scorecard@1', resultHash: 'ab'.repeat(32), scorecards: 2, unscored: 0 },
    ...more.answers,
  },
  streams: {
    'organization:ORGANIZATION': organization(),
    'calendar:CALENDAR': calendar('2026-11-12'),
    ...more.streams,
  },
});
const asking = { ...organization().policy, consultationBefore: ['cycle' as const, 'ruleSet' as const] };
const reopening = given(opened(), snapshot, frozen()).when(act('RequestReopening', { reason: 'Withdrawn.' }), by(HR))
  .events![0]!;

describe('opening a cycle', () => {
  it('records period, leaders by group, rule set and days', () => {
    expect(given().when(open(), by(HR))).toMatchObject({
      events: [
        {
          type: 'evaluations.CycleOpened.v1',
          data: {
            ...{ code: 'C2026', period: '2026', periodStart: '2026-01-01', periodEnd: '2026-12-31' },
            population: [{ group: 'HEADS', leaders: [HEAD, 'person-other-head'] }],
            ruleSet: { version: '1', reasonLength: 20 },
          },
        },
      ],
    });
  });

  it('takes the fiscal year of the organisation', () => {
    const fiscal = { 'organization:ORGANIZATION': organization({ fiscalYear: '04-01' }) };
    expect(given().when(open({ period: 'FY2027' }), by(HR, { streams: fiscal })).events?.[0]?.data).toMatchObject({
      periodStart: '2026-04-01',
      periodEnd: '2027-03-31',
    });
  });

  it('is nothing new when it is opened so already, and refused when it is opened otherwise', () => {
    expect(given(opened()).when(open(), by(HR))).toEqual({ events: [] });
    expect(given(opened()).when(open({ period: '2027' }), by(HR)).refused).toBe('a-cycle-is-opened-once');
  });

  it('puts each leader into one group', () => {
    const twice = [
      { group: 'HEADS', leaders: [HEAD] },
      { group: 'CHIEFS', leaders: [HEAD] },
    ];
    expect(given().when(open({ population: twice }), by(HR)).refused).toBe('a-leader-belongs-to-one-group');
  });

  it('comes before its period ends', () => {
    expect(given().when(open(), by(HR, { today: '2027-01-01' })).refused).toBe(
      'a-cycle-is-opened-before-its-period-ends',
    );
    expect(given().when(open(), by(HR, { today: '2026-12-31' })).refused).toBeUndefined();
  });

  it.each([
    { acceptBy: '2026-11-01', freezeFrom: '2026-11-01', acknowledgeBy: '2027-01-31' },
    { acceptBy: '2026-02-09', freezeFrom: '2027-02-01', acknowledgeBy: '2027-01-31' },
  ])('has its days in order: %j', (calendarDays) => {
    expect(given().when(open({ calendar: calendarDays }), by(HR)).refused).toBe(
      'the-days-of-a-cycle-follow-one-another',
    );
  });

  it('waits for the consultations that the policy names', () => {
    const eu = { 'organization:ORGANIZATION': organization({ policy: asking }) };
    const rule = 'a-cycle-waits-for-the-consultations-its-policy-names';
    expect(given().when(open(), by(HR, { streams: eu })).refused).toBe(rule);
    const held = { ...eu, 'consultation-1': consulted('cycle'), 'consultation-2': consulted('ruleSet') };
    const one = open({ consultations: ['consultation-1'] });
    expect(given().when(one, by(HR, { streams: held }))).toMatchObject({
      refused: rule,
      detail: expect.stringContaining('ruleSet'),
    });
    const both = open({ consultations: ['consultation-1', 'consultation-2'] });
    expect(given().when(both, by(HR, { streams: held })).refused).toBeUndefined();
  });
});

describe('an open cycle', () => {
  it('comes first', () => {
    expect(given().when(act('FreezeCycle'), by(HR)).refused).toBe('a-cycle-is-opened-first');
  });

  it('lets a leader join one of its groups later', () => {
    const late = act('AdmitLeader', { group: 'heads', leader: 'person-late' });
    expect(given(opened()).when(late, by(HR))).toMatchObject({
      events: [{ type: 'evaluations.LeaderAdmitted.v1', data: { group: 'HEADS', leader: 'person-late' } }],
    });
    const again = act('AdmitLeader', { group: 'HEADS', leader: HEAD });
    expect(given(opened()).when(again, by(HR))).toEqual({ events: [] });
    const unknown = act('AdmitLeader', { group: 'CHIEFS', leader: HEAD });
    expect(given(opened()).when(unknown, by(HR)).refused).toBe('a-leader-joins-a-group-of-the-cycle');
    const two = opened({
      population: [
        { group: 'HEADS', leaders: [HEAD] },
        { group: 'CHIEFS', leaders: [] },
      ],
    });
    expect(given(two).when(unknown, by(HR)).refused).toBe('a-leader-belongs-to-one-group');
    expect(given(opened(), snapshot, frozen()).when(late, by(HR)).refused).toBe('a-frozen-cycle-stays-as-it-was');
  });

  it('names the structure of a moment once', () => {
    expect(given(opened()).when(act('TakeOrgSnapshot'), by(HR))).toMatchObject({
      events: [{ type: 'evaluations.OrgSnapshotTaken.v1', data: { asOf: 'event-last' } }],
    });
    const same = by(HR, { answers: { [LAST_EVENT]: 'event-structure' } });
    expect(given(opened(), snapshot).when(act('TakeOrgSnapshot'), same)).toEqual({ events: [] });
    expect(given(opened(), snapshot, frozen()).when(act('TakeOrgSnapshot'), by(HR)).refused).toBe(
      'a-frozen-cycle-stays-as-it-was',
    );
  });
});

describe('freezing', () => {
  it('names itself as the last event that counts, the day, and the day up to which is measured', () => {
    expect(given(opened(), snapshot).when(act('FreezeCycle'), by(HR))).toMatchObject({
      events: [
        {
          type: 'evaluations.CycleFrozen.v1',
          data: { asOf: 'command-1/0', day: '2026-11-12', measuredOn: '2026-11-12', by: HR },
        },
      ],
    });
    const later = by(HR, { streams: { 'calendar:CALENDAR': calendar('2027-01-20') } });
    expect(given(opened(), snapshot).when(act('FreezeCycle'), later).events?.[0]?.data).toMatchObject({
      day: '2027-01-20',
      measuredOn: '2026-12-31',
    });
  });

  it('waits for its day and for the structure', () => {
    const early = by(HR, { streams: { 'calendar:CALENDAR': calendar('2026-10-31') } });
    expect(given(opened(), snapshot).when(act('FreezeCycle'), early).refused).toBe(
      'a-cycle-is-frozen-from-the-day-its-calendar-names',
    );
    expect(given(opened()).when(act('FreezeCycle'), by(HR)).refused).toBe(
      'the-structure-is-named-before-a-cycle-is-frozen',
    );
  });

  it('twice at a time is once', () => {
    expect(given(opened(), snapshot, frozen()).when(act('FreezeCycle'), by('person-hr-2'))).toEqual({ events: [] });
  });
});

describe('computing and closing', () => {
  const isFrozen = [opened(), snapshot, frozen()];
  it('is recorded with the hash over all results, once', () => {
    expect(given(...isFrozen).when(act('RecordComputation'), by(HR))).toMatchObject({
      events: [
        {
          type: 'evaluations.ScorecardsComputed.v1',
          data: { asOf: 'event-freeze', codeVersion: 'scorecard@1', scorecards: 2 },
        },
      ],
    });
    expect(given(...isFrozen, computedCycle).when(act('RecordComputation'), by(HR))).toEqual({ events: [] });
  });

  it('is refused before the freeze and while an accepted scorecard is not scored', () => {
    expect(given(opened()).when(act('RecordComputation'), by(HR)).refused).toBe(
      'a-cycle-is-frozen-before-it-is-computed',
    );
    const unscored = { codeVersion: 'scorecard@1', resultHash: '', scorecards: 1, unscored: 1 };
    const some = by(HR, { answers: { [COMPUTED_CYCLE]: unscored } });
    expect(given(...isFrozen).when(act('RecordComputation'), some).refused).toBe(
      'a-computation-is-recorded-when-every-accepted-scorecard-is-scored',
    );
  });

  it('ends when every scorecard is final', () => {
    expect(given(...isFrozen).when(act('CloseCycle'), by(HR)).refused).toBe(
      'a-cycle-closes-when-its-scorecards-are-computed',
    );
    const one = by(HR, { answers: { [OPEN_SCORECARDS]: 1 } });
    expect(given(...isFrozen, computedCycle).when(act('CloseCycle'), one).refused).toBe(
      'a-cycle-closes-when-every-scorecard-is-final',
    );
    const closed = given(...isFrozen, computedCycle).when(act('CloseCycle'), by(HR)).events!;
    expect(closed).toMatchObject([{ type: 'evaluations.CycleClosed.v1' }]);
    expect(given(...isFrozen, computedCycle, ...closed).when(act('CloseCycle'), by(HR))).toEqual({ events: [] });
    expect(given(...isFrozen, computedCycle, ...closed).when(act('FreezeCycle'), by(HR)).refused).toBe(
      'a-frozen-cycle-stays-as-it-was',
    );
  });
});

describe('reopening', () => {
  const isFrozen = [opened(), snapshot, frozen(), computedCycle];
  it('is an act of two people', () => {
    expect(given(opened()).when(act('RequestReopening', { reason: 'x' }), by(HR)).refused).toBe(
      'only-a-frozen-or-closed-cycle-is-reopened',
    );
    expect(given(...isFrozen).when(act('ApproveReopening'), by(HR)).refused).toBe(
      'a-reopening-is-asked-for-before-it-is-approved',
    );
    expect(reopening.data).toMatchObject({ reason: { toSeal: 'Withdrawn.' }, by: HR });
    const asked = given(...isFrozen, reopening);
    expect(asked.when(act('RequestReopening', { reason: 'Again.' }), by(HR))).toEqual({ events: [] });
    expect(asked.when(act('ApproveReopening'), by(HR)).refused).toBe('two-different-people-reopen-a-cycle');
    expect(asked.when(act('ApproveReopening'), by('person-2', { onBehalfOf: HR })).refused).toBe(
      'two-different-people-reopen-a-cycle',
    );
    const delegated = { ...reopening, data: { ...reopening.data, by: 'person-delegate' }, onBehalfOf: HR };
    expect(given(...isFrozen, delegated as never).when(act('ApproveReopening'), by(HR)).refused).toBe(
      'two-different-people-reopen-a-cycle',
    );
  });

  it('opens the cycle to be frozen and computed anew', () => {
    const reopened = given(...isFrozen, reopening).when(act('ApproveReopening'), by('person-board')).events!;
    expect(reopened).toMatchObject([
      { type: 'evaluations.CycleReopened.v1', data: { approvers: [HR, 'person-board'] } },
    ]);
    const again = given(...isFrozen, reopening, ...reopened);
    expect(again.when(act('RecordComputation'), by(HR)).refused).toBe('a-cycle-is-frozen-before-it-is-computed');
    expect(again.when(act('FreezeCycle'), by(HR)).events?.[0]?.data).toMatchObject({ asOf: 'command-1/0' });
  });
});
