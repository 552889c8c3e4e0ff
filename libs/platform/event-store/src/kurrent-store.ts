import { setTimeout as sleep } from 'node:timers/promises';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { PositionedEvent } from '@plumbline/kernel';
import { isInstant } from './encode';
import { type AppendLimits, encodeAppend } from './encode-append';
import { follow, type PageRead, readToHead } from './follow';
import { isUuid } from './ids';
import { KurrentAppender } from './kurrent-append';
import { type Patience, pauseBefore, ReplaceableClient } from './kurrent-client';
import { deletedStream } from './kurrent-faults';
import type { IndexEntry, PositionIndex, Run } from './kurrent-index';
import { type FoundPage, KurrentReader, missing, positioned } from './kurrent-read';
import { KurrentSender } from './kurrent-send';
import { KurrentTail } from './kurrent-tail';
import { DEFAULT_STREAM_PREFIX, type KurrentEventStoreOptions } from './kurrent';
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

/** The server counts at most 1,048,576 bytes an append call, types and all; types take 120 bytes at most. */
export const KURRENT_APPENDS: AppendLimits = { maxAppendEvents: 400, maxAppendBytes: 1_000_000 };

const READS_AT_ONCE = 32;
/** Of a read of everything: beginning a read costs as much as hundreds of events. */
const EVENTS_READ_AT_ONCE = 8_000;
const NOTHING: Head = { position: 0n, event: null, knownAt: null };

const headOf = (last: IndexEntry | undefined): Head =>
  last ? { position: last.position, event: last.id, knownAt: last.knownAt } : NOTHING;

/** The event store in KurrentDB, for logs that outlive a machine. Open it with `openKurrentEventStore`. */
export class KurrentEventStore implements EventStore {
  private closing: Promise<void> | undefined;
  private severalStreams: boolean | undefined;

  constructor(
    private readonly client: ReplaceableClient,
    private readonly reader: KurrentReader,
    private readonly sender: KurrentSender,
    private readonly appender: KurrentAppender,
    private readonly tail: KurrentTail,
    private readonly index: PositionIndex,
  ) {}

  /** See `openKurrentEventStore`. */
  static async open(options: KurrentEventStoreOptions): Promise<KurrentEventStore> {
    const {
      index,
      clock = () => new Date().toISOString(),
      streamPrefix: prefix = DEFAULT_STREAM_PREFIX,
      warn = () => undefined,
    } = options;
    const { settleMs = 30_000, patienceMs = 3_000, answerMs = 10_000, pollMs = 1_000 } = options;
    const url = addressOf(options.url, warn);
    const patience: Patience = { patienceMs, answerMs };
    const client = new ReplaceableClient(url, patience);
    const reader = new KurrentReader(client, prefix, patience);
    const sender = new KurrentSender({ url, prefix, patience, settleMs }, reader);
    const tail = new KurrentTail(client, reader, index, pollMs);
    const appender = new KurrentAppender(sender, reader, index, tail, clock);
    const store = new KurrentEventStore(client, reader, sender, appender, tail, index);
    await store.askCapabilities().catch((error: Error) => warn(error.message));
    return store;
  }

  /** What the server can do; until it has been asked (it may be away), the least. */
  get capabilities(): Capabilities {
    return {
      densePositions: false,
      atomicMultiStream: this.severalStreams ?? false,
      assertsUnchanged: false,
      ...KURRENT_APPENDS,
    };
  }

  /** Asks the server what it can do. @throws StoreError `unavailable` */
  async askCapabilities(): Promise<Capabilities> {
    this.severalStreams ??= await this.client.supports(APPEND_SESSION);
    return this.capabilities;
  }

  async append(writes: Iterable<StreamWrite>, unchanged?: readonly Unchanged[], act?: string): Promise<Appended> {
    this.assertOpen();
    const append = await encodeAppend(writes, unchanged, { limits: KURRENT_APPENDS, act });
    if (append.streams.size > 1 && !(await this.askCapabilities()).atomicMultiStream)
      throw new StoreError('too-large', 'one append takes one stream in this KurrentDB; split it');
    this.assertOpen();
    return this.appender.append(append);
  }

