import { openKurrentRawLog, openPostgresRawLog } from '@plumbline/platform/event-store';
import { freshPrefix, REAL_KURRENTDB, startKurrentDouble } from '@plumbline/platform/event-store/testing';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import { copyLog, type CopyProgress, type LogPlace } from './copy-log';
import { ScratchDeployment } from './scratch-deployment.testing';

const servers: (readonly [string, () => Promise<{ readonly url: string; stop(): Promise<void> }>])[] = [
  ['a stand-in for KurrentDB', () => startKurrentDouble()],
];
if (REAL_KURRENTDB !== undefined)
  servers.push([
    'the KurrentDB at KURRENTDB_URL',
    async () => ({ url: REAL_KURRENTDB ?? '', stop: async () => undefined }),
  ]);

describe.each(servers)('a log copied from PostgreSQL to %s and back', (_, start) => {
  let scratch: ScratchDeployment;
  let server: { readonly url: string; stop(): Promise<void> };
  let back: FreshDatabase;
  let postgres: LogPlace;
  let kurrent: LogPlace;
  beforeAll(async () => {
    server = await start();
    back = await freshDatabase();
    scratch = await ScratchDeployment.open('2026-11-23T09:00:00.000Z');
    const map = 'examples/maps/eastmere-pulse.yaml';
    await scratch.import('observations', 'examples/data/eastmere-pulse.csv', { map });
    postgres = { url: scratch.database.url };
    kurrent = { url: server.url, prefix: freshPrefix() };
  }, 120_000);
  afterAll(async () => {
    await scratch.close();
    await back.drop();
    await server.stop();
  });
  const bytes = async () => (await scratch.deployment.store.readPage(0n, 10_000)).events.map((event) => event.bytes);

  it('keeps every byte, and says what both hold', async () => {
    const seen: CopyProgress['phase'][] = [];
    const there = await copyLog(postgres, kurrent, ({ phase }) => void seen.push(phase));
    expect(there).toMatchObject({ there: 0, events: (await bytes()).length });
    expect(there.reports.map(({ report }) => report)).toEqual(['R1', 'R2', 'R9']);
    expect(there.reports.some(({ result }) => /^[0-9a-f]{64}$/.test(result))).toBe(true);
    expect(seen).toContain('copying');
    const { ...again } = await copyLog(kurrent, { url: back.url });
    expect(again).toEqual({ ...there, there: 0 });
  }, 120_000);

  it('does nothing the second time', async () => {
    const { there, events } = await copyLog(postgres, kurrent);
    expect(there).toBe(events);
  }, 120_000);

  it('goes on with a copy that was cut off', async () => {
    const all = await bytes();
    const cut = { url: server.url, prefix: freshPrefix() };
    const raw = await openKurrentRawLog({ url: cut.url, streamPrefix: cut.prefix });
    await raw.append(all.slice(0, 50));
    await raw.close();
    expect(await copyLog(postgres, cut)).toMatchObject({ there: 50, events: all.length });
    const half = await freshDatabase();
    try {
      await expect(copyLog({ url: half.url }, cut)).rejects.toThrow('holds no log');
      await copyLog(kurrent, { url: half.url });
      expect(await copyLog(kurrent, { url: half.url })).toMatchObject({ there: all.length });
    } finally {
      await half.drop();
    }
  }, 120_000);

  it('is refused where the target holds something else, where the source is empty, and onto itself', async () => {
    const other = await ScratchDeployment.open('2026-11-22T09:00:00.000Z');
    try {
      await expect(copyLog(postgres, { url: other.database.url })).rejects.toThrow('holds another log already');
      await expect(copyLog({ url: other.database.url }, kurrent)).rejects.toThrow('holds another log already');
    } finally {
      await other.close();
    }
    const empty = { url: server.url, prefix: freshPrefix() };
    await expect(copyLog(empty, postgres)).rejects.toThrow('holds an empty log');
    await expect(copyLog(postgres, postgres)).rejects.toThrow('--from and --to are the same');
    await expect(copyLog({ url: 'http://example' }, postgres)).rejects.toThrow('is no address of a log');
  }, 120_000);

  it('takes no event that does not follow the last of its stream', async () => {
    const [, second] = await bytes();
    const raw = openPostgresRawLog(scratch.deployment.roles.ownerUrl);
    await expect(raw.append([second!])).rejects.toMatchObject({ failure: 'stale-revision' });
    await raw.close();
    const there = await openKurrentRawLog({ url: server.url, streamPrefix: freshPrefix() });
    const late = (await bytes()).find((each) => JSON.parse(Buffer.from(each).toString()).revision > 0)!;
    await expect(there.append([late])).rejects.toMatchObject({ failure: 'stale-revision' });
    await there.close();
  }, 60_000);
});
