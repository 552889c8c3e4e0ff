import { type DisclosurePolicy, thresholdFor } from './disclosure-policy';
import { type Group, Knowledge, type Part, type Stretched, again } from './knowledge';
import {
  type GridNode,
  KINDS,
  type Kind,
  type ReleaseGrid,
  type Showing,
  bySize,
  countOf,
  nodesOf,
} from './release-grid';
import { BUCKET_BELOW, isShown, shownAlone, suppress } from './suppression';
import { Units } from './units';
import { Whereabouts } from './whereabouts';

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

/** A version of a unit's own figure, as it was first seen. */
interface OwnVersion {
  readonly unit: string;
  /** The units then. */
  readonly units: Units;
  /** All of them that stood under it, with a figure or without. */
  readonly below: ReadonlySet<string>;
  /** In which state that was. */
  readonly since: number;
  readonly groups: Map<Kind, Group>;
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

/**
 * Whom a figure that comes late was counted with before, where nothing says so. `THEN`: with the units it stood under when their figures were recorded. `NOW`: with those it stands
 * under, and so were people whom it has more than before.
 */
type Reading = 'THEN' | 'NOW';

/** All that was ever shown of a grid, state after state, as one reads it. */
class Shows {
  private readonly knowledge = { n: new Knowledge(), base: new Knowledge(), numerator: new Knowledge() };
  private seen = new Map<string, Seen>();
  private told = new Map<string, Shown>();
  private readonly versions = new Map<string, OwnVersion>();
  private readonly byUnit = new Map<string, OwnVersion[]>();
  /** How many people of a unit's own line were ever counted, by kind and unit. */
  private readonly counted = new Map<string, number>();
  private nodes = new Map<string, GridNode>();
  private kept: readonly Kept[] = [];
  private state = 0;

  constructor(
    private readonly reading: Reading,
    private readonly whereabouts: Whereabouts,
  ) {}

  /** The next state: which figures stand, and of whom they speak. Bottom up, so that parts are known before what is made of them. */
  enter(
    grid: ReleaseGrid,
    units: Units,
    nodes: readonly GridNode[],
    showing: ReadonlyMap<string, Showing>,
    threshold: number,
  ): void {
    this.state += 1;
    this.nodes = new Map(nodes.map((node) => [node.unit, node]));
    for (const node of [...nodes].reverse())
      if (node.version !== null && !this.whereabouts.isHeld(node)) this.record(node, units);
    for (const node of nodes)
      for (const kind of KINDS) {
        const group = this.groupOf(node, kind);
        if (group === null || this.whereabouts.isHeld(node)) continue;
        this.see({ node, kind, group });
        const unnamed = node.version !== null && group.size > 1 ? group.get(node.unit) : undefined;
        if (unnamed !== undefined) this.see({ node: null, kind, group: new Map([[node.unit, unnamed]]) });
      }
    this.kept = this.toKeep(showing, threshold, grid.subject === 'SENSITIVE');
  }

  /** What a figure tells; as fewer than ten, all but its numerator. Whom it counts more than once, here and where they stood before, may be known apart from the others. */
  private shownBy(node: GridNode, how: Showing): readonly Shown[] {
    return KINDS.filter((kind) => kind !== 'numerator' || how === 'SHOWN').flatMap((kind) => {
      const group = this.groupOf(node, kind);
      if (group === null) return [];
      const shown: Shown[] = [{ kind, group }];
      for (let rest = again(this.addedUp(node, kind)); rest.length > 0; rest = again(rest))
        shown.push({ kind, group: new Map(rest) });
      return shown;
    });
  }

  /**
   * Shows a figure if each kept group stays as uncertain as it has to. One that is not even before gets worse by whatever is told of the people it was ever told with: how much, the
   * blocks of `Knowledge` then say no longer.
   * @returns takes it back; null when it is not shown
   */
  show(node: GridNode, how: Showing): (() => void) | null {
    const shown = this.shownBy(node, how);
    if (this.isTold(shown)) return () => undefined;
    const takeBack = this.tell(shown);
    const buckets = new Set(this.kept.filter(({ isBucket }) => isBucket).flatMap(({ group }) => [...group.keys()]));
    const narrow = this.kept.filter((one) => this.width(one, buckets) < one.least);
    if (narrow.length === 0) return takeBack;
    takeBack();
    const isApart = (one: Kept): boolean => {
      if (this.width(one, buckets) >= one.least) return false;
      const lines = this.linesToldWith(one);
      return shown.every(({ kind, group }) => kind !== one.kind || ![...group.keys()].some((line) => lines.has(line)));
    };
    return narrow.every(isApart) ? this.tell(shown) : null;
  }

  /** Null where the figure gives no such count. */
  private groupOf(node: GridNode, kind: Kind): Group | null {
    if (countOf(node, kind) === undefined) return null;
    const own = this.ownOf(node);
    if (own) return own.groups.get(kind) ?? null;
    return new Map(this.addedUp(node, kind));
  }

