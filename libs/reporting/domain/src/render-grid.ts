import { AS_ABOVE, type Grid, type GridRow, ROW_ID, isList, shownCell, titleOf } from './grid';
import type { ReportCell, ReportColumn } from './report';
import { remarksOf } from './report-text';
import { isTrend, shownNumber } from './shown';
import { WIDTH, lines, wrap } from './text-layout';

const GAP = 2;
const NARROWEST = 9;
const INDENT = 4;
/** What is said under a row in so few letters shares a line with others. */
const SHORT = 60;

const headOf = ({ title, unit }: ReportColumn): string => (unit === undefined ? title : `${title}, ${unit}`);

const textOf = (row: GridRow, column: ReportColumn, index: number): string => {
  if (column.id === ROW_ID) return `${' '.repeat(row.depth)}${row.name}`;
  const cell = row.cells[index];
  return cell === undefined ? '' : row.repeated.has(cell) ? AS_ABOVE : shownCell(cell);
};

const longestWord = (text: string): number => Math.max(...text.split(' ').map((word) => word.length));

/** Widths that fit the page where words allow: text gives way, the widest column first; numbers are never broken. */
function widthsOf({ columns, rows }: Grid): number[] {
  const least: number[] = [];
  const widths = columns.map((column, index) => {
    const texts = [headOf(column), ...rows.map((row) => textOf(row, column, index))];
    const widest = Math.max(...texts.map((text) => text.length));
    least.push(
      column.align === 'right'
        ? Math.max(...texts.slice(1).map((text) => text.length), longestWord(headOf(column)))
        : Math.min(widest, Math.max(NARROWEST, ...texts.map(longestWord))),
    );
    return widest;
  });
  const total = (): number => widths.reduce((sum, width) => sum + width, GAP * (columns.length - 1));
  while (total() > WIDTH) {
    const room = widths.map((width, index) => width - (least[index] ?? 0));
    if (room.every((each) => each === 0)) break;
    const widest = widths.reduce(
      (best, width, index) => ((room[index] ?? 0) > 0 && width > (widths[best] ?? 0) ? index : best),
      room.findIndex((each) => each > 0),
    );
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function printed(texts: readonly string[], columns: readonly ReportColumn[], widths: readonly number[]): string[] {
  const broken = texts.map((text, index) => {
    const indent = text.length - text.trimStart().length;
    return lines(text.trimStart(), (widths[index] ?? 0) - indent).map((line) => ' '.repeat(indent) + line);
  });
  const height = Math.max(...broken.map((each) => each.length));
  return Array.from({ length: height }, (_, line) =>
    broken
      .map((each, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.align === 'right'
          ? (each[line] ?? '').padStart(width)
          : (each[line] ?? '').padEnd(width);
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

const course = (cells: readonly ReportCell[]): string =>
  cells
    .map((cell) => `${cell.period} ${cell.value === null ? cell.state : shownNumber(cell.value, cell.unit)}`)
    .join('  ');

/** Under the row: what has no column, how figures went, and what is said of this row alone. */
function underneath(row: GridRow, columns: readonly ReportColumn[], notes: ReadonlySet<string>): string[] {
  const shown = [...row.cells.filter((cell) => cell !== undefined), ...row.more];
  const more = row.more.filter((cell) => shownCell(cell) !== '–').map((cell) => `${titleOf(cell)}: ${shownCell(cell)}`);
  const short = isList(row) ? [] : more.filter((text) => text.length <= SHORT);
  return [
    ...[...row.courses]
      .filter(([, cells]) => cells.length > 1)
      .map(([id, cells]) => `${columns.find((column) => column.id === id)?.title ?? id}: ${course(cells)}`),
    ...(short.length > 0 ? [short.join(' · ')] : []),
    ...more.filter((text) => !short.includes(text)),
    ...remarksOf(shown.filter((cell) => !isTrend(cell))).filter((remark) => !notes.has(remark)),
  ].flatMap((text) => wrap(text, INDENT));
}

/** The rows of a report under the heads of their columns, at most 120 characters wide where words allow. */
export function gridLines(grid: Grid, notes: ReadonlySet<string>): string[] {
  const { columns, rows } = grid;
  const widths = widthsOf(grid);
  const rule = widths.map((width) => '-'.repeat(width)).join(' '.repeat(GAP));
  return [
    ...printed(columns.map(headOf), columns, widths),
    rule,
    ...rows.flatMap((row) => [
      ...printed(
        columns.map((column, index) => textOf(row, column, index)),
        columns,
        widths,
      ),
      ...underneath(row, columns, notes),
    ]),
  ];
}
