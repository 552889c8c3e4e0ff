import { specify, stateOf } from '@plumbline/kernel';
import { organizationFacts } from './organization.facts';
import { policyPacks } from './policy-packs';
import { rootDecider } from './root.decider';
import type { RootEvent } from './root.events';

const spec = specify(rootDecider);
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
const name = (unit: string) => ({ type: 'organization.NameRootUnit', data: { unit } }) as const;
const root: RootEvent = { type: 'organization.RootUnitNamed.v1', data: { unitId: 'unit:CS', code: 'CS' } };

describe('the root of the tree', () => {
  it('is named once; its code matches without regard to case', () => {
    expect(spec.given().when(name('CS'), configured)).toEqual({ events: [root] });
    expect(spec.given(root).when(name('cs'), configured)).toEqual({ events: [] });
  });
  it('is one', () => {
    expect(spec.given(root).when(name('NHS'), configured).refused).toBe('a-tree-has-one-root');
  });
  it('is refused before the organisation is configured', () => {
    expect(spec.given().when(name('CS')).refused).toBe('the-organization-is-configured-first');
  });
});
