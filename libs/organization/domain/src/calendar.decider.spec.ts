import { specify, stateOf } from '@plumbline/kernel';
import { calendarDecider } from './calendar.decider';
import type { CalendarEvent } from './calendar.events';
import { organizationFacts } from './organization.facts';
import { policyPacks } from './policy-packs';

const spec = specify(calendarDecider);
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
const configured = { streams: { 'organization:ORGANIZATION': organization } };
const began = (date: string): CalendarEvent => ({ type: 'organization.DayBegan.v1', data: { date } });
const begin = (date: string) => ({ type: 'organization.BeginDay', data: { date } }) as const;
const close = (period: string) => ({ type: 'organization.ClosePeriod', data: { period } }) as const;

describe('a day', () => {
  it('begins, the first one being any that has come', () => {
    expect(spec.given().when(begin('2026-06-15'), configured)).toEqual({ events: [began('2026-06-15')] });
    expect(spec.given().when(begin('2025-02-03'), configured)).toEqual({ events: [began('2025-02-03')] });
  });
  it('begins after the one before, over the ends of months and years', () => {
    expect(spec.given(began('2025-12-31')).when(begin('2026-01-01'), configured).events).toHaveLength(1);
    expect(spec.given(began('2024-02-28')).when(begin('2024-02-29'), configured).events).toHaveLength(1);
  });
  it('begins once', () => {
    expect(spec.given(began('2026-06-15')).when(begin('2026-06-15'), configured)).toEqual({ events: [] });
    expect(spec.given(began('2026-06-15')).when(begin('2026-06-01'), configured)).toEqual({ events: [] });
  });
  it('is refused when one would be left out', () => {
    expect(spec.given(began('2026-06-12')).when(begin('2026-06-14'), configured).refused).toBe(
      'days-begin-one-after-another',
    );
  });
  it('is refused before it has come', () => {
    expect(spec.given(began('2026-06-15')).when(begin('2026-06-16'), configured).refused).toBe(
      'a-day-begins-once-it-has-come',
    );
  });
  it('is refused before the organisation is configured', () => {
    expect(spec.given().when(begin('2026-06-15')).refused).toBe('the-organization-is-configured-first');
  });
});

describe('a period', () => {
  it('closes once a later day has begun, as of that day’s event', () => {
    const given = spec.given({ ...began('2026-04-01'), id: 'day-event' });
    expect(given.when(close('2026-Q1'), configured)).toEqual({
      events: [{ type: 'organization.PeriodClosed.v1', data: { period: '2026-Q1', asOf: 'day-event' } }],
    });
  });
  it('is refused on its last day', () => {
    expect(spec.given(began('2026-03-31')).when(close('2026-Q1'), configured).refused).toBe(
      'a-period-closes-after-its-last-day',
    );
    expect(spec.given().when(close('2026-Q1'), configured).refused).toBe('a-period-closes-after-its-last-day');
  });
  it('closes by the fiscal year where it is fiscal', () => {
    expect(spec.given(began('2026-04-01')).when(close('FY2025'), configured).events).toHaveLength(1);
    expect(spec.given(began('2026-04-01')).when(close('2026'), configured).refused).toBe(
      'a-period-closes-after-its-last-day',
    );
  });
  it('closes once', () => {
    const closed: CalendarEvent = {
      type: 'organization.PeriodClosed.v1',
      data: { period: '2026-Q1', asOf: 'day-event' },
    };
    expect(spec.given(began('2026-04-01'), closed).when(close('2026-Q1'), configured)).toEqual({ events: [] });
  });
});
