import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KurrentProtocolDouble, startKurrentDouble } from '@plumbline/platform/event-store/testing';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import { EVENT_STORE_FILE, withoutSecrets } from './chosen-event-store';
import { configure, DEFAULT_CHOICES } from './configure';
import { openDeployment } from './deployment';
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
    expect(readFileSync(file, 'utf8').trim()).toBe(withoutSecrets(double.url));
    await expect(open()).rejects.toThrow(/^The log of .* is in kurrentdb:\/\/127\.0\.0\.1:\d+: give --event-store/);
    rmSync(file);
    await (await open()).close();
    expect(existsSync(file)).toBe(false);
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
