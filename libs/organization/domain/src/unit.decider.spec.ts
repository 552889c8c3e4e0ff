import { specify, stateOf } from '@plumbline/kernel';
import { organizationFacts } from './organization.facts';
import { policyPacks } from './policy-packs';
import { rootFacts } from './root.facts';
import { unitDecider } from './unit.decider';
import type { UnitEvent } from './unit.events';
import { isRootUnit, unitFacts } from './unit.facts';

const spec = specify(unitDecider);
const organization = stateOf(organizationFacts, {
  type: 'organization.OrganizationConfigured.v1',
  data: {
    timeZone: 'Europe/London',
    fiscalYear: '04-01',
    locale: 'en-GB',
    policyPack: 'uk',
    policyVersion: '1',
    policy: policyPacks.uk,
  },
});
const root = stateOf(rootFacts, {
  type: 'organization.RootUnitNamed.v1',
  data: { unitId: 'unit:CS', code: 'CS' },
});

const registered = (
  code: string,
  parent: string | null,
  rest: { outsideTree?: boolean; validFrom?: string; name?: string } = {},
): UnitEvent => ({
  type: 'organization.OrgUnitRegistered.v1',
  data: {
    unitId: `unit:${code}`,
    code,
    name: rest.name ?? `Unit ${code}`,
    parentId: parent === null ? null : `unit:${parent}`,
    outsideTree: rest.outsideTree ?? false,
    validFrom: rest.validFrom ?? '2020-01-01',
  },
});
const closed = (code: string, validFrom: string): UnitEvent => ({
  type: 'organization.OrgUnitClosed.v1',
  data: { unitId: `unit:${code}`, validFrom },
});
const streams = {
  'organization:ORGANIZATION': organization,
  'root:ROOT': root,
  'unit:CS': stateOf(unitFacts, registered('CS', null)),
  'unit:CO': stateOf(unitFacts, registered('CO', 'CS')),
  'unit:OLD': stateOf(unitFacts, registered('OLD', 'CS'), closed('OLD', '2024-01-01')),
  'unit:NEW': stateOf(unitFacts, registered('NEW', 'CS', { validFrom: '2026-01-01' })),
  'unit:CS_MEDIAN': stateOf(unitFacts, registered('CS_MEDIAN', null, { outsideTree: true })),
};
const register = (data: {
  code: string;
  name?: string;
  parent?: string;
  validFrom?: string;
  outsideTree?: boolean;
  classDefined?: boolean;
}) =>
  ({
    type: 'organization.RegisterUnit',
    data: { name: `Unit ${data.code}`, validFrom: '2020-01-01', ...data },
  }) as const;

