import {
  anyReadModel,
  RowsInMemory,
  type EventBody,
  type ReadModel,
  type RecordedEvent,
  type Row,
} from '@plumbline/kernel';
import { calendarDays, lastDay } from './calendar-days.read-model';
import { closedPeriods } from './closed-periods.read-model';
import { consultations } from './consultations.read-model';
import { headcounts } from './headcounts.read-model';
import { importRegister } from './import-register.read-model';
import { leaderPosts } from './leader-posts.read-model';
import { legalReviews } from './legal-reviews.read-model';
import { organizationProfile } from './organization-profile.read-model';
import { personAbsences } from './person-absences.read-model';
import { policyAsOf, policyInForceRows, type PolicyInForceRow } from './policy-in-force.read-model';
import { policyPacks } from './policy-packs';
import { roleGrants } from './role-grants.read-model';
import { unitRegister } from './unit-register.read-model';

const at = (index: number): string => `2026-01-01T00:00:0${index}.000Z`;
function rowsOf<R extends Row, E extends EventBody>(
  model: ReadModel<R, E>,
  ...events: readonly E[]
): readonly unknown[] {
  const rows = new RowsInMemory(anyReadModel(model));
  events.forEach((event, index) =>
    rows.apply({
      id: `event-${index}`,
      recordedAt: at(index),
      actor: { id: 'person-hr', role: 'hr' },
      ...event,
    } as unknown as RecordedEvent),
  );
  return rows.list();
}
const sealed = { key: 'k', sealed: 's', subjects: [] };
const values = { timeZone: 'Europe/London', fiscalYear: '04-01', locale: 'en-GB', policyPack: 'uk' as const };
const configured = {
  type: 'organization.OrganizationConfigured.v1' as const,
  data: { ...values, policyVersion: '1', policy: policyPacks.uk },
};

it('the unit register keeps one row a unit, with its names and parents by day', () => {
  const unitId = 'unit-gpa';
  expect(
    rowsOf(
      unitRegister,
      {
        type: 'organization.OrgUnitRegistered.v1',
        data: {
          unitId,
          code: 'GPA',
          name: 'Property',
          parentId: 'unit-co',
          outsideTree: false,
          validFrom: '2020-01-01',
        },
      },
      { type: 'organization.OrgUnitRenamed.v1', data: { unitId, name: 'Estates', validFrom: '2026-01-01' } },
      { type: 'organization.OrgUnitRenamed.v1', data: { unitId, name: 'Buildings', validFrom: '2024-01-01' } },
      { type: 'organization.OrgUnitMoved.v1', data: { unitId, parentId: 'unit-ho', validFrom: '2026-04-01' } },
      {
        type: 'organization.LeaderAssigned.v1',
        data: { unitId, leader: 'person-a', role: 'Head', from: '2026-01-01' },
      },
      { type: 'organization.UnitMarkedClassDefined.v1', data: { unitId } },
      { type: 'organization.OrgUnitClosed.v1', data: { unitId, validFrom: '2027-01-01' } },
    ),
  ).toEqual([
    {
      unitId,
      code: 'GPA',
      name: 'Estates',
      parentId: 'unit-ho',
      outsideTree: false,
      classDefined: true,
      validFrom: '2020-01-01',
      closedFrom: '2027-01-01',
      names: ['Property', 'Buildings', 'Estates'],
      nameFrom: ['2020-01-01', '2024-01-01', '2026-01-01'],
      parentIds: ['unit-co', 'unit-ho'],
      parentFrom: ['2020-01-01', '2026-04-01'],
      act: 'event-6',
      events: ['event-0', 'event-1', 'event-2', 'event-3', 'event-5', 'event-6'],
    },
  ]);
});

