import type { Disclosed } from '@plumbline/privacy';
import { ROW_ID, gridOf } from './grid';
import type { Report, ReportCell, ReportColumn } from './report';
import { columnOf } from './shown';

const COLUMNS = [
  'key',
  'label',
  'period',
  'value',
  'state',
  'reason',
  'status',
  'n',
  'base',
  'eligible',
  'numerator',
  'margin',
  'low',
  'high',
  'target',
  'unit',
  'word',
  'remarks',
] as const;
type Column = (typeof COLUMNS)[number];

/** A text that a spreadsheet would take for a formula is led by an apostrophe. */
const inert = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
/** Word, else value, else the state: never blank for a cell that is there. */
const plain = ({ word, value, state }: ReportCell): string => (word !== null ? inert(word) : (value ?? state));
const stateOf = ({ state, status, reasonCode }: ReportCell): string =>
  [state, status, reasonCode].filter((part) => part !== null).join(' ');
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function fieldsOf(cell: ReportCell): Readonly<Record<Column, string>> {
  const absent = cell.state === 'OK' ? '' : cell.state;
  const number = (value: string | number | null): string => (value === null ? '' : String(value));
  return {
    key: inert(cell.key),
    label: inert(cell.label),
    period: cell.period ?? '',
    value: cell.value ?? absent,
    state: cell.state,
    reason: cell.reasonCode ?? '',
    status: cell.status ?? '',
    n: number(cell.n),
    base: number(cell.base),
    eligible: number(cell.eligible),
    numerator: number(cell.numerator),
    margin: number(cell.margin),
    low: cell.interval?.low ?? '',
    high: cell.interval?.high ?? '',
    target: cell.target ?? '',
    unit: cell.unit,
    word: inert(cell.word ?? ''),
    remarks: inert(cell.remarks.join(' ')),
  };
}

const csvLine = (fields: readonly string[]): string => `${fields.map(quoted).join(',')}\r\n`;

/** `<column>`, and where figures stand in it `<column> state`; what has no column comes after, then each period of a course. */
function gridCsv(report: Disclosed<Report>, given: readonly ReportColumn[]): string {
  const { columns, rows } = gridOf(report, given);
  const figures = columns.filter(({ id }) => id !== ROW_ID);
  const of = (cells: readonly (readonly ReportCell[])[]): readonly string[] => [...new Set(cells.flat().map(columnOf))];
  const more = of(rows.map((row) => row.more));
  const past = [
    ...new Set(
      rows.flatMap((row) => [...row.courses.values()].flat().map((cell) => cell.key.slice(row.id.length + 1))),
    ),
  ];
  const heads = [
    ...figures.flatMap(({ id, align }) => (align === 'right' ? [id, `${id} state`] : [id])),
    ...more,
    ...past,
  ];
  return [
    csvLine(['row', ...heads]),
    ...rows.map((row) => {
      const byHead = new Map<string, string>();
      for (const cell of [...row.cells.filter((each) => each !== undefined), ...row.more]) {
        byHead.set(columnOf(cell), plain(cell));
        byHead.set(`${columnOf(cell)} state`, stateOf(cell));
      }
      for (const cell of [...row.courses.values()].flat()) byHead.set(cell.key.slice(row.id.length + 1), plain(cell));
      return csvLine([inert(row.id), ...heads.map((head) => byHead.get(head) ?? '')]);
    }),
  ].join('');
}

/**
 * RFC 4180, CRLF: one line a row where the report has columns, else one line a cell. What is not there bears its state in the value's place, never blank and
 * never 0; decimals are as computed.
 */
export const renderCsv = (report: Disclosed<Report>, columns: readonly ReportColumn[] = []): string =>
  columns.length > 0
    ? gridCsv(report, columns)
    : [COLUMNS, ...report.cells.map((cell) => COLUMNS.map((column) => fieldsOf(cell)[column]))].map(csvLine).join('');
