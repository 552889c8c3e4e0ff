import type { Disclosed } from '@plumbline/privacy';
import type { Report, ReportCell } from './report';
import { columnOf, isTrend, rowOf, shownNumber, shownSize, shownState, shownValue } from './shown';

const WIDTH = 120;
const INDENT = 13;

const clip = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);
const left = (text: string, width: number): string => clip(text, width).padEnd(width);
const right = (text: string, width: number): string => clip(text, width).padStart(width);

/** Breaks at spaces; what follows the first line is indented alike. */
function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => ' '.repeat(indent) + each);
}

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
const UNTESTED = 'Untested.';

function aside(cell: ReportCell): string {
  const { interval, n, unit, remarks } = cell;
  const between =
    interval === null ? '' : ` (${shownNumber(interval.low, unit)} to ${shownNumber(interval.high, unit)})`;
  const size = n === null ? '' : `, n ${n}`;
  const untested = remarks.includes(UNTESTED) ? ', untested' : '';
  return `${columnOf(cell).replaceAll('-', ' ')} ${shownValue(cell)}${between}${size}${untested}`;
}

const remarksOf = (cells: readonly ReportCell[]): readonly string[] => [
  ...new Set(cells.filter((each) => !isTrend(each)).flatMap(({ remarks }) => remarks)),
];

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

function headLines(report: Disclosed<Report>, title: string): string[] {
  const { asOf, unit, disclosure } = report;
  const period = report.period === null ? '' : ` · period ${report.period}`;
  const seal = asOf.root === null ? 'not sealed' : `size ${asOf.size}, root ${asOf.root}`;
  return [
    ...(report.demonstration ? ['DEMONSTRATION: an invented history under a simulated clock'] : []),
    `${report.report} ${title}`,
    ...wrap(
      `Unit ${unit.code} ${unit.name}${period} · as of ${report.day}, position ${asOf.position}, event ${asOf.event ?? 'none'}`,
      0,
    ),
    ...wrap(
      `Code ${report.codeVersion} · policy ${report.policyVersion} · groups below ${disclosure.k} hidden, sensitive ones below ${disclosure.kSensitive} · for ${report.audience} · ${seal}`,
      0,
    ),
    ...report.releases.flatMap(({ code, source, says }) => wrap(`Release ${code}, ${source}: ${says}`, 0)),
    ...report.remarks.flatMap((remark) => wrap(remark, 0)),
  ];
}

/** What is said of several rows is said once, at the foot, by the state it explains. */
function notesOf(rows: ReadonlyMap<string, readonly ReportCell[]>): ReadonlyMap<string, string> {
  const said = new Map<string, { rows: number; state: string }>();
  for (const cells of rows.values())
    for (const remark of remarksOf(cells)) {
      const state = cells.find(({ remarks }) => remarks.includes(remark))?.state ?? 'OK';
      said.set(remark, { rows: (said.get(remark)?.rows ?? 0) + 1, state });
    }
  return new Map(
    [...said]
      .filter(([remark, { rows: count }]) => count > 1 && remark !== UNTESTED)
      .map(([remark, { state }]) => [remark, state === 'OK' ? remark : `${state}: ${remark}`]),
  );
}

/** The report as text, at most 120 characters a line where words allow. */
export function renderTable(report: Disclosed<Report>, title: string): string {
  const rows = new Map<string, ReportCell[]>();
  for (const cell of report.cells) {
    const row = rows.get(rowOf(cell));
    if (row) row.push(cell);
    else rows.set(rowOf(cell), [cell]);
  }
  const notes = notesOf(rows);
  const body = [...rows].flatMap(([row, cells]) => ['', ...rowLines(row, cells, new Set(notes.keys()))]);
  const foot = notes.size === 0 ? [] : ['', ...[...notes.values()].flatMap((note) => wrap(note, 0))];
  return `${[...headLines(report, title), '', HEAD, ...body, ...foot].join('\n')}\n`;
}
