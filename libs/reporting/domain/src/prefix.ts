import {
  type CalendarDayRow,
  type OrganizationProfileRow,
  type PolicyInForceRow,
  type UnitRegisterRow,
  type UnitTree,
  lastDay,
  policyAsOf,
  treeAsOf,
} from '@plumbline/organization/domain';
import { type CitedRow, type LocalDate, type Refusal, refuse } from '@plumbline/kernel';
import { type Citation, type DisclosurePolicy, stricterPolicy } from '@plumbline/privacy';
import type { Question } from './report';

/** The rows every report about units stands on. */
export interface PrefixRows {
  readonly profile: readonly CitedRow<OrganizationProfileRow>[];
  readonly policies: readonly CitedRow<PolicyInForceRow>[];
  readonly days: readonly CitedRow<CalendarDayRow>[];
  readonly units: readonly CitedRow<UnitRegisterRow>[];
}

/** What is known of the organisation as of a position: the day that is judged against, the policy, the tree. */
export interface Prefix {
  readonly date: LocalDate;
  readonly dateCites: readonly Citation[];
  readonly profile: CitedRow<OrganizationProfileRow>;
  readonly policy: CitedRow<PolicyInForceRow>;
  readonly disclosure: DisclosurePolicy;
  /** The least group of a unit that is itself a demographic cut: the strictest of all policies asked under. */
  readonly kDemographic: number;
  readonly tree: UnitTree<CitedRow<UnitRegisterRow>>;
}

function eventsOf(rows: readonly CitedRow[]): ReadonlySet<string> {
  const events = new Set<string>();
  for (const row of rows) for (const event of row.events) events.add(event);
  return events;
}

export const citing = (as: Citation['as'], rows: readonly CitedRow[]): readonly Citation[] =>
  [...eventsOf(rows)].map((event) => ({ event, as }));

export function prefixOf(rows: PrefixRows, { asOf, alsoUnder = [] }: Question): Prefix | Refusal {
  const [profile] = rows.profile;
  const policy = policyAsOf(rows.policies);
  if (!profile || !policy)
    return refuse(
      'a-report-needs-a-configured-organisation',
      'Nothing was configured at that position. Configure the organisation, or ask as of a later one.',
    );
  const day = lastDay(rows.days);
  const date = day?.date ?? asOf.date;
  return {
    date,
    dateCites: day ? citing('calendar', [day]) : [],
    profile,
    policy,
    disclosure: [policy, ...alsoUnder].reduce<DisclosurePolicy>(stricterPolicy, { k: 0, kSensitive: 0 }),
    kDemographic: Math.max(policy.kDemographic, ...alsoUnder.map(({ kDemographic = 0 }) => kDemographic)),
    tree: treeAsOf(rows.units, date),
  };
}
