import { publicNotes, type PublicNoteRow } from '@plumbline/charter/domain';
import { causes } from '@plumbline/frameworks';
import { type CitedRow, ROLES, type Refusal } from '@plumbline/kernel';
import { type Disclosed, derived, together, withoutFigures } from '@plumbline/privacy';
import { type Line, cellAt, headerOf, line, reportOf, wordLine } from './assembly';
import { commitmentReads, viewsAsked } from './commitment-register.report';
import { totalLines } from './commitment-totals';
import { type CommitmentView, byId } from './commitment-views';
import { mayOpenWith } from './event-opening';
import { leadLagReads, leadLagReport } from './lead-lag.report';
import { countCell, daysCell, numberLine } from './plain-figures';
import { type Prefix, citing, prefixOf } from './prefix';
import {
  type Question,
  type Report,
  type ReportCell,
  type ReportDefinition,
  type RowsOf,
  type Trace,
  isRefusal,
} from './report';
import { columnOf, isTrend, rowOf } from './shown';

export const ledgerReads = { ...leadLagReads, ...commitmentReads, notes: publicNotes } as const;
export type LedgerRows = RowsOf<typeof ledgerReads>;

const wordsOf = (codes: readonly string[]): string | null =>
  codes.length === 0
    ? null
    : codes.map((code) => causes.find((cause) => cause.code === code)?.title ?? code).join('; ');

/** The note that was last made public; one that nobody has passed is none. */
const noteOf = (notes: readonly CitedRow<PublicNoteRow>[]): CitedRow<PublicNoteRow> | undefined =>
  notes
    .filter(({ passedBy }) => passedBy !== null)
    .toSorted((a, b) => (`${a.passedOn} ${a.noteId}` < `${b.passedOn} ${b.noteId}` ? 1 : -1))[0];

/** What comes next: the first open milestone, or what takes its place. */
function nextOf({ row, milestones }: CommitmentView, rows: LedgerRows): string | null {
  if (row.carriedInto !== null)
    return rows.commitments.find(({ commitmentId }) => commitmentId === row.carriedInto)?.code ?? null;
  if (row.status !== 'ACTIVE') return null;
  const open = milestones
    .filter(({ state, currentDue }) => state !== 'REACHED' && currentDue !== null)
    .toSorted((a, b) => byId(`${a.currentDue} ${a.row.milestoneId}`, `${b.currentDue} ${b.row.milestoneId}`))[0];
  return open ? `${open.row.milestoneId} by ${open.currentDue}` : row.currentDue;
}

function promiseLines(prefix: Prefix, rows: LedgerRows, view: CommitmentView): readonly Line[] {
  const { row, standing, outcome, slipDays } = view;
  const id = row.code;
  const cites = [...citing('target', [row]), ...citing('calendar', view.absences), ...prefix.dateCites];
  const note = noteOf(rows.notes.filter(({ commitmentId }) => commitmentId === row.commitmentId));
  const word = (column: string, label: string, said: string | null, more: readonly CitedRow[] = []): Line =>
    wordLine(`${id}/${column}`, `${label} · ${id}`, said, [...cites, ...citing('observation', more)]);
  return [
    word('promise', 'Promise', row.title),
    word('statement', 'What is promised', row.statement),
    word('office', 'Office', row.office ?? prefix.tree.unit(row.scopeUnitId)?.name ?? null),
    word('first-due', 'First date', view.firstDue),
    line(
      withoutFigures(
        cellAt(`${id}/outcome`, `What became of it · ${id}`, {
          ...{ word: outcome, status: standing.status, reasonCode: standing.reasonCode, cites },
        }),
      ),
    ),
    numberLine(prefix, daysCell(`${id}/slip`, `Slip · ${id}`, slipDays, cites)),
    numberLine(prefix, countCell(`${id}/moves`, `Moves · ${id}`, row.moves, cites)),
    word('cause', 'Cause', wordsOf(row.causes)),
    wordLine(`${id}/note`, `Public note · ${id}`, note?.text ?? null, note ? citing('observation', [note]) : []),
    word('next', 'Next', nextOf(view, rows)),
  ];
}

const FIGURES: ReadonlySet<string> = new Set(['leading', 'lagging', 'value']);

