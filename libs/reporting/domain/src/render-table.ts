import type { Disclosed } from '@plumbline/privacy';
import { AS_ABOVE, AS_ABOVE_MEANS, gridOf, rowsOf, saysAsAbove } from './grid';
import { gridLines } from './render-grid';
import type { Report, ReportCell, ReportColumn } from './report';
import { UNTESTED, headLines, notesOf, remarksOf } from './report-text';
import { columnOf, isTrend, rowOf, shownNumber, shownSize, shownState, shownValue } from './shown';
import { left, right, wrap } from './text-layout';

const INDENT = 13;

/** A row of a single figure bears its own name; in a row of several each is named by its column. */
const isAlone = (cell: ReportCell): boolean => columnOf(cell) === 'value';

function nameOf(cell: ReportCell): string {
  const [name = cell.label] = cell.label.split(' · ');
  return isAlone(cell) && name.startsWith(`${rowOf(cell)} `) ? name.slice(rowOf(cell).length + 1) : name;
}

const columns = (
  first: string,
  name: string,
  period: string,
  value: string,
  size: string,
  target: string,
  state: string,
): string =>
  [left(first, 12), left(name, 29), left(period, 9), right(value, 17), right(size, 8), right(target, 9), state]
    .join(' ')
    .trimEnd();

const HEAD = columns('', 'measure', 'period', 'value', 'n', 'target', 'state');

const figureLine = (cell: ReportCell): string =>
  columns(
    isAlone(cell) ? rowOf(cell) : `  ${columnOf(cell)}`,
    isAlone(cell) && nameOf(cell) === rowOf(cell) ? '' : nameOf(cell),
    cell.period ?? '',
    cell.value === null && cell.word === null ? '–' : shownValue(cell),
    shownSize(cell),
    cell.target ?? '',
    shownState(cell),
  );

const courseOf = (cells: readonly ReportCell[]): string =>
  cells
    .map((cell) => `${cell.period} ${cell.value === null ? cell.state : shownNumber(cell.value, cell.unit)}`)
    .join('  ');

/** Columns that hold a metric's figure; all others stand between them, in running text. */
const FIGURES: ReadonlySet<string> = new Set(['leading', 'lagging', 'value']);

function aside(cell: ReportCell): string {
  const { interval, n, unit, remarks } = cell;
  const between =
    interval === null ? '' : ` (${shownNumber(interval.low, unit)} to ${shownNumber(interval.high, unit)})`;
  const size = n === null ? '' : `, n ${n}`;
  const untested = remarks.includes(UNTESTED) ? ', untested' : '';
  return `${columnOf(cell).replaceAll('-', ' ')} ${shownValue(cell)}${between}${size}${untested}`;
}

/** One row: a line a figure with its course under it, what belongs to no period together, then what is said of this row alone. */
function rowLines(row: string, cells: readonly ReportCell[], notes: ReadonlySet<string>): string[] {
  const lines = cells.some((cell) => !isAlone(cell)) ? [row] : [];
  let asides: string[] = [];
  const flush = (): void => {
    if (asides.length > 0) lines.push(...wrap(asides.join(' · '), INDENT));
    asides = [];
  };
  for (const cell of cells.filter((each) => !isTrend(each))) {
    const course = cells.filter((each) => isTrend(each) && columnOf(each) === columnOf(cell));
    if (!FIGURES.has(columnOf(cell))) {
      asides.push(aside(cell));
      continue;
    }
    flush();
    lines.push(figureLine(cell));
    if (course.length > 1) lines.push(...wrap(courseOf(course), INDENT));
  }
  flush();
  const own = remarksOf(cells).filter((remark) => remark !== UNTESTED && !notes.has(remark));
  return [...lines, ...own.flatMap((remark) => wrap(remark, INDENT))];
}

/** The report as text, at most 120 characters a line where words allow: a table where the report has columns, else a line a figure. */
export function renderTable(
  report: Disclosed<Report>,
  title: string,
  given: readonly ReportColumn[] = [],
  reading?: string,
): string {
  const rows = rowsOf(report.cells);
  const notes = notesOf(rows);
  const known = new Set(notes.keys());
  const grid = given.length > 0 ? gridOf(report, given) : undefined;
  const body =
    grid !== undefined
      ? gridLines(grid, known)
      : [HEAD, ...[...rows].flatMap(([row, cells]) => ['', ...rowLines(row, cells, known)])];
  const isRead = reading !== undefined && report.cells.some(({ margin }) => margin !== null);
  const said = [
    ...(grid !== undefined && saysAsAbove(grid) ? [`${AS_ABOVE} ${AS_ABOVE_MEANS}`] : []),
    ...[...notes.values(), ...(isRead ? [reading] : [])],
  ];
  const foot = said.length === 0 ? [] : ['', ...said.flatMap((note) => wrap(note, 0))];
  return `${[...headLines(report, title), '', ...(rows.size === 0 ? ['Nothing to show.'] : body), ...foot].join('\n')}\n`;
}
