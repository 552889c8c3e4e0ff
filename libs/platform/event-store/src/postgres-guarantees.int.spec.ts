import { jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { type DatabaseRoles } from '@plumbline/platform/postgres';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import { Client } from 'pg';
import { migrateEventStore } from './migrate';
import type { StreamWrite } from './port';
import { openPostgresEventStore, type PostgresEventStore } from './postgres';
import { tcpProxy, type TcpProxy } from './tcp-proxy.testing';
import { idFor, newEvent } from './testing';

jest.setTimeout(30_000);

const stream = (word: string): string => `test-${idFor(word)}`;
let commands = 0;
const write = (word: string, expected: number | 'none' = 'none', data: unknown = {}): StreamWrite => ({
  stream: stream(word),
  expected,
  events: [newEvent(`guarantee-${++commands}`, 0, data)],
});

async function sql<T extends Record<string, unknown>>(
  url: string,
  statement: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<T>(statement, values)).rows;
  } finally {
    await client.end();
  }
}

describe('the log in PostgreSQL', () => {
  let database: FreshDatabase;
  let roles: DatabaseRoles;
  const opened: { close(): Promise<void> }[] = [];
  const open = async (url: string, settleMs = 10_000): Promise<PostgresEventStore> => {
    const store = await openPostgresEventStore({ url, settleMs });
    opened.push(store);
    return store;
  };
  const proxied = async (options?: { notifications: boolean }): Promise<TcpProxy> => {
    const proxy = await tcpProxy(roles.writerUrl, options);
    opened.push(proxy);
    return proxy;
  };

  beforeEach(async () => {
    database = await freshDatabase();
    roles = await migrateEventStore(database.url);
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await database.drop();
  });

  describe('cannot be changed', () => {
    const changes = [
      'UPDATE event_store.events SET revision = 7',
      'DELETE FROM event_store.events',
      'TRUNCATE event_store.events',
      'TRUNCATE event_store.events CASCADE',
    ];

    it('by the writer, who has no right to any table', async () => {
      await (await open(roles.writerUrl)).append([write('s')]);
      const insert = 'INSERT INTO event_store.streams VALUES ($$x$$, 1)';
      for (const statement of [
        ...changes,
        insert,
        'UPDATE event_store.head SET position = 0',
        'DROP TABLE event_store.events',
        'DELETE FROM event_store.staged',
      ]) {
        await expect(sql(roles.writerUrl, statement)).rejects.toThrow(/permission denied|must be owner/);
      }
    });

    it('by the owner of the tables, nor by the superuser, also where triggers are asleep', async () => {
      await (await open(roles.writerUrl)).append([write('s')]);
      for (const url of [roles.ownerUrl, database.url]) {
        for (const statement of changes) await expect(sql(url, statement)).rejects.toThrow('events are never changed');
      }
      await expect(
        sql(database.url, "SET session_replication_role = 'replica'; DELETE FROM event_store.events"),
      ).rejects.toThrow('events are never changed');
      expect(await sql(database.url, 'SELECT count(*)::integer AS n FROM event_store.events')).toEqual([{ n: 1 }]);
    });

    it('and not appended to by the reader, who may read everything', async () => {
      const written = await (await open(roles.writerUrl)).append([write('s')]);
      const reader = await open(roles.readerUrl);
      expect((await reader.head()).position).toBe(written.last);
      await expect(reader.append([write('t')])).rejects.toMatchObject({
        failure: 'unavailable',
        message: expect.stringContaining('permission denied'),
      });
    });
  });

  it('keeps beside each event the SHA-256 of its stored bytes', async () => {
    const store = await open(roles.writerUrl);
    await store.append([write('s', 'none', { text: 'é'.repeat(5_000) }), write('t')]);
    const rows = await sql<{ bytes: Buffer; commitment: Buffer }>(
      database.url,
      'SELECT bytes, commitment FROM event_store.events',
    );
    expect(rows).toHaveLength(2);
    for (const { bytes, commitment } of rows)
      expect(commitment.equals(createHash('sha256').update(bytes).digest())).toBe(true);
  });

  describe('takes an append too large for one statement', () => {
    const MANY = 6_000;
    const many = (expected: number | 'none'): StreamWrite => ({
      stream: stream('many'),
      expected,
      events: Array.from({ length: MANY }, (_, n) =>
        newEvent(`many-${expected}-${n}`, 0, { text: 'é'.repeat(n % 50), n }),
      ),
    });
    const staged = async (): Promise<number> =>
      Number((await sql<{ count: string }>(database.url, 'SELECT count(*) FROM event_store.staged'))[0]!.count);

    it('by way of a table apart, and leaves nothing there', async () => {
      const store = await open(roles.writerUrl);
      await store.append([write('before')]);
      const { first, last } = await store.append([many('none'), write('after')]);
      expect([first, last]).toEqual([2n, BigInt(MANY) + 2n]);
      expect(await staged()).toBe(0);
      const rows = await sql<{ bytes: Buffer; commitment: Buffer }>(
        database.url,
        'SELECT bytes, commitment FROM event_store.events ORDER BY position',
      );
      expect(rows).toHaveLength(MANY + 2);
      for (const { bytes, commitment } of rows)
        expect(commitment.equals(createHash('sha256').update(bytes).digest())).toBe(true);
      const { events } = await store.read(stream('many'), MANY - 2);
      expect(events.map(({ event }) => event.data)).toEqual([
        { text: 'é'.repeat((MANY - 2) % 50), n: MANY - 2 },
        { text: 'é'.repeat((MANY - 1) % 50), n: MANY - 1 },
      ]);
    });

    it('whole or not at all, and leaves nothing there when it fails', async () => {
      const store = await open(roles.writerUrl);
      await store.append([many('none')]);
      await expect(store.append([many(7)])).rejects.toMatchObject({ failure: 'stale-revision' });
      await expect(store.append([write('other'), many('none')])).rejects.toMatchObject({ failure: 'stale-revision' });
      const broken = function* (): Generator<StreamWrite> {
        yield many(MANY - 1);
        throw new Error('no more');
      };
      await expect(store.append(broken())).rejects.toThrow('no more');
      expect((await store.head()).position).toBe(BigInt(MANY));
      expect(await staged()).toBe(0);
    });

    it('and forgets at a start what a writer that died left there, a day later', async () => {
      const stage = `SELECT event_store.stage($1, 0, ARRAY[$1::uuid], ARRAY['t'], ARRAY['s'], ARRAY[0], ARRAY[1], ARRAY[1], ARRAY[0], 'x')`;
      await sql(roles.writerUrl, stage, [idFor('left')]);
      await migrateEventStore(database.url);
      expect(await staged()).toBe(1);
      await sql(database.url, "UPDATE event_store.staged SET staged_at = now() - interval '25 hours'");
      await migrateEventStore(database.url);
      expect(await staged()).toBe(0);
    });
  });

  it('that an earlier version made gets what it lacks at a start', async () => {
    const before = await open(roles.writerUrl);
    await before.append([write('s')]);
    await sql(
      database.url,
      `DROP FUNCTION event_store.append_staged; DROP FUNCTION event_store.stage; DROP FUNCTION event_store.unstage;
       DROP TABLE event_store.staged; UPDATE event_store.version SET version = 1`,
    );
    const { writerUrl } = await migrateEventStore(database.url);
    const store = await open(writerUrl);
    await store.append(Array.from({ length: 6_000 }, (_, n) => write(`later-${n}`)));
    expect((await store.head()).position).toBe(6_001n);
  });

  it('is prepared by several starts at once, and again later', async () => {
    const other = await freshDatabase();
    const answers = await Promise.all([1, 2, 3, 4].map(() => migrateEventStore(other.url)));
    expect(answers.map(({ separate }) => separate)).toEqual([true, true, true, true]);
    const store = await open(answers[0]!.writerUrl);
    await store.append([write('s')]);
    await migrateEventStore(other.url);
    expect((await store.head()).position).toBe(1n);
    await store.close();
    await other.drop();
  });

  it('is left alone by an older version', async () => {
    await sql(database.url, 'UPDATE event_store.version SET version = 99');
    await expect(migrateEventStore(database.url)).rejects.toThrow(
      'the event store was made by a newer version (99; this one knows versions up to 2)',
    );
  });

  it('works without roles of its own where the user may make none, and says so', async () => {
    const user = `tenant_${Date.now().toString(36)}`;
    const own = await freshDatabase();
    const name = new URL(own.url).pathname.slice(1);
    await sql(database.url, `CREATE ROLE ${user} LOGIN PASSWORD 'tenant'`);
    await sql(database.url, `ALTER DATABASE ${name} OWNER TO ${user}`);
    // On a server that has never seen the product there are no roles to find; here other specs' roles are there, with another password.
    const url = new URL(own.url);
    url.username = user;
    url.password = 'tenant';
    const answer = await migrateEventStore(url.href);
    expect(answer).toMatchObject({
      separate: false,
      writerUrl: url.href,
      problem: expect.stringContaining(`the database user ${user} may not make roles`),
    });
    const store = await open(answer.writerUrl);
    await store.append([write('s')]);
    await expect(sql(url.href, 'DELETE FROM event_store.events')).rejects.toThrow('events are never changed');
    await store.close();
    await own.drop();
    await sql(database.url, `DROP ROLE ${user}`);
  });

  it('asks for a password, without which roles would have one that anybody can derive', async () => {
    const url = new URL(database.url);
    url.password = '';
    await expect(migrateEventStore(url.href)).rejects.toThrow();
    const { makeRoles } = await import('@plumbline/platform/postgres');
    expect(await makeRoles(url.href)).toMatchObject({
      separate: false,
      problem: expect.stringContaining('has no password'),
    });
  });

  it('appends rightly where the database makes transactions serializable', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await sql(database.url, `ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`);
    const stores = [await open(roles.writerUrl), await open(roles.writerUrl)];
    const outcomes = await Promise.allSettled(
      stores.flatMap((store, n) => [0, 1, 2].map((k) => store.append([write(`s${n}${k}`)]))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(Array(6).fill('fulfilled'));
  });

  it('cuts a page whose events are large, and loses none of them', async () => {
    const store = await open(roles.writerUrl);
    const text = 'x'.repeat(900_000);
    const events = Array.from({ length: 24 }, (_, n) => newEvent('large events', n, { n, text }));
    await store.append([{ stream: stream('s'), expected: 'none', events }]);
    const page = await store.readPage(0n, 100);
    expect(page.events.length).toBeGreaterThan(5);
    expect(page.events.length).toBeLessThan(15);
    expect(page.through).toBe(page.events.at(-1)!.position);
    let count = 0;
    for await (const { position } of store.readAll(0n)) expect(position).toBe(BigInt(++count));
    expect(count).toBe(24);
    const abort = new AbortController();
    const sizes: number[] = [];
    for await (const { events: some } of store.subscribe(0n, { signal: abort.signal })) {
      sizes.push(some.length);
      if (some.length === 0) abort.abort();
    }
    expect(sizes.reduce((a, b) => a + b)).toBe(24);
    expect(sizes.indexOf(0)).toBe(sizes.length - 1);
  });

  describe('when the line breaks', () => {
    /** An append that waits, because another transaction holds the head, while something happens to its connection. */
    async function appendWhileHeld(
      store: PostgresEventStore,
      writes: StreamWrite[],
      happens: (pid: number) => Promise<void>,
    ): Promise<unknown> {
      const holder = new Client({ connectionString: database.url });
      await holder.connect();
      await holder.query('BEGIN');
      await holder.query('SELECT FROM event_store.head FOR UPDATE');
      const outcome = store.append(writes).then(
        () => 'appended',
        (error: unknown) => error,
      );
      const waiting =
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'plumbline appends' AND wait_event_type = 'Lock' AND datname = current_database()";
      let pid: number | undefined;
      while (pid === undefined) pid = (await sql<{ pid: number }>(database.url, waiting))[0]?.pid;
      await happens(pid);
      await holder.query('COMMIT');
      await holder.end();
      return outcome;
    }

    it('says that nothing was written when the server ended the connection before', async () => {
      const store = await open(roles.writerUrl);
      const outcome = await appendWhileHeld(store, [write('s')], async (pid) => {
        await sql(database.url, 'SELECT pg_terminate_backend($1)', [pid]);
      });
      expect(outcome).toMatchObject({
        failure: 'unavailable',
        message: 'the connection broke before the append was recorded',
      });
      expect((await store.head()).position).toBe(0n);
      expect((await store.append([write('s')])).last).toBe(1n);
    });

    it('finds the append whose answer was lost', async () => {
      const proxy = await proxied();
      const store = await open(proxy.url);
      const first = await store.append([write('s')]);
      const appends = [store.append([write('s', 0)]), store.append([write('t')])];
      proxy.loseAnswers(300);
      const answers = await Promise.all(appends);
      expect(answers.map(({ first: position }) => position)).toEqual([first.last + 1n, first.last + 2n]);
      expect((await store.read(stream('s'))).events.map(({ event }) => event.recordedAt)[1]).toBe(
        answers[0]!.events[0]!.recordedAt,
      );
      expect((await store.append([write('s', 1)])).last).toBe(first.last + 3n);
    });

    it('says that it does not know when the database stays away, and the log holds all of the append or nothing', async () => {
      const proxy = await proxied();
      const store = await open(proxy.url, 300);
      await store.append([write('s')]);
      const outcome = await appendWhileHeld(store, [write('s', 0), write('t')], async () => proxy.cut());
      expect(outcome).toMatchObject({ failure: 'outcome-unknown' });
      const direct = await open(roles.writerUrl);
      expect([1n, 3n]).toContain((await direct.head()).position);
    });

    it('says that it cannot be reached, and appends again when it can', async () => {
      const store = await open(roles.writerUrl);
      const name = new URL(database.url).pathname.slice(1);
      const admin = new URL(database.url);
      admin.pathname = '/postgres';
      await sql(admin.href, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await expect(store.append([write('s')])).rejects.toMatchObject({
        failure: 'unavailable',
        message: 'the event store cannot be reached',
      });
      await sql(admin.href, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      expect((await store.append([write('s')])).last).toBe(1n);
    });

    it('goes on delivering to subscribers after the listening connection was ended', async () => {
      const [store, other] = [await open(roles.writerUrl), await open(roles.writerUrl)];
      const abort = new AbortController();
      const seen: bigint[] = [];
      const reading = (async () => {
        for await (const { events } of store.subscribe(0n, { signal: abort.signal })) {
          seen.push(...events.map(({ position }) => position));
          if (seen.length === 2) abort.abort();
        }
      })();
      await other.append([write('s')]);
      await sql(
        database.url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'plumbline listens' AND datname = current_database()",
      );
      await other.append([write('s', 0)]);
      await reading;
      expect(seen).toEqual([1n, 2n]);
    });
  });

  it('is not opened through a transaction pooler, in words', async () => {
    const proxy = await proxied({ notifications: false });
    await expect(open(proxy.url)).rejects.toMatchObject({
      failure: 'unavailable',
      message: expect.stringContaining('pooler in transaction mode. Give a direct connection'),
    });
  });
});
