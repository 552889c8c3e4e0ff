import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type EventStore, migrateEventStore, openPostgresEventStore } from '@plumbline/platform/event-store';
import { bundleForSpec, type FreshDatabase, freshDatabase } from '@plumbline/platform/postgres';
import { BatchHandler } from './batch-handler';
import { CommandHandler } from './command-handler';
import type { Accepted } from './command-result';
import { by, HR, LEGAL, STEWARD, ToyDeployment } from './toy-deployment.testing';

const DEFINE = { type: 'toy.DefineMetric', data: { code: 'LC' } };
const classify = (legalClass: string) => ({ type: 'toy.ClassifyMetric', data: { code: 'LC', legalClass } });
const link = (note: string) => ({ type: 'toy.RequestLink', data: { metric: 'LC', note } });

describe('commands on PostgreSQL', () => {
  let database: FreshDatabase;
  let stores: readonly EventStore[] = [];
  let toy: ToyDeployment;
  let handlers: readonly CommandHandler[];

  beforeEach(async () => {
    database = await freshDatabase();
    const { writerUrl } = await migrateEventStore(database.url);
    stores = await Promise.all([1, 2].map(() => openPostgresEventStore({ url: writerUrl })));
    toy = new ToyDeployment(stores[0]);
    toy.now = new Date().toISOString();
    handlers = stores.map((store) => new CommandHandler(toy.parts(store)));
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  });
  const log = async () => (await toy.store.readPage(0n, 10_000)).events.map(({ event }) => event);

  it('of one kind that race for one stream: one wins, the others are refused by the rule', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, (_, n) => handlers[n % 2]!.handle(DEFINE, by(HR))));
    expect(results.filter(({ accepted }) => accepted)).toHaveLength(1);
    expect(results.filter((result) => !result.accepted && result.refused === 'a-metric-is-defined-once')).toHaveLength(
      19,
    );
    expect(await log()).toHaveLength(1);
  });

  it('sent many times at once under one id are recorded once and answered alike', async () => {
    const meta = by(HR);
    const results = await Promise.all(Array.from({ length: 20 }, (_, n) => handlers[n % 2]!.handle(DEFINE, meta)));
    expect(new Set(results.map((result) => (result as Accepted).events[0])).size).toBe(1);
    expect(results.filter((result) => (result as Accepted).repeated)).toHaveLength(19);
    expect(await log()).toHaveLength(1);
  });

  it('that rest on a class never stand behind a change of it', async () => {
    await handlers[0]!.handle(DEFINE, by(HR));
    await handlers[0]!.handle(classify('NEUTRAL'), by(LEGAL));
    for (let round = 0; round < 10; round++) {
      const [, ...links] = await Promise.all([
        handlers[1]!.handle(classify(round % 2 === 0 ? 'CLASS_BASED' : 'NEUTRAL'), by(LEGAL)),
        ...[0, 1, 0, 1].map((n) => handlers[n]!.handle(link(`round ${round}`), by(HR))),
      ]);
      expect(
        links.every(
          (result) => result.accepted || ['only-neutral-metrics-are-linked', 'stale-revision'].includes(result.refused),
        ),
      ).toBe(true);
    }
    let legalClass = '';
    for (const event of await log()) {
      if (event.type === 'toy.MetricClassified.v1') legalClass = (event.data as { legalClass: string }).legalClass;
      if (event.type === 'toy.LinkApproved.v1') expect(legalClass).toBe('NEUTRAL');
      if (event.type === 'toy.LinkRefused.v1') expect(legalClass).toBe('CLASS_BASED');
    }
  });

  it('in two batches that race for the same rows record each row once', async () => {
    await handlers[0]!.handle(DEFINE, by(HR));
    const commands = Array.from({ length: 700 }, (_, n) => ({
      commandId: `row-${n}`,
      type: 'toy.Observe',
      data: { metric: 'LC', unit: `U${n % 50}`, period: `${n}`, value: '1', source: 's' },
    }));
    const batches = stores.map((store) => new BatchHandler(toy.parts(store)));
    const results = await Promise.all(
      batches.map((batch, n) => batch.handle(commands, { actor: STEWARD, correlationId: `import-${n}` })),
    );
    expect(results.map(({ recorded, repeated }) => recorded + repeated)).toEqual([700, 700]);
    expect(results.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(700);
    expect(await log()).toHaveLength(701);
  });

  it('200,000 in one batch stay under 512 MiB for the whole process, and are known again', async () => {
    const entry = bundleForSpec('libs/platform/commands/src/large-batch.testing.ts');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--max-old-space-size=256', fileURLToPath(entry), database.url, '200000'],
      { env: { ...process.env, NODE_OPTIONS: '' } },
    );
    const result = JSON.parse(stdout) as { peak: number };
    expect(result).toMatchObject({ accepted: true, recorded: 200_000, repeated: 200_000, heard: 800 });
    expect(result.peak).toBeLessThan(512);
  }, 300_000);
});
