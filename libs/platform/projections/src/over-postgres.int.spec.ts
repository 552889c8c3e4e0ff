import { RowsInMemory } from '@plumbline/kernel';
import { migrateEventStore, openPostgresEventStore, type PostgresEventStore } from '@plumbline/platform/event-store';
import { type DatabaseRoles, type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres';
import { Client, Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { AsOfReader } from './as-of-reader';
import { CheckpointWatch } from './checkpoint-watch';
import { readDataSource } from './entity';
import { extended, KeptLog, lent, LIBRARY, loans, moved, record, returned } from './library.testing';
import { ProjectionRunner } from './projection-runner';

describe('read models over the log in PostgreSQL', () => {
  let database: FreshDatabase;
  let roles: DatabaseRoles;
  let store: PostgresEventStore;
  let pool: Pool;
  let source: DataSource;
  let watch: CheckpointWatch;
  let reader: AsOfReader;
  let running: Promise<void>;
  const stop = new AbortController();

  beforeAll(async () => {
    database = await freshDatabase();
    roles = await migrateEventStore(database.url);
    store = await openPostgresEventStore({ url: roles.writerUrl });
    pool = new Pool({ connectionString: roles.ownerUrl, max: 4 });
    running = new ProjectionRunner({ store, pool, models: LIBRARY, log: new KeptLog() }).run(stop.signal);
    source = await readDataSource({ url: roles.readerUrl, models: LIBRARY }).initialize();
    watch = new CheckpointWatch({ url: roles.readerUrl });
    await watch.start();
    reader = new AsOfReader({ dataSource: source, store, watch });
  });
  afterAll(async () => {
    stop.abort();
    await running;
    await watch.stop();
    await source.destroy();
    await pool.end();
    await store.close();
    await database.drop();
  });

  it('show what was appended to whoever waits for its position', async () => {
    for (let n = 0; n < 20; n++) {
      await record(store, [lent(`book ${n}`)]);
      const { position } = await store.head();
      const count = await reader.at({ after: position }, [loans], async (view) => (await view.rows(loans)).length);
      expect(count).toBe(n + 1);
    }
  });

  it('are at every position what a replay of that prefix gives', async () => {
    await record(store, [
      extended('book 1'),
      moved(['book 2', 'book 3'], 'A'),
      returned('book 4'),
      lent('book 4', 'Grace'),
    ]);
    const after = (await store.head()).position;
    await reader.at({ after }, [loans], async () => undefined);
    const inMemory = new RowsInMemory(LIBRARY[0]!);
    for await (const { position, event } of store.readAll(0n)) {
      inMemory.apply(event);
      expect(await reader.at({ position }, [loans], (view) => view.rows(loans))).toEqual(inMemory.list());
    }
  });

  it('can be read but not changed by the reader', async () => {
    const client = new Client({ connectionString: roles.readerUrl });
    await client.connect();
    try {
      await expect(client.query('DELETE FROM read_models.loans_v1')).rejects.toThrow('permission denied');
      expect((await client.query('SELECT 1 FROM read_models.checkpoints')).rowCount).toBe(2);
    } finally {
      await client.end();
    }
  });
});