describe('registering a unit', () => {
  it('puts it under its parent from a day on', () => {
    expect(spec.given().when(register({ code: 'GPA', parent: 'CO' }), { streams })).toEqual({
      events: [registered('GPA', 'CO')],
    });
  });
  it('takes today when no day is given', () => {
    const command = {
      type: 'organization.RegisterUnit',
      data: { code: 'GPA', name: 'Unit GPA', parent: 'CO' },
    } as const;
    expect(spec.given().when(command, { streams })).toEqual({
      events: [registered('GPA', 'CO', { validFrom: '2026-06-15' })],
    });
  });
  it('takes the root that was named, without a parent', () => {
    expect(spec.given().when(register({ code: 'CS' }), { streams })).toEqual({ events: [registered('CS', null)] });
  });
  it('takes a benchmark outside the tree, without a parent', () => {
    expect(spec.given().when(register({ code: 'CS_MEAN', outsideTree: true }), { streams })).toEqual({
      events: [registered('CS_MEAN', null, { outsideTree: true })],
    });
  });
  it('marks it as class-defined in the same breath', () => {
    expect(spec.given().when(register({ code: 'NET', parent: 'CS', classDefined: true }), { streams })).toEqual({
      events: [
        registered('NET', 'CS'),
        { type: 'organization.UnitMarkedClassDefined.v1', data: { unitId: 'unit:NET' } },
      ],
    });
  });
  it('is nothing when it says again what was registered, also after a later rename', () => {
    const renamed: UnitEvent = {
      type: 'organization.OrgUnitRenamed.v1',
      data: { unitId: 'unit:GPA', name: 'Property', validFrom: '2025-01-01' },
    };
    const given = spec.given(registered('GPA', 'CO'), renamed);
    expect(given.when(register({ code: 'gpa', name: 'Unit GPA', parent: 'co' }), { streams })).toEqual({ events: [] });
  });
  it('is refused when the code stands for something else', () => {
    const given = spec.given(registered('GPA', 'CO'));
    const rule = 'a-unit-code-is-registered-once';
    for (const other of [
      { name: 'Another' },
      { parent: 'CS' },
      { validFrom: '2021-01-01' },
      { outsideTree: true },
      { classDefined: true },
    ])
      expect(given.when(register({ code: 'GPA', parent: 'CO', ...other }), { streams }).refused).toBe(rule);
  });
  it('is refused without a parent, unless it is the named root', () => {
    expect(spec.given().when(register({ code: 'GPA' }), { streams }).refused).toBe(
      'the-root-is-named-before-it-is-registered',
    );
  });
  it('is refused for a root with a parent or outside the tree', () => {
    const rule = 'the-root-stands-at-the-head-of-the-tree';
    expect(spec.given().when(register({ code: 'CS', parent: 'CO' }), { streams }).refused).toBe(rule);
    expect(spec.given().when(register({ code: 'CS', outsideTree: true }), { streams }).refused).toBe(rule);
  });
  it('is refused for a benchmark with a parent, or under a benchmark', () => {
    expect(spec.given().when(register({ code: 'X', parent: 'CO', outsideTree: true }), { streams }).refused).toBe(
      'a-unit-outside-the-tree-has-no-parent',
    );
    expect(spec.given().when(register({ code: 'X', parent: 'CS_MEDIAN' }), { streams }).refused).toBe(
      'a-unit-outside-the-tree-has-no-children',
    );
  });
  it('is refused under a parent that is unknown, not yet open, or closed on the day', () => {
    const rule = 'a-parent-exists-on-the-day-it-takes-a-unit';
    for (const parent of ['UNKNOWN', 'NEW'])
      expect(spec.given().when(register({ code: 'X', parent }), { streams }).refused).toBe(rule);
    const late = register({ code: 'X', parent: 'OLD', validFrom: '2024-01-01' });
    expect(spec.given().when(late, { streams }).refused).toBe(rule);
  });
  it('is refused under itself', () => {
    expect(spec.given().when(register({ code: 'X', parent: 'x' }), { streams }).refused).toBe(
      'a-unit-is-never-above-itself',
    );
  });
  it('is refused before the organisation is configured', () => {
    expect(spec.given().when(register({ code: 'GPA', parent: 'CO' })).refused).toBe(
      'the-organization-is-configured-first',
    );
  });
});

describe('a change of a unit', () => {
  it('is refused before the unit is registered', () => {
    const rename = { type: 'organization.RenameUnit', data: { unit: 'GPA', name: 'Property' } } as const;
    expect(spec.given().when(rename, { streams }).refused).toBe('only-a-registered-unit-changes');
  });
  it('is refused for a day before the unit exists or from its closing on', () => {
    const given = spec.given(registered('GPA', 'CO'), closed('GPA', '2025-01-01'));
    for (const validFrom of ['2019-12-31', '2025-01-01']) {
      const rename = { type: 'organization.RenameUnit', data: { unit: 'GPA', name: 'Property', validFrom } } as const;
      expect(given.when(rename, { streams }).refused).toBe('a-change-lies-within-the-life-of-its-unit');
    }
  });
});

