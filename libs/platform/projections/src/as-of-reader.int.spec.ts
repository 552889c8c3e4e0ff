import { anyReadModel, everyVersion, onlyColumns, type RowVersion } from '@plumbline/kernel';
import { MemoryEventStore, MemoryLog } from '@plumbline/platform/event-store';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres';
import { Pool } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { AsOfReader, ReadModelLagging } from './as-of-reader';
import { CheckpointWatch } from './checkpoint-watch';
import { readDataSource } from './entity';
import { ProjectionRunner } from './projection-runner';
import {
  borrowerYears,
  extended,
  failingOn,
  KeptLog,
  lent,
  LIBRARY,
  type LibraryEvent,
  type LoanRow,
  loans,
  record,
  returned,
} from './library.testing';

describe('reading as of a position', () => {
  let database: FreshDatabase;
  let pool: Pool;
  let source: DataSource;
  let watch: CheckpointWatch;
  let store: MemoryEventStore;
  let reader: AsOfReader;
  let ids: readonly string[];
  const models = [...LIBRARY, failingOn('Ulysses')];
  const catchUp = (upTo?: bigint, among = models) =>
    new ProjectionRunner({ store, pool, models: among, log: new KeptLog() }).catchUp(upTo);

  beforeAll(async () => {
    database = await freshDatabase();
    pool = new Pool({ connectionString: database.url, max: 4 });
    source = await readDataSource({ url: database.url, models }).initialize();
    watch = new CheckpointWatch({ url: database.url, pollMs: 5_000 });
    await watch.start();
  });
  beforeEach(async () => {
    await pool.query('DROP SCHEMA IF EXISTS read_models CASCADE');
    let second = 0;
    store = new MemoryEventStore(() => `2026-11-23T09:00:0${second++}.000Z`, new MemoryLog(10n));
    reader = new AsOfReader({ dataSource: source, store, watch, waitMs: 300 });
    ids = [];
    for (const event of [lent('Emma'), lent('Persuasion', 'Grace'), extended('Emma'), returned('Emma')])
      ids = [...ids, ...(await record(store, [event]))];
  });
  afterAll(async () => {
    await watch.stop();
    await source.destroy();
    await pool.end();
    await database.drop();
  });

  const titles = (asOf: { position?: bigint; after?: bigint } = {}) =>
    reader.at(asOf, [loans], async (view) => (await view.rows(loans)).map(({ book }) => book));

  it('answers at the last position that all its tables have read', async () => {
    await catchUp(20n);
    await catchUp(undefined, [anyReadModel(loans)]);
    await pool.query(`UPDATE read_models.checkpoints SET status = 'live'`);
    const seen = await reader.at({}, [loans, borrowerYears], async (view) => ({
      position: view.position,
      event: view.event,
      knownAt: view.knownAt,
      books: (await view.rows(loans)).map(({ book }) => book),
    }));
    expect(seen).toEqual({
      position: 20n,
      event: ids[1],
      knownAt: '2026-11-23T09:00:01.000Z',
      books: ['Emma', 'Persuasion'],
    });
    expect(await titles()).toEqual(['Persuasion']);
  });

  it('gives every version a row had until the position, each with the position that made it', async () => {
    await catchUp();
    const every = everyVersion(loans);
    const versions = (position: bigint) =>
      reader.at({ position }, [every], async (view) =>
        ((await view.rows<LoanRow, LibraryEvent>(every)) as readonly RowVersion<LoanRow>[]).map(
          ({ book, since, events }) => [...[book, since, events.length]],
        ),
      );
    expect(await versions(20n)).toEqual([
      ['Emma', 10n, 1],
      ['Persuasion', 20n, 1],
    ]);
    expect(await versions(40n)).toEqual([
      ['Emma', 10n, 1],
      ['Persuasion', 20n, 1],
      ['Emma', 30n, 2],
    ]);
  });

  it('answers before an act that it has read only in part, and waits for the whole of one asked for', async () => {
    const [, last] = await record(store, [lent('Middlemarch'), lent('Villette')]);
    await catchUp(50n);
    await pool.query(`UPDATE read_models.checkpoints SET status = 'live'`);
    const seen = await reader.at({}, [loans], async (view) => [view.position, (await view.rows(loans)).length]);
    expect(seen).toEqual([40n, 1]);
    const waiting = reader.at({ after: 50n }, [loans], async (view) => [view.position, view.event]);
    await delay(50);
    await catchUp();
    expect(await waiting).toEqual([60n, last]);
    expect(await titles({ position: 50n })).toEqual(['Middlemarch', 'Persuasion']);
  });

  it('answers at the position asked, whatever came after', async () => {
    await catchUp();
    expect(await titles({ position: 0n })).toEqual([]);
    expect(await titles({ position: 10n })).toEqual(['Emma']);
    expect(await titles({ position: 30n })).toEqual(['Emma', 'Persuasion']);
    expect(await titles({ position: 40n })).toEqual(['Persuasion']);
  });

  it('gives rows whole, with the events that made them', async () => {
    await catchUp();
    const row = await reader.at({ position: 30n }, [loans], (view) => view.row(loans, { book: 'Emma' }));
    expect(row).toEqual({
      book: 'Emma',
      borrower: 'Ada',
      due: '2026-12-24',
      fee: '0.50',
      shelf: null,
      extended: true,
      tags: ['"quoted"', 'a,b', '{c}', '\\', ''],
      events: [ids[0], ids[2]],
    });
  });

  it('gives only the columns that are asked for, beside the same rows whole', async () => {
    await catchUp();
    const narrow = onlyColumns(loans, ['book', 'tags', 'shelf']);
    const found = await reader.at({ position: 30n }, [narrow, loans], async (view) => [
      await view.row(narrow, { book: 'Emma' }),
      await view.row(loans, { book: 'Emma' }),
    ]);
    expect(found[0]).toEqual({ book: 'Emma', tags: found[1]?.tags, shelf: null, events: [ids[0], ids[2]] });
    expect(found[1]).toMatchObject({ fee: '0.50', extended: true });
    const more = reader.at({ position: 30n }, [narrow], (view) => view.rows(loans));
    await expect(more).rejects.toThrow('loans is not among the read models');
    expect(() => onlyColumns(loans, ['tags'])).toThrow('loans is not read without book');
  });

  it('gives every text back as it was written, also an empty one and one with control characters', async () => {
    const odd = ['', '=', 'a\u001fb', '\n\t"\\{},=', '\u001f\u001f'];
    for (const borrower of odd) await record(store, [lent(`book ${odd.indexOf(borrower)}`, borrower)]);
    await catchUp();
    const rows = await reader.at({}, [loans], (view) => view.rows(loans));
    expect(rows.filter(({ book }) => book.startsWith('book ')).map(({ borrower }) => borrower)).toEqual(odd);
  });

  it('narrows rows by value, by list, by null and by conditions of its own', async () => {
    await catchUp();
    const found = await reader.at({ position: 30n }, [loans], async (view) => [
      await view.rows(loans, { where: { borrower: 'Grace' } }),
      await view.rows(loans, { where: { borrower: ['Grace', 'Ada'], extended: false } }),
      await view.rows(loans, { where: { fee: null, shelf: null } }),
      await view.rows(loans, { where: { borrower: [] } }),
      await view.rows(loans, { refine: (query) => query.andWhere('row.due > :day', { day: '2026-12-10' }) }),
    ]);
    const seen = found.map((rows) => rows.map(({ book }) => book));
    expect(seen).toEqual([['Persuasion'], ['Persuasion'], ['Persuasion'], [], ['Emma']]);
  });

  it('counts and joins through the query builder, as of the same position', async () => {
    await catchUp();
    const [count, entities] = await reader.at({ position: 30n }, [loans, borrowerYears], async (view) => [
      await view.query(loans).andWhere('row.extended').getCount(),
      await view.query(borrowerYears, 'year').orderBy('year.borrower').getMany(),
    ]);
    expect(count).toBe(1);
    expect(entities).toEqual([
      expect.objectContaining({ borrower: 'Ada', year: 2026, borrowed: 1, fromPosition: 10n, events: [ids[0]] }),
      expect.objectContaining({ borrower: 'Grace', year: 2026, borrowed: 1, fromPosition: 20n, events: [ids[1]] }),
    ]);
  });

  it('sees one state throughout, though rows are written meanwhile', async () => {
    await catchUp(20n, [anyReadModel(loans)]);
    await pool.query(`UPDATE read_models.checkpoints SET status = 'live'`);
    const seen = await reader.at({}, [loans], async (view) => {
      const before = await view.rows(loans);
      await catchUp(undefined, [anyReadModel(loans)]);
      return [before, await view.rows(loans)];
    });
    expect(seen[0]).toEqual(seen[1]);
    expect(await titles()).toEqual(['Persuasion']);
  });

  it('writes nothing', async () => {
    await catchUp();
    const writing = reader.at({}, [loans], (view) => view.query(loans).delete().where('true').execute());
    await expect(writing).rejects.toThrow('read-only transaction');
  });

  it('refuses a position at which no event stands, and one the log has not reached', async () => {
    await catchUp();
    for (const asOf of [{ position: 15n }, { position: 50n }, { position: -1n }, { after: 41n }, { after: -1n }])
      await expect(titles(asOf)).rejects.toMatchObject({ name: 'StoreError', failure: 'unknown-position' });
  });

  it('refuses a model that the view was not asked for', async () => {
    await catchUp();
    const other = reader.at({}, [loans], (view) => view.rows(borrowerYears));
    await expect(other).rejects.toThrow('borrower_years is not among the read models');
  });

  it('waits for the position that an append gave, and hears of it at once', async () => {
    reader = new AsOfReader({ dataSource: source, store, watch, waitMs: 4_000 });
    await catchUp(20n);
    const started = performance.now();
    const waiting = titles({ after: 40n });
    await delay(50);
    await catchUp();
    expect(await waiting).toEqual(['Persuasion']);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('waits for a position asked that the table has not read yet', async () => {
    await catchUp(20n);
    const waiting = titles({ position: 30n });
    await delay(50);
    await catchUp();
    expect(await waiting).toEqual(['Emma', 'Persuasion']);
  });

  it('names the hindmost model when it did not come that far in time', async () => {
    await catchUp();
    await record(store, [lent('Middlemarch')]);
    await catchUp(undefined, [anyReadModel(loans)]);
    const waiting = reader.at({ after: 50n }, [loans, borrowerYears], (view) => view.rows(loans));
    await expect(waiting).rejects.toThrow(ReadModelLagging);
    await expect(waiting).rejects.toMatchObject({
      model: 'borrower_years_v2',
      state: 'lagging',
      position: 40n,
      retryAfterSeconds: 1,
    });
  });

  it('names a model that is still being built, or has no table yet', async () => {
    await expect(titles()).rejects.toMatchObject({ model: 'loans_v1', state: 'building', position: 0n });
    await catchUp(20n);
    await expect(titles()).rejects.toMatchObject({ model: 'loans_v1', state: 'building', position: 20n });
    expect(await titles({ position: 20n })).toEqual(['Emma', 'Persuasion']);
  });

  it('answers for a poisoned model up to where it stands, and does not wait beyond', async () => {
    reader = new AsOfReader({ dataSource: source, store, watch });
    await catchUp();
    await record(store, [lent('Ulysses')]);
    await catchUp();
    const fragile = models[2]!;
    const seen = await reader.at({}, [fragile], async (view) => [view.position, (await view.rows(fragile)).length]);
    expect(seen).toEqual([40n, 2]);
    const beyond = reader.at({ after: 50n }, [fragile], (view) => view.rows(fragile));
    await expect(beyond).rejects.toMatchObject({ model: 'fragile_v1', state: 'poisoned', position: 40n });
  });

  it('answers more questions at once than there are connections', async () => {
    await catchUp();
    const answers = await Promise.all(Array.from({ length: 60 }, () => titles()));
    expect(new Set(answers.map((books) => books.join()))).toEqual(new Set(['Persuasion']));
  });

  it('refuses a question within a question, which would wait for a connection that it holds itself', async () => {
    await catchUp();
    await expect(reader.at({}, [loans], () => titles())).rejects.toThrow('a question within a question');
    expect(await titles()).toEqual(['Persuasion']);
  });

  it('says that no connection is free instead of waiting for ever', async () => {
    await catchUp();
    const narrow = await readDataSource({
      url: database.url,
      models,
      connections: 1,
      connectionTimeoutMs: 100,
    }).initialize();
    const one = new AsOfReader({ dataSource: narrow, store, watch });
    await one.at({}, [loans], async () => {
      const other = new AsOfReader({ dataSource: narrow, store, watch });
      await expect(other.at({}, [loans], (view) => view.rows(loans))).rejects.toThrow('timeout exceeded');
    });
    await narrow.destroy();
  });
});
