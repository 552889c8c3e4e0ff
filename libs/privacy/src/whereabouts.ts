import { type GridNode, KINDS, countOf } from './release-grid';
import type { Units } from './units';

/** A unit's own figure, as it was first seen. */
interface OwnFigure {
  readonly node: GridNode;
  readonly since: number;
  isHeld: boolean;
}

/** A unit that stood under more than one. */
interface Mover {
  readonly unit: string;
  readonly parents: Set<string | null>;
  /** All units above it, state by state; undefined where it was not there yet. */
  readonly above: (ReadonlySet<string> | undefined)[];
}

/** A state: what stood under what, and the figures. */
interface Past {
  readonly units: Units;
  readonly nodes: ReadonlyMap<string, GridNode>;
}

/** Another unit above some than the one they stand under. */
type Instead = ReadonlyMap<string, string | null>;

/**
 * Where units are taken to stand, so that the totals recorded around a move do not tell who moved.
 *
 * A unit's own figure speaks of all who stood under the unit when it was recorded, also of those who had no figure then. Of a unit with a figure `Knowledge` follows the people, wherever
 * it moves. One that moves without is taken to stay where it stood when totals first told its places apart, and a figure that has it elsewhere is held: it is not shown, and its unit's last
 * figure before stands for it in what is made up of it. So all that is shown has each such unit at one place, as if it had never moved.
 */
export class Whereabouts {
  private readonly past: Past[] = [];
  private readonly parents = new Map<string, string | null>();
  private readonly movers = new Map<string, Mover>();
  /** The units under which movers are taken to stay. */
  private readonly fixed = new Map<string, string | null>();
  private readonly figures = new Map<string, OwnFigure>();
  private readonly figuresOf = new Map<string, OwnFigure[]>();

  /** The next state: what stands under what, and its figures, parents before children. */
  enter(units: Units, nodes: readonly GridNode[]): void {
    this.past.push({ units, nodes: new Map(nodes.map((node) => [node.unit, node])) });
    this.follow(units);
    const fresh = nodes.flatMap((node) => this.record(node));
    if (fresh.length === 0 || this.movers.size === 0) return;
    const depth = ({ above }: Mover): number => above.at(-1)?.size ?? 0;
    for (const mover of [...this.movers.values()].sort((a, b) => depth(a) - depth(b))) this.fix(mover);
    for (const [unit, parent] of this.fixed) {
      const stands = this.movers.get(unit)?.above.at(-1);
      const stays = upFrom(parent, units, this.fixed);
      for (const figure of fresh)
        if (stands && stands.has(figure.node.unit) !== stays.has(figure.node.unit)) figure.isHeld = true;
    }
  }

  /** Whether any unit ever stood under more than one. */
  get isAnyMoved(): boolean {
    return this.movers.size > 0;
  }

  /** Whether a unit's own figure has units elsewhere than figures before. */
  isHeld({ unit, version }: GridNode): boolean {
    return this.figures.get(`${unit}/${version}`)?.isHeld ?? false;
  }

  /** Whether a figure may be shown: it is not held, and what is made up of held ones speaks of the same people as with the last that are not. */
  mayShow(node: GridNode): boolean {
    if (node.version !== null) return !this.isHeld(node);
    const { nodes } = this.past.at(-1)!;
    const parts = node.sumOf.flatMap((unit) => this.figures.get(`${unit}/${nodes.get(unit)?.version}`) ?? []);
    if (parts.every(({ isHeld }) => !isHeld)) return true;
    const instead = parts.flatMap((part) => (part.isHeld ? (this.lastNotHeld(part.node.unit) ?? []) : part));
    const times = (mover: Mover, figures: readonly OwnFigure[]): number =>
      figures.filter((figure) => isIn(mover, figure)).length;
    return (
      instead.length === parts.length &&
      [...this.movers.values()].every((mover) => times(mover, parts) === times(mover, instead))
    );
  }

  /** Which units moved, and where to. */
  private follow(units: Units): void {
    for (const unit of units.all()) {
      const [before, parent] = [this.parents.get(unit), units.parentOf(unit)];
      this.parents.set(unit, parent);
      if (before === undefined || before === parent) continue;
      const mover = this.movers.get(unit);
      if (mover) mover.parents.add(parent);
      else {
        const above = this.past.slice(0, -1).map((state) => aboveIn(state.units, unit));
        this.movers.set(unit, { unit, parents: new Set([before, parent]), above });
      }
    }
    for (const { unit, above } of this.movers.values()) above.push(aboveIn(units, unit));
  }

  private record(node: GridNode): readonly OwnFigure[] {
    const key = `${node.unit}/${node.version}`;
    if (node.version === null || this.figures.has(key)) return [];
    const figure: OwnFigure = { node, since: this.past.length - 1, isHeld: false };
    this.figures.set(key, figure);
    const others = this.figuresOf.get(node.unit);
    if (others) others.push(figure);
    else this.figuresOf.set(node.unit, [figure]);
    return [figure];
  }

  private lastNotHeld(unit: string): OwnFigure | undefined {
    return this.figuresOf.get(unit)?.findLast(({ isHeld }) => !isHeld);
  }

  /** A unit stays where it stood when a figure first told its places apart that does not name it; if figures named it before, where it stood at the last of these. */
  private fix({ unit, parents, above }: Mover): void {
    if (this.fixed.has(unit)) return;
    let last: OwnFigure | undefined;
    for (const [at, { units }] of this.past.entries()) {
      if (above[at] === undefined) continue;
      const places = [...parents].map((parent) => upFrom(parent, units, this.fixed));
      const apart = [...new Set(places.flatMap((place) => [...place]))].filter(
        (one) => !places.every((p) => p.has(one)),
      );
      const telling = apart
        .flatMap((one) => this.figuresOf.get(one) ?? [])
        .filter(({ isHeld, since }) => since === at && !isHeld);
      const unnamed = telling.find((figure) => !this.isNamed(unit, figure));
      if (unnamed) {
        const place = this.past[(last ?? unnamed).since]!;
        this.fixed.set(unit, place.units.parentOf(unit));
        return;
      }
      last = telling[0] ?? last;
    }
  }

  /** Whether a unit had a figure of its own when another was recorded, with every count that this has. What its parts add up to leaves out who is of none of them. */
  private isNamed(unit: string, { node, since }: OwnFigure): boolean {
    const own = this.past[since]!.nodes.get(unit);
    if (!own || own.version === null) return false;
    return KINDS.every((kind) => countOf(node, kind) === undefined || countOf(own, kind) !== undefined);
  }
}

/** Whether a figure counts a unit. */
const isIn = ({ above }: Mover, { node, since }: OwnFigure): boolean => above[since]?.has(node.unit) ?? false;

/** A unit and all above it; `instead` of what they stand under, some stand under another. */
function upFrom(unit: string | null, units: Units, instead: Instead = new Map()): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at = unit; at !== null && !found.has(at);) {
    found.add(at);
    at = (instead.has(at) ? instead.get(at) : units.parentOf(at)) ?? null;
  }
  return found;
}

/** All units above one; undefined where it is not there. */
const aboveIn = (units: Units, unit: string): ReadonlySet<string> | undefined =>
  units.has(unit) ? upFrom(units.parentOf(unit), units) : undefined;
