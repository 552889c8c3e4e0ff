import {
  type Cell,
  type Disclosure,
  type GridEntry,
  type PastRelease,
  disclosureOf,
  isHidden,
} from '@plumbline/privacy';
import { type FigureHistory, type HistoryRows, figureHistoryOf } from './figure-history';
import { type Structure, structureOf } from './figure-tree';
import type { Prefix, PrefixRows } from './prefix';

type Counted = ReadonlyMap<string, number>;

const peopleCell = (key: string, n: number): Cell => ({
  ...{ key, label: '', value: null, state: 'OK', reasonCode: null, status: null, n, base: null, eligible: null },
  ...{ numerator: null, margin: null, interval: null, target: null, unit: 'count', period: null, word: null },
  ...{ remarks: [], cites: [] },
});

const entriesOf = (over: Structure, counted: Counted): readonly GridEntry[] =>
  over.rows.map(({ unitId }) => {
    const count = counted.get(unitId);
    const figure = count === undefined ? {} : { cell: peopleCell(unitId, count), version: String(count) };
    return { unit: unitId, parent: over.parentOf(unitId), sourceMinN: null, ...figure };
  });

/** The counts of a day as they stood from one moment to the next. */
function statesOf(rows: HistoryRows, history: FigureHistory, date: string): readonly PastRelease[] {
  const versions = rows.headcountVersions
    .filter((row) => row.date === date)
    .map((row) => ({ ...row, moment: history.momentOf(row.act) ?? row.since }));
  const moments = [...new Set(versions.map(({ moment }) => moment))].sort((a, b) => (a < b ? -1 : 1));
  return moments.map((moment): PastRelease => {
    const counted = new Map(versions.filter((row) => row.moment <= moment).map((row) => [row.unitId, row.count]));
    return {
      grid: { subject: 'PERSONS', entries: entriesOf(history.structureAt(moment), counted) },
      policy: history.thresholdsAt(moment).policy,
    };
  });
}

/**
 * Whether the event that counted a unit's people on a day may be opened. Judged with the event's own count, which another may have superseded; nothing opens while the one that
 * stands is hidden, and none that was hidden while it stood.
 */
export function headcountsShown(
  rows: PrefixRows & HistoryRows,
  prefix: Prefix,
): (unitId: string, date: string, count: number) => boolean {
  const history = figureHistoryOf(rows, prefix.date);
  const structure = structureOf(rows.units, prefix.date, prefix.tree);
  const grid = (counted: Counted) => ({ subject: 'PERSONS' as const, entries: entriesOf(structure, counted) });
  const decided = new Map<string, { readonly counted: Counted; readonly now: Disclosure }>();
  const on = (date: string) => {
    const known = decided.get(date);
    if (known) return known;
    // oldest first, so that the last count of a unit stands
    const counted = new Map(
      rows.headcountVersions.filter((row) => row.date === date).map((row) => [row.unitId, row.count]),
    );
    const made = { counted, now: disclosureOf(grid(counted), prefix.disclosure, statesOf(rows, history, date)) };
    decided.set(date, made);
    return made;
  };
  const isShown = (cell: Cell | undefined): boolean => cell !== undefined && !isHidden(cell);
  return (unitId, date, count) => {
    const { counted, now } = on(date);
    if (!isShown(now.cells.get(unitId))) return false;
    if (counted.get(unitId) === count) return true;
    const then = disclosureOf(grid(new Map([...counted, [unitId, count]])), prefix.disclosure);
    return isShown(then.cells.get(unitId)) && (now.wasShown(unitId, String(count)) ?? true);
  };
}
