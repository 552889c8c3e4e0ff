import { randomUUID } from 'node:crypto';
import {
  binaryEvent,
  END,
  BACKWARDS,
  FORWARDS,
  KurrentDBClient,
  NO_STREAM,
  START,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import {
  type EventStore,
  migrateEventStore,
  openKurrentEventStore,
  openPostgresEventStore,
  openPostgresPositionIndex,
} from '@plumbline/platform/event-store';
import { type ClusterPlace, withCluster } from './cluster-place';
import { found, many, rate, say, seconds, sideBySide } from './rounds';
import { sampleBytes, sampleEvent } from './sample-events';
import { readAllOf, StoreWriters, WRITERS } from './store-writers';

const ROUNDS = many(7, 2);
const MS = many(3_000, 300);
const EVENTS = many(50_000, 2_000);
const EVENTS_AN_APPEND = 200;
const APPENDS_AT_ONCE = 10;
/** What the adapter may cost: a fifth. */
const MOST = { times: 0.8 };
const FASTER = { times: 1 };
const BARE = 'bare client, same server';

const appendWorkload = (writers: number): string => `append, KurrentDB, writers ×${writers}`;
const READ = `read all, KurrentDB, ${EVENTS.toLocaleString('en')} events`;
const OURS_APPEND = 'append, PostgreSQL beside KurrentDB, writers ×64';
const OURS_READ = `read all, PostgreSQL beside KurrentDB, ${EVENTS.toLocaleString('en')} events`;

/** The client of KurrentDB as its documentation shows it: one for the process, exact revisions. */
class BareClient {
  private readonly next = new Map<string, bigint>();

  constructor(
    private readonly client: KurrentDBClient,
    private readonly prefix: string,
  ) {}

  async append(who: number, events = 1): Promise<void> {
    const stream = `${this.prefix}${who}`;
    const revision = this.next.get(stream);
    this.next.set(stream, (revision ?? -1n) + BigInt(events));
    const given = Array.from({ length: events }, () =>
      binaryEvent({ id: randomUUID(), type: 'metrics.ObservationRecorded.v1', data: sampleBytes() }),
    );
    await this.client.appendToStream(stream, given, { streamState: revision ?? NO_STREAM });
  }

  async readAll(after: bigint, count: number): Promise<void> {
    const fromPosition = after === 0n ? START : { commit: after, prepare: after };
    const filter = streamNameFilter({ prefixes: [this.prefix] });
    let read = 0;
    for await (const { event } of this.client.readAll({ direction: FORWARDS, fromPosition, filter }))
      if (event && (JSON.parse(Buffer.from(event.data as Uint8Array).toString('utf8')) as { id: string }).id) read += 1;
    if (read !== count) throw new Error(`${read} events were read where ${count} are`);
  }

  /** Where the server's whole log ends. */
  async end(): Promise<bigint> {
    for await (const { event } of this.client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }))
      return event?.position?.commit ?? 0n;
    return 0n;
  }
}

/** A log of this run's own on the server, whatever else is there. */
async function withStores(
  cluster: ClusterPlace,
  url: string,
  name: string,
  work: (stores: { adapter: EventStore; postgres: EventStore; bare: BareClient }) => Promise<void>,
): Promise<void> {
  const database = await cluster.make(name);
  const roles = await migrateEventStore(database);
  const run = randomUUID();
  const client = KurrentDBClient.connectionString(url);
  const postgres = await openPostgresEventStore({ url: roles.writerUrl });
  const index = await openPostgresPositionIndex({ url: roles.ownerUrl });
  const adapter = await openKurrentEventStore({ url, index, streamPrefix: `bench-${run}-ours.`, warn: say });
  try {
    await work({ adapter, postgres, bare: new BareClient(client, `bench-${run}-bare.`) });
  } finally {
    await adapter.close();
    await postgres.close();
    await client.dispose();
  }
}

async function appends(cluster: ClusterPlace, url: string): Promise<void> {
  for (const writers of WRITERS)
    await withStores(cluster, url, `kurrent_append_${writers}`, async ({ adapter, postgres, bare }) => {
      const [own, other] = [new StoreWriters(adapter, 'ours'), new StoreWriters(postgres, 'ours')];
      const figures = await sideBySide(ROUNDS, {
        adapter: () => rate(writers, MS, (who) => own.append(who)),
        bare: () => rate(writers, MS, (who) => bare.append(who)),
        postgres: () => rate(writers, MS, (who) => other.append(who)),
      });
      const peer = { name: BARE, theirs: figures.bare };
      found({ workload: appendWorkload(writers), unit: '/s', ours: figures.adapter, peer, target: MOST });
      if (writers === 64) found({ workload: OURS_APPEND, unit: '/s', ours: figures.postgres, peer, target: FASTER });
    });
}

/** Writes as many events as are read, to streams of their own. */
async function fill(append: (who: number, events: number) => Promise<unknown>): Promise<void> {
  const appendsInAll = EVENTS / EVENTS_AN_APPEND;
  for (let from = 0; from < appendsInAll; from += APPENDS_AT_ONCE)
    await Promise.all(Array.from({ length: APPENDS_AT_ONCE }, (_, n) => append(from + n, EVENTS_AN_APPEND)));
}

const fillStore = (store: EventStore): Promise<void> =>
  fill((who, count) => {
    const events = Array.from({ length: count }, () => sampleEvent());
    return store.append([{ stream: `read-${who}`, expected: 'none', events }]);
  });

async function reads(cluster: ClusterPlace, url: string): Promise<void> {
  await withStores(cluster, url, 'kurrent_read', async ({ adapter, postgres, bare }) => {
    const begin = await bare.end();
    await fillStore(postgres);
    await fillStore(adapter);
    const beginOfBare = await bare.end();
    await fill((who, count) => bare.append(who, count));
    await readAllOf(adapter, begin, EVENTS); // its index has come to the end
    const speed = async (read: Promise<unknown>): Promise<number> => EVENTS / (await seconds(() => read));
    const figures = await sideBySide(ROUNDS, {
      adapter: () => speed(readAllOf(adapter, begin, EVENTS)),
      bare: () => speed(bare.readAll(beginOfBare, EVENTS)),
      postgres: () => speed(readAllOf(postgres, 0n, EVENTS)),
    });
    const peer = { name: BARE, theirs: figures.bare };
    found({ workload: READ, unit: '/s', ours: figures.adapter, peer, target: MOST });
    found({ workload: OURS_READ, unit: '/s', ours: figures.postgres, peer, target: FASTER });
  });
}

const url = process.env['KURRENTDB_URL'];
if (url)
  await withCluster(async (cluster) => {
    say('appends …');
    await appends(cluster, url);
    say('read-all …');
    await reads(cluster, url);
  });
else
  for (const workload of [...WRITERS.map(appendWorkload), READ, OURS_APPEND, OURS_READ])
    found({ workload, notRun: 'needs KURRENTDB_URL' });
