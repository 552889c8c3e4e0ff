import { anyReadModel } from '@plumbline/kernel';
import { type CommitmentCommand, commitmentPeriods, commitmentRegister } from '@plumbline/charter/domain';
import { organizationProfile, personAbsences } from '@plumbline/organization/domain';
import { absencesIn, owedReports } from './owners';
import { onEachDay, type Process, step } from './process';

export const periodReporter: Process = {
  name: 'period-reporter',
  version: 1,
  sentence: 'When the grace after a report’s due day is over and none came, the period is recorded as missed.',
  reads: [
    anyReadModel(commitmentRegister),
    anyReadModel(commitmentPeriods),
    anyReadModel(organizationProfile),
    anyReadModel(personAbsences),
  ],
  on: {
    'organization.DayBegan.v1': onEachDay((day, rows) => {
      const absences = absencesIn(rows);
      const known = new Set(rows.of(commitmentPeriods).map(({ commitmentId, period }) => `${commitmentId} ${period}`));
      return rows.of(commitmentRegister).flatMap((commitment) =>
        owedReports(commitment, rows, absences, day)
          .filter(({ lastDay, period }) => lastDay < day && !known.has(`${commitment.commitmentId} ${period.text}`))
          .map(({ period }) => {
            const data = { commitment: commitment.code, period: period.text };
            const command: CommitmentCommand = { type: 'charter.MissProgress', data };
            return step(command, `${commitment.code} ${period.text}`);
          }),
      );
    }),
  },
};
