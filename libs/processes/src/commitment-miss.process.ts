import { anyReadModel, parsePeriod, type RecordedEvent } from '@plumbline/kernel';
import { type CommitmentCommand, commitmentRegister, ownerOfRow } from '@plumbline/charter/domain';
import { organizationProfile, outsideAbsence, personAbsences } from '@plumbline/organization/domain';
import { absencesIn } from './owners';
import { type Process, type ProcessRows, type ProcessStep, step } from './process';

function missedBy(period: string, rows: ProcessRows): readonly ProcessStep[] {
  const [profile] = rows.of(organizationProfile);
  const { end } = parsePeriod(period, profile?.fiscalYear);
  const absences = absencesIn(rows);
  return rows
    .of(commitmentRegister)
    .filter(
      (row) =>
        row.status === 'ACTIVE' &&
        row.currentDue !== null &&
        outsideAbsence(absences(ownerOfRow(row, row.currentDue)), row.currentDue) <= end,
    )
    .map(({ code }) => {
      const command: CommitmentCommand = { type: 'charter.MissCommitment', data: { commitment: code, period } };
      return step(command, `${code} ${period}`);
    });
}

export const commitmentMiss: Process = {
  name: 'commitment-miss',
  version: 1,
  sentence: 'When a period closes, every commitment that was due in it and is not kept is missed.',
  reads: [anyReadModel(commitmentRegister), anyReadModel(organizationProfile), anyReadModel(personAbsences)],
  on: {
    'organization.PeriodClosed.v1': ({ data }: RecordedEvent, rows) =>
      missedBy((data as { readonly period: string }).period, rows),
  },
};
