import type { LocalDate, ReadModel } from '@plumbline/kernel';
import type { UnitEvent } from './unit.events';

/** One row a post held: who led which unit as what, from the first to the last day (null: still). */
export type LeaderPostRow = {
  readonly unitId: string;
  readonly leader: string;
  readonly role: string;
  readonly heldFrom: LocalDate;
  readonly heldTo: LocalDate | null;
};

export const leaderPosts: ReadModel<LeaderPostRow, UnitEvent> = {
  name: 'leader_posts',
  version: 1,
  key: ['unitId', 'leader', 'role', 'heldFrom'],
  columns: { unitId: 'text', leader: 'text', role: 'text', heldFrom: 'date', heldTo: 'date?' },
  indexes: [['leader']],
  on: {
    'organization.LeaderAssigned.v1': {
      keys: ({ data }) => [{ unitId: data.unitId, leader: data.leader, role: data.role, heldFrom: data.from }],
      fold: (_row, { data }) => ({
        unitId: data.unitId,
        leader: data.leader,
        role: data.role,
        heldFrom: data.from,
        heldTo: null,
      }),
    },
    'organization.LeaderUnassigned.v1': {
      keys: ({ data }) => [{ unitId: data.unitId, leader: data.leader, role: data.role, heldFrom: data.from }],
      fold: (row, { data }) => (row ? { ...row, heldTo: data.to } : null),
    },
    'organization.OrgUnitRegistered.v1': 'ignored',
    'organization.OrgUnitRenamed.v1': 'ignored',
    'organization.OrgUnitMoved.v1': 'ignored',
    'organization.OrgUnitClosed.v1': 'ignored',
    'organization.UnitMarkedClassDefined.v1': 'ignored',
    'organization.HeadcountSnapshotRecorded.v1': 'ignored',
  },
};