describe('renaming', () => {
  const rename = (name: string, validFrom: string) =>
    ({ type: 'organization.RenameUnit', data: { unit: 'GPA', name, validFrom } }) as const;

  it('holds from a day on and may be retroactive', () => {
    expect(spec.given(registered('GPA', 'CO')).when(rename('Property', '2021-05-01'), { streams })).toEqual({
      events: [
        {
          type: 'organization.OrgUnitRenamed.v1',
          data: { unitId: 'unit:GPA', name: 'Property', validFrom: '2021-05-01' },
        },
      ],
    });
  });
  it('is nothing when it has that name on the day', () => {
    expect(spec.given(registered('GPA', 'CO')).when(rename('Unit GPA', '2021-05-01'), { streams })).toEqual({
      events: [],
    });
  });
});

describe('moving', () => {
  const move = (unit: string, parent: string, validFrom = '2026-04-01') =>
    ({ type: 'organization.MoveUnit', data: { unit, parent, validFrom } }) as const;
  const answers = { 'organization.units-ever-above': ['unit:CS'] };

  it('puts a unit under another parent from a day on', () => {
    expect(spec.given(registered('GPA', 'CO')).when(move('GPA', 'NEW'), { streams, answers })).toEqual({
      events: [
        {
          type: 'organization.OrgUnitMoved.v1',
          data: { unitId: 'unit:GPA', parentId: 'unit:NEW', validFrom: '2026-04-01' },
        },
      ],
    });
  });
  it('is nothing when it stands there already', () => {
    expect(spec.given(registered('GPA', 'CO')).when(move('GPA', 'CO'), { streams, answers })).toEqual({ events: [] });
  });
  it('is refused under itself or under what stands below it', () => {
    const rule = 'a-unit-is-never-above-itself';
    const given = spec.given(registered('CO', 'CS'));
    expect(given.when(move('CO', 'co'), { streams, answers }).refused).toBe(rule);
    const below = { 'organization.units-ever-above': ['unit:CO', 'unit:CS'] };
    expect(given.when(move('CO', 'NEW'), { streams, answers: below }).refused).toBe(rule);
  });
  it('is refused for the root and for a benchmark', () => {
    expect(spec.given(registered('CS', null)).when(move('CS', 'CO'), { streams, answers }).refused).toBe(
      'the-root-stands-at-the-head-of-the-tree',
    );
    const benchmark = spec.given(registered('CS_MEDIAN', null, { outsideTree: true }));
    expect(benchmark.when(move('CS_MEDIAN', 'CO'), { streams, answers }).refused).toBe(
      'a-unit-outside-the-tree-has-no-parent',
    );
  });
  it('is refused under a benchmark or a parent that is closed on the day', () => {
    const given = spec.given(registered('GPA', 'CO'));
    expect(given.when(move('GPA', 'CS_MEDIAN'), { streams, answers }).refused).toBe(
      'a-unit-outside-the-tree-has-no-children',
    );
    expect(given.when(move('GPA', 'OLD'), { streams, answers }).refused).toBe(
      'a-parent-exists-on-the-day-it-takes-a-unit',
    );
  });
});

