import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { StoreError } from '@plumbline/platform/event-store';
import { type KurrentProtocolDouble, startKurrentDouble } from '@plumbline/platform/event-store/testing';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import { rebuildCheck } from '@plumbline/platform/projections';
import { EVENT_STORE_FILE, withoutSecrets } from './chosen-event-store';
import { readModels } from './contexts';
import { copyLog } from './copy-log';
import { configure, DEFAULT_CHOICES, finishConfiguration } from './configure';
import { type Deployment, openDeployment } from './deployment';
import { openLog } from './log';

describe('where a log lies', () => {
  let double: KurrentProtocolDouble;
  let database: FreshDatabase;
  let dataDir: string;
  const log = openLog('/dev/null');
  beforeAll(async () => {
    double = await startKurrentDouble();
  });
  afterAll(() => double.stop());
  beforeEach(async () => {
    database = await freshDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'plumbline-chosen-'));
  });
  afterEach(async () => {
    await database.drop();
    rmSync(dataDir, { recursive: true });
  });
  const open = (where: { eventStoreUrl?: string; eventStorePrefix?: string } = {}) =>
    openDeployment({ dataDir, databaseUrl: database.url, standalone: true, log, ...where });
  const kurrent = (prefix: string) => ({
    eventStoreUrl: double.url.replace('//', '//admin:se%20cret@'),
    eventStorePrefix: `${prefix}.`,
  });

  it('is remembered without a password, and a start that leaves the address out is refused', async () => {
    const deployment = await open(kurrent('a'));
    await configure(deployment, DEFAULT_CHOICES);
    await deployment.close();
    const file = join(dataDir, EVENT_STORE_FILE);
    expect(readFileSync(file, 'utf8')).toBe(`${withoutSecrets(double.url)}\na.\n`);
    await expect(open()).rejects.toThrow(/^The log of .* is in kurrentdb:\/\/127\.0\.0\.1:\d+: give --event-store/);
    rmSync(file);
    await (await open()).close();
    expect(existsSync(file)).toBe(false);
  }, 60_000);

  it('keeps its prefix: left out it is as before, and another one is refused', async () => {
    const deployment = await open(kurrent('e'));
    await configure(deployment, DEFAULT_CHOICES);
    const { position } = await deployment.store.head();
    await deployment.close();
    const { eventStoreUrl } = kurrent('e');
    const again = await open({ eventStoreUrl });
    expect((await again.store.head()).position).toBe(position);
    await again.close();
    await expect(open(kurrent('f'))).rejects.toThrow(
      /^The names of the streams in the log of .* begin with e\., not with f\.: leave EVENT_STORE_PREFIX out/,
    );
    rmSync(join(dataDir, EVENT_STORE_FILE));
    await expect(open(kurrent('f'))).rejects.toThrow(
      /another log: look at the address and at EVENT_STORE_PREFIX, .*; or somebody deleted the event/,
    );
    await (await open(kurrent('e'))).close();
  }, 60_000);

  it('may be moved to another KurrentDB: what readers read is made anew from there', async () => {
    const target = await startKurrentDouble();
    target.log.system('$other-history', '$x'.repeat(100));
    const first = await open(kurrent('g'));
    await configure(first, DEFAULT_CHOICES);
    await first.projections.catchUp();
    const before = await first.store.head();
    await first.close();
    await expect(open({ eventStoreUrl: target.url })).rejects.toThrow(/copy the log before you move it/);
    await copyLog({ url: double.url, prefix: 'g.' }, { url: target.url, prefix: 'g.' });
    const moved = await open({ eventStoreUrl: target.url });
    await moved.projections.catchUp();
    const after = await moved.store.head();
    expect([after.event, after.position === before.position]).toEqual([before.event, false]);
    const { tables } = await rebuildCheck(moved.store, moved.ownerPool, readModels, { log });
    expect(tables.filter(({ differences, problem }) => differences > 0 || problem !== null)).toEqual([]);
    expect(tables.some(({ versions }) => versions > 0)).toBe(true);
    await moved.close();
    await target.stop();
  }, 120_000);

  it('is configured by a later start where the first was cut off between its appends', async () => {
    const first = await open(kurrent('d'));
    const append = first.store.append.bind(first.store);
    let through = 1;
    jest.spyOn(first.store, 'append').mockImplementation(async (...given) => {
      if (through-- > 0) return await append(...given);
      throw new StoreError('stale-revision', 'cut off');
    });
    await expect(configure(first, DEFAULT_CHOICES)).rejects.toMatchObject({ failure: 'unfinished-act' });
    await first.close();
    const roles = async ({ store }: Deployment) =>
      (await store.readPage(0n, 100, { types: ['organization.RoleGranted.v1'] })).events.length;
    const second = await open(kurrent('d'));
    expect(await roles(second)).toBe(0);
    await finishConfiguration(second);
    expect(await roles(second)).toBe(3);
    const { position } = await second.store.head();
    await finishConfiguration(second);
    expect((await second.store.head()).position).toBe(position);
    await second.close();
  }, 60_000);

  it('is not an empty KurrentDB while the database holds a log', async () => {
    const deployment = await open();
    await configure(deployment, DEFAULT_CHOICES);
    await deployment.close();
    await expect(open(kurrent('b'))).rejects.toThrow(
      /^The database holds a log, and kurrentdb:\/\/127\.0\.0\.1:\d+ holds none\. Copy it there with plumbline copy/,
    );
    await (await open()).close();
  }, 60_000);

  it('is said to be away, in words, when nothing answers there', async () => {
    await double.away();
    try {
      await expect(open(kurrent('c'))).rejects.toMatchObject({ failure: 'unavailable' });
    } finally {
      await double.back();
    }
  }, 60_000);

  it('is told apart from its secrets', () => {
    expect(withoutSecrets('kurrentdb://admin:secret@a:2113,b:2113?tls=true&userKeyFile=/k')).toBe(
      'kurrentdb://a:2113,b:2113',
    );
    expect(withoutSecrets('postgres://me:secret@db:5432/plumbline?sslmode=require')).toBe(
      'postgres://db:5432/plumbline',
    );
  });
});
