import type { Cadence, Fold, LocalDate, MonthDay, RecordedEvent } from '@plumbline/kernel';
import type { OrganizationEvent } from './organization.events';
import { policyPacks, type Policy, type PolicyPack } from './policy-packs';

export interface PolicyProposal {
  readonly version: string;
  readonly pack: PolicyPack;
  readonly policy: Policy;
  readonly proposedBy: string;
  /** For whom, under a delegation, else null. */
  readonly proposedFor: string | null;
}

export interface ReportingCalendar {
  readonly periods: readonly Cadence[];
  readonly dueDays: number;
  readonly graceDays: number;
}

export interface OrganizationFacts {
  readonly configured: boolean;
  /** Id of the event that configured it: the first of the log. */
  readonly configuredBy: string | null;
  readonly timeZone: string;
  readonly fiscalYear: MonthDay;
  readonly locale: string;
  /** First day of the simulated clock when the log is a demonstration. */
  readonly demonstrationFrom: LocalDate | null;
  readonly calendar: ReportingCalendar | null;
  readonly policyPack: PolicyPack;
  /** `unconfigured` before the first event. */
  readonly policyVersion: string;
  readonly policy: Policy;
  /** Proposed and not yet activated. */
  readonly proposal: PolicyProposal | null;
  /** Highest version that was proposed or put in force. */
  readonly lastVersion: number;
  /** Consultations that policies in force rest on; each serves one change. */
  readonly consultationsUsed: readonly string[];
  /** Events of this stream. */
  readonly events: number;
}

const initial: OrganizationFacts = {
  configured: false,
  configuredBy: null,
  timeZone: 'UTC',
  fiscalYear: '01-01',
  locale: 'en',
  demonstrationFrom: null,
  calendar: null,
  policyPack: 'default',
  policyVersion: 'unconfigured',
  policy: policyPacks.default,
  proposal: null,
  lastVersion: 0,
  consultationsUsed: [],
  events: 0,
};

function after(state: OrganizationFacts, event: RecordedEvent<OrganizationEvent>): OrganizationFacts {
  switch (event.type) {
    case 'organization.OrganizationConfigured.v1':
      return {
        ...state,
        configured: true,
        configuredBy: event.id,
        timeZone: event.data.timeZone,
        fiscalYear: event.data.fiscalYear,
        locale: event.data.locale,
        policyPack: event.data.policyPack,
        policyVersion: event.data.policyVersion,
        policy: event.data.policy,
        lastVersion: Number(event.data.policyVersion),
      };
    case 'organization.DemonstrationStarted.v1':
      return { ...state, demonstrationFrom: event.data.from };
    case 'organization.ReportingCalendarSet.v1':
      return { ...state, calendar: event.data };
    case 'organization.PolicyPackProposed.v1':
      return {
        ...state,
        proposal: {
          version: event.data.version,
          pack: event.data.pack,
          policy: event.data.policy,
          proposedBy: event.data.proposedBy,
          proposedFor: event.onBehalfOf ?? null,
        },
        lastVersion: Number(event.data.version),
      };
    case 'organization.PolicyPackActivated.v1':
      return {
        ...state,
        policyPack: event.data.pack,
        policyVersion: event.data.version,
        policy: event.data.policy,
        proposal: null,
        lastVersion: Math.max(state.lastVersion, Number(event.data.version)),
        consultationsUsed:
          event.data.consultationId === null
            ? state.consultationsUsed
            : [...state.consultationsUsed, event.data.consultationId],
      };
  }
}

export const organizationFacts: Fold<OrganizationFacts, OrganizationEvent> = {
  concept: 'organization',
  initial,
  evolve: (state, event) => ({ ...after(state, event), events: state.events + 1 }),
};

export interface PolicyInForce {
  readonly version: string;
  readonly pack: PolicyPack;
  readonly policy: Policy;
}

/** Before the organisation is configured: the default pack under the version `unconfigured`. */
export const policyInForce = (organization: OrganizationFacts): PolicyInForce => ({
  version: organization.policyVersion,
  pack: organization.policyPack,
  policy: organization.policy,
});
