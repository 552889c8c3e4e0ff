import { endOfAct, lastWholeAct } from './acts';
import { MemoryEventStore, MemoryLog } from './memory';
import { PartedActs } from './parted-acts';
import { type EventStore, StoreError, type StreamWrite } from './port';
import { recordAct } from './record-act';
import { idFor, newEvent } from './testing';

const AT = '2026-11-23T09:00:00.000Z';
const ACT = idFor('import-1');
const BRACKETS = { opens: ['test.Opened.v1', 'test.Reopened.v1'], closes: ['test.Closed.v1'] };
const streamOf = (name: string): string => `test-${idFor(name)}`;

const narrow = { atomicMultiStream: false, maxAppendEvents: 3 };
const storeOf = (limits: object = narrow, step = 10n): EventStore =>
  new MemoryEventStore(() => AT, new MemoryLog(step, limits));

/** `a b a` becomes three writes: one event each, at the revision their streams have come to. */
function writesOf(words: string, revisions: Record<string, number> = {}): StreamWrite[] {
  const next = { ...revisions };
  return words.split(' ').map((word, n): StreamWrite => {
    const name = word.replace(/[<>^]$/, '');
    const revision = next[name] ?? -1;
    next[name] = revision + 1;
    const type = { '<': 'test.Opened.v1', '^': 'test.Reopened.v1', '>': 'test.Closed.v1' }[word.at(-1)!];
    return {
      stream: streamOf(name),
      expected: revision === -1 ? 'none' : revision,
      events: [newEvent(`${words}/${JSON.stringify(revisions)}/${n}`, 0, { name }, type)],
    };
  });
}

const namesIn = async (store: EventStore): Promise<string> =>
  (await store.readPage(0n, 1_000)).events.map(({ event }) => (event.data as { name: string }).name).join(' ');

const actsIn = async (store: EventStore) => (await store.readPage(0n, 1_000)).events.map(({ event }) => event.act);

describe('an act that a store takes whole', () => {
  it.each([
    ['of one stream', narrow, 'a a'],
    ['of several streams, where the store commits them together', {}, 'a< b a>'],
  ])('%s is one append, named by its first event', async (_, limits, words) => {
    const store = storeOf(limits);
    const writes = writesOf(words);
    const told: number[] = [];
    await recordAct(store, { act: ACT, writes: () => writes, onRecorded: (events) => told.push(events) });
    expect(await actsIn(store)).toEqual(writes.map(() => writes[0]!.events[0]!.id));
    expect(told).toEqual([]);
    expect(await new PartedActs(store, BRACKETS).openAt(1_000n)).toEqual([]);
  });

  it('has its writes walked once where the store takes everything whole', async () => {
    let walks = 0;
    const writes = () => (walks++, writesOf('a b'));
    await recordAct(storeOf({}), { act: ACT, writes });
    expect(walks).toBe(1);
  });
});

