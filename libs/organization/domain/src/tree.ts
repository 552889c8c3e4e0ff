import type { LocalDate } from '@plumbline/kernel';
import { valueOn } from './dated';
import type { UnitRegisterRow } from './unit-register.read-model';

/** What the tree needs of a unit. */
export type TreeRow = Pick<
  UnitRegisterRow,
  | 'unitId'
  | 'code'
  | 'outsideTree'
  | 'classDefined'
  | 'validFrom'
  | 'closedFrom'
  | 'names'
  | 'nameFrom'
  | 'parentIds'
  | 'parentFrom'
>;

/** A unit as it stands on a day. */
export interface TreeUnit<R extends TreeRow = TreeRow> {
  readonly unitId: string;
  readonly code: string;
  readonly name: string;
  /** Null for the root, for units outside the tree, and where the parent does not exist on the day. */
  readonly parentId: string | null;
  readonly outsideTree: boolean;
  readonly classDefined: boolean;
  readonly row: R;
}

/** The organisation on one day. Lists are in the order of codes. */
export interface UnitTree<R extends TreeRow = TreeRow> {
  readonly day: LocalDate;
  /** The unit at the head of the tree; undefined when none exists on the day. */
  readonly root: TreeUnit<R> | undefined;
  /** Every unit that exists on the day, those outside the tree among them. */
  readonly units: readonly TreeUnit<R>[];
  unit(unitId: string): TreeUnit<R> | undefined;
  byCode(code: string): TreeUnit<R> | undefined;
  children(unitId: string): readonly TreeUnit<R>[];
  /** From the parent up to the root. Ends where a chain would come round again. */
  ancestors(unitId: string): readonly TreeUnit<R>[];
  /** Everything below, breadth first, without the unit itself. */
  descendants(unitId: string): readonly TreeUnit<R>[];
}

const folded = (code: string): string => code.normalize('NFC').toUpperCase();
const inOrderOfCodes = (a: { code: string }, b: { code: string }): number => {
  const [left, right] = [folded(a.code), folded(b.code)];
  return left < right ? -1 : left > right ? 1 : 0;
};

const existsOn = (row: TreeRow, day: LocalDate): boolean =>
  row.validFrom <= day && (row.closedFrom === null || day < row.closedFrom);

/** The units that exist on a day, with the names and parents that hold on it. */
export function treeAsOf<R extends TreeRow>(rows: readonly R[], day: LocalDate): UnitTree<R> {
  const live = rows.filter((row) => existsOn(row, day)).sort(inOrderOfCodes);
  const ids = new Set(live.map(({ unitId }) => unitId));
  const units = live.map((row): TreeUnit<R> => {
    const parentId = valueOn({ from: row.parentFrom, values: row.parentIds }, day);
    return {
      unitId: row.unitId,
      code: row.code,
      name: valueOn({ from: row.nameFrom, values: row.names }, day) ?? row.names[0] ?? row.code,
      parentId: parentId !== undefined && ids.has(parentId) ? parentId : null,
      outsideTree: row.outsideTree,
      classDefined: row.classDefined,
      row,
    };
  });
  const byId = new Map(units.map((unit) => [unit.unitId, unit]));
  const byCode = new Map(units.map((unit) => [folded(unit.code), unit]));
  const byParent = new Map<string, TreeUnit<R>[]>();
  for (const unit of units)
    if (unit.parentId !== null) {
      const siblings = byParent.get(unit.parentId);
      if (siblings) siblings.push(unit);
      else byParent.set(unit.parentId, [unit]);
    }
  const children = (unitId: string): readonly TreeUnit<R>[] => byParent.get(unitId) ?? [];

  const ancestors = (unitId: string): readonly TreeUnit<R>[] => {
    const found: TreeUnit<R>[] = [];
    const seen = new Set([unitId]);
    for (
      let at = byId.get(unitId)?.parentId ?? null;
      at !== null && !seen.has(at);
      at = byId.get(at)?.parentId ?? null
    ) {
      seen.add(at);
      const unit = byId.get(at);
      if (unit) found.push(unit);
    }
    return found;
  };

  const descendants = (unitId: string): readonly TreeUnit<R>[] => {
    const found: TreeUnit<R>[] = [];
    const seen = new Set([unitId]);
    let level = children(unitId);
    while (level.length > 0) {
      const fresh = level.filter((unit) => !seen.has(unit.unitId));
      for (const unit of fresh) seen.add(unit.unitId);
      found.push(...fresh);
      level = fresh.flatMap((unit) => children(unit.unitId));
    }
    return found;
  };

  return {
    day,
    root: units.find((unit) => !unit.outsideTree && unit.row.parentFrom.length === 0),
    units,
    unit: (unitId) => byId.get(unitId),
    byCode: (code) => byCode.get(folded(code)),
    children,
    ancestors,
    descendants,
  };
}

/** Ids of all units that stand above a unit on some day from `from` on, by what is recorded: moves that are still to come count. */
export function everAbove(rows: readonly TreeRow[], unitId: string, from: LocalDate): readonly string[] {
  const days = new Set([
    from,
    ...rows.flatMap((row) => [row.validFrom, ...row.parentFrom]).filter((day) => day > from),
  ]);
  const above = new Set<string>();
  for (const day of days) for (const unit of treeAsOf(rows, day).ancestors(unitId)) above.add(unit.unitId);
  return [...above].sort();
}

/** Ids of units that stand directly under a unit on some day from `from` on. */
export function everUnder(rows: readonly TreeRow[], unitId: string, from: LocalDate): readonly string[] {
  const days = new Set([
    from,
    ...rows.flatMap((row) => [row.validFrom, ...row.parentFrom]).filter((day) => day > from),
  ]);
  const under = new Set<string>();
  for (const day of days) for (const unit of treeAsOf(rows, day).children(unitId)) under.add(unit.unitId);
  return [...under].sort();
}
