import { randomUUID } from 'node:crypto';
import type { Instant, PositionedEvent } from '@plumbline/kernel';
import { Pool } from 'pg';
import { isInstant } from './encode';
import { encodeAppend, type EncodedPart, LARGE_APPENDS } from './encode-append';
import { follow, readToHead } from './follow';
import { GroupCommit } from './group-commit';
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
import { Notifier, PostgresBell } from './postgres-bell';
import { stagePart, unstage } from './postgres-append';
import { PostgresReader } from './postgres-read';

export interface PostgresEventStoreOptions {
  /** The writer's address, or the reader's for a store that only reads (`migrateEventStore` gives both). A direct connection, not a transaction pooler's. */
  readonly url: string;
  /** Stamps appends; the machine's clock unless given. */
  readonly clock?: () => Instant;
  /** How often a subscription looks for itself, beside notifications. */
  readonly pollMs?: number;
  /** How long an append whose answer was lost looks for its outcome. */
  readonly settleMs?: number;
  /** Connections for reading, beside one for appends and one that listens. */
  readonly readConnections?: number;
}

/** The event store in PostgreSQL: the default. Open it with `openPostgresEventStore`. */
export class PostgresEventStore implements EventStore {
  readonly capabilities: Capabilities = {
    densePositions: true,
    atomicMultiStream: true,
    assertsUnchanged: true,
    ...LARGE_APPENDS,
  };
  private closing: Promise<void> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly reader: PostgresReader,
    private readonly commits: GroupCommit,
    private readonly listening: PostgresBell,
    private readonly notifier: Notifier,
  ) {}

  async append(writes: Iterable<StreamWrite>, unchanged?: readonly Unchanged[], act?: string): Promise<Appended> {
    this.assertOpen();
    const id = randomUUID();
    let begun = false;
    const take = async (part: EncodedPart, before: number): Promise<void> => {
      begun = true;
      try {
        await stagePart(this.pool, id, part, before);
      } catch (error) {
        throw new StoreError('unavailable', 'the database did not take the append', undefined, { cause: error });
      }
    };
    try {
      const append = await encodeAppend(writes, unchanged, { staging: { id, take }, act });
      this.assertOpen();
      return await this.commits.append(append);
    } catch (error) {
      if (begun) await unstage(this.pool, id).catch(() => undefined); // what stays is forgotten at a later start
      throw error;
    }
  }

  async read(stream: string, fromRevision = 0): Promise<LoadedStream> {
    this.assertOpen();
    return (await this.reader.streams([stream], fromRevision))[0]!;
  }

  async readMany(streams: readonly string[]): Promise<readonly LoadedStream[]> {
    this.assertOpen();
    return this.reader.streams(streams, 0);
  }

  async readPage(after: bigint, limit: number, filter?: ReadAllFilter): Promise<Page> {
    this.assertOpen();
    return (await this.reader.page(after, limit, filter)).page;
  }

  readAll(after: bigint, filter?: ReadAllFilter): AsyncIterable<PositionedEvent> {
    this.assertOpen();
    return readToHead(
      (from, limit, only) => this.reader.page(from, limit, only),
      () => this.reader.head(),
      after,
      filter,
    );
  }

  subscribe(
    after: bigint,
    options: { readonly signal: AbortSignal; readonly filter?: ReadAllFilter; readonly pageSize?: number },
  ): AsyncIterable<Page> {
    this.assertOpen();
    const page = async (from: bigint, limit: number, filter: ReadAllFilter) => {
      this.assertOpen();
      return this.reader.page(from, limit, filter);
    };
    return follow(page, this.listening.bell, after, options);
  }

  async readByIds(ids: readonly string[]): Promise<readonly PositionedEvent[]> {
    this.assertOpen();
    return this.reader.byIds(ids);
  }

  async head(): Promise<Head> {
    this.assertOpen();
    return this.reader.head();
  }

  async at(position: bigint): Promise<{ readonly event: string; readonly knownAt: string }> {
    this.assertOpen();
    return this.reader.at(position);
  }

  async headAt(position: bigint): Promise<Head> {
    this.assertOpen();
    return this.reader.headAt(position);
  }

  async positionBefore(instant: string): Promise<bigint> {
    this.assertOpen();
    if (!isInstant(instant)) throw new RangeError(`"${instant}" is not an instant like 2026-11-23T09:41:00.000Z`);
    return this.reader.positionBefore(instant);
  }

  close(): Promise<void> {
    return (this.closing ??= this.end());
  }

  private async end(): Promise<void> {
    await this.commits.close();
    this.notifier.close();
    await this.listening.close();
    await this.pool.end();
  }

  private assertOpen(): void {
    if (this.closing) throw new StoreError('unavailable', 'the event store is closed');
  }
}

/**
 * Opens the log in a database that `migrateEventStore` has prepared.
 * @throws StoreError `unavailable`, in words, when the database does not answer, or the address leads through a transaction pooler
 */
export async function openPostgresEventStore(options: PostgresEventStoreOptions): Promise<PostgresEventStore> {
  const {
    url,
    clock = () => new Date().toISOString(),
    pollMs = 1_000,
    settleMs = 10_000,
    readConnections = 4,
  } = options;
  const pool = new Pool({
    connectionString: url,
    max: readConnections,
    connectionTimeoutMillis: 10_000,
    application_name: 'plumbline reads',
  });
  pool.on('error', () => undefined); // an idle connection that broke is replaced by the next query
  const listening = new PostgresBell(url, pollMs);
  try {
    await listening.open(pool);
  } catch (error) {
    await listening.close();
    await pool.end();
    if (error instanceof StoreError) throw error;
    throw new StoreError('unavailable', 'the event store cannot be reached', undefined, { cause: error });
  }
  const notifier = new Notifier(pool);
  const onCommit = (head: bigint): void => {
    listening.bell.ring();
    notifier.committed(head);
  };
  const commits = new GroupCommit({ url, clock, settleMs, onCommit });
  return new PostgresEventStore(pool, new PostgresReader(pool), commits, listening, notifier);
}
