import { type Refusal, ROLES } from '@plumbline/kernel';
import { type Cell, type Citation, type Disclosed } from '@plumbline/privacy';
import { actionCites } from './action-cells';
import { type Line, cellAt, headerOf, placeAsked, reportOf, wordLine } from './assembly';
import { type ObservedMetric, type PrincipleCoverage, coverageReads, principlesCovered } from './coverage';
import { mayOpenWith } from './event-opening';
import { leadLagReads } from './lead-lag.report';
import { numberLine } from './plain-figures';
import { type Prefix, citing, prefixOf } from './prefix';
import { type Question, type Report, type ReportDefinition, type RowsOf, isRefusal } from './report';

const reads = { ...leadLagReads, ...coverageReads } as const;

/** `2 of 3`; the count itself is the value. */
const partCell = (
  key: string,
  label: string,
  part: number,
  whole: number,
  more: Pick<Cell, 'cites' | 'remarks'>,
): Cell =>
  cellAt(key, label, {
    ...more,
    unit: 'count',
    value: String(part),
    target: String(whole),
    word: `${part} of ${whole}`,
  });

const metricCites = (metrics: readonly ObservedMetric[]): readonly Citation[] => [
  ...citing(
    'target',
    metrics.map(({ metric }) => metric),
  ),
  ...metrics.flatMap(({ fresh }) => (fresh === null ? [] : citing('observation', [fresh]))),
];

const freshness = (metrics: readonly ObservedMetric[]): readonly string[] =>
  metrics.map(({ metric, fresh }) => `${metric.code}: ${fresh === null ? 'no fresh figure' : fresh.period}.`);

function principleLines(prefix: Prefix, covered: PrincipleCoverage): readonly Line[] {
  const { id, commitments, active, actions, evidenced, leading, lagging, lived, resourced, missing } = covered;
  const cites = citing('target', [covered.charter, ...(covered.row ? [covered.row] : [])]);
  const promised = [...cites, ...citing('target', commitments)];
  const done = actions.flatMap(actionCites);
  const proven = citing(
    'verification',
    evidenced.map(({ evidence }) => evidence),
  );
  const part = (
    column: string,
    label: string,
    counts: readonly [number, number],
    of: readonly Citation[],
    remarks: readonly string[] = [],
  ): Line => numberLine(prefix, partCell(`${id}/${column}`, `${label} · ${id}`, ...counts, { cites: of, remarks }));
  const metrics = (column: string, label: string, of: readonly ObservedMetric[]): Line =>
    part(
      column,
      label,
      [of.filter(({ fresh }) => fresh !== null).length, of.length],
      [...metricCites(of), ...prefix.dateCites],
      freshness(of),
    );
  const word = missing.length === 0 ? 'COVERED' : missing.join(', ');
  return [
    wordLine(`${id}/principle`, `Principle · ${id}`, covered.text, cites),
    numberLine(
      prefix,
      cellAt(`${id}/signals`, `Signals · ${id}`, { value: String(covered.signals.length), unit: 'count', cites }),
    ),
    part('commitments', 'Active commitments', [active.length, commitments.length], promised),
    metrics('leading', 'Fresh leading', leading),
    metrics('lagging', 'Fresh lagging', lagging),
    part(
      'actions',
      'Actions with live evidence',
      [evidenced.length, actions.length],
      [...done, ...proven, ...prefix.dateCites],
    ),
    part('resources', 'Resourced', [resourced.length, active.length], promised),
    wordLine(
      `${id}/lived`,
      `Lived experience · ${id}`,
      lived.length === 0 ? null : lived.map(({ code }) => code).join(', '),
      citing('target', lived),
    ),
    wordLine(`${id}/missing`, `Missing · ${id}`, word, [
      ...new Map(
        [...promised, ...metricCites([...leading, ...lagging]), ...done, ...proven, ...prefix.dateCites].map((cite) => [
          `${cite.as} ${cite.event}`,
          cite,
        ]),
      ).values(),
    ]),
  ];
}

function totalLine(prefix: Prefix, principles: readonly PrincipleCoverage[]): Line {
  const label = 'Principles covered · TOTAL';
  const remarks = ['No charter is in force.'];
  if (principles.length === 0)
    return numberLine(prefix, cellAt('TOTAL/missing', label, { state: 'NO_DATA', unit: 'count', remarks }));
  const covered = principles.filter(({ missing }) => missing.length === 0).length;
  const cites = citing(
    'target',
    principles.map(({ charter }) => charter),
  );
  return numberLine(prefix, partCell('TOTAL/missing', label, covered, principles.length, { cites, remarks: [] }));
}

function compute(rows: RowsOf<typeof reads>, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const place = placeAsked(prefix, question);
  if (isRefusal(place)) return place;
  const { unitId } = place.unit;
  const within = new Set([unitId, ...prefix.tree.descendants(unitId).map((unit) => unit.unitId)]);
  const principles = principlesCovered(prefix, rows, within);
  return reportOf(headerOf(charterCoverageReport, prefix, question, place.unit), [
    ...principles.flatMap((covered) => principleLines(prefix, covered)),
    totalLine(prefix, principles),
  ]);
}

/** R14: for each principle of the charters in force, whether promises, actions and figures stand behind it (F11). */
export const charterCoverageReport: ReportDefinition<typeof reads> = {
  id: 'R14',
  name: 'Charter coverage',
  question: 'Which principles are more than words?',
  audience: ROLES,
  kind: 'both',
  version: 1,
  columns: [
    { id: 'row', title: 'Principle', align: 'left' },
    { id: 'signals', title: 'Signals', align: 'right' },
    { id: 'commitments', title: 'Active commitments', align: 'right' },
    { id: 'leading', title: 'Fresh leading', align: 'right' },
    { id: 'lagging', title: 'Fresh lagging', align: 'right' },
    { id: 'actions', title: 'Actions with live evidence', align: 'right' },
    { id: 'resources', title: 'Resourced', align: 'right' },
    { id: 'lived', title: 'Lived experience', align: 'left' },
    { id: 'missing', title: 'Missing', align: 'left' },
  ],
  reads,
  compute,
  mayOpen: mayOpenWith,
};