it('leader posts keep one row a post, also when someone comes back to it', () => {
  const held = { unitId: 'unit-gpa', leader: 'person-a', role: 'Head' };
  expect(
    rowsOf(
      leaderPosts,
      { type: 'organization.LeaderAssigned.v1', data: { ...held, from: '2025-01-01' } },
      { type: 'organization.LeaderUnassigned.v1', data: { ...held, from: '2025-01-01', to: '2025-06-30' } },
      { type: 'organization.LeaderAssigned.v1', data: { ...held, from: '2026-01-01' } },
    ),
  ).toMatchObject([
    { ...held, heldFrom: '2025-01-01', heldTo: '2025-06-30' },
    { ...held, heldFrom: '2026-01-01', heldTo: null },
  ]);
});

it('headcounts keep one row a unit and day, the correction standing', () => {
  const data = { unitId: 'unit-gpa', date: '2026-03-31', source: 'payroll' };
  const type = 'organization.HeadcountSnapshotRecorded.v1' as const;
  expect(
    rowsOf(
      headcounts,
      { type, data: { ...data, count: 37, supersedes: null, reason: null } },
      { type, data: { ...data, count: 38, supersedes: 'event-0', reason: sealed } },
    ),
  ).toEqual([{ ...data, count: 38, corrected: true, act: 'event-1', events: ['event-0', 'event-1'] }]);
});

it('role grants keep one row a person and role, held or revoked', () => {
  const data = { personId: 'person-a', role: 'auditor' as const };
  expect(
    rowsOf(
      roleGrants,
      { type: 'organization.RoleGranted.v1', data: { ...data, external: true } },
      { type: 'organization.RoleRevoked.v1', data },
    ),
  ).toEqual([
    {
      ...data,
      external: true,
      held: false,
      grantedBy: 'person-hr',
      grantedAt: at(0),
      revokedAt: at(1),
      events: ['event-0', 'event-1'],
    },
  ]);
});

it('absences keep their days and nothing else', () => {
  expect(
    rowsOf(personAbsences, {
      type: 'organization.LeaderAbsenceRecorded.v1',
      data: { personId: 'person-a', from: '2026-03-02', to: '2026-08-31' },
    }),
  ).toEqual([{ personId: 'person-a', absentFrom: '2026-03-02', absentTo: '2026-08-31', events: ['event-0'] }]);
});

it('the profile is one row: zone, year, locale, root, calendar, demonstration', () => {
  expect(
    rowsOf(
      organizationProfile,
      configured,
      { type: 'organization.DemonstrationStarted.v1', data: { from: '2025-02-03' } },
      { type: 'organization.RootUnitNamed.v1', data: { unitId: 'unit-cs', code: 'CS' } },
      {
        type: 'organization.ReportingCalendarSet.v1',
        data: { periods: ['QUARTERLY'], dueDays: 15, graceDays: 10 },
      },
    ),
  ).toEqual([
    {
      organizationId: 'organization',
      timeZone: 'Europe/London',
      fiscalYear: '04-01',
      locale: 'en-GB',
      demonstrationFrom: '2025-02-03',
      rootUnitId: 'unit-cs',
      periods: ['QUARTERLY'],
      dueDays: 15,
      graceDays: 10,
      events: ['event-0', 'event-1', 'event-2', 'event-3'],
    },
  ]);
});

describe('the policy in force', () => {
  const activated = (version: string, k: number) => ({
    type: 'organization.PolicyPackActivated.v1' as const,
    data: {
      version,
      pack: 'uk' as const,
      policy: { ...policyPacks.uk, k },
      approvers: ['person-a', 'person-b'] as [string, string],
      consultationId: null,
    },
  });

  it('is the last one activated, every earlier one kept', () => {
    const rows = rowsOf(policyInForceRows, configured, activated('2', 6), activated('10', 7)) as PolicyInForceRow[];
    expect(rows).toHaveLength(3);
    expect(policyAsOf(rows)).toMatchObject({ policyVersion: '10', k: 7, approvers: ['person-a', 'person-b'] });
  });
  it('is none before the organisation is configured', () => {
    expect(policyAsOf([])).toBeUndefined();
  });
  it('has a column for every value of a policy', () => {
    expect(Object.keys(policyInForceRows.columns)).toEqual(expect.arrayContaining(Object.keys(policyPacks.default)));
  });
});