describe('an act in parts', () => {
  it('is recorded stream by stream, the first write first and the last one last, each event naming the act', async () => {
    const store = storeOf();
    const told: number[] = [];
    const recorded = await recordAct(store, {
      ...{ act: ACT, writes: () => writesOf('i< b c b d c b b b i>') },
      onRecorded: (events) => told.push(events),
    });
    expect(await namesIn(store)).toBe('i b b b b b c c d i');
    expect(told).toEqual([1, 3, 2, 2, 1, 1]);
    expect(new Set(await actsIn(store))).toEqual(new Set([ACT]));
    expect(recorded).toEqual({ first: 10n, last: 100n });
  });

  it('keeps the order in which streams are met, and each in one piece, though one append does not take a stream', async () => {
    const store = storeOf();
    const told: number[] = [];
    await recordAct(store, {
      ...{ act: ACT, writes: () => writesOf('i< u m s s s s u s s s s i>') },
      onRecorded: (events) => told.push(events),
    });
    expect(await namesIn(store)).toBe('i u u m s s s s s s s s i');
    expect(told).toEqual([1, 2, 1, 3, 3, 2, 1]);
  });

  it('records nothing when a stream no longer stands where it is expected, when an event comes twice, or a fact has changed', async () => {
    const store = storeOf();
    await store.append(writesOf('c'));
    const words = 'i< b c i>';
    await expect(recordAct(store, { act: ACT, writes: () => writesOf(words) })).rejects.toMatchObject({
      failure: 'stale-revision',
      stream: streamOf('c'),
    });
    const [write] = writesOf('b');
    const twice = [...writesOf('i<'), write!, { ...write!, stream: streamOf('d') }];
    await expect(recordAct(store, { act: ACT, writes: () => twice })).rejects.toMatchObject({
      failure: 'duplicate-event',
    });
    const unchanged = [{ stream: streamOf('c'), revision: 5 }];
    await expect(recordAct(store, { act: ACT, writes: () => writesOf('i< b i>'), unchanged })).rejects.toMatchObject({
      failure: 'stale-revision',
    });
    expect(await namesIn(store)).toBe('c');
  });

  describe('has its streams appended many at a time where none rests on another', () => {
    /** Capital letters are streams of a concept of their own. */
    const conceptOf = (name: string): string => (/^[A-Z]/.test(name) ? 'figure' : 'test');
    const APART = new Set(['figure']);

    async function recordSlowly(words: string, apart?: ReadonlySet<string>, failing: Record<string, Error> = {}) {
      const store = storeOf();
      const append = store.append.bind(store);
      const under = new Set<string>();
      const together: string[] = [];
      store.append = async (writes, unchanged, act) => {
        const all = [...writes];
        const { name } = all[0]!.events[0]!.data as { name: string };
        under.add(name);
        together.push([...under].join(''));
        await new Promise((resolve) => setTimeout(resolve, failing[name] ? 1 : 10));
        under.delete(name);
        if (failing[name]) throw failing[name];
        return await append(all, unchanged, act);
      };
      const told: number[] = [];
      const writes = () =>
        writesOf(words).map((write) => {
          const { name } = write.events[0]!.data as { name: string };
          return { ...write, stream: `${conceptOf(name)}-${idFor(name)}` };
        });
      const act = { act: ACT, writes, onRecorded: (events: number) => void told.push(events) };
      const outcome = recordAct(store, apart ? { ...act, apart } : act);
      return { store, together, told, under, outcome };
    }

    it('neighbours of such a concept, whatever stands before or after them, the first and the last write alone', async () => {
      const { together, outcome } = await recordSlowly('A B C d e F G h I J', APART);
      await outcome;
      expect(together).toEqual(['A', 'B', 'BC', 'd', 'e', 'F', 'FG', 'h', 'I', 'J']);
    });

    it('one after the other where nothing is said of it', async () => {
      const { together, outcome, store } = await recordSlowly('A B C D E');
      await outcome;
      expect(together).toEqual(['A', 'B', 'C', 'D', 'E']);
      expect(await namesIn(store)).toBe('A B C D E');
    });

    it('never more than 64', async () => {
      const names = Array.from({ length: 100 }, (_, n) => `F${n}`);
      const { together, told, outcome } = await recordSlowly(`a ${names.join(' ')} z`, APART);
      const { last } = await outcome;
      const sizes = together.map((under) => under.split('F').length - 1);
      expect(Math.max(...sizes)).toBe(64);
      expect(told).toHaveLength(102);
      expect(last).toBe(1_020n);
    });

    it('and waits for all of them before it says that one failed', async () => {
      const failing = { C: new StoreError('unavailable', 'away'), D: new StoreError('stale-revision', 'moved') };
      const { store, told, under, outcome } = await recordSlowly('a B C D E z', APART, failing);
      await expect(outcome).rejects.toMatchObject({ failure: 'unavailable' });
      expect(under).toEqual(new Set());
      expect(await namesIn(store)).toBe('a B E');
      expect(told).toEqual([1, 1, 1]);
    });
  });

  it('without a name is as many acts as appends, each known by itself whatever comes after', async () => {
    const store = storeOf();
    const ends: bigint[] = [];
    await recordAct(store, { writes: () => writesOf('i b b c d i') });
    const all = (await store.readPage(0n, 1_000)).events;
    const named = all[1]!.event.id;
    expect(all.map(({ event }) => event.act)).toEqual([undefined, named, named, undefined, undefined, undefined]);
    for (const { position } of all) ends.push(await endOfAct(store, position));
    expect(ends).toEqual([10n, 30n, 30n, 40n, 50n, 60n]);
    await store.append(writesOf('y'));
    await recordAct(store, { writes: () => writesOf('i e f i', { i: 1 }) });
    for (const [n, { position }] of all.entries()) expect(await endOfAct(store, position)).toBe(ends[n]);
  });

  it('without a name is divided where one append would hold too many bytes, its first event being named by all', async () => {
    const store = storeOf({ maxAppendBytes: 2_000 });
    await recordAct(store, { writes: () => writesOf('b b b b b b b') });
    expect(await namesIn(store)).toBe('b b b b b b b');
  });

  it('names the act in what is left of it, though one append takes that', async () => {
    const store = storeOf();
    await recordAct(store, { act: ACT, writes: () => writesOf('b'), goesOn: true });
    expect(await actsIn(store)).toEqual([ACT]);
  });

  it('is divided where one append would hold too many bytes', async () => {
    const store = storeOf({ maxAppendBytes: 2_000 });
    await recordAct(store, { act: ACT, writes: () => writesOf('b b b b b b b') });
    expect(await namesIn(store)).toBe('b b b b b b b');
    expect(new Set(await actsIn(store))).toEqual(new Set([ACT]));
  });
});

