import { type AnyReadModel, type CitedRow, RowsInMemory } from '@plumbline/kernel';
import { MemoryEventStore, MemoryLog } from '@plumbline/platform/event-store';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres';
import fc from 'fast-check';
import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { AsOfReader } from './as-of-reader';
import { CheckpointWatch } from './checkpoint-watch';
import { readDataSource } from './entity';
import { ProjectionRunner } from './projection-runner';
import {
  borrowerYears,
  doorOpened,
  extended,
  KeptLog,
  lent,
  LIBRARY,
  type LibraryEvent,
  loans,
  merged,
  moved,
  record,
  returned,
} from './library.testing';

const RUNS = Number(process.env['RUNS'] ?? 10);
const PAGE_SIZES = [1, 7, 5_000];
const TIMEOUT_MS = 20_000 + RUNS * 4_000;

const books = fc.constantFrom('Emma', 'Persuasion', 'Ulysses', '本', '\u{1F4D6}', 'Z"\\,{}', 'NULL');
const borrowers = fc.constantFrom('Ada', 'Grace', 'ada');
const years = fc.constantFrom(9, 10, 2026);
const days = fc.constantFrom('2026-12-01', '2026-12-24');
const events: fc.Arbitrary<LibraryEvent> = fc.oneof(
  fc.tuple(books, borrowers, years).map(([book, borrower, year]) => lent(book, borrower, year)),
  fc.tuple(books, days).map(([book, day]) => extended(book, day)),
  books.map(returned),
  fc.tuple(fc.array(books, { maxLength: 4 }), fc.constantFrom('A', 'B')).map(([some, shelf]) => moved(some, shelf)),
  fc.tuple(borrowers, borrowers, years).map(([from, to, year]) => merged(from, to, year)),
  fc.constant(doorOpened()),
);
const histories = fc.record({
  step: fc.constantFrom(1n, 1_000n),
  events: fc.array(events, { maxLength: 50, size: 'max' }),
  /** Where a worker is stopped and another started, with a page size of its own. */
  stops: fc.array(fc.record({ after: fc.nat(50), pageSize: fc.integer({ min: 1, max: 9 }) }), { maxLength: 4 }),
});

