import type { ReleaseGrid } from './release-grid';

/** The units of a grid, those without a figure among them. */
export class Units {
  private readonly parents: ReadonlyMap<string, string | null>;
  private readonly children = new Map<string, string[]>();

  constructor(grid: ReleaseGrid) {
    this.parents = new Map(grid.entries.map(({ unit, parent }) => [unit, parent]));
    for (const [unit, parent] of this.parents) {
      if (parent === null) continue;
      const beside = this.children.get(parent);
      if (beside) beside.push(unit);
      else this.children.set(parent, [unit]);
    }
  }

  all(): Iterable<string> {
    return this.parents.keys();
  }

  has(unit: string): boolean {
    return this.parents.has(unit);
  }

  /** The unit above; null for a root and for one that is not there. */
  parentOf(unit: string): string | null {
    return this.parents.get(unit) ?? null;
  }

  childrenOf(unit: string): readonly string[] {
    return this.children.get(unit) ?? [];
  }

  /** All units below one, at any depth. */
  below(unit: string): ReadonlySet<string> {
    const found = new Set<string>();
    const open = [unit];
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const child of this.childrenOf(at)) {
        found.add(child);
        open.push(child);
      }
    return found;
  }
}
