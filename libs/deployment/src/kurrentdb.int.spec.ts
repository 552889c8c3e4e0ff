import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { type EventStore, openPostgresEventStore, StoreError } from '@plumbline/platform/event-store';
import { freshPrefix, REAL_KURRENTDB, startKurrentDouble } from '@plumbline/platform/event-store/testing';
import { freshDatabase } from '@plumbline/platform/postgres/testing';
import { rebuildCheck } from '@plumbline/platform/projections';
import { recompute, reportHash, reportText } from '@plumbline/reporting/server';
import { backup, restore } from './backup';
import { importBrackets, readModels } from './contexts';
import { health } from './health';
import { ScratchDeployment } from './scratch-deployment.testing';

const NOW = '2026-11-23T09:00:00.000Z';
const PULSE = 'examples/data/eastmere-pulse.csv';
const MAP = 'examples/maps/eastmere-pulse.yaml';
const OPENS = ['organization.ImportRecorded.v1'];
const BRACKETS = [...importBrackets.opens, ...importBrackets.closes];

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}
const servers: (readonly [string, () => Promise<Server>])[] = [
  ['a stand-in for KurrentDB', () => startKurrentDouble()],
];
if (REAL_KURRENTDB !== undefined)
  servers.push([
    'the KurrentDB at KURRENTDB_URL',
    async () => ({ url: REAL_KURRENTDB ?? '', stop: async () => undefined }),
  ]);

const importTargets = (scratch: ScratchDeployment, more = {}) =>
  scratch.import('targets', 'examples/data/eastmere-targets.csv', more);

/** A hospital that imports who works where, what was measured, and on a later day its targets. Ids come from keys and commands, so that two logs tell it alike. */
async function tell(
  scratch: ScratchDeployment,
  targets: (scratch: ScratchDeployment) => Promise<unknown> = importTargets,
) {
  const by = scratch.as('operator', 'admin');
  await scratch.import('people', 'examples/data/eastmere-people.csv', { by });
  await scratch.import('observations', PULSE, { map: MAP });
  await scratch.import('organization', 'examples/data/eastmere-units.csv');
  await scratch.setClock('2026-11-24T09:00:00.000Z');
  await targets(scratch);
  await scratch.setClock('2026-11-26T09:00:00.000Z');
}

/** Has the appends of an act overtake each other as they may: each waits a moment of its own before it is sent. */
function overtaking(store: EventStore): void {
  const append = store.append.bind(store);
  let appends = 0;
  store.append = async (writes, unchanged, act) => {
    const held = [...writes];
    if (act !== undefined) await new Promise((resolve) => setTimeout(resolve, (++appends * 17) % 23));
    return await append(held, unchanged, act);
  };
}

const importOf = async (store: EventStore, nth: number) =>
  (await store.readPage(0n, 10, { types: OPENS })).events[nth]!;