const STANDINGS = ['MEASURED', 'NOT_SHOWN', 'NOT_MEASURED'] as const;
const NOT_SHOWN: ReadonlySet<string> = new Set(['SUPPRESSED', 'HELD', 'WITHHELD', 'ERASED']);
const NOT_RELEASED = 'Measured; the figure was not released to everybody.';

/** The organisation's figures of R2 as everybody sees them, each measure once: what is shown, what was measured and is not shown, what could not be measured. */
function measuresOf(lagging: Report): {
  readonly cells: readonly ReportCell[];
  readonly trace: ReadonlyMap<string, Trace>;
} {
  const seen = new Set<string>();
  const figures = lagging.cells.filter((cell) => {
    const [measure = ''] = cell.label.split(' · ');
    if (isTrend(cell) || !FIGURES.has(columnOf(cell)) || seen.has(measure)) return false;
    seen.add(measure);
    return true;
  });
  const trace = new Map<string, Trace>();
  const under = (row: string, some: readonly ReportCell[]): readonly ReportCell[] =>
    some.map((cell) => {
      const key = `${row}/${rowOf(cell)}.${columnOf(cell)}`;
      const cites = lagging.trace.get(cell.key);
      if (cites) trace.set(key, cites);
      return { ...cell, key };
    });
  const standing = ({ value, word, state }: ReportCell): (typeof STANDINGS)[number] =>
    value !== null || word !== null ? 'MEASURED' : NOT_SHOWN.has(state) ? 'NOT_SHOWN' : 'NOT_MEASURED';
  const said = (cell: ReportCell): ReportCell =>
    cell.state === 'WITHHELD' ? { ...cell, remarks: [NOT_RELEASED] } : cell;
  return {
    cells: STANDINGS.flatMap((row) =>
      under(
        row,
        figures.filter((cell) => standing(cell) === row),
      ).map(said),
    ),
    trace,
  };
}

function compute(rows: LedgerRows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const asked = viewsAsked(prefix, rows, question);
  if (isRefusal(asked)) return asked;
  const { unit: _unit, ...whole } = question;
  const forEverybody = { ...whole, viewer: { id: question.viewer.id, role: 'member' as const } };
  const figures = leadLagReport.compute(rows, forEverybody);
  if (isRefusal(figures)) return figures;
  const views = asked.views
    .filter(({ row }) => row.acceptedOn !== null)
    .toSorted((a, b) => byId(`${a.firstDue} ${a.row.code}`, `${b.firstDue} ${b.row.code}`));
  const promises = reportOf(headerOf(promiseLedgerReport, prefix, question, asked.unit), [
    ...views.flatMap((view) => promiseLines(prefix, rows, view)),
    ...totalLines(prefix, views),
  ]);
  return derived(together<Report>([promises, figures]), ([ledger, measures]) => {
    if (!ledger || !measures) throw new Error('two reports go into the ledger');
    const { cells, trace } = measuresOf(measures);
    return {
      ...ledger,
      releases: measures.releases,
      cells: [...ledger.cells, ...cells],
      trace: new Map([...ledger.trace, ...trace]),
    };
  });
}

/** R9: what was promised and what became of it, for everybody. Every promise of the period is in it, none is chosen. */
export const promiseLedgerReport: ReportDefinition<typeof ledgerReads> = {
  id: 'R9',
  name: 'Promise ledger',
  question: 'What was promised, what was kept, what was not, and why?',
  audience: ROLES,
  kind: 'both',
  version: 3,
  columns: [
    { id: 'row', title: 'Promise', align: 'left' },
    { id: 'promise', title: 'What', align: 'left' },
    { id: 'office', title: 'Office', align: 'left' },
    { id: 'first-due', title: 'First date', align: 'left' },
    { id: 'outcome', title: 'Became', align: 'left' },
    { id: 'slip', title: 'Slip', align: 'right' },
    { id: 'moves', title: 'Moves', align: 'right' },
    { id: 'cause', title: 'Cause', align: 'left' },
    { id: 'note', title: 'Note', align: 'left' },
    { id: 'next', title: 'Next', align: 'left' },
  ],
  reads: ledgerReads,
  compute,
  mayOpen: mayOpenWith,
};