  async read(stream: string, fromRevision = 0): Promise<LoadedStream> {
    this.assertOpen();
    const found = await this.reader.stream(stream, fromRevision);
    if (found === 'missing') {
      const known = await this.index.revisions([stream]);
      if (known.has(stream)) throw deletedStream(stream);
      return { stream, revision: 'none', events: [] };
    }
    const first = found[0];
    if (first && first.revision !== fromRevision) throw deletedStream(stream);
    const last = found.at(-1) ?? (await this.reader.lastOf(stream));
    return { stream, revision: last?.revision ?? 'none', events: found.map(positioned) };
  }

  async readMany(streams: readonly string[]): Promise<readonly LoadedStream[]> {
    this.assertOpen();
    const distinct = [...new Set(streams)];
    const loaded = new Map<string, LoadedStream>();
    if (distinct.length > READS_AT_ONCE) {
      await this.tail.advance();
      const known = await this.index.revisions(distinct);
      for (const stream of distinct)
        if (!known.has(stream)) loaded.set(stream, { stream, revision: 'none', events: [] });
    }
    const present = distinct.filter((stream) => !loaded.has(stream));
    for (let at = 0; at < present.length; at += READS_AT_ONCE) {
      const some = await Promise.all(present.slice(at, at + READS_AT_ONCE).map((stream) => this.read(stream)));
      for (const one of some) loaded.set(one.stream, one);
    }
    return streams.map((stream) => loaded.get(stream)!);
  }

  async readPage(after: bigint, limit: number, filter?: ReadAllFilter): Promise<Page> {
    return (await this.pageRead(after, limit, filter)).page;
  }

  /** What is known of the log is read first; where that ends, the log is looked at anew. */
  private async pageRead(after: bigint, limit: number, filter: ReadAllFilter = {}): Promise<PageRead> {
    this.assertOpen();
    if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError('a page has at least one event');
    const known = this.tail.head.last?.position ?? 0n;
    const settled = filter.upTo !== undefined && filter.upTo <= known;
    if (after < known) {
      const read = await this.pageUpTo(after, limit, filter, known);
      if (!read.caughtUp || settled) return read;
    }
    const head = (await this.tail.advance()).last?.position ?? 0n;
    return this.pageUpTo(after, limit, filter, head);
  }

  private async pageUpTo(
    after: bigint,
    limit: number,
    { types, upTo }: ReadAllFilter,
    head: bigint,
  ): Promise<PageRead> {
    const end = upTo !== undefined && upTo < head ? upTo : head;
    if (end <= after) return { page: { events: [], through: after }, caughtUp: true };
    const { events, isCut } = types
      ? await this.reader.at(await this.index.ofTypes(types, after, end, limit))
      : await this.everyEvent(await this.index.runs(after, end, limit));
    const through = events.length === limit || isCut ? events.at(-1)!.position : end;
    return { page: { events: events.map(positioned), through }, caughtUp: through === end };
  }

  /** None may be missing in what was cut either: there the index tells how many there should be. */
  private async everyEvent(runs: readonly Run[]): Promise<FoundPage> {
    const found = await this.reader.runs(runs);
    if (!found.isCut) return found;
    const [{ first }, { position }] = [runs[0]!, found.events.at(-1)!];
    const last = await this.index.floor(position);
    if (last!.ordinal - first.ordinal + 1 !== found.events.length) throw missing(first.position, position);
    return found;
  }

  readAll(after: bigint, filter?: ReadAllFilter): AsyncIterable<PositionedEvent> {
    this.assertOpen();
    return readToHead(
      (from, limit, only) => this.pageRead(from, limit, only),
      () => this.head(),
      after,
      filter,
      EVENTS_READ_AT_ONCE,
    );
  }

