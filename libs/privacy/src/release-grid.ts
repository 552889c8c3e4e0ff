import type { Cell } from './cell';
import type { Subject } from './disclosure-policy';

/** One unit's figure within a grid. */
export interface GridEntry {
  /** The unit's code or id: unique in the grid; breaks ties when two groups are of one size. */
  readonly unit: string;
  /** The unit above it, or null for a root; need not have a figure of its own. */
  readonly parent: string | null;
  /** Left out: the unit stands in the tree but has no figure. */
  readonly cell?: Cell;
  /** The least group its source publishes, as declared; decides about cells without a count. */
  readonly sourceMinN: number | null;
  /** A least group of its own, above the grid's: a unit that is itself a demographic cut. */
  readonly leastGroup?: number;
  /** Which version of the unit's own figure the cell shows; left out where its parts were added up. Compared over time only. */
  readonly version?: string;
  /** Units whose own figures were added up to this cell. Compared over time only. */
  readonly sumOf?: readonly string[];
}

/** All units' figures of one metric, definition version and period: the whole tree, whoever asks and for whichever unit. */
export interface ReleaseGrid {
  readonly subject: Subject;
  readonly entries: readonly GridEntry[];
}

/**
 * How much of a cell is shown. `BUCKET`: base only, the numerator as "fewer than 10". `AWAY`: not shown for a reason of its own (on hold, withheld,
 * erased); it keeps its state but counts as hidden in every subtraction. Showing only ever goes down.
 */
export type Showing = 'SHOWN' | 'BUCKET' | 'AWAY' | 'HIDDEN';

export const COUNTS = ['n', 'base'] as const;
export type Count = (typeof COUNTS)[number];

/** A figure among its relatives: the tree of those units that have one. */
export interface GridNode {
  readonly unit: string;
  readonly cell: Cell;
  readonly sourceMinN: number | null;
  readonly leastGroup: number;
  /** Of its own figure; null where its parts were added up. */
  readonly version: string | null;
  readonly sumOf: readonly string[];
  /** Its counts that are known. */
  readonly counts: Readonly<Partial<Record<Count, number>>>;
  /** The smallest of them; Infinity when the source gives none. */
  readonly size: number;
  /** Nearest figures below: a unit without a figure gives way to its own children. */
  readonly children: readonly GridNode[];
}

export const KINDS = [...COUNTS, 'numerator'] as const;
export type Kind = (typeof KINDS)[number];

/** A count of a figure; undefined where it gives none. */
export const countOf = (node: GridNode, kind: Kind): number | undefined =>
  kind === 'numerator' ? (node.cell.numerator ?? undefined) : node.counts[kind];

/** Smaller groups first, then by unit: the one order in which suppression chooses. */
export const bySize = (a: GridNode, b: GridNode): number =>
  a.size - b.size || (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0);

/**
 * The nodes of a grid, parents before children.
 * @throws RangeError when a unit occurs twice or the units do not form a tree.
 */
export function nodesOf(grid: ReleaseGrid): readonly GridNode[] {
  const entries = new Map(grid.entries.map((entry) => [entry.unit, entry]));
  if (entries.size !== grid.entries.length) throw new RangeError('a unit occurs twice in one grid');
  const below = new Map<string | null, GridEntry[]>();
  for (const entry of grid.entries) {
    const parent = entry.parent !== null && entries.has(entry.parent) ? entry.parent : null;
    const siblings = below.get(parent);
    if (siblings) siblings.push(entry);
    else below.set(parent, [entry]);
  }
  let met = 0;
  const ordered: GridNode[] = [];
  const build = (unit: string | null): GridNode[] =>
    (below.get(unit) ?? []).flatMap((entry) => {
      met += 1;
      if (!entry.cell) return build(entry.unit);
      const { cell } = entry;
      const counts: Partial<Record<Count, number>> = {};
      for (const count of COUNTS) if (cell[count] !== null) counts[count] = cell[count];
      const at = ordered.length;
      ordered.push(undefined as unknown as GridNode);
      const node: GridNode = {
        unit: entry.unit,
        cell,
        sourceMinN: entry.sourceMinN,
        leastGroup: entry.leastGroup ?? 0,
        version: entry.version ?? null,
        sumOf: entry.sumOf ?? [],
        counts,
        size: Math.min(Infinity, ...Object.values(counts)),
        children: build(entry.unit).sort(bySize),
      };
      ordered[at] = node;
      return [node];
    });
  build(null);
  if (met !== entries.size) throw new RangeError('the units of a grid do not form a tree');
  return ordered;
}
