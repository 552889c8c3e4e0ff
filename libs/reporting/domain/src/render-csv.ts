import type { Disclosed } from '@plumbline/privacy';
import type { Report, ReportCell } from './report';

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

/** One line a cell (RFC 4180, CRLF). A cell without a value bears its state in the value's place, never blank and never 0; decimals are as computed. */
export const renderCsv = (report: Disclosed<Report>): string =>
  [COLUMNS.join(','), ...report.cells.map((cell) => COLUMNS.map((column) => quoted(fieldsOf(cell)[column])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');
