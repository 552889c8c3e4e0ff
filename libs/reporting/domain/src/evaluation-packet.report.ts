import { type CitedRow, ROLES, type Refusal, daysBetween } from '@plumbline/kernel';
import { type ScorecardComponentRow, sourceOf } from '@plumbline/evaluations/domain';
import type { Cell, Disclosed } from '@plumbline/privacy';
import { type CitedRecord, type PacketRows, citedRecords, packetReads } from './cited-records';
import { type Line, headerOf, line, reportOf, wordLine } from './assembly';
import { mayOpenWith } from './event-opening';
import { figureBook } from './figure-book';
import { countCell, numberLine } from './plain-figures';
import { prefixOf } from './prefix';
import { type Question, type Report, type ReportDefinition, isRefusal } from './report';
import { type ShownBy, citingEvents, observedCell, scopesIn } from './scorecard-cells';
import { type CardView, cardsAsked, keepsOutOfCards, rowIdOf } from './scorecard-views';
import { definitionOf } from './verdicts';

type ComponentOf = CitedRow<ScorecardComponentRow>;
interface Asked extends ShownBy {
  readonly rows: PacketRows;
  readonly question: Question;
  readonly view: CardView;
  readonly records: ReadonlyMap<string, CitedRecord>;
}

/** Days that lie between what happened and its record; null where one of them is not told. */
function backDated({ happened, recorded }: CitedRecord): number | null {
  return happened === null || recorded === null ? null : Math.max(0, daysBetween(happened, recorded.slice(0, 10)));
}

/** The value that an observation gave the component, as it may be shown; null for records that are no figures. */
function valueOf(
  asked: Asked,
  row: ComponentOf,
  record: CitedRecord,
  key: string,
  event: string,
): Disclosed<Cell> | null {
  const source = sourceOf(row);
  if (source.type !== 'METRIC' || record.kind !== 'OBSERVATION') return null;
  const scope = scopesIn(row).find(({ unitId }) => unitId === record.unitId);
  if (!scope) return null;
  const metric = definitionOf(asked.rows.metrics, source.metricId, source.definitionVersion);
  const view = { scope, metric, source, target: undefined };
  return observedCell(asked, view, { key, label: `Value · ${row.title}`, cites: citingEvents('source', [event]) });
}

/** Unresolved first, then by what they are. */
const order = (
  a: readonly [string, CitedRecord | undefined],
  b: readonly [string, CitedRecord | undefined],
): number => {
  const at = ([event, record]: typeof a): string =>
    `${record ? 1 : 0} ${record?.kind ?? ''} ${record?.what ?? ''} ${event}`;
  return at(a) < at(b) ? -1 : 1;
};

function componentLines(
  asked: Asked,
  row: ComponentOf,
): { readonly unresolved: number; readonly lines: readonly Line[] } {
  const { records, view, question, prefix } = asked;
  const id = rowIdOf(view, question, row.componentId);
  const cited = row.citedEvents.map((event) => [event, records.get(event)] as const).sort(order);
  const unresolved = cited.filter(([, record]) => !record).length;
  const own = citingEvents('scorecard', row.events);
  const head = [
    wordLine(`${id}/component`, `Component · ${row.title}`, row.title, own),
    numberLine(prefix, countCell(`${id}/cited`, `Events cited · ${row.title}`, cited.length, own)),
    numberLine(prefix, countCell(`${id}/unresolved`, `Unresolved · ${row.title}`, unresolved, own)),
    wordLine(`${id}/verification`, `Verification · ${row.title}`, row.evidenceLevel, own),
  ];
  const trail = cited.flatMap(([event, record], index): readonly Line[] => {
    const at = `${id}:${index + 1}`;
    const cites = citingEvents('source', [event]);
    const word = (column: string, words: string, said: string | null): Line =>
      wordLine(`${at}/${column}`, `${words} · ${row.title}`, said, cites);
    if (!record)
      return [
        word('component', 'Component', row.title),
        word('record', 'Record', 'UNRESOLVED'),
        word('event', 'Event', event),
      ];
    const value = valueOf(asked, row, record, `${at}/value`, event);
    const days = backDated(record);
    const [piece] = record.evidence;
    return [
      word('component', 'Component', row.title),
      word('record', 'Record', `${record.kind} ${record.what}`),
      word('event', 'Event', event),
      word('happened', 'Happened', record.happened),
      word('recorded', 'Recorded', record.recorded?.slice(0, 10) ?? null),
      word('back-dated', 'Days back-dated', days === null ? null : String(days)),
      word('recorder', 'Recorder', record.recorder),
      word('verifier', 'Verifier', record.verifier),
      ...(value ? [line(value)] : []),
      word(
        'evidence',
        'Evidence',
        record.evidence.length === 0 ? null : record.evidence.map((each) => each.evidence).join('; '),
      ),
      word('custodian', 'Custodian', piece?.custodian ?? null),
      word('expiry', 'Expires', piece?.expiresAt ?? null),
      word('proof', 'Proof', null),
    ];
  });
  return { unresolved, lines: [...head, ...trail] };
}

function compute(rows: PacketRows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const cards = cardsAsked(rows, question, { oversees: ['auditor', 'board', 'process'], rates: false });
  if (isRefusal(cards)) return cards;
  const shared = { rows, question, prefix, book: figureBook(prefix, rows), records: citedRecords(rows) };
  const parts = cards.views.flatMap((view) => view.components.map((row) => componentLines({ ...shared, view }, row)));
  const unresolved = parts.reduce((sum, part) => sum + part.unresolved, 0);
  const header = headerOf(evaluationPacketReport, prefix, question, prefix.tree.root);
  const said =
    unresolved === 0
      ? 'Every cited event is found in the log.'
      : `${unresolved} cited events belong to no record that is known here.`;
  return reportOf(
    { ...header, period: cards.cycle.period, remarks: [...header.remarks, said] },
    [...parts].sort((a, b) => (b.unresolved > 0 ? 1 : 0) - (a.unresolved > 0 ? 1 : 0)).flatMap(({ lines }) => lines),
  );
}

/** R4: every figure of a scorecard down to the events and the evidence it rests on; what cannot be found stands first. */
export const evaluationPacketReport: ReportDefinition<typeof packetReads> = {
  id: 'R4',
  name: 'Evaluation packet',
  question: 'On which events and which evidence does each figure of a scorecard rest?',
  audience: ROLES,
  kind: 'both',
  version: 1,
  filters: ['cycle', 'leader'],
  restricted: true,
  keepsOutBy: [...keepsOutOfCards],
  columns: [
    { id: 'component', title: 'component', align: 'left', once: true },
    { id: 'record', title: 'record', align: 'left', once: true },
    { id: 'happened', title: 'happened', align: 'left' },
    { id: 'recorded', title: 'recorded', align: 'left' },
    { id: 'back-dated', title: 'days back', align: 'right' },
    { id: 'recorder', title: 'recorder', align: 'left', once: true },
    { id: 'verifier', title: 'verifier', align: 'left', once: true },
    { id: 'value', title: 'value', align: 'right' },
    { id: 'evidence', title: 'evidence', align: 'left', once: true },
    { id: 'expiry', title: 'expires', align: 'left' },
  ],
  reads: packetReads,
  compute,
  mayOpen: mayOpenWith,
};
