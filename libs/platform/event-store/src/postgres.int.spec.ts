import { jest } from '@jest/globals';
import { freshDatabase } from '@plumbline/platform/postgres/testing';
import { eventStoreContract, type LogUnderTest } from './contract.testing';
import { migrateEventStore } from './migrate';
import { openPostgresEventStore, type PostgresEventStore } from './postgres';

jest.setTimeout(30_000);

async function newLog(): Promise<LogUnderTest> {
  const database = await freshDatabase();
  const { writerUrl } = await migrateEventStore(database.url);
  const opened: PostgresEventStore[] = [];
  return {
    async open(clock) {
      const store = await openPostgresEventStore({ url: writerUrl, clock });
      opened.push(store);
      return store;
    },
    async end() {
      await Promise.all(opened.map((store) => store.close()));
      await database.drop();
    },
  };
}

eventStoreContract('PostgreSQL', newLog);