it('the calendar keeps one row a day, and the last one is the as-of date', () => {
  const began = (date: string) => ({ type: 'organization.DayBegan.v1' as const, data: { date } });
  const rows = rowsOf(calendarDays, began('2026-06-14'), began('2026-06-15')) as { date: string; recordedAt: string }[];
  expect(rows).toHaveLength(2);
  expect(lastDay(rows)).toEqual({ date: '2026-06-15', recordedAt: at(1), events: ['event-1'] });
  expect(lastDay([])).toBeUndefined();
});

it('closed periods name the event as of which they closed', () => {
  expect(
    rowsOf(closedPeriods, { type: 'organization.PeriodClosed.v1', data: { period: '2026-Q1', asOf: 'day-event' } }),
  ).toEqual([{ period: '2026-Q1', asOf: 'day-event', events: ['event-0'] }]);
});

it('consultations show a waiver with references to its sealed reasons and both approvers', () => {
  const data = { consultationId: 'c-1', topic: 'wave' as const };
  expect(
    rowsOf(
      consultations,
      {
        type: 'organization.ConsultationWaiverRequested.v1',
        data: { ...data, requestedBy: 'person-a', reason: sealed },
      },
      {
        type: 'organization.ConsultationWaived.v1',
        data: { ...data, reason: sealed, approvers: ['person-a', 'person-b'] },
      },
      {
        type: 'organization.ConsultationRecorded.v1',
        data: { consultationId: 'c-2', topic: 'cycle', with: 'Staff council', outcome: 'AGREED', on: '2026-06-01' },
      },
    ),
  ).toMatchObject([
    {
      ...data,
      state: 'WAIVED',
      requestReason: 'sealed:event-0/reason',
      waiverReason: 'sealed:event-1/reason',
      approvers: ['person-a', 'person-b'],
    },
    { consultationId: 'c-2', state: 'HELD', consulted: 'Staff council', outcome: 'AGREED', heldOn: '2026-06-01' },
  ]);
});

it('legal reviews show what was decided about what, until when', () => {
  expect(
    rowsOf(legalReviews, {
      type: 'organization.LegalReviewRecorded.v1',
      data: {
        reviewId: 'r-1',
        object: { kind: 'metric', id: 'metric-1', version: 2 },
        decision: 'CLEARED',
        reviewer: 'person-legal',
        jurisdiction: 'GB',
        expiresAt: '2027-03-31',
        conditions: ['For everyone alike'],
      },
    }),
  ).toEqual([
    {
      reviewId: 'r-1',
      objectKind: 'metric',
      objectId: 'metric-1',
      objectVersion: 2,
      decision: 'CLEARED',
      reviewer: 'person-legal',
      jurisdiction: 'GB',
      expiresAt: '2027-03-31',
      conditions: ['For everyone alike'],
      recordedAt: at(0),
      events: ['event-0'],
    },
  ]);
});

it('the import register adds up what a file gave over all its runs', () => {
  const importId = 'i-1';
  const completed = (recorded: number, unchanged: number, refused: number) => ({
    type: 'organization.ImportCompleted.v1' as const,
    data: { importId, recorded, unchanged, refused },
  });
  expect(
    rowsOf(
      importRegister,
      {
        type: 'organization.ImportRecorded.v1',
        data: { importId, kind: 'observations', fileHash: 'f', mapHash: 'm', rows: 240 },
      },
      completed(238, 0, 2),
      completed(2, 238, 0),
    ),
  ).toMatchObject([
    {
      importId,
      rows: 240,
      importedBy: 'person-hr',
      recordedAt: at(0),
      completedAt: at(2),
      recorded: 240,
      unchanged: 238,
      refused: 0,
    },
  ]);
});