  /** What is added up to a figure that is not a unit's own. */
  private addedUp(node: GridNode, kind: Kind): readonly Part[] {
    if (this.ownOf(node)) return [];
    const parts = node.version === null ? node.sumOf.map((unit) => this.nodes.get(unit)) : node.children;
    return parts.flatMap((part) => (part ? [...(this.groupOf(part, kind) ?? [])] : []));
  }

  /** The version of a unit's own figure that counts; of one that is held, the last before. */
  private ownOf(node: GridNode): OwnVersion | undefined {
    if (node.version === null) return undefined;
    return this.whereabouts.isHeld(node)
      ? this.byUnit.get(node.unit)?.at(-1)
      : this.versions.get(`${node.unit}/${node.version}`);
  }

  /** A unit's own figure: its parts as they stand when it is first seen, and those whom none of them names. Then it is the same people for ever. */
  private record(node: GridNode, units: Units): void {
    const key = `${node.unit}/${node.version}`;
    if (!this.versions.has(key)) {
      const made = { unit: node.unit, units, below: units.below(node.unit), since: this.state, groups: new Map() };
      this.versions.set(key, made);
      this.byUnit.set(node.unit, [...(this.byUnit.get(node.unit) ?? []), made]);
    }
    const version = this.versions.get(key)!;
    for (const kind of KINDS) {
      const total = countOf(node, kind);
      if (total === undefined || version.groups.has(kind)) continue;
      const parts = this.madeOf(node, kind, version.below);
      const promised = node.children
        .filter((part) => countOf(part, kind) === undefined)
        .reduce((sum, part) => sum + (part.sourceMinN ?? 0), 0);
      const named = [...new Map(parts).values()].reduce((sum, count) => sum + count, 0);
      const own = Math.max(0, total - named - promised);
      version.groups.set(kind, new Map([...parts, [node.unit, own]]));
      this.countedBefore(kind, node.unit, own, units);
    }
  }

  /** Those counted who stand under a unit and did not yet when the figure was recorded that counts for it. */
  private movedTo(node: GridNode, kind: Kind): readonly Part[] {
    const own = this.ownOf(node);
    if (!own) return node.children.flatMap((child) => this.movedTo(child, kind));
    const came = ({ unit }: GridNode): boolean => own.units.has(unit) && !own.below.has(unit);
    const under = ({ children }: GridNode): readonly GridNode[] =>
      children.flatMap((child) => [child, ...under(child)]);
    return under(node).flatMap((one) => (came(one) ? [...(this.groupOf(one, kind) ?? [])] : []));
  }

  /** What a figure of its own is made of besides. */
  private madeOf(node: GridNode, kind: Kind, below: ReadonlySet<string>): readonly Part[] {
    const parts = node.children.flatMap((part) => [...(this.groupOf(part, kind) ?? [])]);
    if (this.reading === 'NOW' || !this.whereabouts.isAnyMoved) return parts;
    // those who moved are where they stand, whatever older figures count them
    return [...parts, ...node.children.flatMap((part) => this.movedTo(part, kind))].filter(([line]) => below.has(line));
  }

  /** People who are counted for the first time on their own may have been counted before with those above them. */
  private countedBefore(kind: Kind, unit: string, count: number, units: Units): void {
    const before = this.counted.get(`${kind}/${unit}`);
    this.counted.set(`${kind}/${unit}`, Math.max(before ?? 0, count));
    if (this.reading === 'THEN' ? before !== undefined : count <= (before ?? 0)) return;
    const from = before ?? 0;
    for (const host of this.reading === 'THEN' ? this.hostsThen(unit) : this.hostNow(unit, units)) {
      const without = this.versionsOf(host)
        .filter(({ below }) => this.reading === 'THEN' && !below.has(unit))
        .map(({ groups }) => groups.get(kind)?.get(host) ?? 0);
      const at = Math.max(0, ...without);
      const people = this.knowledge[kind].name(host, at, { line: unit, from, to: count });
      if (people === 0) continue;
      this.rename(kind, host, at, { line: unit, from, to: from + people });
      return;
    }
  }

  private versionsOf(unit: string): readonly OwnVersion[] {
    return (this.byUnit.get(unit) ?? []).filter(({ since }) => since < this.state);
  }

  /** Units that had a figure of their own while this one stood under them, nearest first. */
  private hostsThen(unit: string): Iterable<string> {
    const above = [...this.versions.values()].filter(({ below, since }) => since < this.state && below.has(unit));
    above.sort((a, b) => a.below.size - b.below.size || (a.unit < b.unit ? -1 : 1));
    return new Set(above.map((version) => version.unit));
  }

