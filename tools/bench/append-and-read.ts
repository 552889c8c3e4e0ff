import { migrateEventStore, openPostgresEventStore, type EventStore } from '@plumbline/platform/event-store';
import { Pool } from 'pg';
import { type ClusterPlace, withCluster } from './cluster-place';
import { found, many, rate, say, seconds, sideBySide } from './rounds';
import { sampleBytes, sampleEvent } from './sample-events';
import { readAllOf, StoreWriters, WRITERS } from './store-writers';

const ROUNDS = many(7, 2);
const MS = many(3_000, 300);
const EVENTS = many(100_000, 4_000);
const EVENTS_AN_APPEND = 2_000;
const PAGE = 5_000;

/** The least that an event log in a database can be: bytes, in an order, each revision of a stream once. */
const BARE_TABLE = `CREATE TABLE bare (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream text NOT NULL, revision integer NOT NULL, bytes bytea NOT NULL,
  UNIQUE (stream, revision)
)`;

class BareDriver {
  private readonly next = new Map<number, number>();
  constructor(private readonly pool: Pool) {}

  async append(who: number): Promise<void> {
    const revision = this.next.get(who) ?? 0;
    this.next.set(who, revision + 1);
    const values = [`bare-${who}`, revision, sampleBytes()];
    await this.pool.query({
      ...{ name: 'bare', text: 'INSERT INTO bare (stream, revision, bytes) VALUES ($1, $2, $3)', values },
    });
  }

  async readAll(count: number): Promise<void> {
    let read = 0;
    for (let after = '0', more = true; more;) {
      const { rows } = await this.pool.query<{ position: string; bytes: Buffer }>({
        name: 'bare-page',
        text: 'SELECT position, bytes FROM bare WHERE position > $1 ORDER BY position LIMIT $2',
        values: [after, PAGE],
      });
      for (const { bytes } of rows) if ((JSON.parse(bytes.toString('utf8')) as { id: string }).id) read += 1;
      after = rows.at(-1)?.position ?? after;
      more = rows.length === PAGE;
    }
    if (read !== count) throw new Error(`${read} events were read where ${count} are`);
  }
}

async function opened(
  place: ClusterPlace,
  database: string,
  connections: number,
): Promise<{ store: EventStore; pool: Pool; close: () => Promise<void> }> {
  const url = await place.make(database);
  const roles = await migrateEventStore(url);
  const store = await openPostgresEventStore({ url: roles.writerUrl });
  const pool = new Pool({ connectionString: url, max: connections });
  await pool.query(BARE_TABLE);
  const close = async (): Promise<void> => void (await Promise.all([store.close(), pool.end()]));
  return { store, pool, close };
}

async function appends(place: ClusterPlace): Promise<void> {
  for (const writers of WRITERS) {
    const { store, pool, close } = await opened(place, `append_${writers}`, writers);
    const [own, bare] = [new StoreWriters(store, 'ours'), new BareDriver(pool)];
    const figures = await sideBySide(ROUNDS, {
      ours: () => rate(writers, MS, (who) => own.append(who)),
      theirs: () => rate(writers, MS, (who) => bare.append(who)),
    });
    await close();
    found({
      workload: `append, PostgreSQL, writers ×${writers}`,
      ...{ unit: '/s', ours: figures.ours, peer: { name: 'bare driver, plain table', theirs: figures.theirs } },
    });
  }
}

async function reads(place: ClusterPlace): Promise<void> {
  const { store, pool, close } = await opened(place, 'read_all', 1);
  for (let from = 0; from < EVENTS; from += EVENTS_AN_APPEND) {
    const events = Array.from({ length: EVENTS_AN_APPEND }, () => sampleEvent());
    await store.append([{ stream: `read-${from}`, expected: 'none', events }]);
  }
  await pool.query(
    'INSERT INTO bare (stream, revision, bytes) SELECT stream, revision, bytes FROM event_store.events ORDER BY position',
  );
  const bare = new BareDriver(pool);
  const figures = await sideBySide(ROUNDS, {
    ours: async () => EVENTS / (await seconds(() => readAllOf(store, 0n, EVENTS))),
    theirs: async () => EVENTS / (await seconds(() => bare.readAll(EVENTS))),
  });
  await close();
  found({
    workload: `read all, PostgreSQL, ${EVENTS.toLocaleString('en')} events`,
    ...{ unit: '/s', ours: figures.ours, peer: { name: 'bare driver, plain table', theirs: figures.theirs } },
  });
}

await withCluster(async (place) => {
  say('appends …');
  await appends(place);
  say('read-all …');
  await reads(place);
});
