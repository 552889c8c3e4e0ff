import type { Instant, ReadModel, Role } from '@plumbline/kernel';
import type { PersonEvent } from './person.events';

/** One row a role that someone has held. */
export type RoleGrantRow = {
  readonly personId: string;
  readonly role: Role;
  readonly external: boolean;
  readonly held: boolean;
  readonly grantedBy: string;
  readonly grantedAt: Instant;
  readonly revokedAt: Instant | null;
};

export const roleGrants: ReadModel<RoleGrantRow, PersonEvent> = {
  name: 'role_grants',
  version: 1,
  key: ['personId', 'role'],
  columns: {
    personId: 'text',
    role: 'text',
    external: 'boolean',
    held: 'boolean',
    grantedBy: 'text',
    grantedAt: 'instant',
    revokedAt: 'instant?',
  },
  indexes: [['role']],
  on: {
    'organization.RoleGranted.v1': {
      keys: ({ data }) => [{ personId: data.personId, role: data.role }],
      fold: (_row, { data, actor, recordedAt }) => ({
        personId: data.personId,
        role: data.role,
        external: data.external,
        held: true,
        grantedBy: actor.id,
        grantedAt: recordedAt,
        revokedAt: null,
      }),
    },
    'organization.RoleRevoked.v1': {
      keys: ({ data }) => [{ personId: data.personId, role: data.role }],
      fold: (row, { recordedAt }) => (row ? { ...row, held: false, revokedAt: recordedAt } : null),
    },
    'organization.LeaderAbsenceRecorded.v1': 'ignored',
    'organization.DelegationGranted.v1': 'ignored',
  },
};
