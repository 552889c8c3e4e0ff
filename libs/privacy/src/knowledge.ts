/**
 * Of which people a count speaks. People are counted along lines, one line for every figure of its own and every remainder that nobody names; a count of `c` speaks of the
 * first `c` people of a line. A figure that was corrected from 8 to 11 so keeps the same eight and gains three: what two versions differ by is a group too.
 */
export type Group = ReadonlyMap<string, number>;

/** A stretch of a line: people who were never told apart by a count. */
interface Stretch {
  readonly line: string;
  from: number;
  to: number;
  block: number;
}

/** People whom every shown count takes in or leaves out together. */
interface Block {
  readonly stretches: Set<Stretch>;
  people: number;
}

/** The block of those of whom nothing was ever told. */
const UNTOLD = 0;
const emptyBlock = (): Block => ({ stretches: new Set(), people: 0 });

/** A block in which a group has people. */
export interface Coverage {
  readonly block: number;
  /** How many people the block has, whether of the group or not. */
  readonly people: number;
  /** Whether the group takes in all of them. */
  readonly isWhole: boolean;
}

/**
 * What can be known from counts that were shown, by someone who may have kept all of them and knows of each which groups it speaks of.
 *
 * Each shown count divides people into those it speaks of and those it does not. People whom no shown count divides form a block; the total of a block is taken to be known,
 * though not every total can be worked out (a count known for A and B together and one for B and C together tell less). Whatever linear arithmetic gives is a
 * function of these totals, so a group that takes in only a part of a block of T people can be any number from 0 to T of it.
 */
export class Knowledge {
  private readonly lines = new Map<string, Stretch[]>();
  private readonly blocks = new Map<number, Block>([[UNTOLD, emptyBlock()]]);
  private next = UNTOLD + 1;

  /** The count of a group is shown. @returns takes it back, as if it had never been shown */
  tell(group: Group): () => void {
    const inside = new Map<number, Stretch[]>();
    for (const stretch of this.stretches(group)) {
      const members = inside.get(stretch.block);
      if (members) members.push(stretch);
      else inside.set(stretch.block, [stretch]);
    }
    const moved: { readonly stretch: Stretch; readonly from: number }[] = [];
    for (const [block, members] of inside) {
      if (block !== UNTOLD && members.length === this.block(block).stretches.size) continue;
      const made = this.next++;
      this.blocks.set(made, emptyBlock());
      for (const stretch of members) {
        moved.push({ stretch, from: block });
        this.move(stretch, made);
      }
    }
    return () => {
      for (const { stretch, from } of moved.reverse()) {
        const made = stretch.block;
        this.move(stretch, from);
        if (this.block(made).stretches.size === 0) this.blocks.delete(made);
      }
    };
  }

  /**
   * People whom a line counted have a name of their own from now on: those of `named` of whom nothing was told until now, if they are exactly so many as the line has fewer. They
   * were in whatever was told of the line. Nobody learns anything.
   * @param left how many people the line counts without them
   * @returns how many there are, and who, as counts along their own lines; null, and nothing changes, where it does not come out even
   */
  name(line: string, left: number, named: Group): { readonly people: number; readonly of: Group } | null {
    const stretches = this.lines.get(line) ?? [];
    const fresh = this.stretches(named).filter(({ block }) => block === UNTOLD);
    const people = fresh.reduce((sum, { from, to }) => sum + to - from, 0);
    const [first] = stretches;
    if (!first || first.block === UNTOLD || people === 0) return null;
    if ((stretches.at(-1)?.to ?? 0) - left !== people || first.to - first.from < people) return null;
    for (const stretch of fresh) this.move(stretch, first.block);
    this.block(first.block).people -= people;
    first.to -= people;
    for (const later of stretches.slice(1)) {
      later.from -= people;
      later.to -= people;
    }
    if (first.to === first.from) {
      this.block(first.block).stretches.delete(first);
      stretches.shift();
    }
    return { people, of: new Map(fresh.map((stretch) => [stretch.line, named.get(stretch.line) ?? 0])) };
  }

  /** The blocks in which a group has people; those of whom nothing was told are left out, and `untold` says whether there are any. */
  coverage(group: Group): { readonly told: readonly Coverage[]; readonly untold: boolean } {
    const inside = new Map<number, number>();
    for (const { block } of this.stretches(group)) inside.set(block, (inside.get(block) ?? 0) + 1);
    const untold = inside.delete(UNTOLD);
    const told = [...inside].map(([block, count]) => ({
      block,
      people: this.block(block).people,
      isWhole: count === this.block(block).stretches.size,
    }));
    return { told, untold };
  }

  /** Lines that have people in a block. */
  linesIn(block: number): ReadonlySet<string> {
    return new Set([...this.block(block).stretches].map(({ line }) => line));
  }

  private block(id: number): Block {
    const block = this.blocks.get(id);
    if (!block) throw new RangeError(`there is no block ${id}`);
    return block;
  }

  private move(stretch: Stretch, to: number): void {
    const [left, joined] = [this.block(stretch.block), this.block(to)];
    left.stretches.delete(stretch);
    left.people -= stretch.to - stretch.from;
    stretch.block = to;
    joined.stretches.add(stretch);
    joined.people += stretch.to - stretch.from;
  }

  /** The stretches that make up a group; a line is cut where the group ends in the middle of one. */
  private stretches(group: Group): readonly Stretch[] {
    const found: Stretch[] = [];
    for (const [line, count] of group) {
      if (count <= 0) continue;
      const stretches = this.lines.get(line) ?? [];
      if (stretches.length === 0) this.lines.set(line, stretches);
      const end = stretches.at(-1)?.to ?? 0;
      if (count > end) this.add(stretches, { line, from: end, to: count, block: UNTOLD });
      const cut = stretches.findIndex(({ from, to }) => from < count && count < to);
      if (cut >= 0) {
        const stretch = stretches[cut]!;
        const rest: Stretch = { ...stretch, from: count };
        stretch.to = count;
        stretches.splice(cut + 1, 0, rest);
        this.block(rest.block).stretches.add(rest);
      }
      for (const stretch of stretches) if (stretch.to <= count) found.push(stretch);
    }
    return found;
  }

  private add(stretches: Stretch[], stretch: Stretch): void {
    stretches.push(stretch);
    const block = this.block(stretch.block);
    block.stretches.add(stretch);
    block.people += stretch.to - stretch.from;
  }
}
