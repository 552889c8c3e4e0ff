import {
  type EventStore,
  MemoryEventStore,
  StoreError,
  type StreamWrite,
  type Unchanged,
} from '@plumbline/platform/event-store';
import { jest } from '@jest/globals';
import { BatchHandler } from './batch-handler';
import { CommandHandler } from './command-handler';
import type { BatchCommand, BatchMeta, BatchProgress } from './command-meta';
import { by, HR, LEGAL, STEWARD, ToyDeployment } from './toy-deployment.testing';

const META: BatchMeta = { actor: STEWARD, correlationId: 'import-1' };
const define = (code: string, commandId = `define-${code}`): BatchCommand => ({
  commandId,
  type: 'toy.DefineMetric',
  data: { code },
});
const observe = (unit: string, value = '1', change: Partial<BatchCommand> = {}): BatchCommand => ({
  commandId: `row-${unit}-${value}`,
  type: 'toy.Observe',
  data: { metric: 'LC', unit, period: '2026', value, source: 'file.csv' },
  ...change,
});

describe('a batch', () => {
  let toy: ToyDeployment;
  let batch: BatchHandler;
  let single: CommandHandler;
  beforeEach(async () => {
    toy = new ToyDeployment();
    batch = new BatchHandler(toy.parts());
    single = new CommandHandler(toy.parts());
  });
  const withMetric = () => single.handle({ type: 'toy.DefineMetric', data: { code: 'LC' } }, by(HR));
  const appendSpy = () => jest.spyOn(toy.store, 'append');

  it('records all its commands in one append', async () => {
    await withMetric();
    const append = appendSpy();
    const result = await batch.handle([observe('A'), observe('B'), observe('C')], META);
    expect(result).toEqual({
      accepted: true,
      commands: 3,
      recorded: 3,
      events: 3,
      unchanged: 0,
      repeated: 0,
      refusedCount: 0,
      refused: [],
      first: 2n,
      last: 4n,
    });
    expect(append).toHaveBeenCalledTimes(1);
    const { events } = await toy.store.readPage(1n, 10);
    expect(events.map(({ event }) => event)).toEqual(
      ['A', 'B', 'C'].map((unit) =>
        expect.objectContaining({
          commandId: `row-${unit}-1`,
          correlationId: 'import-1',
          causationId: `row-${unit}-1`,
          actor: STEWARD,
          policyVersion: 'pack-1',
          data: { period: '2026', value: '1', source: 'file.csv' },
        }),
      ),
    );
    expect(toy.counted).toContain('toy.Observe recorded 3');
  });

  it('gives an event the very bytes that a single command would have given it', async () => {
    await withMetric();
    await batch.handle([{ ...observe('A'), reason: 'why', evidence: ['e'] }], { ...META, correlationId: 'row-A-1' });
    const twin = new ToyDeployment();
    const alone = new CommandHandler(twin.parts());
    await alone.handle({ type: 'toy.DefineMetric', data: { code: 'LC' } }, by(HR));
    const { commandId, type, data } = observe('A');
    await alone.handle({ type, data }, { commandId, actor: STEWARD, reason: 'why', evidence: ['e'] });
    const [a, b] = await Promise.all(
      [toy, twin].map(async ({ store }) => (await store.readPage(1n, 1)).events[0]!.event),
    );
    const volatile = { salt: 'any', reason: 'any' };
    expect({ ...a, ...volatile }).toEqual({ ...b, ...volatile });
  });

  it('decides each command on what the earlier ones left, in its own stream and in its facts', async () => {
    toy.roles.add(`${STEWARD.id} hr`);
    const hr: BatchMeta = { ...META, actor: { id: STEWARD.id, role: 'hr' } };
    expect((await batch.handle([define('LC')], hr)).accepted).toBe(true);
    const result = await batch.handle(
      [observe('A'), observe('A', '1', { commandId: 'again' }), observe('A', '2')],
      META,
    );
    expect(result).toMatchObject({
      accepted: false,
      recorded: 1,
      unchanged: 1,
      refused: [{ index: 2, commandId: 'row-A-2', kind: 'rule', refused: 'already-observed' }],
    });
  });

  it('sees a fact that an earlier command of the same batch made', async () => {
    toy.registry.command('toy.DefineMetric');
    for (const command of toy.registry.all()) (command as { roles: unknown }).roles = ['data-steward'];
    const append = appendSpy();
    const result = await batch.handle([define('LC'), observe('A'), observe('B')], META);
    expect(result).toMatchObject({ accepted: true, recorded: 3, first: 1n, last: 3n });
    expect(append).toHaveBeenCalledTimes(1);
    expect(append.mock.calls[0]![1]).toEqual([]);
  });

  it('begins anew when a stream it has written is asked under a fold it had not met', async () => {
    for (const command of toy.registry.all()) (command as { roles: unknown }).roles = ['data-steward'];
    const defines = Array.from({ length: 600 }, (_, index) => define(`M${index}`));
    const late: BatchCommand = {
      commandId: 'late',
      type: 'toy.Observe',
      data: { metric: 'M7', unit: 'A', period: '2026', value: '1', source: 's' },
    };
    expect(await batch.handle([...defines, late], META)).toMatchObject({ accepted: true, recorded: 601 });
  });

  it('records nothing when one command is refused, and names every refused one', async () => {
    await withMetric();
    const append = appendSpy();
    const commands = [
      observe('A'),
      observe('B', '1', { data: { metric: 'LC', unit: 'B', period: 2026, value: '1', source: 's' } }),
      observe('C', '1', { data: { metric: 'XX', unit: 'C', period: '2026', value: '1', source: 's' } }),
      observe('D', '1', { type: 'toy.Unheard' }),
      define('NEW'),
      observe('E', '1', { occurredAt: '2020-01-01T00:00:00.000Z' }),
      observe('A', '1'),
    ];
    const result = await batch.handle(commands, META);
    expect(result).toMatchObject({
      accepted: false,
      commands: 7,
      recorded: 1,
      refusedCount: 6,
      first: null,
      last: null,
    });
    expect(result.refused.map(({ index, refused }) => [index, refused])).toEqual([
      [1, 'a-command-has-its-declared-form'],
      [2, 'an-observation-names-a-defined-metric'],
      [3, 'a-command-has-a-known-type'],
      [4, 'a-command-is-sent-in-one-of-its-roles'],
      [5, 'back-dating-needs-a-reason'],
      [6, 'command-id-used-again'],
    ]);
    expect(result.refused[0]!.problems).toEqual([{ path: 'period', message: expect.stringContaining('text') }]);
    expect(append).not.toHaveBeenCalled();
    expect(toy.logged).toEqual([expect.objectContaining({ commands: 7, refusedCount: 6 })]);
  });

  it('that skips the refused records the others', async () => {
    await withMetric();
    const result = await batch.handle([observe('A'), observe('A', '2'), observe('B')], { ...META, skipRefused: true });
    expect(result).toMatchObject({
      accepted: true,
      recorded: 2,
      events: 2,
      refusedCount: 1,
      refused: [{ index: 1, refused: 'already-observed' }],
    });
    expect(await toy.everything()).toHaveLength(3);
  });

  it('that skips the refused still records the refusals that are recorded, within their limit', async () => {
    await withMetric();
    const request = (n: number): BatchCommand => ({
      commandId: `link-${n}`,
      type: 'toy.RequestLink',
      data: { metric: 'LC', note: 'n' },
    });
    const meta: BatchMeta = { actor: HR, correlationId: 'links' };
    expect(await batch.handle([request(1)], meta)).toMatchObject({ accepted: false, events: 0 });
    expect(await toy.everything()).toHaveLength(1);
    const result = await batch.handle([request(1), request(2), request(3)], { ...meta, skipRefused: true });
    expect(result).toMatchObject({ accepted: true, recorded: 0, events: 2, refusedCount: 3 });
    expect((await toy.everything()).slice(1)).toEqual(['toy.LinkRefused.v1', 'toy.LinkRefused.v1']);
  });

  it('sent again records nothing and counts every command as recorded already', async () => {
    await withMetric();
    const commands = [observe('A'), observe('B')];
    await batch.handle(commands, META);
    const append = appendSpy();
    expect(await batch.handle(commands, META)).toMatchObject({
      accepted: true,
      recorded: 0,
      unchanged: 2,
      repeated: 2,
      first: null,
    });
    expect(append).not.toHaveBeenCalled();
    expect(await batch.handle([observe('A', '1', { reason: 'other' })], META)).toMatchObject({
      accepted: false,
      refused: [{ refused: 'command-id-used-again' }],
    });
  });

  it('goes on where a partly recorded import stopped', async () => {
    await withMetric();
    await batch.handle([observe('A')], META);
    expect(await batch.handle([observe('A'), observe('B')], META)).toMatchObject({
      accepted: true,
      recorded: 1,
      repeated: 1,
    });
  });

  it('tried dry decides everything and records nothing, nor seals anything', async () => {
    await withMetric();
    const seal = jest.spyOn(toy.vault, 'seal');
    const result = await batch.handle([observe('A', '1', { reason: 'r' }), observe('B')], { ...META, dryRun: true });
    expect(result).toMatchObject({ accepted: true, recorded: 2, events: 2, first: null });
    expect(await toy.everything()).toHaveLength(1);
    expect(seal).not.toHaveBeenCalled();
  });

  it('says how far it is', async () => {
    await withMetric();
    const said: BatchProgress[] = [];
    const commands = Array.from({ length: 1_200 }, (_, index) => observe(`U${index}`));
    await batch.handle(commands, { ...META, progress: (progress) => said.push(progress) });
    expect(said).toEqual([
      { phase: 'deciding', done: 500 },
      { phase: 'deciding', done: 1_000 },
      { phase: 'deciding', done: 1_200 },
      { phase: 'recording', done: 500 },
      { phase: 'recording', done: 1_000 },
      { phase: 'recording', done: 1_200 },
    ]);
  });

  it('asserts each fact once, and seals a page of texts in one go', async () => {
    await withMetric();
    const append = appendSpy();
    const seal = jest.spyOn(toy.vault, 'seal');
    const commands = Array.from({ length: 20 }, (_, index) =>
      observe(`U${index}`, '1', { reason: 'corrected by Anna' }),
    );
    expect((await batch.handle(commands, META)).accepted).toBe(true);
    expect(append.mock.calls[0]![1]).toHaveLength(1);
    expect(seal).toHaveBeenCalledTimes(1);
    const { events } = await toy.store.readPage(1n, 50);
    expect(new Set(events.map(({ event }) => (event.reason as { key: string }).key)).size).toBe(20);
    expect(events.map(({ bytes }) => Buffer.from(bytes).toString('utf8')).join('')).not.toContain('Anna');
  });

  describe('with a closing command', () => {
    const closing = () => observe('LAST');

    it('records it in the same append, after it was told what became of the others', async () => {
      await withMetric();
      const append = appendSpy();
      const told: string[] = [];
      const commands = [observe('A'), observe('A', '1', { commandId: 'again' }), observe('A', '2')];
      const result = await batch.handle(commands, {
        ...META,
        skipRefused: true,
        decided: (index, outcome) => told.push(`${index} ${outcome}`),
        closing: () => {
          expect(told).toEqual(['0 recorded', '1 unchanged', '2 refused']);
          return closing();
        },
      });
      expect(result).toMatchObject({ accepted: true, events: 2 });
      expect(append).toHaveBeenCalledTimes(1);
      const { events } = await toy.store.readPage(1n, 10);
      expect(events.map(({ event }) => event.commandId)).toEqual(['row-A-1', 'row-LAST-1']);
    });

    it('does not ask for it when nothing is going to be recorded', async () => {
      await withMetric();
      const asked = jest.fn(closing);
      await batch.handle([observe('A'), observe('A', '2')], { ...META, closing: asked });
      await batch.handle([observe('A')], { ...META, dryRun: true, closing: asked });
      expect(asked).not.toHaveBeenCalled();
      expect(await toy.everything()).toHaveLength(1);
    });
  });

  it('takes its commands from a stream, too', async () => {
    await withMetric();
    const commands = {
      async *[Symbol.asyncIterator]() {
        for (const unit of ['A', 'B']) yield observe(unit);
      },
    };
    expect(await batch.handle(commands, META)).toMatchObject({ accepted: true, recorded: 2 });
  });

  it('with more events than one append takes is refused before it is recorded', async () => {
    const event = { type: 'toy.MetricClassified.v1', data: { legalClass: 'X' } };
    const registered = toy.registry.command('toy.ClassifyMetric')!;
    const decide = ({ data }: { data: { code: string } }) => ({
      events: Array(data.code === 'WIDE' ? 250_000 : 1).fill(event),
    });
    Object.assign(registered, { decider: { ...registered.decider, decide } });
    const classify = (code: string): BatchCommand => ({
      commandId: code,
      type: 'toy.ClassifyMetric',
      data: { code, legalClass: 'NEUTRAL' },
    });
    const meta: BatchMeta = { actor: LEGAL, correlationId: 'c', skipRefused: true };
    expect(await batch.handle(['A', 'WIDE', 'B'].map(classify), meta)).toMatchObject({
      accepted: false,
      refused: [
        {
          index: 1,
          kind: 'too-large',
          refused: 'a-batch-records-no-more-than-one-append-takes',
          detail: expect.stringContaining('250000'),
        },
      ],
    });
    expect(await toy.everything()).toEqual([]);
  });

  it('of nothing is accepted and does nothing', async () => {
    expect(await batch.handle([], META)).toMatchObject({ accepted: true, commands: 0, events: 0 });
  });

  describe('when the log changes or the answer is lost', () => {
    const over = (
      append: (go: () => ReturnType<EventStore['append']>, nth: number) => ReturnType<EventStore['append']>,
    ) => {
      const plain = toy.store.append.bind(toy.store);
      let nth = 0;
      const store = Object.assign(Object.create(toy.store) as MemoryEventStore, {
        append: (writes: Iterable<StreamWrite>, unchanged?: readonly Unchanged[]) =>
          append(() => plain(writes, unchanged), (nth += 1)),
      });
      return new BatchHandler(toy.parts(store));
    };

    it('decides all of it again, on what the log says now', async () => {
      await withMetric();
      const handler = over(async (go, nth) => {
        if (nth === 1) await single.handle({ type: 'toy.Observe', data: observe('B', '9').data }, by(STEWARD));
        return go();
      });
      const result = await handler.handle([observe('A'), observe('B')], { ...META, skipRefused: true });
      expect(result).toMatchObject({
        accepted: true,
        recorded: 1,
        refused: [{ index: 1, refused: 'already-observed' }],
      });
    });

    it('gives up after three times, and forgets the keys of its texts', async () => {
      await withMetric();
      let appends = 0;
      const discard = jest.spyOn(toy.vault, 'discard');
      const handler = over(async () => {
        appends += 1;
        throw new StoreError('stale-revision', 'someone was faster');
      });
      await expect(handler.handle([observe('A', '1', { reason: 'r' })], META)).rejects.toMatchObject({
        failure: 'stale-revision',
      });
      expect(appends).toBe(4);
      expect(discard.mock.calls.map(([keys]) => keys.length)).toEqual([1, 1, 1, 1]);
    });

    it('finds by looking that it was recorded', async () => {
      await withMetric();
      const handler = over(async (go) => {
        await go();
        throw new StoreError('outcome-unknown', 'the connection broke');
      });
      expect(await handler.handle([observe('A'), observe('B')], META)).toMatchObject({
        accepted: true,
        recorded: 2,
        first: 2n,
        last: 3n,
      });
    });

    it('says that it does not know while the log cannot be reached, not that nothing was recorded', async () => {
      await withMetric();
      const handler = over(async (go) => {
        await go();
        toy.store.readByIds = () => Promise.reject(new StoreError('unavailable', 'no server'));
        throw new StoreError('outcome-unknown', 'the connection broke');
      });
      await expect(handler.handle([observe('A')], META)).rejects.toMatchObject({ failure: 'outcome-unknown' });
    });

    it('says that it does not know when it finds nothing; sending it again is safe', async () => {
      await withMetric();
      const handler = over(async (go, nth) => {
        if (nth === 1) throw new StoreError('outcome-unknown', 'the connection broke');
        return go();
      });
      await expect(handler.handle([observe('A')], META)).rejects.toMatchObject({ failure: 'outcome-unknown' });
      expect(await handler.handle([observe('A')], META)).toMatchObject({ accepted: true, recorded: 1 });
    });
  });
});
