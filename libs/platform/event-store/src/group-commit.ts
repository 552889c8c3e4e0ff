import type { Instant } from '@plumbline/kernel';
import { Client, type DatabaseError } from 'pg';
import {
  appendedAt,
  duplicateEvent,
  type EncodedAppend,
  PART_BYTES,
  PART_EVENTS,
  staleRevision,
} from './encode-append';
import { type Appended, StoreError } from './port';
import { callAppend, callAppendStaged, goesBehind, leaves, merged } from './postgres-append';
import { backendOf, type Backend, recordedAs, endBackend } from './postgres-settle';
import { SQL_STALE_REVISION } from './schema';

interface Waiting {
  readonly append: EncodedAppend;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions {
  readonly url: string;
  readonly clock: () => Instant;
  /** How long an append whose answer was lost looks for it before it says `outcome-unknown`. */
  readonly settleMs: number;
  /** Told after each commit: the position of the head. */
  readonly onCommit: (head: bigint) => void;
}

const UNIQUE_VIOLATION = '23505';

/** The server's refusal of a statement: nothing was written. Anything else (a lost connection, a server going down) leaves it open. */
const isRefusal = (error: unknown): error is DatabaseError => {
  const { code, severity } = error as Partial<DatabaseError>;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && severity === 'ERROR';
};

function asStoreError(error: DatabaseError, append: EncodedAppend): StoreError {
  if (error.code === SQL_STALE_REVISION) return staleRevision(error.detail ?? '');
  if (error.code === UNIQUE_VIOLATION) {
    if (error.constraint === 'an_event_id_is_recorded_once')
      return duplicateEvent(/\(id\)=\(([^)]*)\)/.exec(error.detail ?? '')?.[1]);
    return staleRevision(append.parts[0]!.streams[0]!);
  }
  return new StoreError('unavailable', `the database refused the append: ${error.message}`, undefined, {
    cause: error,
  });
}

/**
 * Appends of one process, on one connection: those that come while a group is on its way leave together in the next. The head row's lock makes commit
 * order the order of positions across processes, so more connections would only wait for one another.
 */
export class GroupCommit {
  private readonly queue: Waiting[] = [];
  private running: Promise<void> | undefined;
  private client: { readonly connection: Client; readonly backend: Backend } | undefined;
  private seen: Instant = '';

  constructor(private readonly options: GroupCommitOptions) {}

  append(append: EncodedAppend): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.queue.push({ append, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Lets what is queued finish, then lets go of the connection. */
  async close(): Promise<void> {
    await this.running;
    await this.client?.connection.end();
    this.client = undefined;
  }

  private async run(): Promise<void> {
    await Promise.resolve(); // the appends of one turn leave together
    while (this.queue.length > 0) await this.leave(this.nextGroup());
    this.running = undefined;
  }

  private nextGroup(): readonly Waiting[] {
    const first = this.queue.shift()!;
    if (first.append.staged !== undefined) return [first];
    const group = [first];
    const reached = new Map<string, number>();
    leaves(reached, first.append);
    let events = first.append.count;
    let bytes = first.append.byteLength;
    for (let at = 0; at < this.queue.length;) {
      const { append } = this.queue[at]!;
      if (append.staged !== undefined) break;
      if (events + append.count > PART_EVENTS || bytes + append.byteLength > PART_BYTES) break;
      if (!goesBehind(reached, append)) {
        at += 1;
        continue;
      }
      group.push(...this.queue.splice(at, 1));
      events += append.count;
      bytes += append.byteLength;
      leaves(reached, append);
    }
    return group;
  }

  private async leave(group: readonly Waiting[]): Promise<void> {
    let connected;
    try {
      connected = this.client ??= await this.connect();
    } catch (error) {
      const unavailable = new StoreError('unavailable', 'the event store cannot be reached', undefined, {
        cause: error,
      });
      for (const { reject } of group) reject(unavailable);
      return;
    }
    try {
      await this.send(connected.connection, group);
    } catch (error) {
      if (isRefusal(error)) {
        if (group.length === 1) group[0]!.reject(asStoreError(error, group[0]!.append));
        else for (const one of group) await this.leave([one]);
        return;
      }
      this.client = undefined;
      connected.connection.end().catch(() => undefined);
      await this.settle(group, connected.backend, error);
    }
  }

  private async send(client: Client, group: readonly Waiting[]): Promise<void> {
    const now = this.options.clock();
    const recordedAt = now > this.seen ? now : this.seen;
    const only = group.length === 1 ? group[0]!.append : undefined;
    const { first, known } =
      only?.staged !== undefined
        ? await callAppendStaged(client, only, recordedAt)
        : await callAppend(client, merged(group.map(({ append }) => append)), recordedAt);
    this.seen = known;
    let at = first;
    for (const { append, resolve } of group) {
      const appended = appendedAt(append, at, recordedAt);
      at = appended.last + 1n;
      resolve(appended);
    }
    this.options.onCommit(at - 1n);
  }

  /** The answer was lost. Once the server's process that worked for us is gone, what is there is what was written. */
  private async settle(group: readonly Waiting[], backend: Backend, cause: unknown): Promise<void> {
    const end = Date.now() + this.options.settleMs;
    try {
      const client = await this.connectBy(end);
      try {
        await endBackend(client, backend, end);
        for (const { append, resolve, reject } of group) {
          const appended = await recordedAs(client, append);
          if (appended === 'not-recorded')
            reject(
              new StoreError('unavailable', 'the connection broke before the append was recorded', undefined, {
                cause,
              }),
            );
          else if (appended === 'recorded-by-another') reject(duplicateEvent(append.parts[0]!.ids[0]));
          else {
            resolve(appended);
            this.options.onCommit(appended.last);
          }
        }
      } finally {
        await client.end();
      }
    } catch {
      const unknown = new StoreError(
        'outcome-unknown',
        'the connection broke while the append was on its way; read the stream to see whether it was recorded',
        undefined,
        { cause },
      );
      for (const { reject } of group) reject(unknown);
    }
  }

  private async connectBy(end: number): Promise<Client> {
    for (;;) {
      const client = new Client({
        connectionString: this.options.url,
        connectionTimeoutMillis: Math.max(1, end - Date.now()),
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return client;
      } catch (error) {
        await client.end().catch(() => undefined);
        if (Date.now() + 100 > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  private async connect(): Promise<{ connection: Client; backend: Backend }> {
    const connection = new Client({
      connectionString: this.options.url,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      application_name: 'plumbline appends',
    });
    connection.on('error', () => {
      if (this.client?.connection === connection) this.client = undefined;
    });
    try {
      await connection.connect();
      // A writer that is stopped in the middle of a large append must not hold the head for ever.
      await connection.query(
        "SET default_transaction_isolation = 'read committed'; SET idle_in_transaction_session_timeout = '60s'",
      );
      return { connection, backend: await backendOf(connection) };
    } catch (error) {
      await connection.end().catch(() => undefined);
      throw error;
    }
  }
}
