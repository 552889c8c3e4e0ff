import { specify, stateOf } from '@plumbline/kernel';
import type { NoticeCommand } from './notice.commands';
import { noticeDecider } from './notice.decider';
import type { NoticeEvent } from './notice.events';
import { organizationFacts } from './organization.facts';
import { policyPacks } from './policy-packs';

const spec = specify(noticeDecider);
const organization = stateOf(organizationFacts, {
  type: 'organization.OrganizationConfigured.v1',
  data: {
    timeZone: 'UTC',
    fiscalYear: '01-01',
    locale: 'en',
    policyPack: 'default',
    policyVersion: '1',
    policy: policyPacks.default,
  },
});
const notice: Omit<NoticeEvent['data'], 'personId'> = {
  date: '2026-10-01',
  reason: 'DUE',
  items: [{ kind: 'COMMITMENT_REPORT', about: 'QUIET_ROOMS 2026-Q3', due: '2026-10-15' }],
};
const person = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
const command: NoticeCommand = { type: 'organization.RecordNotice', data: { person, ...notice } };

describe('a notice', () => {
  it('is recorded in the stream of the one it goes to and of the year', () => {
    expect(noticeDecider.stream(command)).toEqual({ concept: 'notices', natural: `${person.toUpperCase()}\u00002026` });
    expect(spec.given().when(command, { streams: { 'organization:ORGANIZATION': organization } })).toEqual({
      events: [{ type: 'organization.NoticeRecorded.v1', data: { personId: person, ...notice } }],
    });
  });
  it('is refused before the organisation is configured', () => {
    expect(spec.given().when(command).refused).toBe('the-organization-is-configured-first');
  });
});
