import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalDate } from '@plumbline/kernel';
import { anyReadModel } from '@plumbline/kernel';
import { calendarDays } from '@plumbline/organization/domain';
import { type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres/testing';
import type { Process } from '@plumbline/processes';
import { configureDemonstration, DEFAULT_CHOICES } from './configure';
import { type Deployment, openDeployment } from './deployment';
import { openLog } from './log';
import { ProcessCheckpoints } from './process-checkpoints';
import { ProcessRunner } from './process-runner';
import { SimulatedTime } from './simulated-time';
import { Worker } from './worker';

const person = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';

/** On each day one notice, and one command that is always refused. */
const teller: Process = {
  name: 'teller',
  version: 1,
  sentence: 'When a day begins, someone is told.',
  reads: [anyReadModel(calendarDays)],
  on: {
    'organization.DayBegan.v1': (event, rows) => {
      const { date } = event.data as { date: LocalDate };
      const items = [{ kind: 'CYCLE_FREEZE', about: `day ${rows.of(calendarDays).length}`, due: date }];
      return [
        {
          command: { type: 'organization.RecordNotice', data: { person, date, reason: 'DUE', items } },
          about: date,
        },
        { command: { type: 'organization.ClosePeriod', data: { period: '2099' } }, about: '2099' },
      ];
    },
  },
};

describe('processes on a running log', () => {
  let database: FreshDatabase;
  let dataDir: string;
  const open: Deployment[] = [];

  beforeEach(async () => {
    database = await freshDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'plumbline-processes-'));
  });
  afterEach(async () => {
    for (const deployment of open.splice(0)) await deployment.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const deploy = async (): Promise<Deployment> => {
    const log = openLog(join(dataDir, 'plumbline.log'));
    const deployment = await openDeployment({ dataDir, databaseUrl: database.url, standalone: true, log });
    open.push(deployment);
    return deployment;
  };
  const runnerOf = (deployment: Deployment, processes: readonly Process[], fail: () => boolean = () => false) =>
    new ProcessRunner({
      ...deployment,
      checkpoints: new ProcessCheckpoints(deployment.ownerPool),
      processes,
      commands: {
        handle: async (command, meta) => {
          if (fail()) throw new Error('killed before it was sent');
          const result = await deployment.commands.handle(command, meta);
          if (fail()) throw new Error('killed after it was recorded');
          return result;
        },
      },
    });
  const recorded = async ({ store }: Deployment, type: string) => {
    const events = [];
    for await (const { event } of store.readAll(0n, { types: [type] }))
      events.push(event.data as Record<string, unknown>);
    return events;
  };
  const noticesOf = async (deployment: Deployment) =>
    (await recorded(deployment, 'organization.NoticeRecorded.v1')).map(({ date, items }) => [
      date,
      (items as { about: string }[])[0]!.about,
    ]);
  const refusalsOf = (deployment: Deployment) => recorded(deployment, 'organization.ProcessStepRefused.v1');

  it('act on what comes after their start, each step once, and list what was refused once', async () => {
    const deployment = await deploy();
    await configureDemonstration(deployment, DEFAULT_CHOICES, '2025-02-03');
    const runner = runnerOf(deployment, [teller]);
    await runner.catchUp();
    expect(await noticesOf(deployment)).toEqual([]);
    await new SimulatedTime(deployment).moveTo('2025-02-06');
    await runner.catchUp();
    await runner.catchUp();
    expect(await noticesOf(deployment)).toEqual([
      ['2025-02-04', 'day 2'],
      ['2025-02-05', 'day 3'],
      ['2025-02-06', 'day 4'],
    ]);
    const [first] = await refusalsOf(deployment);
    expect(first).toMatchObject({
      process: 'teller',
      step: 1,
      command: 'organization.ClosePeriod',
      about: '2099',
      rule: 'a-period-closes-after-its-last-day',
    });
  });

  it('lose nothing and do nothing twice, wherever they are killed', async () => {
    const deployment = await deploy();
    await configureDemonstration(deployment, DEFAULT_CHOICES, '2025-02-03');
    await runnerOf(deployment, [teller]).catchUp();
    await new SimulatedTime(deployment).moveTo('2025-02-10');
    let calls = 0;
    for (let killedAt = 1; killedAt < 40; killedAt += 3) {
      calls = 0;
      await runnerOf(deployment, [teller], () => ++calls === killedAt)
        .catchUp()
        .catch((error: unknown) => expect(String(error)).toContain('killed'));
    }
    await runnerOf(deployment, [teller]).catchUp();
    expect((await noticesOf(deployment)).map(([date]) => date)).toEqual([
      '2025-02-04',
      '2025-02-05',
      '2025-02-06',
      '2025-02-07',
      '2025-02-08',
      '2025-02-09',
      '2025-02-10',
    ]);
  });

  it('do no harm when two workers run them at once, or their checkpoints are lost', async () => {
    const deployment = await deploy();
    await configureDemonstration(deployment, DEFAULT_CHOICES, '2025-02-03');
    await runnerOf(deployment, [teller]).catchUp();
    await new SimulatedTime(deployment).moveTo('2025-02-08');
    await Promise.all([runnerOf(deployment, [teller]).catchUp(), runnerOf(deployment, [teller]).catchUp()]);
    expect(await noticesOf(deployment)).toHaveLength(5);
    await deployment.ownerPool.query('DELETE FROM processes.checkpoints');
    await runnerOf(deployment, [teller]).catchUp();
    expect(await noticesOf(deployment)).toHaveLength(5);
  });

  it('go on in a new version after what the old one has acted on, never before', async () => {
    const deployment = await deploy();
    await configureDemonstration(deployment, DEFAULT_CHOICES, '2025-02-03');
    const time = new SimulatedTime(deployment);
    await runnerOf(deployment, [teller]).catchUp();
    await time.moveTo('2025-02-05');
    await runnerOf(deployment, [teller]).catchUp();
    await time.moveTo('2025-02-06');
    await runnerOf(deployment, [{ ...teller, version: 2 }]).catchUp();
    expect((await noticesOf(deployment)).map(([date]) => date)).toEqual(['2025-02-04', '2025-02-05', '2025-02-06']);
    await expect(runnerOf(deployment, [teller]).catchUp()).rejects.toThrow('acts on this log in version 2');
  });

  it('let one that throws stand still while the others go on', async () => {
    const deployment = await deploy();
    await configureDemonstration(deployment, DEFAULT_CHOICES, '2025-02-03');
    const broken: Process = { ...teller, name: 'broken', on: { 'organization.DayBegan.v1': () => JSON.parse('{') } };
    const runner = runnerOf(deployment, [broken, teller]);
    await runner.catchUp();
    await new SimulatedTime(deployment).moveTo('2025-02-05');
    await runner.catchUp();
    expect(await noticesOf(deployment)).toHaveLength(2);
    expect([...runner.standing.faulty.keys()]).toEqual(['broken']);
  });

  it('have their notices sent once, also over a restart', async () => {
    const deployment = await deploy();
    await configureDemonstration(deployment, DEFAULT_CHOICES, '2025-02-03');
    await deployment.directory.upsert([{ key: 'nobody', name: 'Nobody' }]);
    const to = deployment.directory.personIdOf('nobody');
    const addressed: Process = {
      ...teller,
      on: {
        'organization.DayBegan.v1': (event, rows) =>
          teller.on['organization.DayBegan.v1']!(event, rows)
            .slice(0, 1)
            .map(({ command, about }) => ({
              about,
              command: { ...command, data: { ...(command.data as object), person: to } },
            })),
      },
    };
    await runnerOf(deployment, [addressed]).catchUp();
    await new SimulatedTime(deployment).moveTo('2025-02-05');
    await runnerOf(deployment, [addressed]).catchUp();
    await Promise.all([deployment.mailroom.catchUp(), deployment.mailroom.catchUp()]);
    await deployment.delivery.deliver();
    const again = await deploy();
    await again.mailroom.catchUp();
    await again.delivery.deliver();
    expect(readdirSync(join(dataDir, 'notices')).map((name) => name.slice(0, 10))).toEqual([
      '2025-02-04',
      '2025-02-05',
    ]);
    expect(await again.outbox.count()).toEqual({ sent: 2 });
  });

  it('have simulated time go on from the log after a restart', async () => {
    const deployment = await deploy();
    await configureDemonstration(deployment, { ...DEFAULT_CHOICES, timeZone: 'Europe/London' }, '2025-03-28');
    await new SimulatedTime(deployment).moveTo('2025-03-31');
    expect(deployment.clock.now()).toBe('2025-03-31T08:00:00.000Z');
    const again = await deploy();
    expect([again.clock.simulated, again.clock.now()]).toEqual([true, '2025-03-31T08:00:00.000Z']);
    await new SimulatedTime(again).moveTo('2025-04-02');
    const days = [];
    for await (const { event } of again.store.readAll(0n, { types: ['organization.DayBegan.v1'] }))
      days.push([(event.data as { date: string }).date, event.recordedAt]);
    expect(days).toEqual([
      ['2025-03-28', '2025-03-28T00:00:00.000Z'],
      ['2025-03-29', '2025-03-29T00:00:00.000Z'],
      ['2025-03-30', '2025-03-30T00:00:00.000Z'],
      ['2025-03-31', '2025-03-30T23:00:00.000Z'],
      ['2025-04-01', '2025-03-31T23:00:00.000Z'],
      ['2025-04-02', '2025-04-01T23:00:00.000Z'],
    ]);
    await expect(new SimulatedTime(again).moveTo('2025-03-01')).rejects.toThrow('time does not go back');
  });

  it('are not run on a demonstration by a worker of its own', async () => {
    const deployment = await deploy();
    await configureDemonstration(deployment, DEFAULT_CHOICES, '2025-02-03');
    const { options, ...parts } = deployment;
    expect(() => new Worker({ ...parts, options: { ...options, standalone: false } }).start()).toThrow('demonstration');
  });
});
