import { type DisclosurePolicy, thresholdFor } from './disclosure-policy';
import { type Group, Knowledge } from './knowledge';
import { type GridNode, type ReleaseGrid, type Showing, bySize, nodesOf } from './release-grid';
import { BUCKET_BELOW, isShown, shownAlone, suppress } from './suppression';

/** A grid as it stood for a while, and the policy it was shown under. */
export interface PastRelease {
  readonly grid: ReleaseGrid;
  readonly policy: DisclosurePolicy;
}

/** What may be shown of a grid after all that was shown of it before. */
export interface ShownOver {
  /** Of the last grid. */
  readonly showing: ReadonlyMap<string, Showing>;
  /** Whether a version of a unit's own figure was ever shown whole. */
  wasShown(unit: string, version: string): boolean;
}

const KINDS = ['n', 'base', 'numerator'] as const;
type Kind = (typeof KINDS)[number];

const countOf = (node: GridNode, kind: Kind): number | undefined =>
  kind === 'numerator' ? (node.cell.numerator ?? undefined) : node.counts[kind];

/** A count that is told of a group. */
interface Shown {
  readonly kind: Kind;
  readonly group: Group;
}

/** A group whose size is not to be found out. */
interface Kept extends Shown {
  /** It is shown as fewer than ten. */
  readonly isBucket: boolean;
  /** How far apart the least and the greatest number have to stay that it can be. */
  readonly least: number;
}

const keyOf = (kind: Kind, group: Group): string =>
  `${kind} ${[...group]
    .map(([line, count]) => `${line}=${count}`)
    .sort()
    .join(' ')}`;

/** A count that a figure gave, whether it was told or not; without a figure: of the people whom none of a figure's parts names. */
interface Seen extends Shown {
  readonly node: GridNode | null;
}
const seenKey = ({ node, kind, group }: Seen): string => `${node?.unit ?? 'unnamed'} ${keyOf(kind, group)}`;

/** The people each figure of a grid speaks of. */
class Groups {
  private readonly byUnit: ReadonlyMap<string, GridNode>;
  private readonly known = new Map<string, Group | null>();

  constructor(readonly nodes: readonly GridNode[]) {
    this.byUnit = new Map(nodes.map((node) => [node.unit, node]));
  }

