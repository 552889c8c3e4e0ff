import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleForSpec, type FreshDatabase, freshDatabase, longRun } from '@plumbline/platform/postgres/testing';
import { migrateEventStore } from './migrate';
import { openPostgresEventStore, type PostgresEventStore } from './postgres';

const { runs, timeout, record } = longRun('Events of one append, each to a stream of its own', {
  usual: 20_000,
  full: 200_000,
});

describe('a large append', () => {
  let database: FreshDatabase;
  let store: PostgresEventStore;
  let writerUrl: string;
  beforeAll(async () => {
    database = await freshDatabase();
    ({ writerUrl } = await migrateEventStore(database.url));
    store = await openPostgresEventStore({ url: writerUrl });
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  it(
    `of ${runs} events needs less than 450 MiB, and is there as a whole at once`,
    async () => {
      const module = fileURLToPath(bundleForSpec('libs/platform/event-store/src/large-appender.testing.ts'));
      let over = false;
      const running = promisify(execFile)(process.execPath, [module, writerUrl, String(runs)]).finally(
        () => (over = true),
      );
      const heads = new Set<bigint>();
      while (!over) {
        heads.add((await store.head()).position);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const answer = JSON.parse((await running).stdout) as {
        events: number;
        last: string;
        mebibytes: number;
        milliseconds: number;
      };
      expect(answer).toMatchObject({ events: runs, last: String(runs) });
      expect(answer.mebibytes).toBeLessThan(450);
      expect([...heads, BigInt(runs)].filter((head) => head !== 0n && head !== BigInt(runs))).toEqual([]);
      record({ mebibytes: answer.mebibytes, milliseconds: answer.milliseconds });
    },
    Math.min(timeout, 600_000),
  );
});