describe('closing', () => {
  const close = (validFrom: string) => ({ type: 'organization.CloseUnit', data: { unit: 'CO', validFrom } }) as const;
  const answers = { 'organization.units-ever-under': [] };

  it('holds from a day on', () => {
    expect(spec.given(registered('CO', 'CS')).when(close('2026-10-01'), { answers })).toEqual({
      events: [closed('CO', '2026-10-01')],
    });
  });
  it('happens once', () => {
    const given = spec.given(registered('CO', 'CS'), closed('CO', '2026-10-01'));
    expect(given.when(close('2026-10-01'), { answers })).toEqual({ events: [] });
    expect(given.when(close('2026-11-01'), { answers }).refused).toBe('a-unit-closes-once');
  });
  it('is refused while units stand under it', () => {
    const under = { 'organization.units-ever-under': ['unit:GPA'] };
    expect(spec.given(registered('CO', 'CS')).when(close('2026-10-01'), { answers: under }).refused).toBe(
      'a-unit-closes-after-the-units-under-it',
    );
  });
  it('is not kept from it by units that have left or closed by then, as their own streams say', () => {
    const under = { 'organization.units-ever-under': ['unit:GPA'] };
    const when = (...events: UnitEvent[]) =>
      spec.given(registered('CO', 'CS')).when(close('2026-10-01'), {
        answers: under,
        streams: { 'unit:GPA': stateOf(unitFacts, registered('GPA', 'CO'), ...events) },
      });
    expect(when().refused).toBe('a-unit-closes-after-the-units-under-it');
    expect(when(closed('GPA', '2026-10-01')).events).toHaveLength(1);
    expect(when(closed('GPA', '2026-10-02')).refused).toBe('a-unit-closes-after-the-units-under-it');
    const moved = (parentId: string, validFrom: string): UnitEvent => ({
      type: 'organization.OrgUnitMoved.v1',
      data: { unitId: 'unit:GPA', parentId, validFrom },
    });
    expect(when(moved('unit:CS', '2026-10-01')).events).toHaveLength(1);
    expect(when(moved('unit:CS', '2026-12-01')).refused).toBe('a-unit-closes-after-the-units-under-it');
    expect(when(moved('unit:CS', '2026-10-01'), moved('unit:CO', '2027-01-01')).refused).toBe(
      'a-unit-closes-after-the-units-under-it',
    );
  });
  it('is refused for the day the unit began, or earlier', () => {
    expect(spec.given(registered('CO', 'CS')).when(close('2020-01-01'), { answers }).refused).toBe(
      'a-change-lies-within-the-life-of-its-unit',
    );
  });
});

describe('marking a unit as class-defined', () => {
  it('happens once, for ever', () => {
    const mark = { type: 'organization.MarkUnitClassDefined', data: { unit: 'GPA' } } as const;
    const marked: UnitEvent = { type: 'organization.UnitMarkedClassDefined.v1', data: { unitId: 'unit:GPA' } };
    expect(spec.given(registered('GPA', 'CO')).when(mark)).toEqual({ events: [marked] });
    expect(spec.given(registered('GPA', 'CO'), marked).when(mark)).toEqual({ events: [] });
  });
});

describe('leaders', () => {
  const assign = (leader: string, from: string, role = 'Head') =>
    ({ type: 'organization.AssignLeader', data: { unit: 'GPA', leader, role, from } }) as const;
  const unassign = (to: string, role = 'Head') =>
    ({ type: 'organization.UnassignLeader', data: { unit: 'GPA', leader: 'person-a', role, to } }) as const;
  const assigned = (leader: string, from: string, role = 'Head'): UnitEvent => ({
    type: 'organization.LeaderAssigned.v1',
    data: { unitId: 'unit:GPA', leader, role, from },
  });
  const unassigned = (to: string): UnitEvent => ({
    type: 'organization.LeaderUnassigned.v1',
    data: { unitId: 'unit:GPA', leader: 'person-a', role: 'Head', from: '2026-01-01', to },
  });
  const gpa = registered('GPA', 'CO');

  it('lead from a day on, several a unit', () => {
    expect(spec.given(gpa).when(assign('person-a', '2026-01-01'))).toEqual({
      events: [assigned('person-a', '2026-01-01')],
    });
    const second = spec.given(gpa, assigned('person-a', '2026-01-01')).when(assign('person-b', '2026-01-01'));
    expect(second).toEqual({ events: [assigned('person-b', '2026-01-01')] });
  });
  it('hold a post once at a time', () => {
    const given = spec.given(gpa, assigned('person-a', '2026-01-01'));
    expect(given.when(assign('person-a', '2026-01-01'))).toEqual({ events: [] });
    expect(given.when(assign('person-a', '2026-02-01')).refused).toBe('a-post-is-not-held-twice-at-a-time');
    expect(given.when(assign('person-a', '2026-02-01', 'Acting head')).refused).toBeUndefined();
  });
  it('may come back to a post after its last day, not on it', () => {
    const given = spec.given(gpa, assigned('person-a', '2026-01-01'), unassigned('2026-03-31'));
    expect(given.when(assign('person-a', '2026-03-31')).refused).toBe('a-post-is-not-held-twice-at-a-time');
    expect(given.when(assign('person-a', '2026-04-01')).events).toHaveLength(1);
  });
  it('leave a post on its last day', () => {
    const given = spec.given(gpa, assigned('person-a', '2026-01-01'));
    expect(given.when(unassign('2026-03-31'))).toEqual({ events: [unassigned('2026-03-31')] });
    expect(given.when(unassign('2025-12-31')).refused).toBe('a-post-ends-on-or-after-the-day-it-begins');
  });
  it('leave only a post that is held', () => {
    const given = spec.given(gpa, assigned('person-a', '2026-01-01'), unassigned('2026-03-31'));
    expect(given.when(unassign('2026-03-31'))).toEqual({ events: [] });
    expect(given.when(unassign('2026-05-31')).refused).toBe('only-a-post-that-is-held-ends');
    expect(given.when(unassign('2026-03-31', 'Deputy')).refused).toBe('only-a-post-that-is-held-ends');
  });
});

