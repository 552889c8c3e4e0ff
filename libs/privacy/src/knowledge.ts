/**
 * Of which people a count speaks. People are counted along lines, one line for every figure of its own and every remainder that nobody names; a count of `c` speaks of the
 * first `c` people of a line. A figure that was corrected from 8 to 11 so keeps the same eight and gains three: what two versions differ by is a group too.
 */
export type Group = ReadonlyMap<string, number>;

/** A line, and how many of its people. */
export type Part = readonly [string, number];

/** Of parts that are added up those people who come again. */
export function again(parts: readonly Part[]): readonly Part[] {
  const seen = new Map<string, number>();
  return parts.flatMap(([line, count]) => {
    const before = seen.get(line);
    seen.set(line, Math.max(before ?? 0, count));
    return before === undefined ? [] : [[line, Math.min(before, count)] as const];
  });
}

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

/** People of a line, from one to another. */
export interface Stretched {
  readonly line: string;
  readonly from: number;
  readonly to: number;
}

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
   * People of a line from `at` on are those of another, of whom nothing was told until now: as many as there are of both. Whatever was told of the line was told of them; the line
   * has so many fewer. Nobody learns anything.
   * @returns how many
   */
  name(line: string, at: number, named: Stretched): number {
    const people = Math.max(0, Math.min(this.lengthOf(line) - at, named.to - named.from));
    for (let done = 0; done < people;) {
      // piece by piece, for the line's people may be of several blocks
      const piece = this.pieces(line, at, at + people - done)[0]!;
      const size = piece.to - piece.from;
      const from = named.from + done;
      for (const stretch of this.pieces(named.line, from, from + size)) this.move(stretch, piece.block);
      this.drop(line, piece);
      done += size;
    }
    return people;
  }

  /** How many people a line counted so far. */
  lengthOf(line: string): number {
    return this.lines.get(line)?.at(-1)?.to ?? 0;
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
    return [...group].flatMap(([line, count]) => (count <= 0 ? [] : this.pieces(line, 0, count)));
  }

  /** The stretches of a part of a line, cut at its ends. */
  private pieces(line: string, from: number, to: number): readonly Stretch[] {
    const end = this.lengthOf(line);
    if (to > end) this.add({ line, from: end, to, block: UNTOLD });
    this.cut(line, from);
    this.cut(line, to);
    return (this.lines.get(line) ?? []).filter((stretch) => stretch.from >= from && stretch.to <= to);
  }

  private cut(line: string, at: number): void {
    const stretches = this.lines.get(line) ?? [];
    const index = stretches.findIndex(({ from, to }) => from < at && at < to);
    const stretch = stretches[index];
    if (!stretch) return;
    const rest: Stretch = { ...stretch, from: at };
    stretch.to = at;
    stretches.splice(index + 1, 0, rest);
    this.block(rest.block).stretches.add(rest);
  }

  private add(stretch: Stretch): void {
    const stretches = this.lines.get(stretch.line);
    if (stretches) stretches.push(stretch);
    else this.lines.set(stretch.line, [stretch]);
    const block = this.block(stretch.block);
    block.stretches.add(stretch);
    block.people += stretch.to - stretch.from;
  }

  /** Takes a stretch out of its line, which closes up. */
  private drop(line: string, gone: Stretch): void {
    const people = gone.to - gone.from;
    const block = this.block(gone.block);
    block.stretches.delete(gone);
    block.people -= people;
    const stretches = (this.lines.get(line) ?? []).filter((stretch) => stretch !== gone);
    for (const stretch of stretches)
      if (stretch.from >= gone.to) {
        stretch.from -= people;
        stretch.to -= people;
      }
    this.lines.set(line, stretches);
  }
}
