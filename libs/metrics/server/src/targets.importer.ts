import { targetCommands } from '@plumbline/metrics/domain';
import {
  fields,
  folded,
  given,
  problemsIn,
  type ImportColumn,
  type Importer,
  type ImportRow,
  type RowPlan,
  type RowProblem,
} from '@plumbline/platform/imports';

const columns: readonly ImportColumn[] = [
  { name: 'unit', required: true, meaning: 'Code of the unit; matched without regard to case' },
  { name: 'metric', required: true, meaning: 'Code of the metric; matched without regard to case' },
  { name: 'period', required: true, meaning: 'The period the target is for: 2026, 2026-Q3, FY2026' },
  { name: 'rationale', required: true, meaning: 'Why this target' },
  { name: 'baseline', required: false, meaning: 'Starting figure that nothing recorded shows; marked as asserted' },
  { name: 'observation', required: false, meaning: 'Id of the recorded figure it starts from; instead of baseline' },
  { name: 'threshold', required: false, meaning: 'Least that counts; with target and stretch' },
  { name: 'target', required: false, meaning: 'What is aimed at' },
  { name: 'stretch', required: false, meaning: 'What would be excellent' },
  { name: 'low', required: false, meaning: 'Lower end of a range; with high and tolerance, instead of threshold' },
  { name: 'high', required: false, meaning: 'Upper end of a range' },
  { name: 'tolerance', required: false, meaning: 'Distance outside the range at which nothing counts any more' },
  {
    name: 'legalReview',
    required: false,
    meaning: 'Id of a legal review of this target; for class-based metrics only',
  },
];

const LINEAR = ['threshold', 'target', 'stretch'] as const;
const RANGE = ['low', 'high', 'tolerance'] as const;
const PROPOSE = 'metrics.ProposeTarget';

/** What the row lacks or has too much of, where it is not a matter of form. */
function misfilled(row: ImportRow): readonly RowProblem[] {
  const given = fields(row);
  const has = (names: readonly string[]): boolean => names.some((name) => given[name] !== undefined);
  const problems: RowProblem[] = [];
  if (has(['baseline']) === has(['observation']))
    problems.push({
      line: row.line,
      column: 'baseline',
      value: given['baseline'] ?? '',
      rule: 'a-target-has-one-baseline',
      detail: 'Fill either baseline or observation.',
    });
  if (has(LINEAR) === has(RANGE))
    problems.push({
      line: row.line,
      column: 'target',
      value: given['target'] ?? '',
      rule: 'a-target-is-a-line-or-a-range',
      detail: 'Fill either threshold, target and stretch, or low, high and tolerance.',
    });
  return problems;
}

const COLUMN_OF = Object.fromEntries([
  ...[...LINEAR, ...RANGE].map((name) => [`anchors.${name}`, name]),
  ['baseline.asserted', 'baseline'],
  ['baseline.observation', 'observation'],
]) as Readonly<Record<string, string>>;

function plan(row: ImportRow): RowPlan {
  const misfits = misfilled(row);
  if (misfits.length > 0) return { commands: [], problems: misfits };
  const { unit, metric, period, rationale, baseline: asserted, observation, legalReview, ...rest } = fields(row);
  const isRange = rest['low'] !== undefined || rest['high'] !== undefined || rest['tolerance'] !== undefined;
  const names = isRange ? RANGE : LINEAR;
  const data = given({
    ...{ unit, metric, period, rationale, legalReview },
    baseline: asserted === undefined ? { observation } : { asserted },
    anchors: {
      curve: isRange ? 'RANGE' : 'LINEAR',
      ...Object.fromEntries(names.flatMap((name) => (rest[name] === undefined ? [] : [[name, rest[name]]]))),
    },
  });
  const problems = problemsIn(row, targetCommands[PROPOSE].data, data, COLUMN_OF);
  if (problems.length > 0) return { commands: [], problems };
  return {
    commands: [{ type: PROPOSE, data }],
    problems: [],
    key: JSON.stringify([folded(metric), folded(unit), period]),
    content: JSON.stringify(data),
  };
}

/** Targets, one row a metric, unit and period. They are proposed: each counts from the day on which another person approves it. */
export const targetsImporter: Importer = {
  kind: 'targets',
  summary: 'Targets by metric, unit and period, proposed for another to approve',
  columns,
  plan,
  words: ({ data }) => {
    const { metric, unit, period } = data as Readonly<Record<string, string>>;
    return `A target for ${metric} in ${unit}, ${period}, is proposed`;
  },
};
