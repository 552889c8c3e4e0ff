import type { Cadence, LocalDate, MonthDay, ReadModel } from '@plumbline/kernel';
import type { OrganizationEvent } from './organization.events';
import type { RootEvent } from './root.events';

/** The one row: `organizationId` is always `organization`, for one deployment holds one organisation. */
export type OrganizationProfileRow = {
  readonly organizationId: 'organization';
  readonly timeZone: string;
  readonly fiscalYear: MonthDay;
  readonly locale: string;
  /** First day of the simulated clock when the log is a demonstration, else null. */
  readonly demonstrationFrom: LocalDate | null;
  readonly rootUnitId: string | null;
  /** Empty until a reporting calendar is set. */
  readonly periods: readonly Cadence[];
  readonly dueDays: number | null;
  readonly graceDays: number | null;
};

const key = [{ organizationId: 'organization' as const }];

export const organizationProfile: ReadModel<OrganizationProfileRow, OrganizationEvent | RootEvent> = {
  name: 'organization_profile',
  version: 1,
  key: ['organizationId'],
  columns: {
    organizationId: 'text',
    timeZone: 'text',
    fiscalYear: 'text',
    locale: 'text',
    demonstrationFrom: 'date?',
    rootUnitId: 'text?',
    periods: 'text[]',
    dueDays: 'integer?',
    graceDays: 'integer?',
  },
  on: {
    'organization.OrganizationConfigured.v1': {
      keys: () => key,
      fold: (_row, { data }) => ({
        organizationId: 'organization',
        timeZone: data.timeZone,
        fiscalYear: data.fiscalYear,
        locale: data.locale,
        demonstrationFrom: null,
        rootUnitId: null,
        periods: [],
        dueDays: null,
        graceDays: null,
      }),
    },
    'organization.DemonstrationStarted.v1': {
      keys: () => key,
      fold: (row, { data }) => (row ? { ...row, demonstrationFrom: data.from } : null),
    },
    'organization.RootUnitNamed.v1': {
      keys: () => key,
      fold: (row, { data }) => (row ? { ...row, rootUnitId: data.unitId } : null),
    },
    'organization.ReportingCalendarSet.v1': {
      keys: () => key,
      fold: (row, { data }) =>
        row ? { ...row, periods: data.periods, dueDays: data.dueDays, graceDays: data.graceDays } : null,
    },
    'organization.PolicyPackProposed.v1': 'ignored',
    'organization.PolicyPackActivated.v1': 'ignored',
  },
};
