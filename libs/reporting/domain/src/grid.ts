import type { Report, ReportCell, ReportColumn } from './report';
import { columnOf, isTrend, rowOf, shownState, shownValue } from './shown';

/** The column that shows the id of a row. */
export const ROW_ID = 'row';

/** One row of a report as a table. */
export interface GridRow {
  readonly id: string;
  /** What is left of the id under the row it stands under: of `C03:C03.1` it is `C03.1`. */
  readonly name: string;
  /** How many rows it stands under: `C03.1` under `C03`. */
  readonly depth: number;
  /** One for each column of the grid; undefined where the row has no such cell, and for the row's id. */
  readonly cells: readonly (ReportCell | undefined)[];
  /** Cells that belong to no column, in their order. */
  readonly more: readonly ReportCell[];
  /** Periods that a column's figure went through, by column. */
  readonly courses: ReadonlyMap<string, readonly ReportCell[]>;
  /** Cells of columns said once whose words the row above says too. */
  readonly repeated: ReadonlySet<ReportCell>;
}

export interface Grid {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly GridRow[];
}

/** How many of the other rows' ids begin this one, up to a dot or a colon. */
const depthOf = (id: string, ids: ReadonlySet<string>): number =>
  [...id].filter((sign, index) => (sign === '.' || sign === ':') && ids.has(id.slice(0, index))).length;

/** Cells by row, in the order in which the rows come. */
export function rowsOf(cells: readonly ReportCell[]): ReadonlyMap<string, readonly ReportCell[]> {
  const rows = new Map<string, ReportCell[]>();
  for (const cell of cells) {
    const row = rows.get(rowOf(cell));
    if (row) row.push(cell);
    else rows.set(rowOf(cell), [cell]);
  }
  return rows;
}

const repeatedIn = (
  columns: readonly ReportColumn[],
  cells: readonly (ReportCell | undefined)[],
  above: readonly (ReportCell | undefined)[],
): ReadonlySet<ReportCell> =>
  new Set(
    cells.filter(
      (cell, index) =>
        columns[index]?.once === true && cell !== undefined && cell.word !== null && cell.word === above[index]?.word,
    ) as readonly ReportCell[],
  );

/** A report's cells as rows of the columns given; its rows' ids stand first. */
export function gridOf(report: Pick<Report, 'cells'>, given: readonly ReportColumn[]): Grid {
  const columns = given.some(({ id }) => id === ROW_ID)
    ? given
    : [{ id: ROW_ID, title: '', align: 'left' as const }, ...given];
  const ids = new Set(columns.map(({ id }) => id));
  const rows = rowsOf(report.cells);
  const all = new Set(rows.keys());
  let above: readonly (ReportCell | undefined)[] = [];
  return {
    columns,
    rows: [...rows].map(([id, cells]) => {
      const current = cells.filter((cell) => !isTrend(cell));
      const courses = new Map<string, readonly ReportCell[]>();
      for (const cell of cells.filter(isTrend))
        courses.set(columnOf(cell), [...(courses.get(columnOf(cell)) ?? []), cell]);
      const [depth, before] = [depthOf(id, all), above];
      above = columns.map((column) => current.find((cell) => columnOf(cell) === column.id));
      return {
        id,
        name: depth === 0 ? id : (id.split(':').at(-1) ?? id),
        depth,
        cells: above,
        repeated: depth === 0 ? new Set() : repeatedIn(columns, above, before),
        more: current.filter((cell) => !ids.has(columnOf(cell))),
        courses,
      };
    }),
  };
}

/** A row that stands in no column at all, as a total: what it says is a list, not an aside. */
export const isList = ({ cells, more }: GridRow): boolean =>
  more.length > 1 && cells.every((cell) => cell === undefined);

/** What a cell without a column of its own is called: `Reason` of `Reason · C03`. */
export const titleOf = ({ label }: ReportCell): string => label.split(' · ')[0] ?? label;

/** Nothing was said, and nothing is the matter with that: the dash in its place says so. */
export const isSilent = ({ state, value, word, remarks, status, reasonCode }: ReportCell): boolean =>
  value === null &&
  word === null &&
  status === null &&
  reasonCode === null &&
  remarks.length === 0 &&
  (state === 'OK' || state === 'NO_DATA');

/** Stands for words that the row above says; what it means is said at the foot. */
export const AS_ABOVE = '″';
export const AS_ABOVE_MEANS = 'as in the row above';
export const saysAsAbove = ({ rows }: Grid): boolean => rows.some(({ repeated }) => repeated.size > 0);

/** Value and state of a cell in one text: `65.0 ± 2.3 % ● on track`, `SUPPRESSED`, `–`. */
export function shownCell(cell: ReportCell): string {
  if (isSilent(cell)) return '–';
  const [value, state] = [shownValue(cell), shownState(cell)];
  const saidAlready =
    value === cell.state && (cell.word === null || (cell.status === null && cell.reasonCode === null));
  return state === '' ? value : saidAlready ? state : `${value} ${state}`;
}
