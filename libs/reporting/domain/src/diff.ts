import { Decimal, refuse, type Refusal } from '@plumbline/kernel';
import { type Citation, type Disclosed, derived, isHidden, thresholdFor, together } from '@plumbline/privacy';
import type { Report, ReportCell } from './report';
import { isOfATest } from './verdict-cells';

/**
 * Why a cell reads differently: a later period, another figure for the same one, another target, verdict, policy or code, its state alone (a verification, a dispute,
 * days that passed), or a cell that was not there.
 */
export type ChangeKind = 'NEW' | 'GONE' | 'CODE' | 'POLICY' | 'NEWER' | 'CORRECTED' | 'TARGET' | 'VERDICT' | 'STATE';

const FIGURES = ['value', 'n', 'base', 'eligible', 'numerator', 'margin'] as const;
type Figure = (typeof FIGURES)[number];

/** One side of a change. Counts of people that moved by less than a small group read `changed`. */
export type Side = Omit<ReportCell, Figure | 'interval'> & {
  readonly [F in Figure]: ReportCell[F] | 'changed';
};

export interface Change {
  readonly key: string;
  readonly label: string;
  readonly kind: ChangeKind;
  readonly then: Side | null;
  readonly now: Side | null;
  /** Events that one side rests on and the other does not; none where either side is hidden. */
  readonly causes: readonly Citation[];
}

export interface Difference {
  readonly report: string;
  readonly from: Report['asOf'];
  readonly to: Report['asOf'];
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** `2 of 40 unchanged` in words for every format. */
  readonly summary: string;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** How many people count in a share: given, or worked back from the share and its base. */
export function numeratorOf(cell: ReportCell): Decimal | null {
  if (cell.numerator !== null) return new Decimal(cell.numerator);
  const of = cell.base ?? cell.n;
  const whole = cell.unit === '%' ? 100 : cell.unit === 'share' ? 1 : null;
  return cell.value === null || of === null || whole === null
    ? null
    : new Decimal(cell.value).times(of).dividedBy(whole);
}

const isSmallMove = (from: Decimal | number | null, to: Decimal | number | null, k: number): boolean => {
  if (from === null || to === null) return false;
  const moved = new Decimal(to).minus(from).abs().toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
  return !moved.isZero() && moved.lessThan(k);
};

const movedALittle = (then: ReportCell, now: ReportCell, k: number): boolean =>
  (['n', 'base', 'eligible'] as const).some((count) => isSmallMove(then[count], now[count], k)) ||
  isSmallMove(numeratorOf(then), numeratorOf(now), k);

function side(cell: ReportCell, other: ReportCell, veiled: boolean): Side {
  const { interval: _interval, ...rest } = cell;
  if (!veiled) return rest;
  const figures = FIGURES.map((figure) => [figure, isSame(cell[figure], other[figure]) ? cell[figure] : 'changed']);
  return { ...rest, remarks: [], ...(Object.fromEntries(figures) as Pick<Side, Figure>) };
}

const rowOf = (key: string): string => key.slice(0, key.indexOf('/'));

function kindOf(
  then: ReportCell,
  now: ReportCell,
  reports: readonly [Report, Report],
  causes: readonly Citation[],
): ChangeKind {
  const [before, after] = reports;
  if (before.codeVersion !== after.codeVersion) return 'CODE';
  if (
    before.policyVersion !== after.policyVersion &&
    (isHidden(then) !== isHidden(now) || causes.every(({ as }) => as === 'policy'))
  )
    return 'POLICY';
  if (isOfATest(now.key) && after.cells.some(({ key }) => key === `${rowOf(now.key)}/verdict`)) return 'VERDICT';
  if (then.period !== now.period) return 'NEWER';
  if (FIGURES.some((figure) => !isSame(then[figure], now[figure])) || isHidden(then) !== isHidden(now))
    return 'CORRECTED';
  return isSame(then.target, now.target) ? 'STATE' : 'TARGET';
}

const without = (cites: readonly Citation[], others: readonly Citation[]): readonly Citation[] =>
  cites.filter(({ event }) => !others.some((other) => other.event === event));

/**
 * What reads differently in the same report as of two positions, changed cells only. Both must have been disclosed under the same thresholds: the stricter of the two.
 */
export function diff(then: Disclosed<Report>, now: Disclosed<Report>): Disclosed<Difference> | Refusal {
  if (
    then.report !== now.report ||
    !isSame(then.unit.code, now.unit.code) ||
    then.period !== now.period ||
    !isSame(then.narrowed, now.narrowed)
  )
    return refuse(
      'only-one-report-with-one-filter-is-compared',
      'Ask for the same report, unit and period at both positions.',
    );
  if (!isSame(then.disclosure, now.disclosure))
    return refuse('two-reports-are-compared-under-one-policy', 'Compute both under the stricter of their policies.');
  return derived(together<Report>([then, now]), () => {
    const before = new Map(then.cells.map((cell) => [cell.key, cell]));
    const after = new Map(now.cells.map((cell) => [cell.key, cell]));
    let unchanged = 0;
    const changed = now.cells.flatMap((cell): Change[] => {
      const { key, label } = cell;
      const was = before.get(key);
      const [cited, citedThen] = [now.trace.get(key), then.trace.get(key)];
      if (!was)
        return [{ key, label, kind: 'NEW', then: null, now: side(cell, cell, false), causes: cited?.cites ?? [] }];
      if (isSame({ ...was, label: '' }, { ...cell, label: '' })) {
        unchanged += 1;
        return [];
      }
      const apart = isHidden(was) || isHidden(cell);
      const [newer, older] = [cited?.cites ?? [], citedThen?.cites ?? []];
      const causes = apart ? [] : [...without(newer, older), ...without(older, newer)];
      const k = thresholdFor(cited?.subject ?? 'NONE', now.disclosure);
      // figures of two periods stand side by side in the course of their measure: only a second figure of the same one would tell of few people
      const veiled = !apart && was.period === cell.period && movedALittle(was, cell, k);
      const kind = kindOf(was, cell, [then, now], causes);
      return [{ key, label, kind, then: side(was, cell, veiled), now: side(cell, was, veiled), causes }];
    });
    // A period that left the eight of the trend has not changed.
    const gone = then.cells
      .filter(({ key }) => !after.has(key) && key.split('/').length < 3)
      .map((cell): Change => ({
        key: cell.key,
        label: cell.label,
        kind: 'GONE',
        then: side(cell, cell, false),
        now: null,
        causes: [],
      }));
    const changes = [...changed, ...gone];
    return {
      report: now.report,
      from: then.asOf,
      to: now.asOf,
      changes,
      unchanged,
      summary: `${unchanged} of ${unchanged + changes.length} unchanged`,
    };
  });
}
