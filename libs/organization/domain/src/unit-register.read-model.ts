import { type LocalDate, type ReadModel, actOf } from '@plumbline/kernel';
import { insertDated } from './dated';
import type { UnitEvent } from './unit.events';

/**
 * One row a unit. `names[i]` is its name from `nameFrom[i]` on, `parentIds[i]` its parent from `parentFrom[i]` on, oldest first; a retroactive change takes its
 * place among them. `parentFrom` is empty for the root and for units outside the tree. `name` and `parentId` are the latest by valid time.
 */
export type UnitRegisterRow = {
  readonly unitId: string;
  readonly code: string;
  readonly name: string;
  readonly parentId: string | null;
  /** A benchmark beside the organisation: no parent, no children, in no total. */
  readonly outsideTree: boolean;
  readonly classDefined: boolean;
  readonly validFrom: LocalDate;
  /** First day on which the unit is closed. */
  readonly closedFrom: LocalDate | null;
  readonly names: readonly string[];
  readonly nameFrom: readonly LocalDate[];
  readonly parentIds: readonly string[];
  readonly parentFrom: readonly LocalDate[];
  /** The act that last changed it. */
  readonly act: string;
};

export const unitRegister: ReadModel<UnitRegisterRow, UnitEvent> = {
  name: 'unit_register',
  version: 2,
  key: ['unitId'],
  columns: {
    unitId: 'text',
    code: 'text',
    name: 'text',
    parentId: 'text?',
    outsideTree: 'boolean',
    classDefined: 'boolean',
    validFrom: 'date',
    closedFrom: 'date?',
    names: 'text[]',
    nameFrom: 'text[]',
    parentIds: 'text[]',
    parentFrom: 'text[]',
    act: 'text',
  },
  indexes: [['code']],
  on: {
    'organization.OrgUnitRegistered.v1': {
      keys: ({ data }) => [{ unitId: data.unitId }],
      fold: (_row, { data, ...event }) => ({
        unitId: data.unitId,
        code: data.code,
        name: data.name,
        parentId: data.parentId,
        outsideTree: data.outsideTree,
        classDefined: false,
        validFrom: data.validFrom,
        closedFrom: null,
        names: [data.name],
        nameFrom: [data.validFrom],
        parentIds: data.parentId === null ? [] : [data.parentId],
        parentFrom: data.parentId === null ? [] : [data.validFrom],
        act: actOf(event),
      }),
    },
    'organization.OrgUnitRenamed.v1': {
      keys: ({ data }) => [{ unitId: data.unitId }],
      fold: (row, { data, ...event }) => {
        if (!row) return null;
        const dated = insertDated({ from: row.nameFrom, values: row.names }, data.validFrom, data.name);
        return {
          ...row,
          nameFrom: dated.from,
          names: dated.values,
          name: dated.values.at(-1) ?? row.name,
          act: actOf(event),
        };
      },
    },
    'organization.OrgUnitMoved.v1': {
      keys: ({ data }) => [{ unitId: data.unitId }],
      fold: (row, { data, ...event }) => {
        if (!row) return null;
        const dated = insertDated({ from: row.parentFrom, values: row.parentIds }, data.validFrom, data.parentId);
        return {
          ...row,
          parentFrom: dated.from,
          parentIds: dated.values,
          parentId: dated.values.at(-1) ?? null,
          act: actOf(event),
        };
      },
    },
    'organization.OrgUnitClosed.v1': {
      keys: ({ data }) => [{ unitId: data.unitId }],
      fold: (row, { data, ...event }) => (row ? { ...row, closedFrom: data.validFrom, act: actOf(event) } : null),
    },
    'organization.UnitMarkedClassDefined.v1': {
      keys: ({ data }) => [{ unitId: data.unitId }],
      fold: (row, event) => (row ? { ...row, classDefined: true, act: actOf(event) } : null),
    },
    'organization.LeaderAssigned.v1': 'ignored',
    'organization.LeaderUnassigned.v1': 'ignored',
    'organization.HeadcountSnapshotRecorded.v1': 'ignored',
  },
};
