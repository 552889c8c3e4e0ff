import type { Instant, PositionedEvent } from '@plumbline/kernel';
import { canonicalJson } from '@plumbline/ledger';
import { endOfAct } from './acts';
import { eventId } from './ids';
import { type EventStore, type NewEvent, type Page, StoreError, type StreamWrite } from './port';
import { idFor, newEvent } from './testing';

/** An empty log of its own, which several stores may open as processes share a database. */
export interface LogUnderTest {
  open(clock: () => Instant): Promise<EventStore>;
  /** Closes every store that was opened, and drops the log. */
  end(): Promise<void>;
}

const NINE = '2026-11-23T09:00:00.000Z';
const TEN = '2026-11-23T10:00:00.000Z';
const ELEVEN = '2026-11-23T11:00:00.000Z';
const stream = (word: string): string => `test-${idFor(word)}`;
const write = (word: string, expected: number | 'none', ...events: readonly NewEvent[]): StreamWrite => ({
  stream: stream(word),
  expected,
  events,
});
let commands = 0;
const happened = (data: unknown = {}, type?: string): NewEvent => newEvent(`command-${++commands}`, 0, data, type);
const several = (count: number): NewEvent[] => Array.from({ length: count }, (_, n) => happened({ n }));
const ids = (events: readonly PositionedEvent[]): string[] => events.map(({ event }) => event.id);

async function failure(outcome: Promise<unknown>): Promise<{ failure: string; stream?: string; message: string }> {
  try {
    await outcome;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { failure: error.failure, message: error.message, ...(error.stream ? { stream: error.stream } : {}) };
  }
  throw new Error('the append succeeded');
}

