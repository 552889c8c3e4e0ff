import { type AnyReadModel, anyReadModel } from '@plumbline/kernel';
import { MemoryEventStore, MemoryLog } from '@plumbline/platform/event-store';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres';
import { Pool } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { type Checkpoint, readCheckpoints } from './checkpoints';
import { advance } from './cohort';
import { type BuildProgress, ProjectionRunner } from './projection-runner';
import { ReadModelMisdeclared, tablesOf } from './table';
import { doorOpened, extended, failingOn, KeptLog, lent, LIBRARY, loans, record } from './library.testing';

const clock = () => '2026-11-23T09:00:00.000Z';
const NAMES = ['loans_v1', 'borrower_years_v2', 'fragile_v1'];

describe('the runner of read models', () => {
  let database: FreshDatabase;
  let pool: Pool;
  let store: MemoryEventStore;
  let log: KeptLog;
  const running: { stop: AbortController; done: Promise<void> }[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    pool = new Pool({ connectionString: database.url, max: 8 });
  });
  beforeEach(async () => {
    await pool.query('DROP SCHEMA IF EXISTS read_models CASCADE');
    store = new MemoryEventStore(clock, new MemoryLog(10n));
    log = new KeptLog();
  });
  afterEach(async () => {
    for (const { stop } of running) stop.abort();
    await Promise.all(running.splice(0).map(({ done }) => done));
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const runner = (models: readonly AnyReadModel[] = LIBRARY, pageSize = 5, onProgress?: (p: BuildProgress) => void) =>
    new ProjectionRunner({ store, pool, models, log, pageSize, ...(onProgress ? { onProgress } : {}) });
  const run = (models: readonly AnyReadModel[] = LIBRARY, pageSize = 5) => {
    const stop = new AbortController();
    const done = runner(models, pageSize).run(stop.signal);
    running.push({ stop, done });
    return { stop, done };
  };
  const checkpoints = async (): Promise<Record<string, Checkpoint>> =>
    Object.fromEntries((await readCheckpoints(pool, 'read_models', NAMES)).map((each) => [each.model, each]));
  const standing = async () =>
    Object.values(await checkpoints()).map(({ model, position, status }) => `${model} ${position} ${status}`);
  const until = async (expected: string[]) => {
    for (let tries = 0; tries < 400; tries++) {
      const now = await standing().catch(() => []);
      if (JSON.stringify(now) === JSON.stringify(expected)) return;
      await delay(20);
    }
    expect(await standing()).toEqual(expected);
  };
  const count = async (table: string): Promise<number> =>
    Number((await pool.query<{ n: string }>(`SELECT count(*) AS n FROM read_models.${table}`)).rows[0]!.n);
  const books = (count: number, from = 0) => Array.from({ length: count }, (_, n) => lent(`book ${from + n}`));

  it('puts models into service on an empty log, and follows what is appended', async () => {
    run();
    await until(['borrower_years_v2 0 live', 'loans_v1 0 live']);
    await record(store, books(12));
    await until(['borrower_years_v2 120 live', 'loans_v1 120 live']);
    await record(store, [doorOpened()]);
    await until(['borrower_years_v2 130 live', 'loans_v1 130 live']);
    expect(await count('loans_v1')).toBe(12);
  });

  it('makes the primary key and extra indexes when a build has caught up, once', async () => {
    await record(store, books(3));
    const indexes = async () =>
      (await pool.query(`SELECT indexname FROM pg_indexes WHERE tablename = 'loans_v1' ORDER BY 1`)).rows.map(
        ({ indexname }: { indexname: string }) => indexname,
      );
    await runner().catchUp(20n);
    expect(await indexes()).toEqual(['loans_v1_open']);
    await runner().catchUp();
    expect(await indexes()).toEqual(['loans_v1_1', 'loans_v1_open', 'loans_v1_pkey']);
    await pool.query(`UPDATE read_models.checkpoints SET status = 'building'`);
    await runner().catchUp();
    expect(await standing()).toEqual(['borrower_years_v2 30 live', 'loans_v1 30 live']);
  });

  it('tells how far a build has come', async () => {
    await record(store, books(12));
    const told: BuildProgress[] = [];
    await runner(LIBRARY, 5, (progress) => told.push(progress)).catchUp();
    expect(told).toEqual(
      [50n, 100n, 120n].map((position) => ({ models: ['borrower_years_v2', 'loans_v1'], position, head: 120n })),
    );
  });

  it('lets a new model catch up apart while the others go on, until it joins them', async () => {
    await record(store, books(40));
    await runner([anyReadModel(loans)]).catchUp();
    run(LIBRARY, 1);
    await record(store, books(30, 40));
    await until(['borrower_years_v2 700 live', 'loans_v1 700 live']);
    await record(store, books(5, 70));
    await until(['borrower_years_v2 750 live', 'loans_v1 750 live']);
    expect(await count('borrower_years_v2')).toBe(75);
    expect(await count('loans_v1')).toBe(75);
  });

  it('takes a poisoned model out, loudly, and goes on with the others', async () => {
    const models = [...LIBRARY, failingOn('Ulysses')];
    run(models);
    await record(store, [lent('Emma')]);
    await until(['borrower_years_v2 10 live', 'fragile_v1 10 live', 'loans_v1 10 live']);
    const [, ulysses] = await record(store, [lent('Persuasion'), lent('Ulysses'), extended('Ulysses')]);
    await until(['borrower_years_v2 40 live', 'fragile_v1 10 poisoned', 'loans_v1 40 live']);
    const error = `fragile_v1 cannot fold library.BookLent.v1 ${ulysses} at position 30: this book cannot be read`;
    expect((await checkpoints())['fragile_v1']!.error).toBe(error);
    expect(log.told.filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({ details: { model: 'fragile_v1', error } }),
    ]);
    expect(await count('fragile_v1')).toBe(1);
    await record(store, [lent('Middlemarch')]);
    await until(['borrower_years_v2 50 live', 'fragile_v1 10 poisoned', 'loans_v1 50 live']);
  });

  it('poisons a model whose row the database refuses', async () => {
    await record(
      store,
      [lent('x'.repeat(9_000)), doorOpened()].map((event) => event),
    );
    const wide = Array.from({ length: 9_000 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join('');
    await record(store, [lent(wide)]);
    await runner([...LIBRARY, failingOn('none')], 100).catchUp();
    expect(await standing()).toEqual(['borrower_years_v2 30 live', 'fragile_v1 0 poisoned', 'loans_v1 0 poisoned']);
    expect((await checkpoints())['loans_v1']!.error).toMatch(/index row (size|requires)/);
  });

  it('tries a poisoned model again at the next start, from where it stood', async () => {
    await record(store, [lent('Emma'), lent('Ulysses')]);
    await runner([...LIBRARY, failingOn('Ulysses')], 1).catchUp();
    expect(await standing()).toEqual(['borrower_years_v2 20 live', 'fragile_v1 10 poisoned', 'loans_v1 20 live']);
    run([...LIBRARY, failingOn('none')]);
    await until(['borrower_years_v2 20 live', 'fragile_v1 20 live', 'loans_v1 20 live']);
    expect(await count('fragile_v1')).toBe(2);
  });

  it('writes every page once when two runners compete', async () => {
    run(LIBRARY, 1);
    run(LIBRARY, 3);
    for (let round = 0; round < 10; round++) await record(store, books(7, round * 7));
    await until(['borrower_years_v2 700 live', 'loans_v1 700 live']);
    expect(await count('loans_v1')).toBe(70);
    expect(log.told.filter(({ level }) => level !== 'info')).toEqual([]);
    const { rows } = await pool.query('SELECT borrowed FROM read_models.borrower_years_v2 ORDER BY from_position');
    expect(rows.map(({ borrowed }: { borrowed: string }) => Number(borrowed))).toEqual(
      Array.from({ length: 70 }, (_, n) => n + 1),
    );
  });

  it('writes nothing of a page for which another worker was first', async () => {
    await record(store, books(3));
    await runner().catchUp(10n);
    const cohort = { tables: tablesOf(LIBRARY), position: 10n };
    const page = await store.readPage(10n, 1);
    const [one, other] = await Promise.all([
      advance(pool, 'read_models', cohort, page),
      advance(pool, 'read_models', cohort, page),
    ]);
    expect([one.outcome, other.outcome].sort()).toEqual(['advanced', 'lost']);
    expect(await count('loans_v1')).toBe(2);
  });

  it('goes on after the database failed', async () => {
    run();
    await record(store, books(2));
    await until(['borrower_years_v2 20 live', 'loans_v1 20 live']);
    pool.on('error', () => undefined);
    await pool.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    );
    await pool.query('ALTER TABLE read_models.loans_v1 RENAME TO hidden');
    await record(store, books(2, 2));
    await delay(100);
    await pool.query('ALTER TABLE read_models.hidden RENAME TO loans_v1');
    await until(['borrower_years_v2 40 live', 'loans_v1 40 live']);
    expect(await count('loans_v1')).toBe(4);
    expect(log.told.some(({ message }) => message.includes('the store or database failed'))).toBe(true);
  });

  it('builds anew what had read another log', async () => {
    await record(store, books(3));
    await runner().catchUp();
    store = new MemoryEventStore(clock);
    await record(store, [doorOpened(), lent('Emma')]);
    await runner().catchUp();
    expect(await standing()).toEqual(['borrower_years_v2 2 live', 'loans_v1 2 live']);
    expect(await count('loans_v1')).toBe(1);
    expect(log.told.filter(({ level }) => level === 'warn')).toEqual([
      expect.objectContaining({ details: { models: ['loans_v1', 'borrower_years_v2'] } }),
    ]);
  });

  it('poisons a model whose row the database refuses in the middle of a copied page', async () => {
    const wide = Array.from({ length: 9_000 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join('');
    await record(store, [...books(300), lent(wide)]);
    await runner([anyReadModel(loans), failingOn('none')], 1_000).catchUp();
    expect(await standing()).toEqual(['fragile_v1 0 poisoned', 'loans_v1 0 poisoned']);
    expect(await count('loans_v1')).toBe(0);
    expect((await checkpoints())['loans_v1']!.error).toMatch(/index row (size|requires)/);
  });

  it('refuses to start when columns changed without the version', async () => {
    await runner().catchUp();
    const changed = { ...anyReadModel(loans), indexes: [] };
    await expect(runner([changed]).catchUp()).rejects.toThrow(ReadModelMisdeclared);
    await expect(run([changed]).done).rejects.toThrow("raise the model's version");
    running.splice(0);
  });
});
