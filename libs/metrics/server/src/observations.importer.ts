import { decimal, writeDecimal } from '@plumbline/kernel';
import { seriesCommands } from '@plumbline/metrics/domain';
import type {
  ImportColumn,
  Importer,
  ImportOptions,
  ImportRow,
  RowPlan,
  RowProblem,
} from '@plumbline/platform/imports';

const columns: readonly ImportColumn[] = [
  { name: 'unit', required: true, meaning: 'Code of the unit; matched without regard to case' },
  { name: 'metric', required: true, meaning: 'Code of the metric; matched without regard to case' },
  {
    name: 'period',
    required: true,
    meaning: 'What the figure is about: 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026',
  },
  { name: 'value', required: false, meaning: 'The figure, in the metric’s unit; or else num and den' },
  { name: 'num', required: false, meaning: 'Numerator of a share' },
  { name: 'den', required: false, meaning: 'Denominator of a share' },
  { name: 'n', required: false, meaning: 'Valid answers or cases; empty when unknown' },
  { name: 'base', required: false, meaning: 'People or cases the figure is about; empty when unknown' },
  { name: 'eligible', required: false, meaning: 'People asked or concerned; empty when unknown' },
  { name: 's', required: false, meaning: 'Standard deviation of a mean' },
  { name: 'release', required: false, meaning: 'Code of the release it was published in; the map’s when empty' },
  { name: 'method', required: false, meaning: 'How the figure was obtained' },
  {
    name: 'definitionVersion',
    required: false,
    meaning: 'An earlier definition it was made under; the current when empty',
  },
];

const AS_TEXT = ['unit', 'metric', 'period', 'value', 'num', 'den', 's', 'method'] as const;
const AS_COUNT = ['n', 'base', 'eligible', 'definitionVersion'] as const;
const WHOLE = /^(0|[1-9]\d*)$/;

const RECORD = 'metrics.RecordObservation';
const schema = seriesCommands[RECORD].data;

/** The fields of a row that are not empty; what should be a whole number and is none stays text, for the schema to refuse. */
function fieldsOf(row: ImportRow): Record<string, string | number> {
  const given = (name: string): string => row.fields[name] ?? '';
  return Object.fromEntries([
    ...AS_TEXT.filter((name) => given(name) !== '').map((name) => [name, given(name)]),
    ...AS_COUNT.filter((name) => given(name) !== '').map((name) => [
      name,
      WHOLE.test(given(name)) ? Number(given(name)) : given(name),
    ]),
  ]) as Record<string, string | number>;
}

function problemsIn(row: ImportRow, data: Readonly<Record<string, unknown>>): readonly RowProblem[] {
  const misshapen = (schema.safeParse(data).error?.issues ?? []).map(({ path, message }): RowProblem => {
    const column = String(path[0] ?? '');
    return { line: row.line, column, value: row.fields[column] ?? '', rule: 'a-field-has-its-form', detail: message };
  });
  if (['value', 'num', 'den'].some((column) => (row.fields[column] ?? '') !== '')) return misshapen;
  return [
    ...misshapen,
    {
      line: row.line,
      column: 'value',
      value: '',
      rule: 'a-row-holds-a-figure',
      detail: 'Fill value, or num and den. A map leaves rows without a figure out with skipEmpty.',
    },
  ];
}

/** The same number is the same, however many zeros it is written with. */
const plainNumbers = (said: Readonly<Record<string, string | number>>): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    Object.entries(said).map(([name, value]) => [
      name,
      typeof value === 'string' && name !== 'method' ? writeDecimal(decimal(value), 34) : value,
    ]),
  );

const folded = (text: string | undefined): string => (text ?? '').normalize('NFC').toUpperCase();

function plan(row: ImportRow, { importId, release, corrections, source }: ImportOptions): RowPlan {
  const from = row.fields['release'] || release;
  const fields = fieldsOf(row);
  const data = {
    ...fields,
    source,
    importId,
    ...(from === undefined ? {} : { release: from }),
    ...(corrections === undefined ? {} : { correctBecause: corrections }),
  };
  const problems = problemsIn(row, data);
  if (problems.length > 0) return { commands: [], problems };
  const { unit, metric, period, definitionVersion, ...said } = fields;
  return {
    commands: [{ type: RECORD, data }],
    problems: [],
    key: JSON.stringify([folded(String(metric)), folded(String(unit)), period, definitionVersion ?? null]),
    content: JSON.stringify({ ...plainNumbers(said), release: folded(from) }),
  };
}

/** Figures, one row a metric, unit and period. What a map declares (units, metrics, releases, hypotheses) goes before them. */
export const observationsImporter: Importer = {
  kind: 'observations',
  summary: 'Figures of metrics by unit and period',
  columns,
  plan,
};
