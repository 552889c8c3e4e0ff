import { specify, stateOf, toSeal, type Cadence } from '@plumbline/kernel';
import { calendarFacts } from './calendar.facts';
import { consultationFacts } from './consultation.facts';
import { organizationDecider } from './organization.decider';
import type { OrganizationEvent } from './organization.events';
import { personFacts } from './person.facts';
import { policyPacks } from './policy-packs';

const spec = specify(organizationDecider);
const values = { timeZone: 'Europe/London', fiscalYear: '04-01', locale: 'en-GB', policyPack: 'default' } as const;
const known = { answers: { 'organization.time-zone-known': true, 'organization.locale-known': true } };
const configured: OrganizationEvent = {
  type: 'organization.OrganizationConfigured.v1',
  data: { ...values, policyVersion: '1', policy: policyPacks.default },
};
const configure = { type: 'organization.ConfigureOrganization', data: values } as const;

describe('configuring', () => {
  it('records time zone, fiscal year, locale and every value of the policy pack', () => {
    expect(spec.given().when(configure, known)).toEqual({ events: [configured] });
  });
  it('is nothing the second time, and refused with other values', () => {
    expect(spec.given(configured).when(configure, known)).toEqual({ events: [] });
    const moved = { ...configure, data: { ...values, timeZone: 'America/New_York' } };
    expect(spec.given(configured).when(moved, known).refused).toBe('an-organization-is-configured-once');
  });
  it('is refused for a time zone that clocks do not know', () => {
    const answers = { ...known.answers, 'organization.time-zone-known': false };
    expect(spec.given().when(configure, { answers }).refused).toBe('a-time-zone-is-one-that-clocks-know');
  });
  it('is refused for a locale that cannot be written', () => {
    const answers = { ...known.answers, 'organization.locale-known': false };
    expect(spec.given().when(configure, { answers }).refused).toBe('a-locale-is-one-that-can-be-written');
  });
  it('comes before everything else', () => {
    expect(spec.given().when({ type: 'organization.ActivatePolicyPack', data: { version: '2' } }).refused).toBe(
      'the-organization-is-configured-first',
    );
  });
});

describe('a demonstration', () => {
  const start = { type: 'organization.StartDemonstration', data: { from: '2025-02-03' } } as const;
  const alone = { answers: { 'organization.last-event': 'event-0' } };
  const started: OrganizationEvent = { type: 'organization.DemonstrationStarted.v1', data: { from: '2025-02-03' } };

  it('is the second event of its log', () => {
    expect(spec.given(configured).when(start, alone)).toEqual({ events: [started] });
    expect(spec.given(configured, started).when(start, alone)).toEqual({ events: [] });
  });
  it('is refused once anything else was recorded, anywhere', () => {
    const rule = 'a-demonstration-is-the-second-event-of-its-log';
    const calendar: OrganizationEvent = {
      type: 'organization.ReportingCalendarSet.v1',
      data: { periods: ['QUARTERLY'], dueDays: 15, graceDays: 10 },
    };
    expect(spec.given(configured, calendar).when(start, alone).refused).toBe(rule);
    expect(spec.given(configured).when(start, { answers: { 'organization.last-event': 'other' } }).refused).toBe(rule);
    const day = stateOf(calendarFacts, { type: 'organization.DayBegan.v1', data: { date: '2026-06-15' } });
    expect(spec.given(configured).when(start, { ...alone, streams: { 'calendar:CALENDAR': day } }).refused).toBe(rule);
  });
});

describe('the reporting calendar', () => {
  const periods: Cadence[] = ['QUARTERLY'];
  const set = { type: 'organization.SetReportingCalendar' as const, data: { periods, dueDays: 15, graceDays: 10 } };
  const event: OrganizationEvent = { type: 'organization.ReportingCalendarSet.v1', data: set.data };

  it('is set, and set anew when it differs', () => {
    expect(spec.given(configured).when(set)).toEqual({ events: [event] });
    expect(spec.given(configured, event).when(set)).toEqual({ events: [] });
    const later = { ...set, data: { ...set.data, dueDays: 20 } };
    expect(spec.given(configured, event).when(later).events).toHaveLength(1);
  });

  it('is the same when the log gives its fields back in their order', () => {
    const stored: OrganizationEvent = { ...event, data: { dueDays: 15, graceDays: 10, periods } };
    expect(spec.given(configured, stored).when(set)).toEqual({ events: [] });
  });
});

