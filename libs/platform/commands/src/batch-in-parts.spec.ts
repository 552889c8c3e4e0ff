import { jest } from '@jest/globals';
import {
  type EventStore,
  MemoryEventStore,
  MemoryLog,
  PartedActs,
  StoreError,
  type StoreFailure,
} from '@plumbline/platform/event-store';
import { BatchHandler } from './batch-handler';
import { CommandHandler, MOST_REDECISIONS } from './command-handler';
import type { BatchCommand, BatchMeta, BatchProgress } from './command-meta';
import { HR, STEWARD, ToyDeployment } from './toy-deployment.testing';

const ACT = '0a9b8c7d-6e5f-8a4b-93c2-d1e0f9a8b7c6';
const define = (code: string): BatchCommand => ({
  commandId: `define ${code}`,
  type: 'toy.DefineMetric',
  data: { code },
});
const observe = (unit: string, period: string, value = '1'): BatchCommand => ({
  commandId: `row ${unit} ${period} ${value}`,
  type: 'toy.Observe',
  data: { metric: 'LC', unit, period, value, source: 'file.csv' },
});
const link = (note: string): BatchCommand => ({
  commandId: `link ${note}`,
  type: 'toy.RequestLink',
  data: { metric: 'LC', note },
});
const ROWS = [
  ...[observe('A', '2024'), observe('B', '2024'), observe('A', '2025')],
  ...[observe('B', '2025'), observe('C', '2024')],
];

