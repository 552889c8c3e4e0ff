import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type RunningPostgres, startPostgres } from '@plumbline/platform/postgres';
import { bundleForSpec, longRun } from '@plumbline/platform/postgres/testing';
import fc from 'fast-check';
import { Client } from 'pg';
import { eventId } from './ids';
import { migrateEventStore } from './migrate';
import { StoreError } from './port';
import { openPostgresEventStore, type PostgresEventStore } from './postgres';
import { idFor } from './testing';

const { runs, seed, timeout, progress, record } = longRun(
  'kill -9 of writers and of PostgreSQL during appends (fsync on)',
  {
    usual: 6,
    full: 200,
  },
);

const KILLS = ['writer', 'server', 'writer and server', 'server process of the writer'] as const;
type Kill = (typeof KILLS)[number];

interface Acknowledged {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly id: string;
}

const STREAMS = [0, 1].map((writer) => [0, 1, 2].map((n) => `crash-${idFor(`${writer}/${n}`)}`));

describe('kill -9 of writers and of the server during appends', () => {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-crash-'));
  chmodSync(root, 0o755);
  const module = fileURLToPath(bundleForSpec('libs/platform/event-store/src/crash-writer.testing.ts'));
  let postgres: RunningPostgres;
  let writerUrl: string;
  const acknowledged = new Map<string, Acknowledged>();
  const kills = Object.fromEntries(KILLS.map((kill) => [kill, 0])) as Record<Kill, number>;

  const startServer = async (): Promise<void> => {
    postgres = await startPostgres({ dataDir: join(root, 'data'), outside: join(root, 'outside') });
    ({ writerUrl } = await migrateEventStore(postgres.url));
  };
  beforeAll(startServer, 60_000);
  afterAll(async () => {
    await postgres.stop();
    rmSync(root, { recursive: true, force: true });
  }, 60_000);

  const startWriter = (streams: readonly string[]): ChildProcess => {
    const child = spawn(process.execPath, [module, writerUrl, ...streams], { stdio: ['ignore', 'pipe', 'ignore'] });
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const [stream, revision, position, id] = line.split(' ');
      acknowledged.set(id!, { stream: stream!, revision: Number(revision), position: BigInt(position!), id: id! });
    });
    return child;
  };

  const ended = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    }
  };

  async function killServerProcess(): Promise<void> {
    const client = new Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'plumbline appends'",
      );
      for (const { pid } of rows.slice(0, 1)) process.kill(pid, 'SIGKILL');
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function killServer(): Promise<void> {
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.exited;
    await postgres.stop();
  }

  async function openWhenReady(): Promise<PostgresEventStore> {
    for (;;) {
      try {
        return await openPostgresEventStore({ url: writerUrl });
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        await sleep(50); // the server recovers
      }
    }
  }

  /** What the log was found to hold, as far as it was read, and what is wrong with it. */
  class Found {
    position = 0n;
    readonly positions = new Map<string, bigint>();
    gaps = 0;
    doubled = 0;
    outOfOrder = 0;
    private readonly revisions = new Map<string, number>();

    async readOn(store: PostgresEventStore): Promise<void> {
      for await (const { event, position } of store.readAll(this.position)) {
        const revision = (this.revisions.get(event.stream) ?? -1) + 1;
        if (position > this.position + 1n) this.gaps += 1;
        if (this.positions.has(event.id)) this.doubled += 1;
        // The event at a revision is that of the command with its number: each command once, in its order.
        if (event.revision !== revision || event.id !== eventId(`${event.stream}/${revision}`, 0)) this.outOfOrder += 1;
        this.revisions.set(event.stream, event.revision);
        this.positions.set(event.id, position);
        this.position = position;
      }
      expect((await store.head()).position).toBe(this.position);
    }

    /** Acknowledged events that are not where they were acknowledged. */
    lost(): number {
      return [...acknowledged.values()].filter(({ id, position }) => this.positions.get(id) !== position).length;
    }

    faults(): { lost: number; doubled: number; gaps: number; outOfOrder: number } {
      const { doubled, gaps, outOfOrder } = this;
      return { lost: this.lost(), doubled, gaps, outOfOrder };
    }
  }
  const NO_FAULT = { lost: 0, doubled: 0, gaps: 0, outOfOrder: 0 };

  it(
    `loses, doubles and reorders nothing that was acknowledged (${runs} kills)`,
    async () => {
      const cases = fc.sample(fc.record({ kill: fc.constantFrom(...KILLS), after: fc.integer({ min: 5, max: 250 }) }), {
        numRuns: runs,
        seed,
      });
      const found = new Found();
      for (const { kill, after } of cases) {
        const before = acknowledged.size;
        const writers = STREAMS.map(startWriter);
        while (acknowledged.size === before) await sleep(2);
        await sleep(after);
        if (kill.startsWith('writer')) await ended(writers[0]!);
        if (kill.endsWith('writer and server') || kill === 'server') await killServer();
        if (kill === 'server process of the writer') {
          await killServerProcess();
          await sleep(300); // the writers live on, and settle what was on its way
        }
        kills[kill] += 1;
        progress(Object.values(kills).reduce((sum, n) => sum + n));
        await Promise.all(writers.map(ended));
        if (kill === 'server' || kill === 'writer and server') await startServer();
        const store = await openWhenReady();
        await found.readOn(store);
        await store.close();
        expect(found.faults()).toEqual(NO_FAULT);
      }
      const whole = new Found();
      const store = await openWhenReady();
      await whole.readOn(store);
      await store.close();
      expect(whole.faults()).toEqual(NO_FAULT);
      expect(acknowledged.size).toBeGreaterThan(runs);
      const { lost, doubled, gaps, outOfOrder } = whole.faults();
      const log = { acknowledged: acknowledged.size, recorded: whole.positions.size, lost, doubled, gaps };
      record({ ...kills, ...log, 'out of order': outOfOrder });
    },
    timeout,
  );
});
