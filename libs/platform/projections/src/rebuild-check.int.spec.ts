import { type AnyReadModel, anyReadModel } from '@plumbline/kernel';
import { MemoryEventStore } from '@plumbline/platform/event-store';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres';
import { Pool } from 'pg';
import { ProjectionRunner } from './projection-runner';
import { prune } from './prune';
import { rebuildCheck, RebuildCheckRunning } from './rebuild-check';
import { extended, failingOn, KeptLog, lent, LIBRARY, loans, record, returned } from './library.testing';

describe('a rebuild aside', () => {
  let database: FreshDatabase;
  let pool: Pool;
  let store: MemoryEventStore;
  const log = new KeptLog();

  beforeAll(async () => {
    database = await freshDatabase();
    pool = new Pool({ connectionString: database.url, max: 4 });
  });
  beforeEach(async () => {
    await pool.query('DROP SCHEMA IF EXISTS read_models CASCADE');
    store = new MemoryEventStore(() => '2026-11-23T09:00:00.000Z');
    await record(store, [lent('Emma'), lent('Persuasion'), extended('Emma'), returned('Persuasion')]);
    await catchUp();
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const catchUp = (models: readonly AnyReadModel[] = LIBRARY, upTo?: bigint) =>
    new ProjectionRunner({ store, pool, models, log }).catchUp(upTo);
  const check = (upTo?: bigint, models: readonly AnyReadModel[] = LIBRARY) =>
    rebuildCheck(store, pool, models, { log, pageSize: 2, ...(upTo === undefined ? {} : { upTo }) });

  it('agrees with tables that nobody touched, and leaves nothing behind', async () => {
    expect(await check()).toEqual({
      upTo: 4n,
      agrees: true,
      tables: [
        { table: 'loans_v1', position: 4n, versions: 3, differences: 0, first: [], problem: null },
        { table: 'borrower_years_v2', position: 4n, versions: 2, differences: 0, first: [], problem: null },
      ],
    });
    const { rows } = await pool.query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read_models%'`);
    expect(rows).toEqual([{ nspname: 'read_models' }]);
  });

  it('compares as of an earlier position, and tells how far it has come', async () => {
    const told: bigint[] = [];
    const onProgress = ({ position }: { position: bigint }) => told.push(position);
    const found = await rebuildCheck(store, pool, LIBRARY, { log, upTo: 3n, pageSize: 2, onProgress });
    expect(found).toMatchObject({ upTo: 3n, agrees: true, tables: [{ versions: 3 }, { versions: 2 }] });
    expect(told).toEqual([2n, 3n]);
  });

  it('finds a row that was tampered with, and says which columns, never which values', async () => {
    await pool.query(`UPDATE read_models.loans_v1 SET borrower = 'Mallory', fee = NULL WHERE from_position = 3`);
    const found = await check();
    expect(found.agrees).toBe(false);
    expect(found.tables[0]).toMatchObject({
      differences: 1,
      first: [{ key: ['Emma'], from: 3n, kind: 'different', columns: ['borrower', 'fee'] }],
    });
    expect(found.tables[1]).toMatchObject({ differences: 0 });
    expect(String(found.tables[0]!.first.flatMap(Object.values))).not.toContain('Mallory');
  });

  it('finds rows removed and invented, ends moved and events left out, in old versions too', async () => {
    await pool.query(`
      DELETE FROM read_models.loans_v1 WHERE from_position = 1;
      UPDATE read_models.loans_v1 SET to_position = to_position - 1 WHERE from_position = 2;
      UPDATE read_models.loans_v1 SET events = events[1:1] WHERE from_position = 3;
      INSERT INTO read_models.borrower_years_v2 SELECT 'Eve', year, borrowed, last_loan_at, merged_into, note, from_position, to_position, events
        FROM read_models.borrower_years_v2 WHERE from_position = 1`);
    const [inLoans, inYears] = (await check()).tables;
    expect(inLoans!.first).toEqual([
      { key: ['Emma'], from: 1n, kind: 'missing', columns: [] },
      { key: ['Persuasion'], from: 2n, kind: 'different', columns: ['to_position'] },
      { key: ['Emma'], from: 3n, kind: 'different', columns: ['events'] },
    ]);
    expect(inYears!.first).toEqual([{ key: ['Eve', '2026'], from: 1n, kind: 'unexpected', columns: [] }]);
  });

  it('says of a model that is behind or poisoned how far it could be compared', async () => {
    const models = [...LIBRARY, failingOn('Ulysses')];
    await catchUp(models);
    await record(store, [lent('Ulysses')]);
    await catchUp([LIBRARY[1]!, models[2]!]);
    const found = await check(5n, models);
    expect(found.agrees).toBe(false);
    expect(found.tables.map(({ position, differences, problem }) => [position, differences, problem])).toEqual([
      [4n, 0, 'it has read up to 4 only'],
      [5n, 0, null],
      [expect.any(BigInt), 0, expect.stringContaining('it is poisoned: fragile_v1 cannot fold')],
    ]);
  });

  it('refuses to run twice at once, and a position that the log does not have', async () => {
    const holder = await pool.connect();
    await holder.query(`SELECT pg_advisory_lock(hashtextextended('read_models_check', 0))`);
    await expect(check()).rejects.toThrow(RebuildCheckRunning);
    await holder.query(`SELECT pg_advisory_unlock(hashtextextended('read_models_check', 0))`);
    holder.release();
    await expect(check(9n)).rejects.toMatchObject({ failure: 'unknown-position' });
  });

  it('prunes the tables of other versions and of models that are gone', async () => {
    await catchUp([{ ...anyReadModel(loans), version: 2 }, failingOn('none')]);
    expect(await prune(pool, LIBRARY)).toEqual(['fragile_v1', 'loans_v2']);
    expect(await prune(pool, LIBRARY)).toEqual([]);
    const { rows } = await pool.query('SELECT model FROM read_models.checkpoints ORDER BY 1');
    expect(rows).toEqual([{ model: 'borrower_years_v2' }, { model: 'loans_v1' }]);
    expect((await check()).agrees).toBe(true);
  });
});
