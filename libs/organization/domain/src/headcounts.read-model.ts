import type { LocalDate, ReadModel } from '@plumbline/kernel';
import type { UnitEvent } from './unit.events';

/** One row a unit and day: how many people it had, the latest correction standing. */
export type HeadcountRow = {
  readonly unitId: string;
  readonly date: LocalDate;
  readonly count: number;
  readonly source: string;
  readonly corrected: boolean;
};

export const headcounts: ReadModel<HeadcountRow, UnitEvent> = {
  name: 'headcounts',
  version: 1,
  key: ['unitId', 'date'],
  columns: { unitId: 'text', date: 'date', count: 'integer', source: 'text', corrected: 'boolean' },
  on: {
    'organization.HeadcountSnapshotRecorded.v1': {
      keys: ({ data }) => [{ unitId: data.unitId, date: data.date }],
      fold: (_row, { data }) => ({
        unitId: data.unitId,
        date: data.date,
        count: data.count,
        source: data.source,
        corrected: data.supersedes !== null,
      }),
    },
    'organization.OrgUnitRegistered.v1': 'ignored',
    'organization.OrgUnitRenamed.v1': 'ignored',
    'organization.OrgUnitMoved.v1': 'ignored',
    'organization.OrgUnitClosed.v1': 'ignored',
    'organization.UnitMarkedClassDefined.v1': 'ignored',
    'organization.LeaderAssigned.v1': 'ignored',
    'organization.LeaderUnassigned.v1': 'ignored',
  },
};
