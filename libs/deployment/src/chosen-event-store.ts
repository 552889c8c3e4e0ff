import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '@plumbline/kernel';
import {
  DEFAULT_STREAM_PREFIX,
  type EventStore,
  isKurrentUrl,
  openKurrentEventStore,
  openPostgresEventStore,
  openPostgresPositionIndex,
} from '@plumbline/platform/event-store';
import type { DatabaseRoles } from '@plumbline/platform/postgres';

/** In the data directory: where the log lies when it is not in the deployment's own database, and what its streams' names begin with. Holds no password. */
export const EVENT_STORE_FILE = 'event-store';

export interface Remembered {
  readonly place: string;
  readonly prefix: string;
}

/** Where the log of a data directory lies when it is not in its own database, as its last start was told. */
export function remembered(dataDir: string): Remembered | undefined {
  const file = join(dataDir, EVENT_STORE_FILE);
  if (!existsSync(file)) return undefined;
  const [place = '', prefix] = readFileSync(file, 'utf8').split('\n');
  return { place, prefix: prefix || DEFAULT_STREAM_PREFIX };
}

const remember = (dataDir: string, { place, prefix }: Remembered): void =>
  writeFileSync(join(dataDir, EVENT_STORE_FILE), `${place}\n${prefix}\n`, { mode: 0o600 });

export interface ChosenEventStore {
  /** `kurrentdb://…`; left out: the deployment's own database holds the log. */
  readonly eventStoreUrl?: string | undefined;
  /** What the names of this log's streams begin with there; a server may hold several logs. Left out: as before, at first `plumbline.`. */
  readonly eventStorePrefix?: string | undefined;
  readonly dataDir: string;
  readonly roles: DatabaseRoles;
  readonly clock?: () => Instant;
  readonly warn: (words: string) => void;
}

/** @throws Error in words when it is not the address of an event store other than the deployment's own database */
export function checkEventStoreUrl(url: string | undefined): void {
  if (url === undefined || isKurrentUrl(url)) return;
  const cure = /^postgres(ql)?:/.test(url)
    ? 'A log in PostgreSQL lies in the deployment’s own database: leave --event-store out and give --database-url (or DATABASE_URL).'
    : 'It looks like kurrentdb://host:2113?tls=true, or with several nodes kurrentdb://a:2113,b:2113,c:2113.';
  throw new Error(`--event-store (or EVENT_STORE_URL) is not the address of a KurrentDB. ${cure}`);
}

/** Scheme and hosts of an address: what may be written down and said. */
export function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^@/?]*@/, '//').replace(/\?.*$/, '');
}

/**
 * Opens the log where it lies: in KurrentDB when an address is given, else in the deployment's own database.
 * @throws StoreError `unavailable` in words while it cannot be reached; Error in words when the log of this data directory lies elsewhere
 */
export async function openEventStore(chosen: ChosenEventStore): Promise<EventStore> {
  const { eventStoreUrl, dataDir, roles, clock, warn } = chosen;
  checkEventStoreUrl(eventStoreUrl);
  const before = remembered(dataDir);
  refuseOtherPlace(chosen, before);
  const stamped = clock === undefined ? {} : { clock };
  if (eventStoreUrl === undefined) return await openPostgresEventStore({ url: roles.writerUrl, ...stamped });
  const index = await openPostgresPositionIndex({ url: roles.ownerUrl });
  const prefix = chosen.eventStorePrefix ?? before?.prefix ?? DEFAULT_STREAM_PREFIX;
  const store = await openKurrentEventStore({
    url: eventStoreUrl,
    index,
    warn,
    streamPrefix: prefix,
    ...stamped,
  }).catch(async (error: unknown) => {
    await index.close();
    throw error;
  });
  try {
    await refuseForgottenLog(store, chosen);
    remember(dataDir, { place: withoutSecrets(eventStoreUrl), prefix });
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Left out by mistake, the address would begin a second log in the database, beside the one that counts; another prefix one in KurrentDB. */
function refuseOtherPlace(
  { dataDir, eventStoreUrl, eventStorePrefix }: ChosenEventStore,
  before: Remembered | undefined,
): void {
  if (before === undefined) return;
  const cure = `If you have copied it since, remove ${join(dataDir, EVENT_STORE_FILE)}.`;
  if (eventStoreUrl === undefined)
    throw new Error(
      `The log of ${dataDir} is in ${before.place}: give --event-store (or EVENT_STORE_URL) with that address. ${cure}`,
    );
  if (eventStorePrefix !== undefined && eventStorePrefix !== before.prefix)
    throw new Error(
      `The names of the streams in the log of ${dataDir} begin with ${before.prefix}, not with ${eventStorePrefix}: leave EVENT_STORE_PREFIX out, or set it to that. ${cure}`,
    );
}

/** An empty KurrentDB beside a database that holds a log is most often one that nobody has copied it to. */
async function refuseForgottenLog(store: EventStore, { roles, dataDir, eventStoreUrl = '' }: ChosenEventStore) {
  if (remembered(dataDir) || (await store.head()).position !== 0n) return;
  const own = await openPostgresEventStore({ url: roles.writerUrl });
  try {
    if ((await own.head()).position === 0n) return;
  } finally {
    await own.close();
  }
  throw new Error(
    `The database holds a log, and ${withoutSecrets(eventStoreUrl)} holds none. Copy it there with plumbline copy, or start in an empty data directory.`,
  );
}