describe('a batch in a store that takes one stream at a time', () => {
  let toy: ToyDeployment;
  let store: EventStore;
  let batch: BatchHandler;
  beforeEach(async () => {
    store = new MemoryEventStore(() => toy.now, new MemoryLog(10n, { atomicMultiStream: false }));
    toy = new ToyDeployment(store);
    batch = new BatchHandler(toy.parts(), 200);
    await new CommandHandler(toy.parts()).handle(
      { type: 'toy.DefineMetric', data: { code: 'LC' } },
      {
        ...{ commandId: 'LC', actor: HR },
      },
    );
  });
  const META: BatchMeta = { actor: STEWARD, correlationId: ACT, act: ACT };
  const rows = async (): Promise<readonly string[]> =>
    (await store.readPage(10n, 1_000)).events.map(({ event }) => event.commandId);
  const acts = async () => new Set((await store.readPage(10n, 1_000)).events.map(({ event }) => event.act));

  /** Lets so many appends through, then fails so many times; `written` says whether what failed was written after all. */
  function failAfter(through: number, failures: readonly (StoreFailure | 'lost')[]): void {
    const append = store.append.bind(store);
    const left = [...failures];
    jest.spyOn(store, 'append').mockImplementation(async (writes, unchanged, act) => {
      if (through-- > 0 || left.length === 0) return await append(writes, unchanged, act);
      const failure = left.shift()!;
      if (failure !== 'lost') throw new StoreError(failure, 'in words');
      await append(writes, unchanged, act);
      throw new StoreError('outcome-unknown', 'nobody answered');
    });
  }

  it('is recorded stream by stream, the first command first, under one act', async () => {
    const done = await batch.handle(ROWS, META);
    expect(done).toMatchObject({ accepted: true, recorded: 5, events: 5, first: 20n, last: 60n });
    const [first, ...others] = await rows();
    expect(first).toBe('row A 2024 1');
    expect(others.indexOf('row B 2025 1')).toBe(others.indexOf('row B 2024 1') + 1);
    expect(new Set(others)).toEqual(new Set(ROWS.slice(1).map(({ commandId }) => commandId)));
    expect(await acts()).toEqual(new Set([ACT]));
  });

  /** How many appends are under way at most. */
  function mostAtOnce(): () => number {
    const append = store.append.bind(store);
    let [now, most] = [0, 0];
    jest.spyOn(store, 'append').mockImplementation(async (writes, unchanged, act) => {
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      now -= 1;
      return await append(writes, unchanged, act);
    });
    return () => most;
  }
  const series = [...'ABCDEF'].map((unit) => observe(unit, '2024'));
  const defined = (likes: boolean): readonly BatchCommand[] =>
    ['M1', 'M2', 'M3', 'M4', 'M5', 'M6'].map((code, n) => {
      const { commandId, type, data } = define(code);
      return { commandId, type, data: likes && n === 3 ? { ...(data as object), like: 'M2' } : data };
    });

  it('is recorded many streams at a time where no decision rested on another stream of the same concept', async () => {
    const most = mostAtOnce();
    await batch.handle(series, META);
    expect(most()).toBe(4);
    expect(await rows()).toEqual(series.map(({ commandId }) => commandId));
  });

  it.each([
    ['one after the other where one did: none may stand before what it rests on', true, 1],
    ['at once where none did', false, 4],
  ])('has the streams of a concept recorded %s', async (_, likes, expected) => {
    const most = mostAtOnce();
    expect(await batch.handle(defined(likes), { ...META, actor: HR })).toMatchObject({ recorded: 6 });
    expect(most()).toBe(expected);
  });

  it('records nothing when one of its commands is refused', async () => {
    const result = await batch.handle([...ROWS, observe('A', '2024', '2')], META);
    expect(result).toMatchObject({ accepted: false, refusedCount: 1 });
    expect(await rows()).toEqual([]);
  });

  it.each<readonly [string, StoreFailure | 'lost']>([
    ['cannot be reached', 'unavailable'],
    ['met others that write the same', 'stale-revision'],
    ['did not say what became of a part, which was recorded', 'lost'],
    ['did not say what became of a part, which was not recorded', 'outcome-unknown'],
  ])('goes on by itself where the log %s in between, and counts all of it as recorded', async (_, failure) => {
    failAfter(2, [failure]);
    const seen: BatchProgress['phase'][] = [];
    const decided: string[] = [];
    const result = await batch.handle(ROWS, {
      ...META,
      progress: ({ phase }) => void seen.push(phase),
      decided: (index, outcome) => void (decided[index] = outcome),
    });
    expect(result).toMatchObject({ accepted: true, recorded: 5, unchanged: 0, repeated: 0 });
    expect(decided).toEqual(ROWS.map(() => 'recorded'));
    expect([...(await rows())].sort()).toEqual(ROWS.map(({ commandId }) => commandId).sort());
    expect(await acts()).toEqual(new Set([ACT]));
    if (failure !== 'stale-revision') expect(seen).toContain('waiting');
  });

  it('says that it is recorded in part when the log stays away, and is finished when it is sent again', async () => {
    failAfter(
      2,
      Array.from({ length: 100 }, () => 'unavailable' as const),
    );
    await expect(batch.handle(ROWS, META)).rejects.toMatchObject({
      failure: 'unfinished-act',
      message: expect.stringContaining('events are recorded and the rest is not'),
    });
    const begun = await rows();
    expect(begun.length).toBeGreaterThan(0);
    jest.restoreAllMocks();
    const since = (await store.readByIds([(await store.readPage(10n, 1)).events[0]!.event.id]))[0]!.position;
    const result = await batch.handle(ROWS, { ...META, goesOn: async () => since });
    expect(result).toMatchObject({ accepted: true, recorded: 5, events: 5 - begun.length });
    expect([...(await rows())].sort()).toEqual(ROWS.map(({ commandId }) => commandId).sort());
  });

  it('goes on however often others write the same meanwhile, as long as more of it is recorded each time', async () => {
    const commands = [...'ABCDEFGHIJKL'].map((code, n, all) => ({
      ...define(`${code}${code}`),
      data: { code: `${code}${code}`, ...(n === 0 ? {} : { like: all[n - 1]!.repeat(2) }) },
    }));
    const append = store.append.bind(store);
    let [appends, conflicts] = [0, 0];
    jest.spyOn(store, 'append').mockImplementation(async (writes, unchanged, act) => {
      if (++appends % 2 === 0 && ++conflicts < 9) throw new StoreError('stale-revision', 'in words');
      return await append(writes, unchanged, act);
    });
    expect(await batch.handle(commands, { ...META, actor: HR })).toMatchObject({ accepted: true, recorded: 12 });
    expect(conflicts).toBeGreaterThan(MOST_REDECISIONS + 2);
  });

  it('fails as one append does when nothing of it was recorded', async () => {
    failAfter(0, ['unavailable']);
    await expect(batch.handle(ROWS, META)).rejects.toMatchObject({ failure: 'unavailable' });
    expect(await rows()).toEqual([]);
  });

  it('keeps the keys of texts that are in the log, and none of a batch of which nothing is', async () => {
    toy.roles.add(`${HR.id} legal`);
    await new CommandHandler(toy.parts()).handle(
      { type: 'toy.ClassifyMetric', data: { code: 'LC', legalClass: 'NEUTRAL' } },
      { commandId: 'neutral', actor: { ...HR, role: 'legal' } },
    );
    const texts = [link('one'), link('two'), link('three')];
    const discard = jest.spyOn(toy.vault, 'discard');
    failAfter(0, ['unavailable']);
    await expect(batch.handle(texts, { ...META, actor: HR })).rejects.toThrow();
    expect(discard.mock.lastCall?.[0]).toHaveLength(3);
    discard.mockClear();
    jest.mocked(store.append).mockRestore();
    failAfter(
      1,
      Array.from({ length: 100 }, () => 'unavailable' as const),
    );
    await expect(batch.handle(texts, { ...META, actor: HR })).rejects.toMatchObject({ failure: 'unfinished-act' });
    const { events } = await store.readPage(20n, 10);
    const inLog = events.map(({ event }) => (event.data as { note: { key: string } }).note.key);
    expect(inLog).toHaveLength(1);
    expect(discard.mock.calls.flatMap(([keys]) => keys)).not.toContain(inLog[0]);
  });

  describe('that is bracketed', () => {
    const brackets = { opens: ['toy.MetricDefined.v1'], closes: ['toy.MetricClassified.v1'] };

    it('asks for commands to begin and to end with, and places them first and last though others overtake each other', async () => {
      const append = store.append.bind(store);
      let pause = 40;
      jest.spyOn(store, 'append').mockImplementation(async (...given) => {
        await new Promise((resolve) => setTimeout(resolve, (pause -= 7)));
        return await append(...given);
      });
      const opening = jest.fn(() => observe('Z', '2024'));
      await batch.handle(ROWS, { ...META, opening, closing: () => observe('Y', '2024') });
      expect(opening).toHaveBeenCalledTimes(1);
      const recorded = await rows();
      expect([recorded[0], recorded.at(-1)]).toEqual(['row Z 2024 1', 'row Y 2024 1']);
      expect(recorded.slice(1, -1)).toEqual(
        ['C 2024', 'B 2024', 'B 2025', 'A 2024', 'A 2025'].map((r) => `row ${r} 1`),
      );
      expect(await new PartedActs(store, brackets).unfinished()).toEqual([]);
    });

    it('asks for none where one append takes it all', async () => {
      const opening = jest.fn(() => observe('Z', '2024'));
      await batch.handle([observe('A', '2024'), observe('A', '2025')], { ...META, opening });
      expect(opening).not.toHaveBeenCalled();
      toy = new ToyDeployment();
      await new CommandHandler(toy.parts()).handle(
        { type: 'toy.DefineMetric', data: { code: 'LC' } },
        {
          ...{ commandId: 'LC', actor: HR },
        },
      );
      await new BatchHandler(toy.parts()).handle(ROWS, { ...META, opening });
      expect(opening).not.toHaveBeenCalled();
    });
  });
});
