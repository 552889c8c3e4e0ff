import type { LocalDate, ReadModel } from '@plumbline/kernel';
import type { PersonEvent } from './person.events';
import type { DelegableVerb } from './vocabulary';

/** One row a person and delegate: what the delegate may do for them, up to and including a day. */
export type DelegationRow = {
  readonly personId: string;
  readonly delegate: string;
  readonly until: LocalDate;
  readonly verbs: readonly DelegableVerb[];
};

export const delegations: ReadModel<DelegationRow, PersonEvent> = {
  name: 'delegations',
  version: 1,
  key: ['personId', 'delegate', 'until'],
  columns: { personId: 'text', delegate: 'text', until: 'date', verbs: 'text[]' },
  on: {
    'organization.DelegationGranted.v1': {
      keys: ({ data }) => [{ personId: data.from, delegate: data.to, until: data.until }],
      fold: (row, { data }) => ({
        personId: data.from,
        delegate: data.to,
        until: data.until,
        verbs: [...new Set([...(row?.verbs ?? []), ...data.verbs])].sort(),
      }),
    },
    'organization.LeaderAbsenceRecorded.v1': 'ignored',
    'organization.RoleGranted.v1': 'ignored',
    'organization.RoleRevoked.v1': 'ignored',
  },
};
