import type { Instant, PositionedEvent } from '@plumbline/kernel';
import { decodeEvent, isInstant } from './encode';
import {
  appendedAt,
  duplicateEvent,
  encodeAppend,
  eventBytes,
  LARGE_APPENDS,
  NO_REVISION,
  staleRevision,
  stampPart,
  tooLarge,
} from './encode-append';
import { Bell, follow, type PageRead, readToHead } from './follow';
import {
  type Appended,
  type Capabilities,
  type EventStore,
  type Head,
  type LoadedStream,
  type Page,
  type ReadAllFilter,
  StoreError,
  type StreamWrite,
  type Unchanged,
} from './port';

interface Entry {
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly knownAt: Instant;
}

/** A log in memory that several stores may write and read, as processes share a database. */
export class MemoryLog {
  readonly entries: Entry[] = [];
  readonly streams = new Map<string, number[]>();
  readonly byId = new Map<string, number>();
  readonly bell = new Bell();

  /**
   * Positions are `step`, 2 × `step`, …: with a step above 1 it stands for stores whose positions have gaps. `narrower`: for stores whose appends take less.
   */
  constructor(
    readonly step = 1n,
    readonly narrower: Partial<Pick<Capabilities, 'atomicMultiStream' | 'maxAppendEvents' | 'maxAppendBytes'>> = {},
  ) {
    if (step < 1n) throw new RangeError('positions grow: the step is at least 1');
  }

  /** Index of the first entry after a position. */
  indexAfter(position: bigint): number {
    const index = position / this.step;
    return index > BigInt(this.entries.length) ? this.entries.length : Math.max(0, Number(index));
  }
}

const event = ({ position, bytes }: Entry): PositionedEvent => ({ position, event: decodeEvent(bytes), bytes });

/**
 * The event store without a database: for specs, and the plain model that the others are held against.
 * `clock` gives the instant of an append; what it records is never below the last stamp this store has seen.
 */
export class MemoryEventStore implements EventStore {
  readonly capabilities: Capabilities;
  private seen: Instant = '';
  private closed = false;

  constructor(
    private readonly clock: () => Instant,
    private readonly log: MemoryLog = new MemoryLog(),
  ) {
    const densePositions = log.step === 1n;
    const widest = { atomicMultiStream: true, assertsUnchanged: true, ...LARGE_APPENDS };
    this.capabilities = { densePositions, ...widest, ...log.narrower };
  }

  async append(writes: Iterable<StreamWrite>, unchanged: readonly Unchanged[] = [], act?: string): Promise<Appended> {
    this.assertOpen();
    const append = await encodeAppend(writes, unchanged, { act, limits: this.capabilities });
    if (append.streams.size > 1 && !this.capabilities.atomicMultiStream) throw tooLarge('one stream here');
    const { entries, streams, byId, bell, step } = this.log;
    const revisionOf = (stream: string): number => (streams.get(stream)?.length ?? 0) + NO_REVISION;
    for (const [stream, { expected }] of append.streams)
      if (revisionOf(stream) !== expected) throw staleRevision(stream);
    for (const [stream, revision] of append.unchanged) if (revisionOf(stream) !== revision) throw staleRevision(stream);
    for (const { ids } of append.parts) for (const id of ids) if (byId.has(id)) throw duplicateEvent(id);

    const now = this.clock();
    const recordedAt = now > this.seen ? now : this.seen;
    const before = entries.at(-1)?.knownAt ?? '';
    const knownAt = recordedAt > before ? recordedAt : before;
    const appended = appendedAt(append, step * BigInt(entries.length + 1), recordedAt, step);
    for (const part of append.parts) {
      stampPart(part, recordedAt);
      for (const [at, id] of part.ids.entries()) {
        const stream = part.streams[at]!;
        const index = entries.length;
        entries.push({
          position: step * BigInt(index + 1),
          id,
          type: part.types[at]!,
          bytes: eventBytes(part, at),
          knownAt,
        });
        byId.set(id, index);
        if (part.revisions[at] === 0) streams.set(stream, [index]);
        else streams.get(stream)?.push(index);
      }
    }
    this.seen = knownAt;
    bell.ring();
    return appended;
  }

