import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import { backup, restore } from './backup';
import { type Deployment, openDeployment } from './deployment';
import { openLog } from './log';
import { ScratchDeployment } from './scratch-deployment.testing';

const NOW = '2026-11-23T09:00:00.000Z';
const PROCESSES = { id: 'process:notices', role: 'process' } as const;

describe('what stands beside the log, in a backup', () => {
  let house: ScratchDeployment;
  let folder: string;
  let database: FreshDatabase;
  let restored: Deployment;

  const notice = async (day: string): Promise<void> => {
    const data = {
      ...{ person: house.operator.id, date: day, reason: 'DUE' },
      items: [{ kind: 'CYCLE_FREEZE', about: 'C2026', due: '2026-11-26' }],
    };
    await house.send('organization.RecordNotice', data, PROCESSES);
  };

  beforeAll(async () => {
    house = await ScratchDeployment.open(NOW);
    const { deployment } = house;
    await notice('2026-11-20');
    await deployment.mailroom.catchUp();
    await deployment.delivery.deliver();
    await notice('2026-11-21');
    await deployment.mailroom.catchUp();
    await notice('2026-11-22');
    await deployment.processes.catchUp();
    folder = mkdtempSync(join(tmpdir(), 'plumbline-backup-'));
    database = await freshDatabase();
    const file = join(folder, 'backup.gz');
    await backup(deployment.store, deployment.ownerPool, house.dataDir, file);
    const dataDir = mkdtempSync(join(folder, 'data-'));
    await restore(file, dataDir, database.url);
    restored = await openDeployment({
      ...{ dataDir, databaseUrl: database.url, standalone: true, clock: () => NOW },
      log: openLog(join(folder, 'plumbline.log')),
    });
  }, 60_000);
  afterAll(async () => {
    await restored.close();
    await database.drop();
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are the notices that have not left, with those that lie in the log but not in the outbox yet', async () => {
    const { waiting: atBackup, ...left } = await house.deployment.outbox.count();
    expect(atBackup).toBe(1);
    expect(await restored.outbox.count()).toEqual({ waiting: 1, ...left });
    await restored.mailroom.catchUp();
    expect(await restored.outbox.count()).toEqual({ waiting: 2, ...left });
  });

  it('is how far each process has acted', async () => {
    const checkpoints = async ({ ownerPool }: Deployment) =>
      (await ownerPool.query('SELECT process, version, position FROM processes.checkpoints ORDER BY process')).rows;
    const before = await checkpoints(house.deployment);
    expect(before.length).toBeGreaterThan(5);
    expect(await checkpoints(restored)).toEqual(before);
  });
});