  /** The nearest unit above that has a figure of its own from before. */
  private hostNow(unit: string, units: Units): readonly string[] {
    for (let at = units.parentOf(unit); at !== null; at = units.parentOf(at))
      if (this.versionsOf(at).length > 0) return [at];
    return [];
  }

  private rename(kind: Kind, line: string, at: number, named: Stretched): void {
    const renamed = (group: Group): Group => {
      const counted = group.get(line) ?? 0;
      const people = Math.max(0, Math.min(counted - at, named.to - named.from));
      if (people === 0) return group;
      const known = group.get(named.line) ?? 0;
      return new Map([...group, [line, counted - people], [named.line, Math.max(known, named.from + people)]]);
    };
    const all = <S extends Shown>(shown: S): S =>
      shown.kind === kind ? { ...shown, group: renamed(shown.group) } : shown;
    for (const { groups } of this.versions.values()) {
      const group = groups.get(kind);
      if (group) groups.set(kind, renamed(group));
    }
    this.told = new Map([...this.told.values()].map(all).map((one) => [keyOf(one.kind, one.group), one]));
    this.seen = new Map([...this.seen.values()].map(all).map((one) => [seenKey(one), one]));
    // also of a figure that was corrected since: those whom nobody names are fewer now
    for (const version of this.versionsOf(line)) {
      const unnamed = version.groups.get(kind)?.get(line);
      if (unnamed !== undefined) this.see({ node: null, kind, group: new Map([[line, unnamed]]) });
    }
  }

  /** Figures that are too small by the policy of the state, whenever they stood, and small remainders that nobody names. */
  private toKeep(showing: ReadonlyMap<string, Showing>, threshold: number, sensitive: boolean): readonly Kept[] {
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

  private isTold(shown: readonly Shown[]): boolean {
    return shown.every(({ kind, group }) => this.told.has(keyOf(kind, group)));
  }

  private tell(shown: readonly Shown[]): () => void {
    const takeBack = shown.map(({ kind, group }) => this.knowledge[kind].tell(group)).reverse();
    const added = shown.filter((one) => !this.isTold([one]));
    for (const one of added) this.told.set(keyOf(one.kind, one.group), one);
    return () => {
      for (const back of takeBack) back();
      for (const { kind, group } of added) this.told.delete(keyOf(kind, group));
    };
  }

  /** Lines of everyone who was ever told of together with someone of a group, or with someone who was. */
  private linesToldWith({ kind, group }: Shown): ReadonlySet<string> {
    const lines = new Set(group.keys());
    const told = [...this.told.values()].filter((one) => one.kind === kind);
    for (let before = -1; before < lines.size;) {
      before = lines.size;
      for (const one of told)
        if ([...one.group.keys()].some((line) => lines.has(line))) for (const line of one.group.keys()) lines.add(line);
    }
    return lines;
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
 * something stays hidden as long as it does. See `Knowledge` for what is taken to be known, which is more than linear arithmetic gives, and `Whereabouts` for units that move uncounted.
 *
 * **Not promised**: anything about groups that are large enough: what two versions of a figure that is shown differ by is a correction, and may be one person.
 */
export function suppressOver(states: readonly PastRelease[]): ShownOver {
  const whereabouts = new Whereabouts();
  const readings = [new Shows('THEN', whereabouts), new Shows('NOW', whereabouts)];
  /** How a version of a unit's own figure was shown at most. */
  const versions = new Map<string, Showing>();
  let showing = new Map<string, Showing>();
  for (const { grid, policy } of states) {
    showing = new Map(suppress(grid, policy));
    const nodes = nodesOf(grid);
    const threshold = thresholdFor(grid.subject, policy);
    if (threshold > 0) {
      const units = new Units(grid);
      whereabouts.enter(units, nodes);
      for (const reading of readings) reading.enter(grid, units, nodes, showing, threshold);
      for (const node of inOrderOfWorth(nodes)) {
        const how = showing.get(node.unit) ?? 'HIDDEN';
        if (isShown(how) && !(whereabouts.mayShow(node) && isShownByAll(readings, node, how)))
          showing.set(node.unit, 'HIDDEN');
      }
    }
    for (const { unit, version } of nodes) {
      const how = showing.get(unit) ?? 'HIDDEN';
      const key = `${unit}/${version}`;
      if (version !== null && isShown(how) && versions.get(key) !== 'SHOWN') versions.set(key, how);
    }
  }
  return { showing, wasShown: (unit, version) => versions.get(`${unit}/${version}`) === 'SHOWN' };
}

function isShownByAll(readings: readonly Shows[], node: GridNode, how: Showing): boolean {
  const takeBack: (() => void)[] = [];
  for (const reading of readings) {
    const back = reading.show(node, how);
    if (back === null) {
      for (const each of takeBack) each();
      return false;
    }
    takeBack.push(back);
  }
  return true;
}