  async read(stream: string, fromRevision = 0): Promise<LoadedStream> {
    this.assertOpen();
    const own = this.log.streams.get(stream) ?? [];
    return {
      stream,
      revision: own.length === 0 ? 'none' : own.length - 1,
      events: own.slice(fromRevision).map((index) => event(this.log.entries[index]!)),
    };
  }

  async readMany(streams: readonly string[]): Promise<readonly LoadedStream[]> {
    return Promise.all(streams.map((stream) => this.read(stream)));
  }

  async readPage(after: bigint, limit: number, filter?: ReadAllFilter): Promise<Page> {
    return (await this.pageRead(after, limit, filter)).page;
  }

  private async pageRead(after: bigint, limit: number, filter: ReadAllFilter = {}): Promise<PageRead> {
    this.assertOpen();
    if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError('a page has at least one event');
    const end = (await this.head()).position;
    const upTo = filter.upTo !== undefined && filter.upTo < end ? filter.upTo : end;
    const types = filter.types && new Set(filter.types);
    const found: Entry[] = [];
    for (let index = this.log.indexAfter(after); index < this.log.entries.length && found.length < limit; index++) {
      const entry = this.log.entries[index]!;
      if (entry.position > upTo) break;
      if (!types || types.has(entry.type)) found.push(entry);
    }
    const through = found.length === limit ? found.at(-1)!.position : upTo;
    return {
      page: { events: found.map(event), through: through > after ? through : after },
      caughtUp: through >= upTo,
    };
  }

  readAll(after: bigint, filter?: ReadAllFilter): AsyncIterable<PositionedEvent> {
    return readToHead(
      (from, limit, only) => this.pageRead(from, limit, only),
      () => this.head(),
      after,
      filter,
    );
  }

  subscribe(
    after: bigint,
    options: { readonly signal: AbortSignal; readonly filter?: ReadAllFilter; readonly pageSize?: number },
  ): AsyncIterable<Page> {
    return follow((from, limit, filter) => this.pageRead(from, limit, filter), this.log.bell, after, options);
  }

  async readByIds(ids: readonly string[]): Promise<readonly PositionedEvent[]> {
    this.assertOpen();
    return ids.flatMap((id) => {
      const index = this.log.byId.get(id);
      return index === undefined ? [] : [event(this.log.entries[index]!)];
    });
  }

  async head(): Promise<Head> {
    this.assertOpen();
    const last = this.log.entries.at(-1);
    return last
      ? { position: last.position, event: last.id, knownAt: last.knownAt }
      : { position: 0n, event: null, knownAt: null };
  }

  async at(position: bigint): Promise<{ readonly event: string; readonly knownAt: string }> {
    this.assertOpen();
    const entry = this.log.entries[this.log.indexAfter(position) - 1];
    if (entry?.position !== position)
      throw new StoreError('unknown-position', `no event stands at position ${position}`);
    return { event: entry.id, knownAt: entry.knownAt };
  }

  async headAt(position: bigint): Promise<Head> {
    this.assertOpen();
    const entry = this.log.entries[this.log.indexAfter(position) - 1];
    return entry
      ? { position: entry.position, event: entry.id, knownAt: entry.knownAt }
      : { position: 0n, event: null, knownAt: null };
  }

  async positionBefore(instant: string): Promise<bigint> {
    this.assertOpen();
    if (!isInstant(instant)) throw new RangeError(`"${instant}" is not an instant like 2026-11-23T09:41:00.000Z`);
    const { entries } = this.log;
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries[middle]!.knownAt < instant) low = middle + 1;
      else high = middle;
    }
    return entries[low - 1]?.position ?? 0n;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.log.bell.ring();
  }

  private assertOpen(): void {
    if (this.closed) throw new StoreError('unavailable', 'the event store is closed');
  }
}
