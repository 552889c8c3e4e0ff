import { CELL_STATES, type Disclosed } from '@plumbline/privacy';
import { ROW_ID, gridOf, titleOf } from './grid';
import { unfinishedSaid } from './report-text';
import { provenanceOf, type Titled } from './render-html';
import type { Report, ReportCell, ReportColumn } from './report';
import { columnOf, isTrend } from './shown';
import { STATE_WORDS, STATUS_WORDS } from './state-words';

/** A cell of a sheet: a text, or a number with as many decimals as are shown. Nothing in it is ever a formula. */
export type SheetCell = string | { readonly number: string; readonly decimals: number } | null;

export interface Sheet {
  readonly name: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
}

const decimalsOf = (unit: string): number => (unit === 'count' ? 0 : unit === 'r' || unit === 'share' ? 3 : 1);

const number = (value: string | number | null, unit = 'count'): SheetCell =>
  value === null ? null : { number: String(value), decimals: decimalsOf(unit) };

/** A word or a number; of what is not there, the state: never blank and never 0. */
const valueOf = (cell: ReportCell | undefined): SheetCell =>
  cell === undefined ? null : (cell.word ?? (cell.value === null ? cell.state : number(cell.value, cell.unit)));

const stateOf = (cell: ReportCell | undefined): SheetCell =>
  cell === undefined ? null : [cell.state, cell.status, cell.reasonCode].filter((part) => part !== null).join(' ');

interface Head {
  readonly title: string;
  readonly of: (cell: ReportCell | undefined) => SheetCell;
  readonly key: string;
}

/** Value, unit where the column names none, and state of each column of figures; one column for each of text. */
function headsOf({ id, title, align, unit }: ReportColumn): readonly Head[] {
  const value = { title: unit === undefined ? title : `${title}, ${unit}`, of: valueOf, key: id };
  if (align === 'left') return [value];
  const units = { title: `${title}: unit`, of: (cell: ReportCell | undefined) => cell?.unit ?? null, key: id };
  return [value, ...(unit === undefined ? [units] : []), { title: `${title}: state`, of: stateOf, key: id }];
}

function gridSheet(report: Disclosed<Report>, given: readonly ReportColumn[]): Sheet {
  const { columns, rows } = gridOf(report, given);
  const more = new Map(rows.flatMap((row) => row.more).map((cell) => [columnOf(cell), titleOf(cell)]));
  const tail = (cell: ReportCell): string => cell.key.slice(cell.key.indexOf('/') + 1);
  const past = new Map(report.cells.filter(isTrend).map((cell) => [tail(cell), `${titleOf(cell)} ${cell.period}`]));
  const heads: readonly Head[] = [
    ...columns.filter(({ id }) => id !== ROW_ID).flatMap(headsOf),
    ...[...more, ...past].map(([key, title]) => ({ title, of: valueOf, key })),
  ];
  return {
    name: report.report,
    heads: [columns.find(({ id }) => id === ROW_ID)?.title || 'Row', ...heads.map(({ title }) => title)],
    rows: rows.map((row) => {
      const cells = [...row.cells, ...row.more, ...[...row.courses.values()].flat()];
      const byKey = new Map(cells.filter((cell) => cell !== undefined).map((cell) => [tail(cell), cell]));
      return [row.id, ...heads.map(({ of, key }) => of(byKey.get(key)))];
    }),
  };
}

const CELL_HEADS: readonly (readonly [string, (cell: ReportCell) => SheetCell])[] = [
  ['Cell', ({ key }) => key],
  ['What', ({ label }) => label],
  ['Period', ({ period }) => period],
  ['Value', valueOf],
  ['Unit', ({ unit }) => unit],
  ['Margin', ({ margin, unit }) => number(margin, unit)],
  ['Target', ({ target, unit }) => (target !== null && /^-?\d+(\.\d+)?$/.test(target) ? number(target, unit) : target)],
  ['State', stateOf],
  ['n', ({ n }) => number(n)],
  ['Base', ({ base }) => number(base)],
  ['Eligible', ({ eligible }) => number(eligible)],
  ['Remarks', ({ remarks }) => remarks.join(' ')],
];

const cellSheet = (report: Disclosed<Report>): Sheet => ({
  name: report.report,
  heads: CELL_HEADS.map(([head]) => head),
  rows: report.cells.map((cell) => CELL_HEADS.map(([, of]) => of(cell))),
});

/** As of when, under which policy, from which releases; and what each state that occurs means. */
function aboutSheet(report: Disclosed<Report>, { id, name, question, reading }: Titled): Sheet {
  const { unit, period, day, asOf, disclosure, audience, demonstration, narrowed = {}, releases, remarks } = report;
  const statuses = (['ON_TRACK', 'AT_RISK', 'OFF_TRACK'] as const).filter((status) =>
    report.cells.some((cell) => cell.status === status),
  );
  const states = CELL_STATES.filter((state) => state !== 'OK').filter((state) =>
    report.cells.some((cell) => cell.state === state),
  );
  return {
    name: 'About',
    heads: ['About', 'This report'],
    rows: [
      ['Report', `${id} ${name}`],
      ['Question', question],
      ...(reading === undefined ? [] : [['How to read it', reading]]),
      ...(demonstration ? [['Demonstration', 'An invented history under a simulated clock.']] : []),
      ['Unit', `${unit.code} ${unit.name}`],
      ['Period', period ?? 'none'],
      ...Object.entries(narrowed).map(([filter, value]) => [`Only ${filter}`, value]),
      ['As of', day],
      ['Event', asOf.event ?? 'none'],
      ...unfinishedSaid(asOf).map((said) => ['Incomplete', said]),
      ['Where from', provenanceOf(report).join(' · ')],
      ['Hidden', `groups below ${disclosure.k}, sensitive ones below ${disclosure.kSensitive}`],
      ['Shown to', audience],
      ...releases.map((release) => [`Release ${release.code}`, `${release.source}: ${release.says}`]),
      ...remarks.map((remark) => ['Remark', remark]),
      ...statuses.map((status) => [status, `${STATUS_WORDS[status].word}: ${STATUS_WORDS[status].says}`]),
      ...states.map((state) => [state, `${STATE_WORDS[state].word}: ${STATE_WORDS[state].says}`]),
    ],
  };
}

/** The report as sheets of a workbook: its rows, or its cells where it has no columns, and what is to be known of it. */
export const sheetsOf = (report: Disclosed<Report>, titled: Titled): readonly Sheet[] => [
  titled.columns === undefined || titled.columns.length === 0 ? cellSheet(report) : gridSheet(report, titled.columns),
  aboutSheet(report, titled),
];
