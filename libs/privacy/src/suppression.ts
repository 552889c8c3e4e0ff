import { type Count, COUNTS, type GridNode, type ReleaseGrid, type Showing, bySize, nodesOf } from './release-grid';
import { type DisclosurePolicy, thresholdFor } from './disclosure-policy';

/** What the steps work on: the tree, the least group, and how much of each cell is shown so far. */
export interface Release {
  readonly nodes: readonly GridNode[];
  readonly threshold: number;
  readonly sensitive: boolean;
  readonly showing: ReadonlyMap<string, Showing>;
}

/** One rule. Gives the units to show less of, and how much less; nothing when it has nothing to add. Later steps are further entries of `STEPS`. */
export type SuppressionStep = (release: Release) => ReadonlyMap<string, Showing>;

/** "Fewer than 10": the bucket of a sensitive numerator, 1 to 9. */
export const BUCKET_BELOW = 10;

const ORDER: readonly Showing[] = ['SHOWN', 'BUCKET', 'HIDDEN', 'AWAY'];
export const isShown = (showing: Showing): boolean => showing === 'SHOWN' || showing === 'BUCKET';
/** The one of two that shows less. */
export const lessShown = (a: Showing, b: Showing): Showing => (ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b);
const inBucket = (numerator: number | null): boolean => numerator !== null && numerator > 0 && numerator < BUCKET_BELOW;

/**
 * Step 1, for one figure whatever stands beside it. A group below the threshold is hidden, and so is one that was asked of fewer; one without a count only if its source
 * promises no more than smaller groups; sensitive numerators 1–9 go into the bucket.
 */
export function shownAlone(
  node: GridNode,
  { threshold, sensitive }: Pick<Release, 'threshold' | 'sensitive'>,
): Showing {
  const least = Math.max(threshold, node.leastGroup);
  const size = node.size === Infinity ? (node.sourceMinN ?? 0) : node.size;
  if (Math.min(size, node.cell.eligible ?? Infinity) < least) return 'HIDDEN';
  return sensitive && inBucket(node.cell.numerator) ? 'BUCKET' : 'SHOWN';
}

const primary: SuppressionStep = (release) =>
  new Map(release.nodes.map((node) => [node.unit, shownAlone(node, release)] as const));

/** Everything below a hidden unit is hidden. */
const below: SuppressionStep = ({ nodes, showing }) =>
  new Map(
    nodes
      .filter((node) => showing.get(node.unit) === 'HIDDEN')
      .flatMap((node) => node.children.map((child) => [child.unit, 'HIDDEN'] as const)),
  );

/**
 * Steps 2 and 3 for one parent and one of its counts. The residual r = count of the parent − Σ of its children is an unnamed hidden child; where r > 0 some of
 * it belongs to shown children without a count, each at least its source's minimum. While 0 < Σ hidden < threshold, or one hidden child stands alone
 * so that subtraction gives it, the smallest shown child is hidden too; if none is left the whole breakdown goes.
 */
function complementaryFor(parent: GridNode, count: Count, { threshold, showing }: Release): readonly string[] {
  const total = parent.counts[count];
  if (total === undefined || parent.children.length === 0) return [];
  const hidden = new Set(
    parent.children.filter((child) => !isShown(showing.get(child.unit) ?? 'HIDDEN')).map((child) => child.unit),
  );
  const before = hidden.size;
  const counted = parent.children.filter((child) => child.counts[count] !== undefined);
  const promised = parent.children
    .filter((child) => child.counts[count] === undefined && !hidden.has(child.unit))
    .reduce((sum, child) => sum + (child.sourceMinN ?? 0), 0);
  const sum = (children: readonly GridNode[]): number =>
    children.reduce((all, child) => all + (child.counts[count] ?? 0), 0);
  const residual = Math.max(0, total - sum(counted) - promised);
  const open = [...counted].sort(bySize).filter((child) => !hidden.has(child.unit));
  const alone = (): boolean =>
    residual === 0 &&
    hidden.size === 1 &&
    parent.children.some((child) => showing.get(child.unit) === 'HIDDEN' && (child.counts[count] ?? 0) > 0);
  const unsafe = (): boolean => {
    const t = sum(counted.filter((child) => hidden.has(child.unit))) + residual;
    return (t > 0 && t < threshold) || alone();
  };
  while (unsafe()) {
    const smallest = open.shift();
    if (!smallest) return parent.children.map((child) => child.unit);
    hidden.add(smallest.unit);
  }
  return hidden.size === before ? [] : [...hidden];
}

