import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import { Client } from 'pg';
import type { PositionIndex } from './kurrent-index';
import { openPostgresPositionIndex } from './kurrent-index-postgres';
import { idFor } from './testing';

const entry = (n: number) => ({
  position: BigInt(n * 100),
  id: idFor(`event ${n}`),
  stream: `test-${idFor('s')}`,
  revision: n - 1,
  type: 'test.Happened.v1',
  recordedAt: `2026-11-23T09:00:0${n}.000Z`,
});

describe('the index in PostgreSQL', () => {
  let database: FreshDatabase;
  let index: PositionIndex;
  beforeEach(async () => {
    database = await freshDatabase();
    index = await openPostgresPositionIndex({ url: database.url });
    await index.add(0n, [entry(1), entry(2)], 950n);
  });
  afterEach(async () => {
    await index.close();
    await database.drop();
  });

  it('counts as looked through no more than it is told, once', async () => {
    await index.rewind(900n);
    expect(await index.head()).toMatchObject({ through: 950n, last: { position: 200n, ordinal: 2 } });
    await index.rewind(950n);
    expect(await index.head()).toMatchObject({ through: 200n, last: { position: 200n, ordinal: 2 } });
    expect((await index.add(200n, [entry(3)], 300n)).last).toMatchObject({ position: 300n, ordinal: 3 });
  });

  it('begins anew while its last event is the one that was found elsewhere, and not when another process was first', async () => {
    await index.restart(100n);
    expect((await index.head()).last).toMatchObject({ position: 200n });
    await index.restart(200n);
    expect(await index.head()).toEqual({ through: 0n, last: undefined });
    expect((await index.add(0n, [entry(4)], 400n)).last).toMatchObject({ position: 400n, ordinal: 1 });
    await index.restart(200n);
    expect((await index.head()).last).toMatchObject({ position: 400n });
  });

  it('is unavailable, and can be closed, while somebody holds its row', async () => {
    const holder = new Client({ connectionString: database.url });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT * FROM kurrent_index.head FOR UPDATE');
    await expect(index.add(950n, [entry(3)], 1_000n)).rejects.toMatchObject({ failure: 'unavailable' });
    await holder.query('ROLLBACK');
    await holder.end();
    expect((await index.add(950n, [{ ...entry(3), position: 980n }], 1_000n)).through).toBe(1_000n);
  }, 30_000);

  it('leaves no row held by a process that is frozen within a transaction', async () => {
    const { pool } = index as unknown as { readonly pool: { connect(): Promise<Client & { release(): void }> } };
    const frozen = await pool.connect();
    frozen.on('error', () => undefined);
    await frozen.query('BEGIN');
    await frozen.query('SELECT * FROM kurrent_index.head FOR UPDATE');
    const other = await openPostgresPositionIndex({ url: database.url });
    const added = async () => (await other.add(950n, [{ ...entry(3), position: 980n }], 1_000n)).through;
    expect(await added().catch(added)).toBe(1_000n);
    await other.close();
    frozen.release();
  }, 60_000);
});
