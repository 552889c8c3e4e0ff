import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '@plumbline/kernel';
import {
  type EventStore,
  isKurrentUrl,
  openKurrentEventStore,
  openPostgresEventStore,
  openPostgresPositionIndex,
} from '@plumbline/platform/event-store';
import type { DatabaseRoles } from '@plumbline/platform/postgres';

/** In the data directory: where the log lies when it is not in the deployment's own database. Holds no password. */
export const EVENT_STORE_FILE = 'event-store';

export interface ChosenEventStore {
  /** `kurrentdb://…`; left out: the deployment's own database holds the log. */
  readonly eventStoreUrl?: string | undefined;
  /** What the names of this log's streams begin with there; a server may hold several logs. */
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
  const { eventStoreUrl, eventStorePrefix, dataDir, roles, clock, warn } = chosen;
  checkEventStoreUrl(eventStoreUrl);
  refuseOtherPlace(dataDir, eventStoreUrl);
  const stamped = clock === undefined ? {} : { clock };
  if (eventStoreUrl === undefined) return await openPostgresEventStore({ url: roles.writerUrl, ...stamped });
  const index = await openPostgresPositionIndex({ url: roles.ownerUrl });
  const store = await openKurrentEventStore({
    ...{ url: eventStoreUrl, index, warn, ...stamped },
    ...(eventStorePrefix === undefined ? {} : { streamPrefix: eventStorePrefix }),
  }).catch(async (error: unknown) => {
    await index.close();
    throw error;
  });
  try {
    await refuseForgottenLog(store, chosen);
    writeFileSync(join(dataDir, EVENT_STORE_FILE), `${withoutSecrets(eventStoreUrl)}\n`, { mode: 0o600 });
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Left out by mistake, the address would begin a second log in the database, beside the one that counts. */
function refuseOtherPlace(dataDir: string, eventStoreUrl: string | undefined): void {
  const file = join(dataDir, EVENT_STORE_FILE);
  if (eventStoreUrl !== undefined || !existsSync(file)) return;
  throw new Error(
    `The log of ${dataDir} is in ${readFileSync(file, 'utf8').trim()}: give --event-store (or EVENT_STORE_URL) with that address. If you have copied it into the database since, remove ${file}.`,
  );
}

/** An empty KurrentDB beside a database that holds a log is most often one that nobody has copied it to. */
async function refuseForgottenLog(store: EventStore, { roles, dataDir, eventStoreUrl = '' }: ChosenEventStore) {
  if (existsSync(join(dataDir, EVENT_STORE_FILE)) || (await store.head()).position !== 0n) return;
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
