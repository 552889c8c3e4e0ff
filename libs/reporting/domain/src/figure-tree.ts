import { type Period, parsePeriod } from '@plumbline/kernel';
import { type Figure, type Measure, rollUp } from '@plumbline/measures';
import { type UnitRegisterRow, type UnitTree, treeAsOf } from '@plumbline/organization/domain';

/** What stands under what when figures are added up: the units of a day, and those closed by then that were open in a period. */
export interface Structure<R extends UnitRegisterRow = UnitRegisterRow> {
  readonly rows: readonly R[];
  readonly tree: UnitTree<R>;
  row(unitId: string): R | undefined;
  /** The unit above: of one that is closed by now, the last it stood under. */
  parentOf(unitId: string): string | null;
  /** The units below in a period: a unit that was open in it counts in it, closed by now or not. */
  childrenIn(unitId: string, period: Period): readonly string[];
}

export function structureOf<R extends UnitRegisterRow>(
  rows: readonly R[],
  date: string,
  tree: UnitTree<R> = treeAsOf(rows, date),
): Structure<R> {
  const register = new Map(rows.map((row) => [row.unitId, row]));
  const closedUnder = new Map<string, R[]>();
  for (const row of rows) {
    if (row.closedFrom === null || row.closedFrom > date) continue;
    const above = row.parentIds.at(-1) ?? '';
    const beside = closedUnder.get(above);
    if (beside) beside.push(row);
    else closedUnder.set(above, [row]);
  }
  return {
    rows,
    tree,
    row: (unitId) => register.get(unitId),
    parentOf: (unitId) => {
      const inTree = tree.unit(unitId);
      return inTree ? inTree.parentId : (register.get(unitId)?.parentIds.at(-1) ?? null);
    },
    childrenIn: (unitId, period) => [
      ...tree.children(unitId).map((child) => child.unitId),
      ...(closedUnder.get(unitId) ?? [])
        .filter(({ closedFrom }) => closedFrom !== null && closedFrom > period.start)
        .map((child) => child.unitId),
    ],
  };
}

/** A unit's figure: its own, or its parts' added up. `O` is what own figures are taken from. */
export interface Resolved<O> {
  readonly figure: Figure;
  /** The own figures it rests on. */
  readonly rows: readonly O[];
  /** Children that went into it and those that are missing; both empty for an own figure. */
  readonly counted: readonly string[];
  readonly missing: readonly string[];
}

/** The figures of one metric definition and period: those that units have of their own, and what the units above them add up to. */
export function figuresOver<O extends { readonly unitId: string }>(
  structure: Structure,
  own: readonly O[],
  figureOf: (row: O) => Figure,
  about: {
    readonly measure: Measure;
    readonly period: string;
    readonly definitionVersion: number;
    readonly fiscalYear: string;
  },
): ReadonlyMap<string, Resolved<O>> {
  const { measure, period, definitionVersion } = about;
  const byUnit = new Map(own.map((row) => [row.unitId, row]));
  const concerned = new Set<string>();
  for (const unitId of byUnit.keys())
    for (let at: string | null = unitId; at !== null && !concerned.has(at); at = structure.parentOf(at))
      concerned.add(at);
  const days = parsePeriod(period, about.fiscalYear);
  const found = new Map<string, Resolved<O>>();
  const ofItsOwn = (row: O): Resolved<O> => ({ figure: figureOf(row), rows: [row], counted: [], missing: [] });
  const resolve = (unitId: string): Resolved<O> | null => {
    if (!concerned.has(unitId)) return null;
    const row = byUnit.get(unitId);
    const below = structure.childrenIn(unitId, days).map((unit) => ({ unit, resolved: resolve(unit) }));
    if (row) {
      const observed = ofItsOwn(row);
      found.set(unitId, observed);
      return observed;
    }
    const { figure, counted, missing } = rollUp({
      ...{ measure, period, definitionVersion, own: null },
      children: below.map(({ unit, resolved }) => ({
        ...{ unit, period, definitionVersion, figure: resolved?.figure ?? null },
      })),
    });
    if (figure === null) return null;
    const inIt = new Set(counted);
    const parts = below.filter(({ unit }) => inIt.has(unit)).flatMap(({ resolved }) => resolved?.rows ?? []);
    const added = { figure, rows: parts, counted, missing };
    found.set(unitId, added);
    return added;
  };
  for (const unit of structure.tree.units) if (unit.parentId === null) resolve(unit.unitId);
  for (const [unitId, row] of byUnit) if (!found.has(unitId)) found.set(unitId, ofItsOwn(row));
  return found;
}