  /** Waits while KurrentDB is away, and goes on. */
  subscribe(
    after: bigint,
    options: { readonly signal: AbortSignal; readonly filter?: ReadAllFilter; readonly pageSize?: number },
  ): AsyncIterable<Page> {
    this.assertOpen();
    const { signal } = options;
    const page = async (from: bigint, limit: number, filter: ReadAllFilter): Promise<PageRead> => {
      for (let attempt = 0; ; attempt++) {
        try {
          return await this.pageRead(from, limit, filter);
        } catch (error) {
          const passes = error instanceof StoreError && error.failure === 'unavailable' && !this.closing;
          if (signal.aborted) return { page: { events: [], through: from }, caughtUp: true };
          if (!passes) throw error;
          await sleep(pauseBefore(attempt, 5_000), undefined, { signal }).catch(() => undefined);
        }
      }
    };
    this.tail.listenFor();
    return follow(page, this.tail.bell, after, options);
  }

  async readByIds(ids: readonly string[]): Promise<readonly PositionedEvent[]> {
    this.assertOpen();
    const asked = [...new Set(ids)].filter(isUuid);
    let entries = await this.index.byIds(asked);
    if (entries.length < asked.length) {
      await this.tail.advance();
      entries = await this.index.byIds(asked);
    }
    const places = [...entries].sort((a, b) => a.ordinal - b.ordinal);
    const found = new Map<string, PositionedEvent>();
    while (found.size < places.length)
      for (const one of (await this.reader.at(places.slice(found.size))).events.map(positioned))
        found.set(one.event.id, one);
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  async head(): Promise<Head> {
    this.assertOpen();
    return headOf((await this.tail.advance()).last);
  }

  async at(position: bigint): Promise<{ readonly event: string; readonly knownAt: string }> {
    const head = await this.headAt(position);
    if (head.position !== position || head.event === null || head.knownAt === null)
      throw new StoreError('unknown-position', `no event stands at position ${position}`);
    return { event: head.event, knownAt: head.knownAt };
  }

  async headAt(position: bigint): Promise<Head> {
    this.assertOpen();
    const { through } = this.tail.head;
    if (position > through) await this.tail.advance();
    return headOf(await this.index.floor(position));
  }

  async positionBefore(instant: string): Promise<bigint> {
    this.assertOpen();
    if (!isInstant(instant)) throw new RangeError(`"${instant}" is not an instant like 2026-11-23T09:41:00.000Z`);
    const known = this.tail.head.last?.knownAt ?? '';
    if (known < instant) await this.tail.advance();
    return (await this.index.before(instant))?.position ?? 0n;
  }

  close(): Promise<void> {
    return (this.closing ??= this.end());
  }

  private async end(): Promise<void> {
    await this.tail.stop();
    await this.sender.close();
    await this.client.close();
    await this.index.close();
  }

  private assertOpen(): void {
    if (this.closing) throw new StoreError('unavailable', 'the event store is closed');
  }
}

/** The method whose presence says that several streams go into one append (25.1 and newer). */
const APPEND_SESSION = '/kurrentdb.protocol.v2.streams.StreamsService/AppendSession';

const OTHER_NODES = /([?&]nodePreference=)(?!leader(?:&|$))[^&]*/i;

/** @throws Error in words when the client does not understand the address */
function addressOf(given: string, warn: (message: string) => void): string {
  if (given.startsWith('esdb')) warn('esdb:// is the old name of the address; write kurrentdb:// instead');
  if (OTHER_NODES.test(given))
    warn('nodePreference is passed over: what was written must be read at once, so reads go to the leader too');
  const url = given.replace(/^esdb/, 'kurrentdb').replace(OTHER_NODES, '$1leader');
  const refused = refusalOf(url);
  if (refused !== undefined) throw new Error(`the address of KurrentDB is not understood: ${refused}`);
  return url;
}

/** What the client has against an address, without what it quotes: that may be a password. */
function refusalOf(url: string): string | undefined {
  try {
    KurrentDBClient.connectionString(url);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^Unexpected ".*" at/s, 'something unexpected at');
  }
}
