import type { LocalDate } from '@plumbline/kernel';
import { type CommitmentRow, dutiesOf, ownerOfRow, type ReportingDuty } from '@plumbline/charter/domain';
import { organizationProfile, personAbsences } from '@plumbline/organization/domain';
import type { ProcessRows } from './process';

type Absence = { readonly from: LocalDate; readonly to: LocalDate };

/** Everybody's recorded absences, by person. */
export function absencesIn(rows: ProcessRows): (personId: string | null) => readonly Absence[] {
  const byPerson = new Map<string, Absence[]>();
  for (const { personId, absentFrom, absentTo } of rows.of(personAbsences))
    byPerson.set(personId, [...(byPerson.get(personId) ?? []), { from: absentFrom, to: absentTo }]);
  return (personId) => byPerson.get(personId ?? '') ?? [];
}

/** A report that a commitment owes, and by whom. */
export interface OwedReport extends ReportingDuty {
  readonly ownerId: string | null;
}

/** The reports a commitment owes by the reporting calendar, each due outside the absences of who owns it at the period's end. */
export function owedReports(
  commitment: CommitmentRow,
  rows: ProcessRows,
  absences: ReturnType<typeof absencesIn>,
  through: LocalDate,
  options: { readonly upcoming?: boolean } = {},
): readonly OwedReport[] {
  const [profile] = rows.of(organizationProfile);
  if (!profile || profile.dueDays === null || profile.graceDays === null) return [];
  const { periods, dueDays, graceDays, fiscalYear } = profile;
  const calendar = { periods, dueDays, graceDays };
  const owners = [...new Set(commitment.ownerIds)];
  return owners.flatMap((ownerId) =>
    dutiesOf(commitment, calendar, fiscalYear, absences(ownerId), through, options)
      .filter(({ period }) => ownerOfRow(commitment, period.end) === ownerId)
      .map((duty) => ({ ...duty, ownerId })),
  );
}