describe('what is known of acts in parts', () => {
  /** `x` and `y` are what others record before the act and between its parts. */
  async function history() {
    const store = storeOf();
    await store.append(writesOf('x'));
    await store.append(writesOf('i<'), [], ACT);
    await store.append(writesOf('b'), [], ACT);
    await store.append(writesOf('y'));
    return { store, parted: new PartedActs(store, BRACKETS) };
  }

  it('is named from its opening on until its closing event is there', async () => {
    const { store, parted } = await history();
    expect(await parted.openAt(10n)).toEqual([]);
    const [open] = await parted.openAt(40n);
    expect(open).toMatchObject({ act: ACT, stream: streamOf('i'), first: 20n, last: null, recordedAt: AT });
    expect(await parted.unfinished()).toHaveLength(1);
    await store.append(writesOf('c'), [], ACT);
    await store.append(writesOf('i>', { i: 0 }), [], ACT);
    expect(await parted.unfinished()).toEqual([]);
    expect(await parted.openAt(40n)).toMatchObject([{ act: ACT, first: 20n, last: 60n }]);
    expect(await parted.openAt(60n)).toEqual([]);
  });

  it('is read whole or not at all: a position in it is its end, and a reader stands before it', async () => {
    const { store, parted } = await history();
    expect(await endOfAct(store, 10n, parted)).toBe(10n);
    for (const position of [20n, 30n, 40n])
      await expect(endOfAct(store, position, parted)).rejects.toMatchObject({ failure: 'unfinished-act' });
    expect((await lastWholeAct(store, 40n, parted)).position).toBe(10n);
    await store.append(writesOf('i>', { i: 0 }), [], ACT);
    await store.append(writesOf('v'));
    for (const position of [20n, 30n, 40n, 50n]) expect(await endOfAct(store, position, parted)).toBe(50n);
    expect(await endOfAct(store, 60n, parted)).toBe(60n);
    for (const position of [20n, 30n, 40n]) expect((await lastWholeAct(store, position, parted)).position).toBe(10n);
    expect((await lastWholeAct(store, 50n, parted)).position).toBe(50n);
  });

  it('ends by its closing event whoever appends it, and goes on under the same name when it is opened again', async () => {
    const { store, parted } = await history();
    await store.append(writesOf('i>', { i: 0 }));
    expect(await parted.unfinished()).toEqual([]);
    await store.append(writesOf('i^', { i: 1 }), [], ACT);
    await store.append(writesOf('d'), [], ACT);
    expect(await parted.unfinished()).toMatchObject([{ act: ACT, first: 60n }]);
    expect((await lastWholeAct(store, 70n, parted)).position).toBe(50n);
    expect(await endOfAct(store, 20n, parted)).toBe(50n);
    await store.append(writesOf('i>', { i: 2 }), [], ACT);
    expect(await endOfAct(store, 60n, parted)).toBe(80n);
  });

  it('stretches over acts that were begun before the end of another', async () => {
    const { store, parted } = await history();
    const OTHER = idFor('import-2');
    await store.append(writesOf('j<'), [], OTHER);
    await store.append(writesOf('i>', { i: 0 }), [], ACT);
    await store.append(writesOf('k'), [], OTHER);
    expect((await lastWholeAct(store, 60n, parted)).position).toBe(10n);
    await expect(endOfAct(store, 30n, parted)).rejects.toMatchObject({ failure: 'unfinished-act' });
    await store.append(writesOf('j>', { j: 0 }), [], OTHER);
    expect(await endOfAct(store, 30n, parted)).toBe(80n);
    expect((await lastWholeAct(store, 70n, parted)).position).toBe(10n);
    expect((await lastWholeAct(store, 80n, parted)).position).toBe(80n);
  });

  it('is found by whoever begins to read when much is recorded already', async () => {
    const { store, parted } = await history();
    for (let n = 0; n < 1_200; n++) {
      await store.append(writesOf(`n${n}<`), [], idFor(`act ${n}`));
      if (n !== 700) await store.append(writesOf(`n${n}>`, { [`n${n}`]: 0 }), [], idFor(`act ${n}`));
    }
    expect((await parted.unfinished()).map(({ act }) => act)).toEqual([ACT, idFor('act 700')]);
  });
});
