import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KurrentProtocolDouble, startKurrentDouble } from '@plumbline/platform/event-store/testing';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import { backup, restore } from './backup';
import { EVENT_STORE_FILE } from './chosen-event-store';
import { configure, DEFAULT_CHOICES, OPERATOR } from './configure';
import { copyLog } from './copy-log';
import { type Deployment, openDeployment } from './deployment';
import { openLog } from './log';

const NOW = '2026-11-23T09:00:00.000Z';

describe('notices and processes, when the log is', () => {
  let double: KurrentProtocolDouble;
  let database: FreshDatabase;
  let other: FreshDatabase;
  let dataDir: string;
  let opened: Deployment[];
  beforeEach(async () => {
    double = await startKurrentDouble();
    [database, other] = [await freshDatabase(), await freshDatabase()];
    dataDir = mkdtempSync(join(tmpdir(), 'plumbline-moved-'));
    opened = [];
  });
  afterEach(async () => {
    for (const deployment of opened) await deployment.close();
    await database.drop();
    await other.drop();
    rmSync(dataDir, { recursive: true });
    await double.stop();
  });

  async function open(where: { eventStoreUrl?: string } = {}, from = { dataDir, databaseUrl: database.url }) {
    const log = openLog('/dev/null');
    const deployment = await openDeployment({ ...from, ...where, standalone: true, clock: () => NOW, log });
    opened.push(deployment);
    return deployment;
  }
  const close = async (deployment: Deployment): Promise<void> => {
    opened = opened.filter((each) => each !== deployment);
    await deployment.close();
  };
  async function notify({ commands, directory }: Deployment, about: string): Promise<void> {
    const items = [{ kind: 'CYCLE_FREEZE', about, due: '2026-11-26' }];
    const person = directory.personIdOf(OPERATOR);
    const result = await commands.handle(
      { type: 'organization.RecordNotice', data: { person, date: '2026-11-23', reason: 'DUE', items } },
      { commandId: `spec/${about}`, actor: { id: 'process:notices', role: 'process' } },
    );
    expect(result).toMatchObject({ accepted: true });
  }

  /** Two notices of history that were left out, one that waits, one that lies in the log only. */
  async function history(where: { eventStoreUrl?: string } = {}): Promise<Deployment> {
    const deployment = await open(where);
    await configure(deployment, DEFAULT_CHOICES);
    await notify(deployment, 'A');
    await notify(deployment, 'B');
    await deployment.mailroom.skipToHead();
    await deployment.processes.catchUp();
    await notify(deployment, 'C');
    await deployment.mailroom.catchUp();
    expect(await deployment.outbox.count()).toEqual({ waiting: 1 });
    await notify(deployment, 'D');
    return deployment;
  }

  /** The one that lies in the log only goes out, those that were left out do not; processes come to the end. */
  async function expectGoesOn(deployment: Deployment): Promise<void> {
    await deployment.mailroom.catchUp();
    expect(await deployment.outbox.count()).toEqual({ waiting: 2 });
    const before = await deployment.store.head();
    await deployment.processes.catchUp();
    expect((await deployment.store.head()).event).toBe(before.event);
    expect(deployment.processes.standing.position).toBeGreaterThanOrEqual(before.position);
    await notify(deployment, 'E');
    await deployment.mailroom.catchUp();
    expect(await deployment.outbox.count()).toEqual({ waiting: 3 });
  }

  it('copied from PostgreSQL into KurrentDB, go on after the same event', async () => {
    await close(await history());
    await copyLog({ url: database.url }, { url: double.url });
    await expectGoesOn(await open({ eventStoreUrl: double.url }));
  }, 120_000);

  it('copied from KurrentDB into PostgreSQL, go on after the same event', async () => {
    await close(await history({ eventStoreUrl: double.url }));
    await copyLog({ url: double.url }, { url: database.url });
    rmSync(join(dataDir, EVENT_STORE_FILE));
    await expectGoesOn(await open());
  }, 120_000);

  it('backed up in KurrentDB and restored into PostgreSQL, go on after the same event', async () => {
    const { store, ownerPool } = await history({ eventStoreUrl: double.url });
    const file = join(dataDir, 'backup.gz');
    await backup(store, ownerPool, dataDir, file);
    const restored = mkdtempSync(join(dataDir, 'restored-'));
    await restore(file, restored, other.url);
    await expectGoesOn(await open({}, { dataDir: restored, databaseUrl: other.url }));
  }, 120_000);

  it('the same and opened again, stand where they stood', async () => {
    const first = await history();
    const places = async ({ ownerPool }: Deployment) => [
      (await ownerPool.query('SELECT * FROM processes.checkpoints ORDER BY process')).rows,
      (await ownerPool.query('SELECT * FROM notices.read_up_to')).rows,
    ];
    const before = await places(first);
    expect(before[0]?.length).toBeGreaterThan(3);
    await close(first);
    expect(await places(await open())).toEqual(before);
  }, 120_000);
});
