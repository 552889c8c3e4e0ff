import type { LocalDate, ReadModel } from '@plumbline/kernel';
import type { PersonEvent } from './person.events';

/** One row an absence: first and last day, both included. */
export type PersonAbsenceRow = {
  readonly personId: string;
  readonly absentFrom: LocalDate;
  readonly absentTo: LocalDate;
};

export const personAbsences: ReadModel<PersonAbsenceRow, PersonEvent> = {
  name: 'person_absences',
  version: 1,
  key: ['personId', 'absentFrom', 'absentTo'],
  columns: { personId: 'text', absentFrom: 'date', absentTo: 'date' },
  on: {
    'organization.LeaderAbsenceRecorded.v1': {
      keys: ({ data }) => [{ personId: data.personId, absentFrom: data.from, absentTo: data.to }],
      fold: (_row, { data }) => ({ personId: data.personId, absentFrom: data.from, absentTo: data.to }),
    },
    'organization.RoleGranted.v1': 'ignored',
    'organization.RoleRevoked.v1': 'ignored',
    'organization.DelegationGranted.v1': 'ignored',
  },
};