describe.each(servers)('a deployment whose log is in %s', (_, start) => {
  let server: Server;
  let postgres: ScratchDeployment;
  let kurrent: ScratchDeployment;
  const open = () =>
    ScratchDeployment.open(NOW, {
      ...{ eventStoreUrl: server.url, eventStorePrefix: freshPrefix(), keysOf: postgres.dataDir },
    });
  beforeAll(async () => {
    server = await start();
    postgres = await ScratchDeployment.open(NOW);
    kurrent = await open();
    overtaking(kurrent.deployment.store);
    await tell(postgres);
    await tell(kurrent);
  }, 180_000);
  afterAll(async () => {
    await kurrent.close();
    await postgres.close();
    await server.stop();
  });

  type AsOf = Parameters<ScratchDeployment['report']>[1];
  const end = async (scratch: ScratchDeployment): Promise<AsOf> => {
    const { events } = await scratch.deployment.store.readPage(0n, 10_000, { types: ['organization.DayBegan.v1'] });
    return { position: events.at(-1)!.position };
  };

  /** Every report's text, or the rule that refuses it, by its id. */
  async function answersOf(scratch: ScratchDeployment, asOf: AsOf) {
    const answers: Record<string, string> = {};
    for (const { id, audience, compares } of scratch.reports.list())
      if (audience.includes('hr') && compares !== true)
        answers[id] = await scratch.reports
          .report(id, {}, asOf, scratch.operator)
          .then(reportText, (error: { rule?: string }) => error.rule ?? String(error));
    return answers;
  }

  it('holds the same events, in positions of its own', async () => {
    const { densePositions, assertsUnchanged } = kurrent.deployment.store.capabilities;
    expect([densePositions, assertsUnchanged]).toEqual([false, false]);
    const ids = async ({ deployment }: ScratchDeployment) =>
      (await deployment.store.readPage(0n, 10_000)).events.map(({ event }) => event.id).sort();
    expect(await ids(kurrent)).toEqual(await ids(postgres));
  });

  it('answers every report as the same history in PostgreSQL does, positions aside', async () => {
    const answers = await answersOf(kurrent, await end(kurrent));
    expect(Object.values(answers).filter((text) => text.startsWith('{')).length).toBeGreaterThan(5);
    expect(answers).toEqual(await answersOf(postgres, await end(postgres)));
  });

  it('answers as it was on a day, and at a position inside an import as at its end', async () => {
    const day: AsOf = { day: '2026-11-23' };
    expect(await kurrent.text(undefined, day)).toBe(await postgres.text(undefined, day));
    expect(await kurrent.text(undefined, day)).not.toBe(await kurrent.text(undefined, await end(kurrent)));
    const texts = await Promise.all(
      [kurrent, postgres].map(async (scratch) => {
        const { position } = await importOf(scratch.deployment.store, 1);
        const within = (await scratch.deployment.store.readPage(position, 40)).events.at(-1)!.position;
        return [await scratch.text(undefined, { position }), await scratch.text(undefined, { position: within })];
      }),
    );
    expect(new Set(texts.flat()).size).toBe(1);
  });

  it('explains a figure by the same events, and says what changed and because of which', async () => {
    const explained = async (scratch: ScratchDeployment) => {
      const at = await end(scratch);
      const { explanation } = await scratch.reports.explain('R2', 'CHALLENGE-BELONG/lagging', {}, at, scratch.operator);
      const { difference } = await scratch.reports.diff('R2', {}, { day: '2026-11-23' }, at, scratch.operator);
      return JSON.stringify([explanation, difference], (name, value: unknown) =>
        name === 'position' ? undefined : typeof value === 'bigint' ? String(value) : value,
      );
    };
    const text = await explained(kurrent);
    expect(JSON.parse(text)[0].cites.length).toBeGreaterThan(2);
    expect(text).toBe(await explained(postgres));
  });

  it('has read models that a replay of the log gives again, and reports that it gives again too', async () => {
    const { store, ownerPool, log, parted } = kurrent.deployment;
    const check = await rebuildCheck(store, ownerPool, readModels, { log });
    expect(check.tables.filter(({ differences, problem }) => differences > 0 || problem !== null)).toEqual([]);
    const { position } = await importOf(store, 1);
    const live = await kurrent.reports.report('R2', {}, { position }, kurrent.operator);
    const viewer = { id: kurrent.operator.id, role: 'hr' } as const;
    expect((await recompute(store, 'R2', position, viewer, {}, parted)).result).toBe(reportHash(live));
  });

  it('records an import stream by stream under its own id, from its opening to its closing event', async () => {
    const { store } = kurrent.deployment;
    const opening = await importOf(store, 1);
    const { importId } = opening.event.data as { importId: string };
    const events = (await store.readPage(0n, 10_000)).events.map(({ event }) => event);
    const own = events.filter(({ act }) => act === importId);
    expect(own.length).toBeGreaterThan(100);
    expect([own[0]?.type, own.at(-1)?.type]).toEqual([
      'organization.ImportRecorded.v1',
      'organization.ImportCompleted.v1',
    ]);
    const between = own.slice(1, -1).map(({ stream }) => stream);
    expect(between.filter((stream, at) => at === 0 || between[at - 1] !== stream).length).toBe(new Set(between).size);
    expect(await kurrent.deployment.parted.unfinished()).toEqual([]);
    expect((await health(kurrent.deployment).check()).parts['imports']).toBe('none unfinished');
  });

  it('is backed up with its log, and restored into PostgreSQL under positions without gaps', async () => {
    const { store, ownerPool } = kurrent.deployment;
    const [folder, database] = [mkdtempSync(join(kurrent.dataDir, 'backup-')), await freshDatabase()];
    const empty = mkdtempSync(join(tmpdir(), 'plumbline-restored-'));
    try {
      const file = join(folder, 'backup.gz');
      const { events } = await backup(store, ownerPool, kurrent.dataDir, file);
      await restore(file, empty, database.url);
      const restored = await openPostgresEventStore({ url: database.url });
      const bytes = async (log: EventStore) => (await log.readPage(0n, 10_000)).events.map((event) => [...event.bytes]);
      expect(await bytes(restored)).toEqual(await bytes(store));
      expect((await restored.head()).position).toBe(BigInt(events));
      await restored.close();
    } finally {
      rmSync(empty, { recursive: true });
      await database.drop();
    }
  }, 60_000);

  it('stands before an import that was cut off, says so, and is as if nothing had happened when it is finished', async () => {
    const cut = await open();
    try {
      await tell(cut, async () => {
        const { store, parted } = cut.deployment;
        const before = await cut.text();
        const append = store.append.bind(store);
        let through = 4;
        const spy = jest.spyOn(store, 'append').mockImplementation(async (...given) => {
          if (through-- > 0) return await append(...given);
          throw new StoreError('stale-revision', 'others write the same, again and again');
        });
        await expect(importTargets(cut)).rejects.toMatchObject({ failure: 'unfinished-act' });
        spy.mockRestore();
        await cut.deployment.projections.catchUp();

        const [open] = await parted.unfinished();
        const importId = open!.act;
        const report = await cut.report();
        expect(report.asOf.unfinished).toEqual([{ importId, since: open!.recordedAt }]);
        expect(reportText(report)).toBe(before);
        expect((await cut.report(undefined, { day: '2026-11-24' })).asOf.unfinished).toHaveLength(1);
        expect((await cut.report(undefined, { day: '2026-11-23' })).asOf.unfinished).toBeUndefined();
        await expect(cut.report(undefined, { position: open!.first })).rejects.toMatchObject({
          failure: 'unfinished-act',
          message: expect.stringContaining(`plumbline import --resume ${importId}`),
        });
        const after = (await store.head()).position;
        await expect(cut.reports.report('R2', {}, undefined, cut.operator, after)).rejects.toMatchObject({
          failure: 'unfinished-act',
        });
        // decisions go on meanwhile, on what is recorded; those that rest on figures wait
        const again = await cut.import('organization', 'examples/data/eastmere-units.csv');
        expect(again).toMatchObject({ state: 'unchanged', refused: 0 });
        await expect(cut.deployment.reader.assertWhole((await store.head()).position)).rejects.toThrow(importId);
        const { parts, ready } = await health(cut.deployment).check();
        expect([ready, parts['imports']]).toEqual([true, expect.stringContaining(importId)]);
        const mayOpen = await cut.reports.gate(cut.operator);
        const within = (await store.readPage(open!.first, 1)).events[0]!.event;
        expect(mayOpen(within)).toBe(false);

        const other = '0a9b8c7d-6e5f-8a4b-93c2-d1e0f9a8b7c6';
        await expect(importTargets(cut, { resume: other })).rejects.toMatchObject({
          rule: 'an-import-goes-on-with-its-own-file',
        });
        const outcome = await importTargets(cut, { resume: importId });
        expect(outcome).toMatchObject({ state: 'recorded', rows: 10, recorded: 10, unchanged: 0, refused: 0 });
        expect(await parted.unfinished()).toEqual([]);
        expect((await cut.report()).asOf.unfinished).toBeUndefined();
        expect((await cut.reports.gate(cut.operator))(within)).toBe(true);
      });
      expect(await answersOf(cut, await end(cut))).toEqual(await answersOf(postgres, await end(postgres)));
    } finally {
      await cut.close();
    }
  }, 120_000);

  it('opens an import again that had ended, when the same file gives more, and not when it gives nothing', async () => {
    const { parted, store, projections } = kurrent.deployment;
    const file = join(mkdtempSync(join(kurrent.dataDir, 'file-')), 'units.csv');
    writeFileSync(file, 'code,name,parent,validFrom\nNEW,New,EASTMERE,2026-11-26\nLATE,Late,LATER,2026-11-26\n');
    const send = async () => {
      await projections.catchUp();
      return await kurrent.import('organization', file, { skipBadRows: true });
    };
    const brackets = async () =>
      (await store.readPage(0n, 100, { types: BRACKETS })).events
        .filter(({ event }) => (event.data as { importId: string }).importId === importId)
        .map(({ event }) => event.type.replace(/^organization\.Import|\.v1$/g, ''));
    const { importId, ...first } = await send();
    expect(first).toMatchObject({ state: 'recorded', recorded: 1, refused: 1 });
    expect(await send()).toMatchObject({ state: 'unchanged', recorded: 0, refused: 1 });
    expect(await brackets()).toEqual(['Recorded', 'Completed']);
    const unit = { code: 'LATER', name: 'Later', parent: 'EASTMERE', validFrom: '2026-11-26' };
    await kurrent.send('organization.RegisterUnit', unit, kurrent.operator);
    expect(await send()).toMatchObject({ state: 'recorded', recorded: 1, unchanged: 1, refused: 0 });
    expect(await brackets()).toEqual(['Recorded', 'Completed', 'Reopened', 'Completed']);
    expect(await parted.unfinished()).toEqual([]);
  });
});
