import { specify, stateOf, type SpecContext } from '@plumbline/kernel';
import type { CycleCommand } from './cycle.commands';
import { COMPUTED_CYCLE, cycleDecider, OPEN_SCORECARDS } from './cycle.decider';
import { cycleFacts } from './cycle.facts';
import { calendar, computedCycle, frozen, HEAD, HR, opened, organization, snapshot } from './given.testing';
import { LAST_EVENT } from './other-contexts';

const { given } = specify(cycleDecider);
const days = { acceptBy: '2026-02-09', freezeFrom: '2026-11-01', acknowledgeBy: '2027-01-31' };
const open = (more: object = {}): CycleCommand => ({
  type: 'evaluations.OpenCycle',
  data: {
    ...{ code: 'C2026', period: '2026', ruleSet: '1', calendar: days },
    population: [{ group: 'HEADS', leaders: [HEAD, 'person-other-head'] }],
    ...more,
  } as never,
});
const act = (name: string, more: object = {}): CycleCommand =>
  ({ type: `evaluations.${name}`, data: { cycle: 'C2026', ...more } }) as unknown as CycleCommand;
const by = (more: SpecContext = {}): SpecContext => ({
  actor: { id: HR, role: 'hr' },
  ...more,
  answers: { [LAST_EVENT]: 'event-last', [OPEN_SCORECARDS]: 0, [COMPUTED_CYCLE]: {}, ...more.answers },
  streams: {
    'organization:ORGANIZATION': organization(),
    'calendar:CALENDAR': calendar('2026-11-12'),
    ...more.streams,
  },
});
const admit = (leader: string, group = 'HEADS') => act('AdmitLeader', { leader, group });

describe('a cycle opened again', () => {
  it.each([
    { ruleSet: '2' },
    { calendar: { ...days, acceptBy: '2026-02-10' } },
    { population: [{ group: 'HEADS', leaders: [HEAD, 'person-new'] }] },
    { population: [{ group: 'CHIEFS', leaders: [HEAD] }] },
  ])('otherwise is refused: %j', (more) => {
    expect(given(opened()).when(open(more), by())).toEqual({
      refused: 'a-cycle-is-opened-once',
      detail: 'C2026 is open already. Leaders join with evaluations.AdmitLeader.',
    });
  });

  it('is nothing new with some of its leaders', () => {
    const some = open({ population: [{ group: 'HEADS', leaders: [HEAD] }] });
    expect(given(opened()).when(some, by())).toEqual({ events: [] });
  });
});

describe('opening a cycle', () => {
  it('records who opened it, and no consultation where none is named', () => {
    expect(given().when(open(), by()).events?.[0]?.data).toMatchObject({
      ...{ cycleId: 'cycle:C2026', calendar: days, consultations: [], openedBy: HR },
    });
  });

  it('names a group once, however it is written', () => {
    const twice = [
      { group: 'Heads', leaders: [HEAD] },
      { group: 'HEADS', leaders: ['person-new'] },
    ];
    expect(given().when(open({ population: twice }), by()).refused).toBe('a-leader-belongs-to-one-group');
  });

  it('may let the days to acknowledge end with the freeze', () => {
    const short = { ...days, acknowledgeBy: days.freezeFrom };
    expect(given().when(open({ calendar: short }), by()).events).toHaveLength(1);
  });

  it('rests on the organisation and the consultations it names; other acts on what they need', () => {
    const asked = (command: CycleCommand) =>
      cycleDecider.facts?.(command, cycleFacts.initial).map((fact) => (fact.kind === 'ask' ? fact : fact.key));
    const organisation = { concept: 'organization', natural: 'ORGANIZATION' };
    expect(asked(open())).toEqual([organisation]);
    expect(asked(open({ consultations: ['c-1'] }))).toEqual([organisation, { concept: 'consultation', id: 'c-1' }]);
    expect(asked(act('TakeOrgSnapshot'))).toEqual([{ kind: 'ask', question: LAST_EVENT, about: {} }]);
    expect(asked(act('FreezeCycle'))).toEqual([{ concept: 'calendar', natural: 'CALENDAR' }]);
    expect(asked(act('RecordComputation'))).toMatchObject([{ question: COMPUTED_CYCLE, about: { cycle: 'C2026' } }]);
    expect(asked(act('CloseCycle'))).toMatchObject([{ question: OPEN_SCORECARDS, about: { cycle: 'C2026' } }]);
    for (const command of [admit(HEAD), act('RequestReopening', { reason: 'x' }), act('ApproveReopening')])
      expect(asked(command)).toEqual([]);
  });
});

