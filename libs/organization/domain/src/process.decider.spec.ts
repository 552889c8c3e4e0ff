import { specify, stateOf } from '@plumbline/kernel';
import { organizationFacts } from './organization.facts';
import { policyPacks } from './policy-packs';
import { processDecider } from './process.decider';
import type { ProcessEvent } from './process.events';

const spec = specify(processDecider);
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
const since = '6a1d0f5e-2b3c-8d4e-9f50-1a2b3c4d5e6f';
const start = (version: number) =>
  ({
    type: 'organization.StartProcess',
    data: { process: 'period-reporter', version, sinceEventId: since },
  }) as const;
const started = (version: number): ProcessEvent => ({
  type: 'organization.ProcessStarted.v1',
  data: { process: 'period-reporter', version, sinceEventId: since },
});
const step = {
  process: 'period-reporter',
  eventId: since,
  step: 0,
  command: 'charter.MissProgress',
  about: 'QUIET_ROOMS 2026-Q2',
  rule: 'each-period-yields-one-report-or-one-miss',
};
const record = { type: 'organization.RecordStepRefusal', data: step } as const;

describe('a process', () => {
  it('starts once in a version', () => {
    expect(spec.given().when(start(1), configured)).toEqual({ events: [started(1)] });
    expect(spec.given(started(1)).when(start(1), configured)).toEqual({ events: [] });
  });
  it('starts anew in a later version, never in an older one', () => {
    expect(spec.given(started(1)).when(start(2), configured)).toEqual({ events: [started(2)] });
    expect(spec.given(started(2)).when(start(1), configured).refused).toBe(
      'an-older-version-of-a-process-does-not-act',
    );
  });
  it('has a refused step recorded once', () => {
    const refused: ProcessEvent = { type: 'organization.ProcessStepRefused.v1', data: step };
    expect(spec.given(started(1)).when(record, configured)).toEqual({ events: [refused] });
    expect(spec.given(started(1), refused).when(record, configured)).toEqual({ events: [] });
  });
  it('has no step refused before it started', () => {
    expect(spec.given().when(record, configured).refused).toBe('a-process-starts-before-it-acts');
  });
  it('does not start before the organisation is configured', () => {
    expect(spec.given().when(start(1)).refused).toBe('the-organization-is-configured-first');
  });
});