  /** Null where the figure gives no such count. */
  of(node: GridNode, kind: Kind): Group | null {
    const key = `${kind}/${node.unit}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const group = this.make(node, kind);
    this.known.set(key, group);
    return group;
  }

  /** What a figure tells; as fewer than ten, all but its numerator. */
  shownBy(node: GridNode, how: Showing): readonly Shown[] {
    return KINDS.filter((kind) => kind !== 'numerator' || how === 'SHOWN').flatMap((kind) => {
      const group = this.of(node, kind);
      return group === null ? [] : [{ kind, group }];
    });
  }

  /** How many people of a figure none of its parts names; null where there are no parts. */
  unnamed(node: GridNode, kind: Kind): number | null {
    const total = countOf(node, kind);
    const parts = this.parts(node);
    if (total === undefined || parts.length === 0) return null;
    const counted = parts.filter((part) => countOf(part, kind) !== undefined);
    const named = counted.reduce((sum, part) => sum + (countOf(part, kind) ?? 0), 0);
    const promised = parts
      .filter((part) => countOf(part, kind) === undefined)
      .reduce((sum, part) => sum + (part.sourceMinN ?? 0), 0);
    return Math.max(0, total - named - promised);
  }

  /** Whom the parts of a figure speak of. */
  named(node: GridNode, kind: Kind): Group {
    return new Map(this.parts(node).flatMap((part) => [...(this.of(part, kind) ?? [])]));
  }

  private parts(node: GridNode): readonly GridNode[] {
    if (node.version !== null || node.sumOf.length === 0) return node.children;
    return node.sumOf.flatMap((unit) => this.byUnit.get(unit) ?? []);
  }

  private make(node: GridNode, kind: Kind): Group | null {
    const total = countOf(node, kind);
    if (total === undefined) return null;
    const unnamed = this.unnamed(node, kind);
    return new Map([...this.named(node, kind), [node.unit, unnamed ?? total]]);
  }
}

/** From the top down, larger groups first: a total is worth more than one of its parts, and what is smallest hides others best. */
function inOrderOfWorth(nodes: readonly GridNode[]): readonly GridNode[] {
  const below = new Set(nodes.flatMap(({ children }) => children.map(({ unit }) => unit)));
  const ordered: GridNode[] = [];
  for (let level = nodes.filter(({ unit }) => !below.has(unit)); level.length > 0;) {
    ordered.push(...[...level].sort((a, b) => bySize(b, a)));
    level = level.flatMap(({ children }) => children);
  }
  return ordered;
}

/** All that was ever shown of a grid, state after state. */
class Showings {
  private readonly knowledge = { n: new Knowledge(), base: new Knowledge(), numerator: new Knowledge() };
  private seen = new Map<string, Seen>();
  private told = new Map<string, Shown>();
  /** How a version of a unit's own figure was shown at most. */
  private readonly versions = new Map<string, Showing>();

  wasShown(unit: string, version: string): boolean {
    return this.versions.get(`${unit}/${version}`) === 'SHOWN';
  }

  show({ grid, policy }: PastRelease): ReadonlyMap<string, Showing> {
    const showing = new Map(suppress(grid, policy));
    const nodes = nodesOf(grid);
    const threshold = thresholdFor(grid.subject, policy);
    if (threshold > 0) this.hideWhatTells(nodes, showing, threshold, grid.subject === 'SENSITIVE');
    for (const { unit, version } of nodes) {
      const how = showing.get(unit) ?? 'HIDDEN';
      const key = `${unit}/${version}`;
      if (version !== null && isShown(how) && this.versions.get(key) !== 'SHOWN') this.versions.set(key, how);
    }
    return showing;
  }

  private hideWhatTells(
    nodes: readonly GridNode[],
    showing: Map<string, Showing>,
    threshold: number,
    sensitive: boolean,
  ): void {
    const groups = new Groups(nodes);
    this.nameParts(groups);
    const kept = this.kept(groups, showing, threshold, sensitive);
    // Below a figure that was shown once and now has to be hidden: whoever takes it to stand still would subtract from it.
    const doubtful = new Set<string>();
    for (const node of inOrderOfWorth(nodes)) {
      const how = showing.get(node.unit) ?? 'HIDDEN';
      const shown = groups.shownBy(node, how);
      const isOpen = isShown(how) && (doubtful.has(node.unit) ? this.isTold(shown) : this.tellSafely(shown, kept));
      if (isShown(how) && !isOpen) showing.set(node.unit, 'HIDDEN');
      if (doubtful.has(node.unit) || (!isOpen && this.versions.has(`${node.unit}/${node.version}`)))
        for (const child of node.children) doubtful.add(child.unit);
    }
  }

  /** Figures that are too small by the policy of the state, whenever they stood, and small remainders that nobody names. */
  private kept(
    groups: Groups,
    showing: ReadonlyMap<string, Showing>,
    threshold: number,
    sensitive: boolean,
  ): readonly Kept[] {
    for (const node of groups.nodes)
      for (const kind of KINDS) {
        const group = groups.of(node, kind);
        if (group !== null) this.see({ node, kind, group });
        const unnamed = groups.unnamed(node, kind);
        if (unnamed !== null) this.see({ node: null, kind, group: new Map([[node.unit, unnamed]]) });
      }
    const kept: Kept[] = [];
    for (const { node, kind, group } of this.seen.values()) {
      const isNumerator = kind === 'numerator';
      const people = [...group.values()].reduce((sum, count) => sum + count, 0);
      if (people === 0 || (isNumerator && !sensitive) || this.told.has(keyOf(kind, group))) continue;
      const least = isNumerator ? BUCKET_BELOW : threshold;
      const alone = node && shownAlone(node, { threshold, sensitive });
      const isAway = node !== null && showing.get(node.unit) === 'AWAY';
      const isSmall = alone === null ? people < least : isNumerator ? alone !== 'SHOWN' : alone === 'HIDDEN';
      if (isSmall || isAway) kept.push({ kind, group, least, isBucket: isNumerator && alone === 'BUCKET' });
    }
    return kept;
  }

  private see(one: Seen): void {
    // lines are cut where a group ends before anything is told on trial: what is cut in between could not be taken back
    this.knowledge[one.kind].coverage(one.group);
    this.seen.set(seenKey(one), one);
  }

  /** Parts that come after a figure above them were in it already: what was told of it was told of them. */
  private nameParts(groups: Groups): void {
    for (const node of groups.nodes)
      for (const kind of KINDS) {
        const left = node.version === null ? null : groups.unnamed(node, kind);
        const found = left === null ? null : this.knowledge[kind].name(node.unit, left, groups.named(node, kind));
        if (found === null) continue;
        const renamed = <S extends Shown>(shown: S): S => {
          const counted = shown.kind === kind ? shown.group.get(node.unit) : undefined;
          if (counted === undefined) return shown;
          return { ...shown, group: new Map([...shown.group, ...found.of, [node.unit, counted - found.people]]) };
        };
        this.told = new Map([...this.told.values()].map(renamed).map((one) => [keyOf(one.kind, one.group), one]));
        this.seen = new Map([...this.seen.values()].map(renamed).map((one) => [seenKey(one), one]));
      }
  }

  private isTold(shown: readonly Shown[]): boolean {
    return shown.every(({ kind, group }) => this.told.has(keyOf(kind, group)));
  }

  private tell(shown: readonly Shown[]): () => void {
    const takeBack = shown.map(({ kind, group }) => this.knowledge[kind].tell(group));
    const added = shown.filter((one) => !this.isTold([one]));
    for (const one of added) this.told.set(keyOf(one.kind, one.group), one);
    return () => {
      for (const back of takeBack) back();
      for (const { kind, group } of added) this.told.delete(keyOf(kind, group));
    };
  }

  /**
   * Tells counts if each kept group stays as uncertain as it has to. Where one is not even before, nothing more is told: the blocks of `Knowledge` then say no longer how
   * much worse it would get. @returns whether they are known now
   */
  private tellSafely(shown: readonly Shown[], kept: readonly Kept[]): boolean {
    if (this.isTold(shown)) return true;
    const takeBack = this.tell(shown);
    const buckets = new Set(kept.filter(({ isBucket }) => isBucket).flatMap(({ group }) => [...group.keys()]));
    const isSafe = kept.every((one) => this.width(one, buckets) >= one.least);
    if (!isSafe) takeBack();
    return isSafe;
  }

  /** How far apart the least and the greatest number are that a group can be; `buckets` are the lines of groups shown as fewer than ten, of whom each can be one to nine. */
  private width({ kind, group, isBucket }: Kept, buckets: ReadonlySet<string>): number {
    const knowledge = this.knowledge[kind];
    const { told, untold } = knowledge.coverage(group);
    if (untold) return Infinity;
    const partial = told.filter(({ isWhole }) => !isWhole);
    if (!isBucket) return partial.reduce((sum, { people }) => sum + people, 0);
    const isFree = partial.some(({ block, people }) => {
      const lines = [...knowledge.linesIn(block)].filter((line) => !group.has(line));
      const others = lines.filter((line) => buckets.has(line)).length;
      const atMost = people - others >= BUCKET_BELOW - 1;
      return atMost && (others < lines.length || people - others * (BUCKET_BELOW - 1) <= 1);
    });
    return isFree ? BUCKET_BELOW : 0;
  }
}

/**
 * How much of each unit's cell may be shown after all that was shown of the same figures before (F7 steps 4, 5 and 9 over the history of one metric, definition and period): takes
 * its grid as it stood from one act to the next, oldest first, each with the policy of its time.
 *
 * Each state shows no more than `suppress` shows of it alone. A figure is hidden besides if, together with all that was ever shown, it would tell of a group that is too
 * small, whenever that stood, more than that it has 0 to k people; so would one of whom a small remainder is left. What was shown once is known and covers nothing any more; what covered
 * something stays hidden as long as it does. See `Knowledge` for what is taken to be known, which is more than linear arithmetic gives.
 *
 * **Not promised**: anything about groups that are large enough: what two versions of a figure that is shown differ by is a correction, and may be one person.
 */
export function suppressOver(states: readonly PastRelease[]): ShownOver {
  const showings = new Showings();
  let showing: ReadonlyMap<string, Showing> = new Map();
  for (const state of states) showing = showings.show(state);
  return { showing, wasShown: (unit, version) => showings.wasShown(unit, version) };
}