describe('a headcount', () => {
  const record = (data: { count: number; date?: string; reason?: string }) =>
    ({
      type: 'organization.RecordHeadcount',
      data: { unit: 'GPA', date: '2026-03-31', source: 'payroll', ...data },
    }) as const;
  const counted: UnitEvent = {
    type: 'organization.HeadcountSnapshotRecorded.v1',
    data: { unitId: 'unit:GPA', date: '2026-03-31', count: 37, source: 'payroll', supersedes: null, reason: null },
  };
  const gpa = registered('GPA', 'CO');

  it('is recorded for a day, once', () => {
    expect(spec.given(gpa).when(record({ count: 37 }))).toEqual({ events: [counted] });
    const mine = { ...counted, actor: { id: 'person-hr', role: 'hr' as const } };
    expect(spec.given(gpa, mine).when(record({ count: 37 }))).toEqual({ events: [] });
  });
  it('of another person is said neither to stand nor not to: a small one is hidden', () => {
    const theirs = { ...counted, actor: { id: 'person-payroll', role: 'hr' as const } };
    const same = spec.given(gpa, theirs).when(record({ count: 37 }));
    expect(same.refused).toBe('a-headcount-is-corrected-only-with-a-reason');
    expect(spec.given(gpa, theirs).when(record({ count: 3 }))).toEqual(same);
  });
  it('is refused for a day that has not come', () => {
    expect(spec.given(gpa).when(record({ count: 37, date: '2026-06-16' })).refused).toBe(
      'a-headcount-is-of-a-day-that-has-come',
    );
  });
  it('is corrected only with a reason, and names what it supersedes', () => {
    const given = spec.given(gpa, { ...counted, id: 'first-count' });
    expect(given.when(record({ count: 38 })).refused).toBe('a-headcount-is-corrected-only-with-a-reason');
    expect(given.when(record({ count: 38, reason: 'A starter was left out' })).events?.[0]?.data).toEqual({
      unitId: 'unit:GPA',
      date: '2026-03-31',
      count: 38,
      source: 'payroll',
      supersedes: 'first-count',
      reason: { toSeal: 'A starter was left out', subjects: ['person-hr'] },
    });
  });
});

it('the root is the one unit of the tree that has no parent', () => {
  const is = (...events: readonly UnitEvent[]): boolean => isRootUnit(stateOf(unitFacts, ...events));
  expect([
    is(registered('CS', null)),
    is(registered('GPA', 'CO')),
    is(registered('CS_MEDIAN', null, { outsideTree: true })),
    is(),
  ]).toEqual([true, false, false, false]);
});