describe('leaders of a cycle', () => {
  it('who joined later are in it as the others are', () => {
    const admitted = given(opened()).when(admit('person-late'), by()).events ?? [];
    expect(admitted).toEqual([
      {
        type: 'evaluations.LeaderAdmitted.v1',
        data: { cycleId: 'cycle:C2026', group: 'HEADS', leader: 'person-late', by: HR },
      },
    ]);
    const after = stateOf(cycleFacts, opened(), ...admitted);
    expect([...after.groups]).toEqual([
      [HEAD, 'HEADS'],
      ['person-other-head', 'HEADS'],
      ['person-late', 'HEADS'],
    ]);
    expect(given(opened(), ...admitted).when(admit('person-late'), by())).toEqual({ events: [] });
  });

  it('join a group that there is; the refusal names them', () => {
    const two = opened({
      population: [
        { group: 'HEADS', leaders: [HEAD] },
        { group: 'CHIEFS', leaders: [] },
      ],
    });
    expect(given(two).when(admit('person-late', 'NURSES'), by())).toMatchObject({
      detail: 'The groups are HEADS, CHIEFS.',
    });
    expect(given(two).when(admit(HEAD, 'CHIEFS'), by())).toMatchObject({ detail: 'The leader is in HEADS already.' });
  });
});

describe('the days of a cycle', () => {
  it('begin to allow the freeze with the one its calendar names', () => {
    const on = (day: string) => by({ streams: { 'calendar:CALENDAR': calendar(day) } });
    expect(given(opened(), snapshot).when(act('FreezeCycle'), on('2026-11-01')).events).toHaveLength(1);
    expect(given(opened(), snapshot).when(act('FreezeCycle'), on('2026-10-31'))).toMatchObject({
      detail: 'It is 2026-11-01; the last day that has begun is 2026-10-31.',
    });
  });

  it('name no structure of a log without events', () => {
    expect(given(opened()).when(act('TakeOrgSnapshot'), by({ answers: { [LAST_EVENT]: null } }))).toEqual({
      events: [],
    });
    expect(given(opened(), snapshot).when(act('TakeOrgSnapshot'), by()).events).toHaveLength(1);
  });
});

describe('a reopened cycle', () => {
  const isFrozen = [opened(), snapshot, frozen(), computedCycle];
  const asked = given(...isFrozen).when(act('RequestReopening', { reason: 'Withdrawn.' }), by()).events ?? [];
  const board: SpecContext = by({ actor: { id: 'person-board', role: 'board' } });
  const reopened = given(...isFrozen, ...asked).when(act('ApproveReopening'), board).events ?? [];
  const again = given(...isFrozen, ...asked, ...reopened);

  it('is open, and neither frozen, computed nor about to be reopened', () => {
    expect(stateOf(cycleFacts, ...isFrozen, ...asked, ...reopened)).toMatchObject({
      ...{ state: 'OPEN', frozen: null, computed: false, reopening: null },
    });
    expect(again.when(admit('person-late'), by()).events).toHaveLength(1);
    expect(again.when(act('CloseCycle'), by()).refused).toBe('a-cycle-closes-when-its-scorecards-are-computed');
    expect(again.when(act('ApproveReopening'), board).refused).toBe('a-reopening-is-asked-for-before-it-is-approved');
  });

  it('was asked for by one, whom another request replaces', () => {
    const other = by({ actor: { id: 'person-hr-2', role: 'hr' } });
    expect(given(...isFrozen, ...asked).when(act('RequestReopening', { reason: 'Mine.' }), other).events).toHaveLength(
      1,
    );
  });
});