async function all(events: AsyncIterable<PositionedEvent>): Promise<PositionedEvent[]> {
  const list: PositionedEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

/** Takes pages until `done`, then aborts. */
async function pagesUntil(
  store: EventStore,
  after: bigint,
  done: (seen: readonly PositionedEvent[]) => boolean,
  pageSize = 2,
): Promise<Page[]> {
  const abort = new AbortController();
  const pages: Page[] = [];
  for await (const page of store.subscribe(after, { signal: abort.signal, pageSize })) {
    pages.push(page);
    if (done(pages.flatMap(({ events }) => events))) abort.abort();
  }
  return pages;
}

/** What every event store does. Run it on each adapter; what stores may differ in is declared in their capabilities and nowhere else. */
export function eventStoreContract(name: string, newLog: () => Promise<LogUnderTest>): void {
  describe(`${name} is an event store that`, () => {
    let log: LogUnderTest;
    let store: EventStore;
    let now: Instant;
    const count = async (): Promise<number> => (await all(store.readAll(0n))).length;

    beforeEach(async () => {
      now = TEN;
      log = await newLog();
      store = await log.open(() => now);
    });
    afterEach(() => log.end());

    describe('appends', () => {
      it('to a new stream and goes on from its last revision', async () => {
        const [a, b, c] = several(3) as [NewEvent, NewEvent, NewEvent];
        const first = await store.append([write('s', 'none', a, b)]);
        expect(first.events).toEqual([
          { id: a.id, stream: stream('s'), revision: 0, position: first.first, recordedAt: TEN },
          { id: b.id, stream: stream('s'), revision: 1, position: first.last, recordedAt: TEN },
        ]);
        const second = await store.append([write('s', 1, c)]);
        expect(second.first).toBe(second.last);
        expect(second.first > first.last).toBe(true);
        const loaded = await store.read(stream('s'));
        expect(loaded.revision).toBe(2);
        expect(loaded.events.map(({ event }) => [event.id, event.revision])).toEqual([
          [a.id, 0],
          [b.id, 1],
          [c.id, 2],
        ]);
      });

      it('at the exact revision only', async () => {
        await store.append([write('s', 'none', ...several(2))]);
        for (const expected of ['none', 0, 2] as const) {
          expect(await failure(store.append([write('s', expected, happened())]))).toMatchObject({
            failure: 'stale-revision',
            stream: stream('s'),
          });
        }
        expect(await failure(store.append([write('other', 0, happened())]))).toMatchObject({
          failure: 'stale-revision',
          stream: stream('other'),
        });
        expect(await count()).toBe(2);
      });

      it('to several streams at once, all or nothing, where it says so; else none, and says so before anything is recorded', async () => {
        await store.append([write('a', 'none', happened())]);
        if (!store.capabilities.atomicMultiStream) {
          const together = [write('a', 0, happened()), write('b', 'none', ...several(2))];
          expect(await failure(store.append(together))).toEqual({
            failure: 'too-large',
            message: expect.stringContaining('one append takes one stream'),
          });
          expect(await count()).toBe(1);
          return;
        }
        const both = await store.append([write('a', 0, happened()), write('b', 'none', ...several(2))]);
        expect(both.events.map(({ stream: own, revision }) => [own, revision])).toEqual([
          [stream('a'), 1],
          [stream('b'), 0],
          [stream('b'), 1],
        ]);
        expect(await failure(store.append([write('c', 'none', happened()), write('b', 0, happened())]))).toMatchObject({
          stream: stream('b'),
        });
        expect((await store.read(stream('c'))).revision).toBe('none');
        expect(await count()).toBe(4);
      });

      it('what several events share as one act, named by the first; an event alone is its own', async () => {
        const [a, b, c, d] = several(4) as [NewEvent, NewEvent, NewEvent, NewEvent];
        const three = await store.append([write('a', 'none', a, b, c)]);
        await store.append([write('b', 'none', d)]);
        const acts = (await all(store.readAll(0n))).map(({ event }) => event.act);
        expect(acts).toEqual([a.id, a.id, a.id, undefined]);
        expect(await endOfAct(store, three.first)).toBe(three.last);
      });

      it('as a part of an act, which every event of it then names', async () => {
        const act = idFor('a batch');
        await store.append([write('a', 'none', happened())], [], act);
        await store.append([write('b', 'none', ...several(2))], [], act);
        expect((await all(store.readAll(0n))).map(({ event }) => event.act)).toEqual([act, act, act]);
      });

      it('several times to one stream in an append, each going on from the one before', async () => {
        const between = store.capabilities.atomicMultiStream ? [write('t', 'none', happened())] : [];
        await store.append([write('s', 'none', happened()), ...between, write('s', 0, happened())]);
        expect((await store.read(stream('s'))).revision).toBe(1);
        expect((await store.read(stream('t'))).revision).toBe(between.length > 0 ? 0 : 'none');
        expect(await failure(store.append([write('s', 1, happened()), write('s', 1, happened())]))).toMatchObject({
          failure: 'stale-revision',
        });
        expect((await store.read(stream('s'))).revision).toBe(1);
      });

      it('only while the streams that a decision rests on are unchanged', async () => {
        await store.append([write('fact', 'none', happened())]);
        await store.append(
          [write('s', 'none', happened())],
          [
            { stream: stream('fact'), revision: 0 },
            { stream: stream('absent'), revision: 'none' },
          ],
        );
        await store.append([write('fact', 0, happened())]);
        expect(
          await failure(store.append([write('s', 0, happened())], [{ stream: stream('fact'), revision: 0 }])),
        ).toMatchObject({
          failure: 'stale-revision',
          stream: stream('fact'),
        });
        expect(
          await failure(store.append([write('s', 0, happened())], [{ stream: stream('fact'), revision: 'none' }])),
        ).toMatchObject({ failure: 'stale-revision' });
        const contradicting = [{ stream: stream('s'), revision: 'none' as const }];
        expect(await failure(store.append([write('s', 0, happened())], contradicting))).toMatchObject({
          failure: 'stale-revision',
          stream: stream('s'),
        });
        const agreeing = [{ stream: stream('s'), revision: 0 }];
        await store.append([write('s', 0, happened())], agreeing);
        expect(await count()).toBe(4);
      });

      it('no id twice, in one append or in two, and gives a command tried again the same ids', async () => {
        const event = newEvent('the same command');
        expect(event.id).toBe(eventId('the same command', 0));
        await store.append([write('s', 'none', event)]);
        expect(await failure(store.append([write('s', 0, newEvent('the same command'))]))).toMatchObject({
          failure: 'duplicate-event',
        });
        expect(await failure(store.append([write('t', 'none', event)]))).toMatchObject({ failure: 'duplicate-event' });
        const twin = happened();
        expect(await failure(store.append([write('t', 'none', twin), write('u', 'none', twin)]))).toMatchObject({
          failure: 'duplicate-event',
        });
        expect(await count()).toBe(1);
      });

      it('nothing when the writes throw on the way, and takes them once', async () => {
        let taken = 0;
        function* failing(): Generator<StreamWrite> {
          taken += 1;
          yield write('s', 'none', happened());
          throw new Error('line 2 is not a number');
        }
        await expect(store.append(failing())).rejects.toThrow('line 2 is not a number');
        expect(await count()).toBe(0);
        function* writes(): Generator<StreamWrite> {
          taken += 1;
          for (let n = 0; n < 20; n++) yield write('s', n === 0 ? 'none' : n - 1, happened({ n }));
        }
        const appended = await store.append(writes());
        expect(appended.events.map(({ revision }) => revision)).toEqual(Array.from({ length: 20 }, (_, n) => n));
        expect(taken).toBe(2);
      });

      it('no event that may not be stored', async () => {
        await expect(
          store.append([write('s', 'none', happened()), write('t', 'none', happened({ share: 0.5 }))]),
        ).rejects.toThrow('$.data.share is 0.5');
        await expect(store.append([])).rejects.toThrow('an append needs at least one event');
        await expect(store.append([write('s', 'none')])).rejects.toThrow('an append needs at least one event');
        expect(await count()).toBe(0);
      });

      it('at most what an append may hold, and says how much that is', async () => {
        const filled = (length: number, event: NewEvent): StreamWrite[] => [
          { stream: stream('s'), expected: 'none', events: Array.from<NewEvent>({ length }).fill(event) },
        ];
        const { maxAppendEvents, maxAppendBytes } = store.capabilities;
        const many = filled(maxAppendEvents + 1, happened());
        expect(await failure(store.append(many))).toMatchObject({
          failure: 'too-large',
          message: `one append takes at most ${maxAppendEvents} events; split it`,
        });
        const text = 'x'.repeat(990_000);
        const length = Math.ceil(maxAppendBytes / text.length);
        const heavy = [write('s', 'none', ...Array.from({ length }, () => happened({ text })))];
        expect(await failure(store.append(heavy))).toMatchObject({
          failure: 'too-large',
          message: `one append takes at most ${maxAppendBytes} bytes; split it`,
        });
        expect(await failure(store.append([write('s', 'none', happened({ text: text + text }))]))).toMatchObject({
          failure: 'too-large',
        });
        expect(await count()).toBe(0);
      }, 60_000);

      it('large appends whole, over many streams where it takes them', async () => {
        const { maxAppendEvents, atomicMultiStream } = store.capabilities;
        const length = Math.min(12_000, maxAppendEvents);
        const perStream = atomicMultiStream ? length / 100 : length;
        const events = Array.from({ length }, (_, n) => newEvent('large', n, { n, text: 'x'.repeat(400) }));
        const known = atomicMultiStream ? 7 : 0;
        await store.append([write(`s${known}`, 'none', happened())]);
        function* writes(): Generator<StreamWrite> {
          for (const [n, event] of events.entries()) {
            const own = Math.floor(n / perStream);
            const before = (n % perStream) - 1 + (own === known ? 1 : 0);
            yield write(`s${own}`, before < 0 ? 'none' : before, event);
          }
        }
        const appended = await store.append(writes(), [{ stream: stream('absent'), revision: 'none' }]);
        expect(appended.events.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
        expect((await store.read(stream(`s${known}`))).revision).toBe(perStream);
        const read = await all(store.readAll(appended.first - 1n));
        expect(ids(read)).toEqual(events.map(({ id }) => id));
        expect(read.map(({ position }) => position)).toEqual(appended.events.map(({ position }) => position));
        expect(
          await failure(
            store.append(
              events.map((_, n) => write('late', n === 0 ? 'none' : n - 1, newEvent('late', n))),
              [{ stream: stream(`s${known}`), revision: perStream - 1 }],
            ),
          ),
        ).toMatchObject({ stream: stream(`s${known}`) });
        expect((await store.read(stream('late'))).revision).toBe('none');
      }, 60_000);
    });

    describe('keeps bytes', () => {
      it('that are the canonical JSON of the event they hold', async () => {
        await store.append([
          write('s', 'none', happened({ text: 'é\u{1F600}\u2028', rate: '0.50', list: [null, true, -1], z: 1, a: 2 })),
        ]);
        const [{ event, bytes }] = (await store.read(stream('s'))).events as [PositionedEvent];
        expect(Buffer.from(bytes).toString('utf8')).toBe(canonicalJson(event));
        expect(event).toMatchObject({
          stream: stream('s'),
          revision: 0,
          recordedAt: TEN,
          data: { text: 'é\u{1F600}\u2028', rate: '0.50' },
        });
        expect(JSON.stringify(event)).not.toContain('"position"');
      });

      it('the same by whatever way they are read', async () => {
        const event = happened({ text: 'x'.repeat(10_000) });
        await store.append([write('s', 'none', event)]);
        const [fromStream] = (await store.read(stream('s'))).events;
        const [fromLog] = await all(store.readAll(0n));
        const [byId] = await store.readByIds([event.id]);
        for (const read of [fromLog, byId]) {
          expect(Buffer.from(read!.bytes).equals(Buffer.from(fromStream!.bytes))).toBe(true);
          expect(read!.position).toBe(fromStream!.position);
        }
      });
    });

    describe('reads', () => {
      it('a stream from a revision on, and an absent stream as empty', async () => {
        const events = several(4);
        await store.append([write('s', 'none', ...events)]);
        expect(ids((await store.read(stream('s'), 2)).events)).toEqual(events.slice(2).map(({ id }) => id));
        expect(await store.read(stream('s'), 9)).toEqual({ stream: stream('s'), revision: 3, events: [] });
        expect(await store.read(stream('absent'))).toEqual({ stream: stream('absent'), revision: 'none', events: [] });
      });

      it('many streams at once, in the order asked', async () => {
        await store.append([write('a', 'none', ...several(2))]);
        await store.append([write('b', 'none', happened())]);
        const loaded = await store.readMany([stream('b'), stream('absent'), stream('a'), stream('b')]);
        expect(loaded.map(({ stream: own, revision, events }) => [own, revision, events.length])).toEqual([
          [stream('b'), 0, 1],
          [stream('absent'), 'none', 0],
          [stream('a'), 1, 2],
          [stream('b'), 0, 1],
        ]);
        expect(await store.readMany([])).toEqual([]);
      });

      it('events by their ids, in the order asked, leaving out what is not there', async () => {
        const [a, b] = several(2) as [NewEvent, NewEvent];
        await store.append([write('s', 'none', a, b)]);
        expect(ids(await store.readByIds([b.id, idFor('nobody'), 'not an id', a.id]))).toEqual([b.id, a.id]);
        expect(await store.readByIds([])).toEqual([]);
      });

      it('the log page by page, in order of position, whatever the page size', async () => {
        const events = several(7);
        for (const [n, event] of events.entries())
          await store.append([write(`s${n % 2}`, n < 2 ? 'none' : Math.floor(n / 2) - 1, event)]);
        for (const limit of [1, 2, 3, 7, 100]) {
          const seen: PositionedEvent[] = [];
          let after = 0n;
          for (;;) {
            const page = await store.readPage(after, limit);
            expect(page.events.length).toBeLessThanOrEqual(limit);
            seen.push(...page.events);
            if (page.events.length === 0) break;
            after = page.through;
          }
          expect(ids(seen)).toEqual(events.map(({ id }) => id));
          expect(after).toBe((await store.head()).position);
        }
        await expect(store.readPage(0n, 0)).rejects.toThrow('a page has at least one event');
      });

      it('only the types asked for, and says how far it looked', async () => {
        const wanted = [happened({ n: 1 }, 'test.Wanted.v1'), happened({ n: 2 }, 'test.AlsoWanted.v1')] as const;
        const { last } = await store.append([write('s', 'none', wanted[0], ...several(3), wanted[1], happened())]);
        const types = ['test.Wanted.v1', 'test.AlsoWanted.v1', 'test.Wanted.v1', 'test.Never.v1'];
        expect(ids(await all(store.readAll(0n, { types })))).toEqual(wanted.map(({ id }) => id));
        const first = await store.readPage(0n, 1, { types });
        expect(first.through).toBe(first.events[0]!.position);
        const rest = await store.readPage(first.through, 5, { types });
        expect([ids(rest.events), rest.through]).toEqual([[wanted[1].id], last]);
        expect(await store.readPage(0n, 5, { types: ['test.Never.v1'] })).toEqual({ events: [], through: last });
        expect(await store.readPage(0n, 5, { types: [] })).toEqual({ events: [], through: last });
      });

      it('up to a position, and never back', async () => {
        const { events } = await store.append([write('s', 'none', ...several(5))]);
        const upTo = events[2]!.position;
        expect(await all(store.readAll(0n, { upTo }))).toHaveLength(3);
        const page = await store.readPage(0n, 10, { upTo });
        expect([page.events.length, page.through]).toEqual([3, upTo]);
        expect(await store.readPage(events[3]!.position, 10, { upTo })).toEqual({
          events: [],
          through: events[3]!.position,
        });
        const beyond = events[4]!.position + 1000n;
        expect(await store.readPage(beyond, 10)).toEqual({ events: [], through: beyond });
      });

      it('the same from and up to a position where no event stands, in whatever gaps a log has', async () => {
        const positions: bigint[] = [];
        for (let n = 0; n < 4; n++)
          positions.push((await store.append([write(`s${n % 2}`, n < 2 ? 'none' : 0, happened({ n }))])).last);
        for (const [n, position] of positions.entries()) {
          const before = positions[n - 1] ?? 0n;
          for (const after of [before, before + 1n, position - 1n].filter((p) => p >= before && p < position)) {
            const page = await store.readPage(after, 1);
            expect([page.events[0]?.position, page.through]).toEqual([position, position]);
            expect((await store.headAt(after)).position).toBe(before);
            const upTo = await store.readPage(before === 0n ? 0n : before - 1n, 10, { upTo: after });
            expect([upTo.events.at(-1)?.position ?? 0n, upTo.through]).toEqual([before, after]);
            expect(await all(store.readAll(after))).toHaveLength(4 - n);
          }
        }
      });

      it('to the head as it was when it began', async () => {
        await store.append([write('s', 'none', ...several(3))]);
        const seen: string[] = [];
        for await (const { event } of store.readAll(0n)) {
          if (seen.length === 0) await store.append([write('s', 2, happened())]);
          seen.push(event.id);
        }
        expect(seen).toHaveLength(3);
      });
    });

    describe('knows', () => {
      it('its head, which is position 0 without event when it is empty', async () => {
        expect(await store.head()).toEqual({ position: 0n, event: null, knownAt: null });
        const events = several(2);
        const { last } = await store.append([write('s', 'none', ...events)]);
        expect(await store.head()).toEqual({ position: last, event: events[1]!.id, knownAt: TEN });
      });

      it('its positions, without gaps where it says so', async () => {
        const positions = [];
        for (let n = 0; n < 3; n++)
          positions.push(
            (await store.append([write(`s${n}`, 'none', ...several(2))])).events.map(({ position }) => position),
          );
        const flat = positions.flat();
        expect(flat).toEqual([...flat].sort((a, b) => (a < b ? -1 : 1)));
        expect(flat[0]! > 0n).toBe(true);
        expect(flat.every((position, n) => position === BigInt(n + 1))).toBe(store.capabilities.densePositions);
      });

      it('which event stands at a position, and no event where there is none', async () => {
        const event = happened();
        const { last } = await store.append([write('s', 'none', event)]);
        expect(await store.at(last)).toEqual({ event: event.id, knownAt: TEN });
        for (const nowhere of [0n, last + 1n, last + 1_000_000n]) {
          expect(await failure(store.at(nowhere))).toMatchObject({
            failure: 'unknown-position',
            message: `no event stands at position ${nowhere}`,
          });
        }
      });

      it('its head as it was at a position, whether or not an event stands there', async () => {
        const nothing = { position: 0n, event: null, knownAt: null };
        expect(await store.headAt(7n)).toEqual(nothing);
        const [a, b] = several(2) as [NewEvent, NewEvent];
        const first = (await store.append([write('s', 'none', a)])).last;
        now = ELEVEN;
        const second = (await store.append([write('s', 0, b)])).last;
        expect(await store.headAt(0n)).toEqual(nothing);
        expect(await store.headAt(first)).toEqual({ position: first, event: a.id, knownAt: TEN });
        expect(await store.headAt(second - 1n)).toEqual({ position: first, event: a.id, knownAt: TEN });
        expect(await store.headAt(second + 99n)).toEqual(await store.head());
      });

      it('never stamps below what it has stamped, when the clock steps back', async () => {
        now = ELEVEN;
        await store.append([write('s', 'none', happened())]);
        now = NINE;
        expect((await store.append([write('s', 0, happened())])).events[0]!.recordedAt).toBe(ELEVEN);
      });

      it('what was known when as the running maximum of stamps, when another process has a clock that is behind', async () => {
        const other = await log.open(() => NINE);
        const first = await store.append([write('s', 'none', happened())]);
        const behind = await other.append([write('s', 0, happened())]);
        // How much of what others record a writer has seen by then is its own affair; what is known when does not depend on it.
        expect([NINE, TEN]).toContain(behind.events[0]!.recordedAt);
        now = ELEVEN;
        const third = await store.append([write('s', 1, happened())]);
        expect([NINE, TEN, ELEVEN]).toContain((await other.append([write('s', 2, happened())])).events[0]!.recordedAt);
        expect((await store.at(first.last)).knownAt).toBe(TEN);
        expect((await store.at(behind.last)).knownAt).toBe(TEN);
        expect((await store.at(third.last)).knownAt).toBe(ELEVEN);
        expect((await store.head()).knownAt).toBe(ELEVEN);
        expect(await store.positionBefore(NINE)).toBe(0n);
        expect(await store.positionBefore(TEN)).toBe(0n);
        expect(await store.positionBefore('2026-11-23T10:00:00.001Z')).toBe(behind.last);
        expect(await store.positionBefore(ELEVEN)).toBe(behind.last);
        expect(await store.positionBefore('2027-01-01T00:00:00.000Z')).toBe((await store.head()).position);
        await expect(store.positionBefore('2026-11-23')).rejects.toThrow('"2026-11-23" is not an instant');
      });

      it('the position before each of many instants', async () => {
        const positions: bigint[] = [];
        for (let n = 0; n < 20; n++) {
          now = `2026-11-23T12:00:00.${String(n * 10).padStart(3, '0')}Z`;
          positions.push((await store.append([write('s', n === 0 ? 'none' : n - 1, happened())])).last);
        }
        for (let n = 0; n < 20; n++) {
          expect(await store.positionBefore(`2026-11-23T12:00:00.${String(n * 10).padStart(3, '0')}Z`)).toBe(
            positions[n - 1] ?? 0n,
          );
          expect(await store.positionBefore(`2026-11-23T12:00:00.${String(n * 10 + 1).padStart(3, '0')}Z`)).toBe(
            positions[n],
          );
        }
      });
    });

    describe('is subscribed to', () => {
      it('with history, an empty page when caught up, then what is appended, until abort', async () => {
        const events = several(5);
        await store.append([write('s', 'none', ...events.slice(0, 3))]);
        const head = (await store.head()).position;
        let appended = false;
        const abort = new AbortController();
        const pages: Page[] = [];
        for await (const page of store.subscribe(0n, { signal: abort.signal, pageSize: 2 })) {
          pages.push(page);
          if (page.events.length === 0 && !appended) {
            appended = true;
            expect(page.through).toBe(head);
            await store.append([write('s', 2, ...events.slice(3))]);
          } else if (page.events.length === 0) abort.abort();
        }
        expect(ids(pages.flatMap((page) => page.events))).toEqual(events.map(({ id }) => id));
        expect(pages.at(-1)).toEqual({ events: [], through: (await store.head()).position });
      });

      it('on an empty log, which is caught up at once', async () => {
        const abort = new AbortController();
        for await (const page of store.subscribe(0n, { signal: abort.signal })) {
          expect(page).toEqual({ events: [], through: 0n });
          abort.abort();
        }
      });

      it('by several, also for what another process appends', async () => {
        const other = await log.open(() => TEN);
        const seen = [0, 1].map(() => pagesUntil(store, 0n, (events) => events.length === 4));
        await other.append([write('s', 'none', ...several(3))]);
        await store.append([write('t', 'none', happened())]);
        const expected = ids(await all(store.readAll(0n)));
        for (const pages of await Promise.all(seen))
          expect(ids(pages.flatMap(({ events }) => events))).toEqual(expected);
      });

      it('with a filter, moving on past what it leaves out', async () => {
        const abort = new AbortController();
        const through: bigint[] = [];
        let appends = 0;
        for await (const page of store.subscribe(0n, { signal: abort.signal, filter: { types: ['test.Wanted.v1'] } })) {
          through.push(page.through);
          expect(page.events).toEqual([]);
          if (appends === 3) abort.abort();
          else await store.append([write('s', appends === 0 ? 'none' : appends - 1, happened())]);
          appends += 1;
        }
        expect(through).toEqual([0n, ...(await all(store.readAll(0n))).map(({ position }) => position)]);
      });

      it('up to a position, where it ends', async () => {
        const { events } = await store.append([write('s', 'none', ...several(4))]);
        const seen: string[] = [];
        const signal = new AbortController().signal;
        for await (const page of store.subscribe(0n, { signal, filter: { upTo: events[2]!.position }, pageSize: 2 }))
          seen.push(...ids(page.events));
        expect(seen).toEqual(events.slice(0, 3).map(({ id }) => id));
      });

      it('and left in the middle without harm', async () => {
        await store.append([write('s', 'none', ...several(3))]);
        for await (const page of store.subscribe(0n, { signal: new AbortController().signal, pageSize: 1 })) {
          expect(page.events).toHaveLength(1);
          break;
        }
        expect(await pagesUntil(store, 0n, (events) => events.length === 3)).not.toHaveLength(0);
      });
    });

    describe('stands concurrent writers:', () => {
      it('one of those who expect the same revision wins, the others are told', async () => {
        const other = await log.open(() => TEN);
        const outcomes = await Promise.allSettled(
          Array.from({ length: 20 }, (_, n) => (n % 2 ? store : other).append([write('s', 'none', happened({ n }))])),
        );
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        for (const outcome of outcomes)
          if (outcome.status === 'rejected')
            expect(outcome.reason).toMatchObject({ failure: 'stale-revision', stream: stream('s') });
        expect(await count()).toBe(1);
      });

      it('a conflict or a duplicate does not fail its neighbours', async () => {
        const recorded = happened();
        await store.append([write('s', 'none', recorded)]);
        const outcomes = await Promise.allSettled([
          store.append([write('a', 'none', happened())]),
          store.append([write('s', 'none', happened())]),
          store.append([write('b', 'none', happened())]),
          store.append([write('c', 'none', recorded)]),
          store.append([write('a', 0, happened())]),
          store.append([write('d', 'none', happened())], [{ stream: stream('s'), revision: 7 }]),
          store.append([write('e', 'none', happened())], [{ stream: stream('a'), revision: 1 }]),
        ]);
        const results = outcomes.map((outcome) =>
          outcome.status === 'fulfilled' ? 'appended' : (outcome.reason as StoreError).failure,
        );
        expect(results).toEqual([
          'appended',
          'stale-revision',
          'appended',
          'duplicate-event',
          'appended',
          'stale-revision',
          'appended',
        ]);
        expect((await store.read(stream('a'))).revision).toBe(1);
        expect(await count()).toBe(5);
      });

      it('of several that rest on different revisions of one stream only those that are right are taken', async () => {
        await store.append([write('fact', 'none', ...several(2))]);
        const revisions = ['none', 1, 0, 1, 'none', 2, 1] as const;
        const outcomes = await Promise.allSettled(
          revisions.map((revision, n) =>
            store.append([write(`s${n}`, 'none', happened())], [{ stream: stream('fact'), revision }]),
          ),
        );
        expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(
          revisions.map((revision) => revision === 1),
        );
      });

      it('readers miss nothing and see nothing twice or out of order', async () => {
        const stores = [store, await log.open(() => TEN), await log.open(() => TEN)];
        const total = 240;
        const readers = stores.map((reader) => pagesUntil(reader, 0n, (events) => events.length >= total, 7));
        await Promise.all(
          stores.map(async (writer, w) => {
            for (let n = 0; n < 40; n++) {
              const expected = n === 0 ? ('none' as const) : n - 1;
              await Promise.all([
                writer.append([write(`w${w}`, expected, happened({ n }))]),
                writer.append([write(`x${w}`, expected, happened({ n }))]),
              ]);
            }
          }),
        );
        const truth = await all(store.readAll(0n));
        expect(truth).toHaveLength(total);
        for (const pages of await Promise.all(readers)) {
          expect(pages.flatMap(({ events }) => events.map(({ position }) => position))).toEqual(
            truth.map(({ position }) => position),
          );
        }
        for (let w = 0; w < 3; w++) {
          for (const word of [`w${w}`, `x${w}`]) {
            const own = truth.filter(({ event }) => event.stream === stream(word));
            expect(own.map(({ event }) => event.revision)).toEqual(Array.from({ length: 40 }, (_, n) => n));
          }
        }
      }, 120_000);
    });

    it('says so when it is closed', async () => {
      await store.close();
      expect(await failure(store.append([write('s', 'none', happened())]))).toMatchObject({
        failure: 'unavailable',
        message: 'the event store is closed',
      });
      expect(await failure(store.head())).toMatchObject({ failure: 'unavailable' });
      await store.close();
    });
  });
}