const eu: OrganizationEvent = {
  type: 'organization.OrganizationConfigured.v1',
  data: { ...values, policyPack: 'eu', policyVersion: '1', policy: policyPacks.eu },
};
const proposal = (version: string, changes: object, pack: 'default' | 'eu' = 'default'): OrganizationEvent => ({
  type: 'organization.PolicyPackProposed.v1',
  data: {
    version,
    pack,
    policy: { ...policyPacks[pack], ...changes },
    proposedBy: 'person-hr',
    reason: toSeal('Because', ['person-hr']),
  },
});

describe('proposing a policy', () => {
  const propose = (changes: object, pack: 'default' | 'eu' | 'us-contractor' = 'default') =>
    ({ type: 'organization.ProposePolicyPack', data: { pack, changes, reason: 'Half is too few' } }) as const;

  it('records the whole policy under the next version, its reason sealed', () => {
    expect(spec.given(configured).when(propose({ responseGate: 60 }))).toEqual({
      events: [
        {
          type: 'organization.PolicyPackProposed.v1',
          data: {
            version: '2',
            pack: 'default',
            policy: { ...policyPacks.default, responseGate: 60 },
            proposedBy: 'person-hr',
            reason: { toSeal: 'Half is too few', subjects: ['person-hr'] },
          },
        },
      ],
    });
  });
  it('gives every proposal a version of its own', () => {
    const events = spec.given(configured, proposal('2', {})).when(propose({})).events;
    expect(events?.[0]?.data).toMatchObject({ version: '3' });
  });
  it('is refused when a privacy threshold would fall', () => {
    const raised: OrganizationEvent = {
      type: 'organization.PolicyPackActivated.v1',
      data: {
        version: '2',
        pack: 'default',
        policy: { ...policyPacks.default, k: 8 },
        approvers: ['person-a', 'person-b'],
        consultationId: null,
      },
    };
    const refusal = spec.given(configured, raised).when(propose({ k: 7 }));
    expect(refusal.refused).toBe('privacy-thresholds-only-rise');
    expect(spec.given(configured, raised).when(propose({ k: 8 })).refused).toBeUndefined();
  });
  it('is refused when the response gate lies below its floor', () => {
    expect(spec.given(configured).when(propose({ responseGate: 29 })).refused).toBe(
      'the-response-gate-lies-at-or-above-its-floor',
    );
    expect(spec.given(configured).when(propose({ responseGate: 30 })).refused).toBeUndefined();
  });
  it('is refused when a contractor would allow restricted eligibility', () => {
    const changes = { restrictedEligibility: 'AFTER_LEGAL_REVIEW' };
    expect(spec.given(configured).when(propose(changes, 'us-contractor')).refused).toBe(
      'the-contractor-pack-refuses-restricted-eligibility',
    );
  });
});

