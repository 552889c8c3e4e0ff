import type { Disclosed } from '@plumbline/privacy';
import type { Report, ReportCell } from './report';
import { columnOf, isTrend, rowOf, shownNumber, shownSize, shownState, shownValue } from './shown';

const WIDTH = 120;
const INDENT = 2;

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

const nameOf = ({ label }: ReportCell): string => label.split(' · ')[0] ?? label;

const figureLine = (cell: ReportCell): string =>
  [
    ' '.repeat(INDENT),
    left(columnOf(cell), 8),
    left(nameOf(cell), 33),
    left(cell.period ?? '', 9),
    right(shownValue(cell), 19),
    right(shownSize(cell), 9),
    right(cell.target === null ? '' : `target ${cell.target}`, 14),
    ` ${shownState(cell)}`,
  ]
    .join(' ')
    .trimEnd();

const courseOf = (cells: readonly ReportCell[]): string =>
  cells
    .map((cell) => `${cell.period} ${cell.value === null ? cell.state : shownNumber(cell.value, cell.unit)}`)
    .join('  ');

function aside(cell: ReportCell): string {
  const { interval, n, unit } = cell;
  const between =
    interval === null ? '' : ` (${shownNumber(interval.low, unit)} to ${shownNumber(interval.high, unit)})`;
  const size = n === null ? '' : `, n ${n}`;
  return `${columnOf(cell).replaceAll('-', ' ')} ${shownValue(cell)}${between}${size}`;
}

/** One row: a line a figure with its course under it, what belongs to no period in lines of its own, remarks last, each sentence once. */
function rowLines(row: string, cells: readonly ReportCell[]): string[] {
  const lines = [row];
  let asides: string[] = [];
  const flush = (): void => {
    if (asides.length > 0) lines.push(...wrap(asides.join(' · '), INDENT + 10));
    asides = [];
  };
  for (const cell of cells.filter((each) => !isTrend(each))) {
    const course = cells.filter((each) => isTrend(each) && columnOf(each) === columnOf(cell));
    const isFigure = cell.period !== null || course.length > 0;
    if (!isFigure && cell.state === 'OK') {
      asides.push(aside(cell));
      continue;
    }
    flush();
    lines.push(figureLine(cell));
    if (course.length > 1) lines.push(...wrap(courseOf(course), INDENT + 10));
  }
  flush();
  const remarks = [...new Set(cells.filter((each) => !isTrend(each)).flatMap((cell) => cell.remarks))];
  return [...lines, ...remarks.flatMap((remark) => wrap(remark, INDENT + 10))];
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

/** The report as text, at most 120 characters a line where words allow. */
export function renderTable(report: Disclosed<Report>, title: string): string {
  const rows = new Map<string, ReportCell[]>();
  for (const cell of report.cells) {
    const row = rows.get(rowOf(cell));
    if (row) row.push(cell);
    else rows.set(rowOf(cell), [cell]);
  }
  const body = [...rows].flatMap(([row, cells]) => ['', ...rowLines(row, cells)]);
  return `${[...headLines(report, title), ...body].join('\n')}\n`;
}
