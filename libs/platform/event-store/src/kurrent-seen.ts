import type { PositionIndex } from './kurrent-index';

const FIRST_SLOTS = 1 << 12;

/**
 * Which ids were seen, by 48 bits of each: "no" is certain, "yes" has to be asked after (one in three hundred million new ids at a million seen). Sixteen to 32 bytes an id.
 * Ids are uniform in their first 48 bits, as hashes and random ones are.
 */
export class SeenIds {
  private slots = new Float64Array(FIRST_SLOTS);
  private count = 0;

  mayHave(id: string): boolean {
    const mark = markOf(id);
    return this.slots[this.slotOf(mark)] === mark;
  }

  add(id: string): void {
    const mark = markOf(id);
    const slot = this.slotOf(mark);
    if (this.slots[slot] === mark) return;
    this.slots[slot] = mark;
    this.count += 1;
    if (2 * this.count > this.slots.length) this.grow();
  }

  /** Where a mark stands, or would. */
  private slotOf(mark: number): number {
    const last = this.slots.length - 1;
    let slot = mark & last;
    while (this.slots[slot] !== 0 && this.slots[slot] !== mark) slot = (slot + 1) & last;
    return slot;
  }

  private grow(): void {
    const marks = this.slots;
    this.slots = new Float64Array(2 * marks.length);
    for (const mark of marks) if (mark !== 0) this.slots[this.slotOf(mark)] = mark;
  }
}

/** Never 0, which is an empty slot. */
const markOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) || 1;

/** Positions whose ids the index has and this process has not read yet. */
interface Gap {
  after: bigint;
  readonly upTo: bigint;
}

const IDS_AT_ONCE = 20_000;

/**
 * The ids that a process knows of: those it appended or read itself, and those that others put into the index, which it reads from there by and by. Until it has, any id may be one.
 */
export class KnownIds {
  private readonly seen = new SeenIds();
  private readonly gaps: Gap[] = [];
  private filling: Promise<void> | undefined;

  constructor(private readonly index: PositionIndex) {}

  mayHave(id: string): boolean {
    return this.gaps.length > 0 || this.seen.mayHave(id);
  }

  add(ids: Iterable<string>): void {
    for (const id of ids) this.seen.add(id);
  }

  /** Others put events into the index: after a position, up to and including another. */
  missed(after: bigint, upTo: bigint): void {
    this.gaps.push({ after, upTo });
  }

  /** Goes on reading what was missed; what goes wrong is tried again at the next call. */
  fill(): void {
    if (this.gaps.length === 0) return;
    this.filling ??= this.readGaps()
      .catch(() => undefined)
      .finally(() => {
        this.filling = undefined;
      });
  }

  /** Until nobody reads any more. */
  async stop(): Promise<void> {
    this.gaps.length = 0;
    await this.filling;
  }

  private async readGaps(): Promise<void> {
    for (let gap = this.gaps[0]; gap; gap = this.gaps[0]) {
      const found = await this.index.ids(gap.after, gap.upTo, IDS_AT_ONCE);
      for (const { id } of found) this.seen.add(id);
      if (found.length < IDS_AT_ONCE) this.gaps.shift();
      else gap.after = found.at(-1)!.position;
    }
  }
}
