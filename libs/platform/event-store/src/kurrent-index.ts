import type { Instant } from '@plumbline/kernel';

/** What the index keeps of an event, beside its position. */
export interface IndexedEvent {
  readonly position: bigint;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: Instant;
}

/** Where an event stands: `ordinal` counts the log's events 1, 2, 3 …, whatever the positions are. */
export interface Place {
  readonly ordinal: number;
  readonly position: bigint;
}

/** Events that stand next to each other, whatever of others stands between them: the first and the last. */
export interface Run {
  readonly first: Place;
  readonly last: Place;
}

/** Bytes of the log, others' records among them, that are looked through in no time: two events further apart are of two runs. */
export const NEAR = 16n * 1024n * 1024n;

export interface Identified {
  readonly position: bigint;
  readonly id: string;
}

export interface IndexEntry extends Place, Identified {
  readonly stream: string;
  readonly revision: number;
  /** Running maximum of `recordedAt` up to here. */
  readonly knownAt: Instant;
}

/** How far the log has been looked through, and the last event found there. */
export interface IndexHead {
  /** Every event up to this position is in the index; between the last event and here stand only others' events. */
  readonly through: bigint;
  readonly last: IndexEntry | undefined;
}

export const EMPTY_HEAD: IndexHead = { through: 0n, last: undefined };

/**
 * What KurrentDB cannot be asked: which event has an id, which event stands at a position and what was known then, which position a date means. Filled from
 * the log in its order, shared by all processes of a deployment, and derived: without it the log is read again from the beginning.
 */
export interface PositionIndex {
  head(): Promise<IndexHead>;
  /**
   * Takes in what was found between `from` and `through`, if nobody has gone on from `from` meanwhile.
   * @returns the head afterwards, also when another process was first
   */
  add(from: bigint, events: readonly IndexedEvent[], through: bigint): Promise<IndexHead>;
  /** Counts nothing beyond the last event as looked through, if `through` is still how far it was. */
  rewind(through: bigint): Promise<void>;
  /** Empties it, if its last event still stands at this position. */
  restart(last: bigint): Promise<void>;
  /** The last event at a position or before it. */
  floor(position: bigint): Promise<IndexEntry | undefined>;
  /** The first `limit` events of these types after a position, up to and including another. */
  ofTypes(types: readonly string[], after: bigint, upTo: bigint, limit: number): Promise<readonly Place[]>;
  /** The first `limit` events after a position, up to and including another. */
  runs(after: bigint, upTo: bigint, limit: number): Promise<readonly Run[]>;
  /** Their ids. */
  ids(after: bigint, upTo: bigint, limit: number): Promise<readonly Identified[]>;
  /** Of an id that stands twice the first. In any order. */
  byIds(ids: readonly string[]): Promise<readonly IndexEntry[]>;
  /** The last revisions of those streams that have events. */
  revisions(streams: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The last event whose `knownAt` is before an instant. */
  before(instant: Instant): Promise<IndexEntry | undefined>;
  close(): Promise<void>;
}

/** Entries that go on from a head: counted, and with what is known when. */
export function entriesFrom(
  { last }: Pick<IndexHead, 'last'>,
  events: readonly IndexedEvent[],
): readonly (IndexEntry & { readonly type: string })[] {
  let ordinal = last?.ordinal ?? 0;
  let knownAt = last?.knownAt ?? '';
  return events.map(({ recordedAt, ...event }) => {
    ordinal += 1;
    if (recordedAt > knownAt) knownAt = recordedAt;
    return { ...event, ordinal, knownAt };
  });
}

/** The index in memory: for specs, and for one process that may read the log anew at each start. Several stores of a process may share it. */
export class MemoryPositionIndex implements PositionIndex {
  private entries: (IndexEntry & { readonly type: string })[] = [];
  private readonly firstWithId = new Map<string, number>();
  private readonly streams = new Map<string, number>();
  private through = 0n;

  async head(): Promise<IndexHead> {
    return { through: this.through, last: this.entries.at(-1) };
  }

  async add(from: bigint, events: readonly IndexedEvent[], through: bigint): Promise<IndexHead> {
    if (from === this.through) {
      for (const entry of entriesFrom({ last: this.entries.at(-1) }, events)) {
        if (!this.firstWithId.has(entry.id)) this.firstWithId.set(entry.id, this.entries.length);
        this.streams.set(entry.stream, entry.revision);
        this.entries.push(entry);
      }
      this.through = through;
    }
    return this.head();
  }

  async rewind(through: bigint): Promise<void> {
    if (this.through === through) this.through = this.entries.at(-1)?.position ?? 0n;
  }

  async restart(last: bigint): Promise<void> {
    if (this.entries.at(-1)?.position !== last) return;
    this.entries = [];
    this.firstWithId.clear();
    this.streams.clear();
    this.through = 0n;
  }

  async floor(position: bigint): Promise<IndexEntry | undefined> {
    return this.entries[this.indexAfter(position) - 1];
  }

  async ofTypes(types: readonly string[], after: bigint, upTo: bigint, limit: number): Promise<readonly Place[]> {
    const wanted = new Set(types);
    const found: Place[] = [];
    for (let index = this.indexAfter(after); index < this.entries.length && found.length < limit; index++) {
      const entry = this.entries[index]!;
      if (entry.position > upTo) break;
      if (wanted.has(entry.type)) found.push(entry);
    }
    return found;
  }

  async runs(after: bigint, upTo: bigint, limit: number): Promise<readonly Run[]> {
    const runs: Run[] = [];
    for (const entry of await this.ids(after, upTo, limit)) {
      const run = runs.at(-1);
      if (run && entry.position - run.last.position <= NEAR) runs[runs.length - 1] = { first: run.first, last: entry };
      else runs.push({ first: entry, last: entry });
    }
    return runs;
  }

  async ids(after: bigint, upTo: bigint, limit: number): Promise<readonly IndexEntry[]> {
    const from = this.indexAfter(after);
    return this.entries.slice(from, Math.min(from + limit, this.indexAfter(upTo)));
  }

  async byIds(ids: readonly string[]): Promise<readonly IndexEntry[]> {
    return [...new Set(ids)].flatMap((id) => this.entries[this.firstWithId.get(id) ?? -1] ?? []);
  }

  async revisions(streams: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return new Map(
      streams.flatMap((stream) => {
        const revision = this.streams.get(stream);
        return revision === undefined ? [] : [[stream, revision] as const];
      }),
    );
  }

  async before(instant: Instant): Promise<IndexEntry | undefined> {
    return this.entries[this.lowest(({ knownAt }) => knownAt >= instant) - 1];
  }

  async close(): Promise<void> {}

  private indexAfter(position: bigint): number {
    return this.lowest((entry) => entry.position > position);
  }

  /** Index of the first entry for which something holds that goes on holding. */
  private lowest(holds: (entry: IndexEntry) => boolean): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.entries[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
