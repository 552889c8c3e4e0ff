import { type CitedRow, type Period, type Refusal, isPeriod, parsePeriod, refuse } from '@plumbline/kernel';
import type { TreeUnit, UnitRegisterRow } from '@plumbline/organization/domain';
import {
  type Cell,
  type Citation,
  type Disclosed,
  type Subject,
  derived,
  together,
  withoutFigures,
} from '@plumbline/privacy';
import type { Prefix } from './prefix';
import type { NamedFilters, Question, ReleaseNote, Report, Trace } from './report';

/** A disclosed cell, and of whom it speaks. */
export interface Line {
  readonly cell: Disclosed<Cell>;
  readonly subject: Subject;
}
export const line = (cell: Disclosed<Cell>, subject: Subject = 'NONE'): Line => ({ cell, subject });

/** A cell that says nothing yet but where it stands and what it is called. */
export const cellAt = (key: string, label: string, given: Partial<Cell> = {}): Cell => ({
  key,
  label,
  value: null,
  state: 'OK',
  reasonCode: null,
  status: null,
  n: null,
  base: null,
  eligible: null,
  numerator: null,
  margin: null,
  interval: null,
  target: null,
  unit: '',
  period: null,
  word: null,
  remarks: [],
  cites: [],
  ...given,
});

/** A cell of words that rest on no observation; without a word it reads NO_DATA. */
export const wordLine = (key: string, label: string, word: string | null, cites: readonly Citation[] = []): Line =>
  line(withoutFigures(cellAt(key, label, { word, state: word === null ? 'NO_DATA' : 'OK', cites })));

const CODES_SHOWN = 20;

/** `There is DIAG, EASTMERE and 15 more.` Units that a class defines are nobody's to pick from a list. */
function codesIn({ units }: Prefix['tree']): string {
  const codes = units.filter(({ classDefined }) => !classDefined).map(({ code }) => code);
  const more = codes.length > CODES_SHOWN ? ` and ${codes.length - CODES_SHOWN} more` : '';
  if (codes.length === 0) return 'There is none.';
  return `There is ${codes.slice(0, CODES_SHOWN).join(', ')}${more}.`;
}

/** The unit and period a report is about: those asked for, else the whole organisation and no period. */
export function placeAsked(
  { tree, profile }: Prefix,
  question: Question,
): { readonly unit: TreeUnit<CitedRow<UnitRegisterRow>>; readonly period: Period | null } | Refusal {
  if (question.period !== undefined && !isPeriod(question.period))
    return refuse(
      'a-period-is-written-as-one',
      'Write 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026 or FY2026-Q3.',
    );
  const unit = question.unit === undefined ? tree.root : tree.byCode(question.unit);
  if (!unit)
    return question.unit === undefined
      ? refuse('a-report-needs-a-unit', 'The organisation has no unit at that position. Register its units first.')
      : refuse('a-unit-is-named-by-its-code', `No unit has this code on that day. ${codesIn(tree)}`);
  return { unit, period: question.period === undefined ? null : parsePeriod(question.period, profile.fiscalYear) };
}

const narrowedBy = ({ cycle, leader, filters }: Question): NamedFilters => ({
  ...(cycle === undefined ? {} : { cycle }),
  ...(leader === undefined ? {} : { leader }),
  ...filters,
});

export type ReportHeader = Omit<Report, 'cells' | 'trace' | 'releases'>;

/** What stands above every report: prefix, day, policy, unit and how it was narrowed. */
export function headerOf(
  { id, version }: { readonly id: string; readonly version: number },
  prefix: Prefix,
  question: Question,
  unit: { readonly code: string; readonly name: string } | undefined,
): ReportHeader {
  const { k, kSensitive } = prefix.disclosure;
  const then = prefix.policy;
  const isStricter = k > then.k || kSensitive > then.kSensitive || prefix.kDemographic > then.kDemographic;
  const narrowed = narrowedBy(question);
  return {
    report: id,
    asOf: question.asOf,
    day: prefix.date,
    codeVersion: `${id}@${version}`,
    policyVersion: prefix.policy.policyVersion,
    disclosure: prefix.disclosure,
    audience: question.viewer.role,
    unit: { code: unit?.code ?? '', name: unit?.name ?? '' },
    period: question.period ?? null,
    ...(Object.keys(narrowed).length === 0 ? {} : { narrowed }),
    demonstration: prefix.profile.demonstrationFrom !== null,
    remarks: isStricter ? ['Shown under the stricter of the policy then and the policy now.'] : [],
  };
}

/** A report of its lines. What they cite is kept beside it. */
export const reportOf = (
  header: ReportHeader,
  lines: readonly Line[],
  releases: readonly ReleaseNote[] = [],
): Disclosed<Report> =>
  derived(together<Cell>(lines.map(({ cell }) => cell)), (cells) => ({
    ...header,
    releases,
    cells: cells.map(({ cites: _cites, ...cell }) => cell),
    trace: new Map(lines.map(({ cell, subject }): [string, Trace] => [cell.key, { cites: cell.cites, subject }])),
  }));
