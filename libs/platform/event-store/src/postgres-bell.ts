import { randomUUID } from 'node:crypto';
import { Client, type Pool } from 'pg';
import { Bell } from './follow';
import { StoreError } from './port';
import { CHANNEL } from './schema';

const ROUND_TRIP_MS = 5_000;
const RECONNECT_MS = 500;
/** Notifications leave at most this often. */
const DEBOUNCE_MS = 10;

/** Rings when another process, or this one, has committed: by LISTEN, and by a poll for what notifications miss. */
export class PostgresBell {
  readonly bell = new Bell();
  private listener: Client | undefined;
  private closed = false;
  private poll: NodeJS.Timeout | undefined;
  private reconnect: NodeJS.Timeout | undefined;
  private tested: { readonly token: string; readonly heard: () => void } | undefined;

  constructor(
    private readonly url: string,
    private readonly pollMs: number,
  ) {}

  /** @throws StoreError `unavailable`, in words, when notifications do not arrive: the address is that of a transaction pooler */
  async open(pool: Pool): Promise<void> {
    await this.listen();
    await this.testRoundTrip(pool);
    this.poll = setInterval(() => this.bell.ring(), this.pollMs);
    this.poll.unref();
  }

  private async listen(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: 'plumbline listens',
    });
    client.on('notification', ({ payload }) => {
      if (payload === this.tested?.token) this.tested?.heard();
      else this.bell.ring();
    });
    client.on('error', () => undefined);
    client.on('end', () => {
      if (this.closed || this.listener !== client) return;
      this.listener = undefined;
      this.listenAgain();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.listener = client;
    this.bell.ring();
  }

  private listenAgain(): void {
    this.reconnect = setTimeout(() => {
      if (this.closed) return;
      this.listen().catch(() => this.listenAgain());
    }, RECONNECT_MS);
    this.reconnect.unref();
  }

  private async testRoundTrip(pool: Pool): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const arrived = new Promise<boolean>((resolve) => {
      this.tested = { token: randomUUID(), heard: () => resolve(true) };
      timer = setTimeout(() => resolve(false), ROUND_TRIP_MS);
    });
    await pool.query('SELECT pg_notify($1, $2)', [CHANNEL, this.tested!.token]);
    const heard = await arrived;
    clearTimeout(timer);
    this.tested = undefined;
    if (!heard) {
      throw new StoreError(
        'unavailable',
        'notifications of the database do not arrive: the address leads to a pooler in transaction mode. Give a direct connection (or a pooler in session mode) in DATABASE_URL',
      );
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.poll);
    clearTimeout(this.reconnect);
    this.bell.ring();
    await this.listener?.end();
  }
}

/** Tells the other processes about commits, on a connection that is not the writer's: NOTIFY in the append's own transaction would make appends wait for one another. */
export class Notifier {
  private latest: bigint | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly pool: Pool) {}

  committed(head: bigint): void {
    this.latest = this.latest === undefined || head > this.latest ? head : this.latest;
    this.timer ??= setTimeout(() => this.tell(), 0);
  }

  private tell(): void {
    const head = this.latest;
    this.latest = undefined;
    this.timer = undefined;
    if (head === undefined) return;
    // A notification that fails is made good by the listeners' poll.
    this.pool.query('SELECT pg_notify($1, $2)', [CHANNEL, head.toString()]).catch(() => undefined);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.latest !== undefined) this.tell();
    }, DEBOUNCE_MS);
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