describe('activating a policy', () => {
  const activate = (data: { version: string; consultation?: string }) =>
    ({ type: 'organization.ActivatePolicyPack', data }) as const;
  const second = { id: 'person-legal', role: 'legal' } as const;
  const hr = stateOf(personFacts, {
    type: 'organization.RoleGranted.v1',
    data: { personId: 'person-hr', role: 'hr', external: false },
  });
  const held = stateOf(consultationFacts, {
    type: 'organization.ConsultationRecorded.v1',
    data: { consultationId: 'c-1', topic: 'thresholds', with: 'Staff council', outcome: 'OBJECTED', on: '2026-06-01' },
  });
  const context = { actor: second, streams: { 'person-hr': hr, 'c-1': held } };
  const raised = { k: 6 };

  it('puts the proposal in force, approved by whoever proposed and whoever activates', () => {
    const policy = { ...policyPacks.default, ...raised };
    expect(spec.given(configured, proposal('2', raised)).when(activate({ version: '2' }), context)).toEqual({
      events: [
        {
          type: 'organization.PolicyPackActivated.v1',
          data: {
            version: '2',
            pack: 'default',
            policy,
            approvers: ['person-hr', 'person-legal'],
            consultationId: null,
          },
        },
      ],
    });
  });
  it('is nothing for the version in force', () => {
    expect(spec.given(configured).when(activate({ version: '1' }), context)).toEqual({ events: [] });
  });
  it('is refused for anything but the open proposal', () => {
    const rule = 'a-policy-is-proposed-before-it-is-activated';
    expect(spec.given(configured).when(activate({ version: '2' }), context).refused).toBe(rule);
    const replaced = spec.given(configured, proposal('2', raised), proposal('3', raised));
    expect(replaced.when(activate({ version: '2' }), context).refused).toBe(rule);
  });
  it('is refused to whoever proposed it', () => {
    const alone = { ...context, actor: { id: 'person-hr', role: 'hr' } as const };
    expect(spec.given(configured, proposal('2', raised)).when(activate({ version: '2' }), alone).refused).toBe(
      'two-different-people-put-a-policy-in-force',
    );
    const delegated = { ...proposal('2', raised), onBehalfOf: context.actor.id };
    expect(spec.given(configured, delegated).when(activate({ version: '2' }), context).refused).toBe(
      'two-different-people-put-a-policy-in-force',
    );
  });
  it('is refused when whoever proposed it no longer holds a role that approves', () => {
    const given = spec.given(configured, proposal('2', raised));
    expect(given.when(activate({ version: '2' }), { actor: second }).refused).toBe(
      'an-approver-still-holds-a-role-that-approves',
    );
  });

  describe('where the policy in force wants a consultation before thresholds change', () => {
    const given = spec.given(eu, proposal('2', raised, 'eu'));

    it('is refused without one', () => {
      expect(given.when(activate({ version: '2' }), context).refused).toBe(
        'what-the-policy-names-waits-for-a-consultation',
      );
    });
    it('is refused with one on another topic, or with a waiver that was only requested', () => {
      const rule = 'what-the-policy-names-waits-for-a-consultation';
      const wave = stateOf(consultationFacts, {
        type: 'organization.ConsultationRecorded.v1',
        data: { consultationId: 'c-1', topic: 'wave', with: 'Staff council', outcome: 'AGREED', on: '2026-06-01' },
      });
      const requested = stateOf(consultationFacts, {
        type: 'organization.ConsultationWaiverRequested.v1',
        data: {
          consultationId: 'c-1',
          topic: 'thresholds',
          requestedBy: 'person-hr',
          reason: toSeal('No council', []),
        },
      });
      for (const consultation of [wave, requested]) {
        const streams = { ...context.streams, 'c-1': consultation };
        expect(given.when(activate({ version: '2', consultation: 'c-1' }), { ...context, streams }).refused).toBe(rule);
      }
    });
    it('goes ahead with one that was held, whatever it said', () => {
      const decision = given.when(activate({ version: '2', consultation: 'c-1' }), context);
      expect(decision.events?.[0]?.data).toMatchObject({ version: '2', consultationId: 'c-1' });
    });
    it('goes ahead with a waiver by two', () => {
      const waived = stateOf(
        consultationFacts,
        {
          type: 'organization.ConsultationWaiverRequested.v1',
          data: {
            consultationId: 'c-1',
            topic: 'thresholds',
            requestedBy: 'person-hr',
            reason: toSeal('No council', []),
          },
        },
        {
          type: 'organization.ConsultationWaived.v1',
          data: {
            consultationId: 'c-1',
            topic: 'thresholds',
            reason: toSeal('Agreed', []),
            approvers: ['person-hr', 'person-legal'],
          },
        },
      );
      const streams = { ...context.streams, 'c-1': waived };
      const decision = given.when(activate({ version: '2', consultation: 'c-1' }), { ...context, streams });
      expect(decision.refused).toBeUndefined();
    });
    it('is refused when the consultation carried an earlier policy', () => {
      const activated: OrganizationEvent = {
        type: 'organization.PolicyPackActivated.v1',
        data: {
          version: '2',
          pack: 'eu',
          policy: { ...policyPacks.eu, ...raised },
          approvers: ['person-hr', 'person-legal'],
          consultationId: 'c-1',
        },
      };
      const again = spec.given(eu, proposal('2', raised, 'eu'), activated, proposal('3', { k: 7 }, 'eu'));
      expect(again.when(activate({ version: '3', consultation: 'c-1' }), context).refused).toBe(
        'a-consultation-serves-one-change',
      );
    });
    it('wants one too when the list of topics itself would be emptied', () => {
      const emptied = spec.given(eu, proposal('2', { consultationBefore: [] }, 'eu'));
      expect(emptied.when(activate({ version: '2' }), context).refused).toBe(
        'what-the-policy-names-waits-for-a-consultation',
      );
    });
    it('wants none when no threshold changes', () => {
      const caps = spec.given(eu, proposal('2', { surveyWeightCap: 20 }, 'eu'));
      expect(caps.when(activate({ version: '2' }), context).refused).toBeUndefined();
    });
  });
});
