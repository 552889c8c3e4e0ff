import { specify, stateOf, type Actor, type Role } from '@plumbline/kernel';
import { organizationFacts } from './organization.facts';
import { personDecider } from './person.decider';
import type { PersonEvent } from './person.events';
import { delegationCovers, isExternal, personFacts } from './person.facts';
import { policyPacks } from './policy-packs';
import { PRIVILEGED_ROLES } from './vocabulary';

const spec = specify(personDecider);
const streams = {
  'organization:ORGANIZATION': stateOf(organizationFacts, {
    type: 'organization.OrganizationConfigured.v1',
    data: {
      timeZone: 'Europe/London',
      fiscalYear: '04-01',
      locale: 'en-GB',
      policyPack: 'uk',
      policyVersion: '1',
      policy: policyPacks.uk,
    },
  }),
};
const admin: Actor = { id: 'person-admin', role: 'admin' };
const start: Actor = { id: 'process:start', role: 'process' };
const granted = (role: Role, external = false): PersonEvent => ({
  type: 'organization.RoleGranted.v1',
  data: { personId: 'person-a', role, external },
});
const grant = (role: Role, external?: boolean) =>
  ({
    type: 'organization.GrantRole',
    data: { person: 'person-a', role, ...(external === undefined ? {} : { external }) },
  }) as const;
const revoke = (role: Role) => ({ type: 'organization.RevokeRole', data: { person: 'person-a', role } }) as const;

describe('granting a role', () => {
  it('is recorded, with EXTERNAL when said', () => {
    expect(spec.given().when(grant('auditor', true), { streams, actor: admin })).toEqual({
      events: [granted('auditor', true)],
    });
    expect(spec.given().when(grant('member'), { streams })).toEqual({ events: [granted('member')] });
  });
  it('is nothing when it is held already, and recorded when EXTERNAL changes', () => {
    expect(spec.given(granted('auditor', true)).when(grant('auditor', true), { streams, actor: admin })).toEqual({
      events: [],
    });
    expect(spec.given(granted('auditor', true)).when(grant('auditor'), { streams, actor: admin })).toEqual({
      events: [granted('auditor')],
    });
  });
  it.each(PRIVILEGED_ROLES)('is refused to HR and data stewards for %s', (role) => {
    const steward: Actor = { id: 'person-steward', role: 'data-steward' };
    const rule = 'only-an-admin-grants-a-privileged-role';
    expect(spec.given().when(grant(role), { streams }).refused).toBe(rule);
    expect(spec.given().when(grant(role), { streams, actor: steward }).refused).toBe(rule);
  });
  it.each(['member', 'executive', 'program-lead'] as const)('is open to HR for %s', (role) => {
    expect(spec.given().when(grant(role), { streams }).events).toHaveLength(1);
  });
  it('is refused to oneself', () => {
    const actor: Actor = { id: 'person-a', role: 'admin' };
    expect(spec.given().when(grant('hr'), { streams, actor }).refused).toBe('nobody-grants-a-role-to-themselves');
  });
  it('is refused before the organisation is configured', () => {
    expect(spec.given().when(grant('admin'), { actor: start }).refused).toBe('the-organization-is-configured-first');
  });
});

describe('the start', () => {
  it.each(['admin', 'hr', 'data-steward'] as const)('grants its own identity %s in standalone', (role) => {
    expect(spec.given().when(grant(role), { streams, actor: start })).toEqual({ events: [granted(role)] });
  });
  it('grants no other role', () => {
    expect(spec.given().when(grant('auditor'), { streams, actor: start }).refused).toBe(
      'the-start-grants-only-what-administering-needs',
    );
  });
  it('grants only admin outside standalone', () => {
    const deployed = { streams, actor: start, standalone: false };
    expect(spec.given().when(grant('admin'), deployed).events).toHaveLength(1);
    expect(spec.given().when(grant('hr'), deployed).refused).toBe('outside-standalone-the-start-grants-admin-only');
  });
});

