import { parsePeriod, stateOf, type DecisionContext } from '@plumbline/kernel';
import { unitFacts } from '@plumbline/organization/facts';
import { beneficiariesOf, standsInLine } from './organization-facts';

const unitId = 'unit:GPA';
const registered = {
  type: 'organization.OrgUnitRegistered.v1' as const,
  data: { unitId, code: 'GPA', name: 'GPA', parentId: null, outsideTree: false, validFrom: '2009-01-01' },
};
/** A unit led by one person from a day on, and perhaps until another. */
const led = (from: string, to: string | null) =>
  stateOf(
    unitFacts,
    registered,
    { type: 'organization.LeaderAssigned.v1', data: { unitId, leader: 'person-head', role: 'Head', from } },
    ...(to === null
      ? []
      : [
          {
            type: 'organization.LeaderUnassigned.v1' as const,
            data: { unitId, leader: 'person-head', role: 'Head', from, to },
          },
        ]),
  );
const contextOf = (
  from: string,
  to: string | null,
  more: Partial<DecisionContext> = {},
  line: readonly string[] = [],
) =>
  ({
    today: '2026-06-15',
    actor: { id: 'person-hr', role: 'hr' },
    facts: { stream: () => led(from, to), ask: () => line },
    ...more,
  }) as unknown as DecisionContext;
const of2024 = parsePeriod('2024', '04-01');

describe('whose result a figure is', () => {
  it.each<readonly [string, string, string | null, boolean]>([
    ['leads the unit since before the period', '2020-01-01', null, true],
    ['leads it from today on', '2026-06-15', null, true],
    ['leads it from tomorrow on', '2026-06-16', null, false],
    ['led it until today', '2026-01-01', '2026-06-15', true],
    ['led it until yesterday, and not in the period', '2026-01-01', '2026-06-14', false],
    ['led it until the period’s first day', '2020-01-01', '2024-01-01', true],
    ['led it until the day before', '2020-01-01', '2023-12-31', false],
    ['led it from the period’s last day on', '2024-12-31', '2025-06-30', true],
    ['led it from the day after', '2025-01-01', '2025-06-30', false],
  ])('theirs who %s', (_what, from, to, isTheirs) => {
    expect(beneficiariesOf(contextOf(from, to), 'GPA', of2024)).toEqual(isTheirs ? ['person-head'] : []);
  });
});

describe('the line of a unit', () => {
  const stands = (more: Partial<DecisionContext>, line: readonly string[]) =>
    standsInLine(contextOf('2020-01-01', null, more, line), 'GPA', of2024);

  it('has its leaders, and whoever leads above or below it', () => {
    expect(stands({ actor: { id: 'person-head', role: 'executive' } }, [])).toBe(true);
    expect(stands({ actor: { id: 'person-above', role: 'executive' } }, ['person-above'])).toBe(true);
    expect(stands({}, ['person-above'])).toBe(false);
  });

  it('has whoever acts for one of them', () => {
    expect(stands({ onBehalfOf: 'person-head' }, [])).toBe(true);
    expect(stands({ onBehalfOf: 'person-other' }, ['person-above'])).toBe(false);
  });
});