const complementary: SuppressionStep = (release) =>
  new Map(
    release.nodes
      .filter((node) => release.showing.get(node.unit) !== 'HIDDEN')
      .flatMap((node) => COUNTS.flatMap((count) => complementaryFor(node, count, release)))
      .map((unit) => [unit, 'HIDDEN'] as const),
  );

/**
 * The same for sensitive numerators: where a parent's is exact, those of its children that are not must add up to 0 or to at least the bucket's bound, and
 * must leave each bucket its whole range 1–9, or subtraction would open it.
 */
function complementaryNumerators(parent: GridNode, { showing }: Release): readonly string[] {
  const total = parent.cell.numerator;
  if (total === null || showing.get(parent.unit) !== 'SHOWN') return [];
  const known = parent.children.filter((child) => child.cell.numerator !== null);
  const numerator = (child: GridNode): number => child.cell.numerator ?? 0;
  const sum = (children: readonly GridNode[]): number => children.reduce((all, child) => all + numerator(child), 0);
  const residual = Math.max(0, total - sum(known));
  const exact = known.filter((child) => showing.get(child.unit) === 'SHOWN' && numerator(child) > 0).sort(bySize);
  const buckets = known.filter((child) => showing.get(child.unit) === 'BUCKET').sort(bySize);
  const away = known.filter((child) => !isShown(showing.get(child.unit) ?? 'HIDDEN'));
  if (buckets.length === 0 && away.length === 0 && residual === 0) return [];
  const hide: GridNode[] = [];
  const t = (): number => sum([...buckets, ...away, ...hide]) + residual;
  while (t() > 0 && t() < BUCKET_BELOW) {
    const smallest = exact.shift();
    if (!smallest) return parent.children.map((child) => child.unit);
    hide.push(smallest);
  }
  const narrow = (): boolean => {
    const others = buckets.length - 1;
    const free = hide.length + away.length > 0 || residual > 0;
    const low = free ? 1 : Math.max(1, t() - others * (BUCKET_BELOW - 1));
    return buckets.length > 0 && (low > 1 || t() - others < BUCKET_BELOW - 1);
  };
  while (narrow()) hide.push(...buckets.splice(0, 1));
  return hide.map((node) => node.unit);
}

const numerators: SuppressionStep = (release) =>
  new Map(
    release.sensitive
      ? release.nodes.flatMap((node) => complementaryNumerators(node, release)).map((unit) => [unit, 'HIDDEN'] as const)
      : [],
  );

/** In this order, again and again until nothing changes. */
export const STEPS: readonly SuppressionStep[] = [primary, below, complementary, numerators];

const AWAY: readonly string[] = ['HELD', 'WITHHELD', 'ERASED'];

/**
 * How much of each unit's cell may be shown: small-group suppression of one metric × period over the whole tree (F7 steps 1–3; releases and records alike).
 *
 * **Promised**, against someone who adds and subtracts shown counts of this one grid and knows the tree: no group below the threshold is shown; the people not shown
 * under a shown unit are none or at least the threshold, each hidden non-empty group among at least one other or unnamed people, so no hidden count is bounded inside a
 * window narrower than the threshold; the same for sensitive numerators 1–9 and their bucket; the outcome depends on the figures alone, not on their order or the asker.
 *
 * **Not promised**: that an empty group stays unknown; anything against someone who compares two positions of the log (see `suppressOver`), overlapping hierarchies of units
 * (step 4), two waves (5), reads all-or-nothing answers (6), or combines all that was ever shown with headcounts, response rates, rounding and the rule itself (9).
 */
export function suppress(
  grid: ReleaseGrid,
  policy: DisclosurePolicy,
  steps: readonly SuppressionStep[] = STEPS,
): ReadonlyMap<string, Showing> {
  const nodes = nodesOf(grid);
  const threshold = thresholdFor(grid.subject, policy);
  const showing = new Map<string, Showing>(
    nodes.map((node) => [node.unit, AWAY.includes(node.cell.state) ? 'AWAY' : 'SHOWN']),
  );
  if (threshold === 0) return showing;
  for (let changed = true; changed;) {
    changed = false;
    for (const step of steps)
      for (const [unit, less] of step({ nodes, threshold, sensitive: grid.subject === 'SENSITIVE', showing }))
        if (ORDER.indexOf(less) > ORDER.indexOf(showing.get(unit) ?? 'SHOWN')) {
          showing.set(unit, less);
          changed = true;
        }
  }
  return showing;
}
