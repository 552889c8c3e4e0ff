import { type EventBody, type RecordedEvent, ROLES, type Refusal, refuse } from '@plumbline/kernel';
import { organizationProfile } from '@plumbline/organization/domain';
import { type Cell, type Disclosed, derived } from '@plumbline/privacy';
import { type Line, cellAt, line, reportOf } from './assembly';
import { type Change, type Difference, type Side, diff } from './diff';
import {
  type Cause,
  type Comparison,
  type MayOpen,
  type Question,
  type Report,
  type ReportDefinition,
  isRefusal,
} from './report';
import { citedText } from './sealed-words';

export const asItWasReads = { profile: organizationProfile } as const;

/** A report that was computed as of one position, and what its viewer may open there. */
export interface Computed {
  readonly report: Disclosed<Report>;
  readonly mayOpen: MayOpen;
}

/** The events that make the difference, for whoever has them to look up. */
export function causesOf(then: Disclosed<Report>, now: Disclosed<Report>): readonly string[] | Refusal {
  const difference = diff(then, now);
  return isRefusal(difference)
    ? difference
    : [...new Set(difference.changes.flatMap(({ causes }) => causes.map(({ event }) => event)))];
}

/** Both sides with what may be told of the events between them: only of those that the viewer may open on either side. */
export const comparisonOf = (
  before: Computed,
  after: Computed,
  events: readonly RecordedEvent<EventBody>[],
): Comparison => ({
  then: before.report,
  now: after.report,
  causes: new Map(
    events
      .filter((event) => before.mayOpen(event) && after.mayOpen(event))
      .map(({ id, type, actor }): [string, Cause] => [id, { type, by: actor.id, role: actor.role }]),
  ),
});

const CHANGED = 'changed';
const number = <T>(figure: T | typeof CHANGED): T | null => (figure === CHANGED ? null : figure);

/** One side of a change as a cell. What moved by less than a small group reads "changed". */
function sideCell(key: string, label: string, side: Side | null, cites: Cell['cites']): Cell {
  if (side === null) return cellAt(key, label, { word: 'not there', cites });
  const { value, n, base, eligible, numerator, margin, word, ...rest } = side;
  return {
    ...rest,
    key,
    label,
    value: number(value),
    n: number(n),
    base: number(base),
    eligible: number(eligible),
    numerator: number(numerator),
    margin: number(margin),
    interval: null,
    word: value === CHANGED ? CHANGED : word,
    cites,
  };
}

/** `metrics.ObservationCorrected`: a reader has no use for the version of its shape. */
const typeWord = (type: string): string => type.replace(/\.v\d+$/, '');
/** `restatement (process)`, or a person in the role they acted in. */
const byWord = ({ by, role }: Cause): string => `${by.replace(/^process:/, '')} (${role})`;

const listed = (words: readonly string[]): string | null => [...new Set(words)].sort().join(', ') || null;

function linesOf(
  difference: Disclosed<Difference>,
  change: Change,
  { now, then, causes }: Comparison,
): readonly Line[] {
  const { key, label, kind, causes: cites } = change;
  const row = key.replaceAll('/', '|');
  const subject = now.trace.get(key)?.subject ?? then.trace.get(key)?.subject ?? 'NONE';
  /** A text that stands on a side rests on the event it is sealed in: by that it is opened. */
  const citesOf = (side: Side | null, report: Report): Cell['cites'] => {
    const text = citedText(side?.word ?? null, report.trace.get(key)?.cites);
    return text === undefined || cites.some(({ event }) => event === text.event) ? cites : [...cites, text];
  };
  const known = cites.flatMap(({ event }) => causes.get(event) ?? []);
  const word = (column: string, title: string, said: string | null): Cell =>
    cellAt(`${row}/${column}`, `${title} · ${label}`, { word: said, state: said === null ? 'NO_DATA' : 'OK', cites });
  return [
    word('what', 'What', label),
    sideCell(`${row}/then`, `Then · ${label}`, change.then, citesOf(change.then, then)),
    sideCell(`${row}/now`, `Now · ${label}`, change.now, citesOf(change.now, now)),
    word('kind', 'Why', kind),
    word('causes', 'Because of', listed(known.map(({ type }) => typeWord(type)))),
    word('who', 'By', listed(known.map(byWord))),
  ].map((cell) =>
    line(
      derived(difference, () => cell),
      subject,
    ),
  );
}

function compute(_rows: unknown, { compared, asOf }: Question): Disclosed<Report> | Refusal {
  if (!compared)
    return refuse(
      'as-it-was-compares-a-report-with-itself',
      'Name the report and the earlier position or day: report=R2, from=2026-06-30.',
    );
  const { then, now } = compared;
  if (BigInt(then.asOf.position) > BigInt(now.asOf.position))
    return refuse('as-it-was-looks-back', 'from lies after the position that is asked for. Turn them round.');
  const difference = diff(then, now);
  if (isRefusal(difference)) return difference;
  const summary = cellAt('unchanged/summary', 'Unchanged', { word: difference.summary });
  const { cells: _cells, trace: _trace, releases: _releases, ...header } = now;
  return reportOf(
    {
      ...header,
      report: asItWasReport.id,
      asOf,
      codeVersion: `${asItWasReport.id}@${asItWasReport.version}`,
      narrowed: { ...now.narrowed, report: now.codeVersion, from: then.asOf.event ?? '' },
      remarks: [
        ...now.remarks,
        `${now.codeVersion} as known on ${then.asOf.date}, beside the same as known on ${now.asOf.date}.`,
      ],
    },
    [
      ...difference.changes.flatMap((change) => linesOf(difference, change, compared)),
      line(derived(difference, () => summary)),
    ],
  );
}

/** R18: what reads differently in a report as of two positions, and which events made the difference. */
export const asItWasReport: ReportDefinition<typeof asItWasReads> = {
  id: 'R18',
  name: 'As it was',
  question: 'What did this report say then, what does it say now, and what changed it?',
  audience: ROLES,
  kind: 'both',
  version: 2,
  compares: true,
  filters: ['report', 'from'],
  columns: [
    { id: 'row', title: 'Cell', align: 'left' },
    { id: 'what', title: 'What', align: 'left' },
    { id: 'kind', title: 'Why', align: 'left' },
    { id: 'then', title: 'Then', align: 'right' },
    { id: 'now', title: 'Now', align: 'right' },
  ],
  reads: asItWasReads,
  compute,
  mayOpen: () => () => true,
};