describe('read models kept in PostgreSQL', () => {
  let database: FreshDatabase;
  let pool: Pool;
  let watch: CheckpointWatch;
  const sources: DataSource[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    pool = new Pool({ connectionString: database.url, max: 4 });
    watch = new CheckpointWatch({ url: database.url });
  });
  afterAll(async () => {
    for (const source of sources) await source.destroy();
    await watch.stop();
    await pool.end();
    await database.drop();
  });

  const storeOf = async (history: { step: bigint; events: readonly LibraryEvent[] }) => {
    let second = 0;
    const clock = () =>
      `2026-11-23T09:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second++ % 60).padStart(2, '0')}.000Z`;
    const store = new MemoryEventStore(clock, new MemoryLog(history.step));
    for (const event of history.events) await record(store, [event]);
    return store;
  };
  const runner = (
    store: MemoryEventStore,
    schema: string,
    pageSize: number,
    models: readonly AnyReadModel[] = LIBRARY,
  ) => new ProjectionRunner({ store, pool, models, schema, pageSize, log: new KeptLog() });
  const versions = async (schema: string): Promise<unknown[]> => {
    const kept = await pool.query(`SELECT * FROM ${schema}.loans_v1 ORDER BY book, from_position`);
    const years = await pool.query(`SELECT * FROM ${schema}.borrower_years_v2 ORDER BY borrower, year, from_position`);
    return [kept.rows, years.rows];
  };
  const statuses = async (...schemas: string[]): Promise<string[]> => {
    const found = schemas.map((schema) => `SELECT status FROM ${schema}.checkpoints`).join(' UNION ');
    return (await pool.query<{ status: string }>(found)).rows.map(({ status }) => status);
  };
  const forget = (...schemas: string[]) =>
    pool.query(schemas.map((schema) => `DROP SCHEMA IF EXISTS ${schema} CASCADE`).join(';'));

  it(
    'are the same row versions whatever the page size, and wherever a worker was stopped',
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (history) => {
          await forget('pages_1', 'pages_7', 'pages_5000', 'stopped');
          const store = await storeOf(history);
          for (const size of PAGE_SIZES) await runner(store, `pages_${size}`, size).catchUp();
          const stops = history.stops.map(({ after, ...stop }) => ({
            ...stop,
            after: Math.min(after, history.events.length),
          }));
          for (const { after, pageSize } of stops.sort((a, b) => a.after - b.after))
            await runner(store, 'stopped', pageSize).catchUp(history.step * BigInt(after));
          await runner(store, 'stopped', 7).catchUp();

          const [once, ...others] = await Promise.all(['pages_5000', 'pages_1', 'pages_7', 'stopped'].map(versions));
          for (const other of others) expect(other).toEqual(once);
          expect(await statuses('pages_1', 'stopped')).toEqual(['live']);
        }),
        { numRuns: RUNS },
      );
    },
    TIMEOUT_MS,
  );

  it(
    'are at every position what a replay of that prefix gives, gaps in positions or not',
    async () => {
      const source = readDataSource({ url: database.url, models: LIBRARY, schema: 'replayed' });
      sources.push(await source.initialize());
      await fc.assert(
        fc.asyncProperty(histories, async (history) => {
          await forget('replayed');
          const store = await storeOf(history);
          await runner(store, 'replayed', 7).catchUp();
          const reader = new AsOfReader({ dataSource: source, store, watch, schema: 'replayed' });
          const [inLoans, inYears] = LIBRARY.map((model) => new RowsInMemory(model));
          const look = (position: bigint): Promise<readonly (readonly CitedRow[])[]> =>
            reader.at({ position }, LIBRARY, async (view) => [await view.rows(loans), await view.rows(borrowerYears)]);

          expect(await look(0n)).toEqual([[], []]);
          for await (const { position, event } of store.readAll(0n)) {
            inLoans!.apply(event);
            inYears!.apply(event);
            expect(await look(position)).toEqual([inLoans!.list(), inYears!.list()]);
          }
        }),
        { numRuns: RUNS },
      );
    },
    TIMEOUT_MS,
  );

  it('hold every text as it was, whether a page was copied or not', async () => {
    await forget('copied', 'unnested');
    const texts = ['tab\tline\nreturn\rback\\slash', '\\N', '\\.', '"', "'", '{}', ',', ' ', '', '\u{1F4D6}é\u0001'];
    const store = await storeOf({ step: 1n, events: [] });
    await record(
      store,
      Array.from({ length: 200 }, (_, n) => lent(`${n} ${texts[n % texts.length]!}`, texts[n % texts.length])),
    );
    await runner(store, 'copied', 500).catchUp();
    await runner(store, 'unnested', 50).catchUp();
    expect(await versions('copied')).toEqual(await versions('unnested'));
    const { rows } = await pool.query(`SELECT DISTINCT borrower FROM copied.loans_v1`);
    expect(rows.map(({ borrower }: { borrower: string }) => borrower).sort()).toEqual([...texts].sort());
  });

  it('list the events that made each row, in order', async () => {
    await forget('cited');
    const store = await storeOf({ step: 1n, events: [] });
    const [first, second, third, , fifth] = [
      ...(await record(store, [lent('Emma'), extended('Emma'), moved(['Emma', 'Persuasion'], 'A'), doorOpened()])),
      ...(await record(store, [extended('Emma', '2027-01-01')])),
    ];
    await runner(store, 'cited', 2).catchUp();
    const { rows } = await pool.query('SELECT events FROM cited.loans_v1 ORDER BY from_position');
    expect(rows.map(({ events: made }: { events: string[] }) => made)).toEqual([
      [first],
      [first, second],
      [first, second, third],
      [first, second, third, fifth],
    ]);
  });

  it('move every checkpoint over ignored events, to the event last read', async () => {
    await forget('passed');
    const store = await storeOf({ step: 10n, events: [lent('Emma')] });
    const [, last] = await record(store, [doorOpened(), doorOpened()]);
    await runner(store, 'passed', 100).catchUp();
    const { rows } = await pool.query('SELECT model, position, event, status FROM passed.checkpoints ORDER BY model');
    expect(rows).toEqual([
      { model: 'borrower_years_v2', position: '30', event: last, status: 'live' },
      { model: 'loans_v1', position: '30', event: last, status: 'live' },
    ]);
  });
});