describe('revoking a role', () => {
  it('is recorded once', () => {
    const revoked: PersonEvent = {
      type: 'organization.RoleRevoked.v1',
      data: { personId: 'person-a', role: 'member' },
    };
    expect(spec.given(granted('member')).when(revoke('member'))).toEqual({ events: [revoked] });
    expect(spec.given(granted('member'), revoked).when(revoke('member'))).toEqual({ events: [] });
  });
  it('is refused to HR for a privileged role', () => {
    expect(spec.given(granted('legal')).when(revoke('legal')).refused).toBe('only-an-admin-revokes-a-privileged-role');
  });
  it('is refused for the last admin', () => {
    const given = spec.given(granted('admin'));
    const answers = (holders: readonly string[]) => ({ actor: admin, answers: { 'organization.holders-of': holders } });
    expect(given.when(revoke('admin'), answers(['person-a'])).refused).toBe('the-last-admin-stays');
    expect(given.when(revoke('admin'), answers(['person-a', 'person-admin'])).events).toHaveLength(1);
  });
});

describe('an absence', () => {
  const absence = (from: string, to: string) =>
    ({ type: 'organization.RecordLeaderAbsence', data: { person: 'person-a', from, to } }) as const;
  const absent = (from: string, to: string): PersonEvent => ({
    type: 'organization.LeaderAbsenceRecorded.v1',
    data: { personId: 'person-a', from, to },
  });

  it('is recorded from first to last day, without a reason', () => {
    expect(spec.given().when(absence('2026-03-02', '2026-08-31'))).toEqual({
      events: [absent('2026-03-02', '2026-08-31')],
    });
  });
  it('is nothing when another covers it', () => {
    expect(spec.given(absent('2026-03-02', '2026-08-31')).when(absence('2026-03-02', '2026-04-30'))).toEqual({
      events: [],
    });
  });
  it('is refused when it ends before it begins', () => {
    expect(spec.given().when(absence('2026-03-02', '2026-03-01')).refused).toBe(
      'an-absence-ends-on-or-after-the-day-it-begins',
    );
  });
});

describe('a delegation', () => {
  const self: Actor = { id: 'person-a', role: 'executive' };
  type Verb = 'report' | 'attach' | 'accept' | 'sign' | 'appeal';
  const delegate = (data: { to?: string; verbs?: Verb[]; until?: string }) =>
    ({
      type: 'organization.GrantDelegation',
      data: { person: 'person-a', to: 'person-b', verbs: ['report'] as Verb[], until: '2026-12-31', ...data },
    }) as const;
  const delegated: PersonEvent = {
    type: 'organization.DelegationGranted.v1',
    data: { from: 'person-a', to: 'person-b', verbs: ['report'], until: '2026-12-31' },
  };

  it('lets another act up to a day, said once', () => {
    expect(spec.given().when(delegate({}), { actor: self })).toEqual({ events: [delegated] });
    expect(spec.given(delegated).when(delegate({ verbs: ['report', 'report'] }), { actor: self })).toEqual({
      events: [],
    });
  });
  it.each(['accept', 'sign', 'appeal'] as const)('is refused for %s', (verb) => {
    expect(spec.given().when(delegate({ verbs: ['report', verb] }), { actor: self }).refused).toBe(
      'accepting-signing-and-appealing-cannot-be-delegated',
    );
  });
  it('is refused to all but the person', () => {
    expect(spec.given().when(delegate({})).refused).toBe('only-the-person-delegates-their-own-acts');
  });
  it('is refused to oneself', () => {
    expect(spec.given().when(delegate({ to: 'person-a' }), { actor: self }).refused).toBe(
      'nobody-delegates-to-themselves',
    );
  });
  it('is refused when it has ended already', () => {
    expect(spec.given().when(delegate({ until: '2026-06-14' }), { actor: self }).refused).toBe(
      'a-delegation-ends-today-or-later',
    );
  });
  it('covers commands that begin with its verbs, for its delegate, until its day', () => {
    const person = stateOf(personFacts, delegated);
    const covers = (command: string, delegate = 'person-b', day = '2026-12-31') =>
      delegationCovers(person, delegate, command, day);
    expect(covers('charter.ReportProgress')).toBe(true);
    expect(covers('metrics.RecordObservation')).toBe(false);
    expect(covers('charter.ReportProgress', 'person-c')).toBe(false);
    expect(covers('charter.ReportProgress', 'person-b', '2027-01-01')).toBe(false);
    expect(covers('evaluations.ReportAppeal')).toBe(false);
  });
});

it('a person is external while any role held says so', () => {
  const external = stateOf(personFacts, granted('member'), granted('auditor', true));
  expect(isExternal(external)).toBe(true);
  expect(isExternal(stateOf(personFacts, granted('member')))).toBe(false);
});
