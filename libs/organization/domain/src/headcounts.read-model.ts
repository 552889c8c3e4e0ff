import { type LocalDate, type ReadModel, actOf } from '@plumbline/kernel';
import type { UnitEvent } from './unit.events';

/** One row a unit and day: how many people it had, the latest correction standing. */
export type HeadcountRow = {
  readonly unitId: string;
  readonly date: LocalDate;
  readonly count: number;
  readonly source: string;
  readonly corrected: boolean;
  /** The act that recorded it. */
  readonly act: string;
};

export const headcounts: ReadModel<HeadcountRow, UnitEvent> = {
  name: 'headcounts',
  version: 2,
  key: ['unitId', 'date'],
  columns: { unitId: 'text', date: 'date', count: 'integer', source: 'text', corrected: 'boolean', act: 'text' },
  on: {
    'organization.HeadcountSnapshotRecorded.v1': {
      keys: ({ data }) => [{ unitId: data.unitId, date: data.date }],
      fold: (_row, { data, ...event }) => ({
        unitId: data.unitId,
        date: data.date,
        count: data.count,
        source: data.source,
        corrected: data.supersedes !== null,
        act: actOf(event),
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
