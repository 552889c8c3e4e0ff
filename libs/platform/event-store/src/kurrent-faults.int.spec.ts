import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { jest } from '@jest/globals';
import { binaryEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { openKurrentEventStore } from './kurrent';
import { all, failure, happened, pause, QUICK, stream, until, write } from './kurrent-faults.testing';
import { type IndexedEvent, MemoryPositionIndex } from './kurrent-index';
import { openKurrentRawLog } from './raw-log';
import type { KurrentProtocolDouble } from './kurrent-protocol-double.testing';
import { doubleLog, freshPrefix, type KurrentUnderTest, startKurrentDouble } from './kurrent.testing';
import type { KurrentEventStore } from './kurrent-store';
import { selfSigned } from './self-signed.testing';
import { idFor } from './testing';

jest.setTimeout(120_000);

describe('the KurrentDB store', () => {
  let log: KurrentUnderTest & { readonly double: KurrentProtocolDouble };
  let double: KurrentProtocolDouble;
  let store: KurrentEventStore;
  beforeEach(async () => {
    log = await doubleLog();
    double = log.double;
    store = await log.open(undefined, QUICK);
  });
  afterEach(() => log.end());
  const ids = async (): Promise<string[]> => (await all(store.readAll(0n))).map(({ event }) => event.id);

  it('takes no id twice while its event is on the way into the index', async () => {
    const twin = happened();
    let mayAnswer = Promise.resolve();
    class SlowIndex extends MemoryPositionIndex {
      override async byIds(ids: readonly string[]) {
        const found = await super.byIds(ids);
        await mayAnswer;
        return found;
      }
    }
    const slow = await log.open(undefined, { ...QUICK, index: new SlowIndex() });
    await slow.append([write('s', 'none', twin)]);
    let answer: () => void = () => undefined;
    mayAnswer = new Promise((resolve) => {
      answer = resolve;
    });
    const again = failure(slow.append([write('s', 0, twin)]));
    await pause(50);
    await slow.head();
    answer();
    expect(await again).toMatchObject({ failure: 'duplicate-event' });
  });

  it('says whose revision is stale when the server does, in its own words', async () => {
    double.refuseNextAppend();
    const error = await failure(store.append([write('s', 'none', happened())]));
    expect(error).toMatchObject({ failure: 'stale-revision', stream: stream('s'), name: 'StoreError' });
  });

  describe('whose reads fail', () => {
    it('reads on with a new client: the old one never recovers', async () => {
      await store.append([write('s', 'none', happened())]);
      await store.head();
      double.refuseReadsOnPresentLines();
      expect((await store.read(stream('s'))).revision).toBe(0);
      await store.append([write('s', 0, happened())]);
      expect((await store.head()).position).toBe((await store.read(stream('s'), 1)).events[0]!.position);
    });

    it('reads a page whole that was cut in the middle', async () => {
      const events = Array.from({ length: 50 }, () => happened());
      await store.append([write('s', 'none', ...events)]);
      await store.head();
      double.cutReadAfter(20);
      expect((await store.read(stream('s'))).events).toHaveLength(50);
      double.cutReadAfter(20);
      expect((await store.readPage(0n, 50)).events.map(({ event }) => event.id)).toEqual(events.map(({ id }) => id));
    });
  });

  describe('that is subscribed to', () => {
    /** Follows the log for as long as the spec runs. */
    const followed = (): { readonly seen: string[]; readonly end: () => Promise<void> } => {
      const abort = new AbortController();
      const seen: string[] = [];
      const following = (async () => {
        for await (const { events } of store.subscribe(0n, { signal: abort.signal }))
          seen.push(...events.map(({ event }) => event.id));
      })();
      return { seen, end: () => (abort.abort(), following) };
    };

    it('goes on after it was dropped for slowness, and after its line was cut', async () => {
      const { seen, end } = followed();
      const events = Array.from({ length: 12 }, () => happened());
      for (const [n, event] of events.entries()) {
        await store.append([write('s', n === 0 ? 'none' : n - 1, event)]);
        if (n === 3) double.dropSlowConsumers();
        if (n === 6) double.cutSubscriptionAfter(0);
        if (n === 9) double.cutAll();
      }
      await until(() => seen.length === events.length);
      expect(seen).toEqual(events.map(({ id }) => id));
      await until(() => double.subscriptions > 0);
      await end();
    });

    it('waits while the node is away, and goes on by itself; meanwhile everything else is unavailable, at once', async () => {
      const { seen, end } = followed();
      const [a, b] = [happened(), happened()];
      await store.append([write('s', 'none', a)]);
      await until(() => seen.length === 1);
      await double.away();
      await failure(store.head());
      const begun = Date.now();
      for (const asked of [
        store.append([write('s', 0, b)]),
        store.head(),
        store.read(stream('s')),
        store.readAll(0n)[Symbol.asyncIterator]().next(),
      ])
        expect(await failure(asked)).toMatchObject({
          failure: 'unavailable',
          message: expect.stringContaining('127.0.0.1'),
        });
      expect(Date.now() - begun).toBeLessThan(15_000);
      await pause(1_500);
      await double.back();
      await store.append([write('s', 0, b)]);
      await until(() => seen.length === 2);
      expect(seen).toEqual([a.id, b.id]);
      await end();
    });

    it('holds no more than a page for who is slow', async () => {
      const { seen, end } = followed();
      await end();
      expect(seen).toEqual([]);
      const text = 'x'.repeat(90_000);
      for (let n = 0; n < 20; n++)
        await store.append([write(`s${n}`, 'none', ...Array.from({ length: 10 }, () => happened({ text })))]);
      const abort = new AbortController();
      let events = 0;
      for await (const page of store.subscribe(0n, { signal: abort.signal, pageSize: 200 })) {
        const bytes = page.events.reduce((sum, one) => sum + one.bytes.length, 0);
        expect(bytes).toBeLessThan(9_000_000);
        events += page.events.length;
        await pause(20);
        if (events === 200) abort.abort();
      }
      expect(events).toBe(200);
    });
  });

  describe('beside others in one server', () => {
    it('sees nothing of what the server and other systems write', async () => {
      const own = happened();
      await store.append([write('s', 'none', own)]);
      const client = KurrentDBClient.connectionString(double.url);
      for (let n = 0; n < 3; n++)
        await client.appendToStream(
          `orders-${n}`,
          binaryEvent({ id: randomUUID(), type: 'OrderPlaced', data: Buffer.from('{') }),
        );
      await client.dispose();
      double.log.system('$stats-0.0.0.0:2113', '$statsCollected');
      const later = happened();
      const { last } = await store.append([write('s', 0, later)]);
      expect(await ids()).toEqual([own.id, later.id]);
      expect((await store.head()).position).toBe(last);
      expect((await store.readPage(0n, 10)).through).toBe(last);
    });

    it('does not look through what others wrote again after a restart', async () => {
      await store.append([write('s', 'none', happened())]);
      const index = new MemoryPositionIndex();
      const options = { url: double.url, index, streamPrefix: log.prefix, ...QUICK };
      const first = await openKurrentEventStore(options);
      for (let n = 0; n < 50; n++) double.log.system('orders-1', 'OrderPlaced');
      await first.head();
      await first.close();
      const { through, last } = await index.head();
      expect(through).toBe(double.log.records.at(-1)!.position);
      expect(last!.position < through).toBe(true);
    });

    it('gets through more of what others wrote than the server looks through while one waits for an answer', async () => {
      const own = [happened(), happened()] as const;
      const others = () => {
        for (let n = 0; n < 6_000; n++) double.log.system('orders-1', 'OrderPlaced');
        double.log.skip(100_000_000n); // they are large
      };
      others();
      await store.append([write('s', 'none', own[0])]);
      others();
      await store.append([write('s', 0, own[1])]);
      others();
      double.log.system('orders-1', 'OrderPlaced');
      double.searchesSlowly(200);
      const fresh = await log.open(undefined, { patienceMs: 1_000, answerMs: 1_500 });
      const found = [];
      for await (const { event } of fresh.readAll(0n)) found.push(event.id);
      expect(found).toEqual(own.map(({ id }) => id));
    });

    it('refuses an event that another system wrote under its prefix', async () => {
      const client = KurrentDBClient.connectionString(double.url);
      await client.appendToStream(
        `${log.prefix}orders-1`,
        binaryEvent({ id: randomUUID(), type: 'OrderPlaced', data: Buffer.from('{}') }),
      );
      await client.dispose();
      const error = await failure(store.head());
      expect(error.message).toMatch(/the event at position \d+ in orders-1 was not written by Plumbline/);
    });
  });

  describe('of which somebody deleted a part', () => {
    it.each([
      ['softly', (name: string) => double.log.delete(name)],
      ['for good', (name: string) => double.log.tombstone(name)],
    ])('%s says which stream it was, whether read or written', async (_, remove) => {
      await store.append([write('s', 'none', happened(), happened())]);
      await store.head();
      remove(`${log.prefix}${stream('s')}`);
      expect(await failure(store.read(stream('s')))).toMatchObject({ failure: 'stream-deleted', stream: stream('s') });
      expect(await failure(store.append([write('s', 'none', happened())]))).toMatchObject({
        failure: 'stream-deleted',
      });
    });

    it('and written to again says so too', async () => {
      await store.append([write('s', 'none', happened())]);
      double.log.delete(`${log.prefix}${stream('s')}`);
      expect(
        await failure(store.append([write('s', 0, happened())]).then(() => store.read(stream('s')))),
      ).toMatchObject({
        failure: 'stream-deleted',
      });
    });
  });

  describe('whose events were removed from the log', () => {
    /** Twelve of 900 kB: a page of eight megabytes ends before the last. */
    async function removed(n: number): Promise<string[]> {
      const large = Array.from({ length: 12 }, () => happened({ text: 'x'.repeat(900_000) }));
      for (const [at, event] of large.entries()) await store.append([write('s', at === 0 ? 'none' : at - 1, event)]);
      await store.append([write('t', 'none', happened())]);
      await store.head();
      const own = double.log.records.filter(({ stream: name }) => name.startsWith(log.prefix));
      double.log.remove(own[n]!.position);
      return large.map(({ id }) => id);
    }

    it.each([5, 9, 11])('says so, whatever is read and however large it is (event %s)', async (n) => {
      const large = await removed(n);
      const { type } = (await store.read(stream('t'))).events[0]!.event;
      expect((await failure(all(store.readAll(0n)))).failure).toBe('stream-deleted');
      expect((await failure(all(store.readAll(0n, { types: [type] })))).failure).toBe('stream-deleted');
      expect((await failure(store.readByIds(large))).failure).toBe('stream-deleted');
    });
  });

  describe('with an index', () => {
    it.each([
      ['an event that is another there', 's'],
      ['an event of a stream that is not there', 'elsewhere'],
    ])('of another log is refused in words: it ends with %s', async (_, word) => {
      await store.append([write('s', 'none', happened())]);
      await store.head();
      const index = new MemoryPositionIndex();
      const { position } = double.log.records.at(-1)!;
      const recordedAt = '2026-11-23T09:00:00.000Z';
      const event = {
        position: position + 1n,
        id: idFor(word),
        stream: stream(word),
        revision: 0,
        type: 'x',
        recordedAt,
      };
      await index.add(0n, [event], position + 1n);
      const other = await openKurrentEventStore({ url: double.url, index, streamPrefix: log.prefix, ...QUICK });
      expect(await failure(other.head())).toMatchObject({
        failure: 'stream-deleted',
        message: expect.stringMatching(
          /another log: look at the address and at EVENT_STORE_PREFIX.*or somebody deleted/,
        ),
      });
      await other.close();
    });

    it('of the KurrentDB that the log was copied from is made anew', async () => {
      const index = new MemoryPositionIndex();
      const from = await log.open(undefined, { ...QUICK, index });
      for (let n = 0; n < 3; n++) await from.append([write('s', n === 0 ? 'none' : n - 1, happened())]);
      const before = await from.head();
      const target = await doubleLog();
      target.double.log.system('$other-history', '$x');
      const raw = await openKurrentRawLog({ url: target.double.url, streamPrefix: target.prefix });
      await raw.append((await all(from.readAll(0n))).map(({ bytes }) => bytes));
      await raw.close();
      await from.close();
      const moved = await target.open(undefined, { ...QUICK, index });
      const head = await moved.head();
      expect([head.event, head.position === before.position]).toEqual([before.event, false]);
      expect((await all(moved.readAll(0n))).map(({ position }) => position).at(-1)).toBe(head.position);
      await moved.append([write('s', 2, happened())]);
      expect((await index.head()).last).toMatchObject({ ordinal: 3 });
      await moved.head();
      expect((await index.head()).last).toMatchObject({ ordinal: 4, revision: 3 });
      await target.end();
    });

    it.each([
      ['is running', (running: KurrentEventStore) => running],
      ['starts', async (_: KurrentEventStore, index: MemoryPositionIndex) => log.open(undefined, { ...QUICK, index })],
    ])('that looked further than the log reaches hides nothing from a process that %s', async (_, which) => {
      const index = new MemoryPositionIndex();
      const running = await log.open(undefined, { ...QUICK, index });
      for (let n = 0; n < 5; n++) await running.append([write('s', n === 0 ? 'none' : n - 1, happened())]);
      await running.head();
      const { through } = await index.head();
      // as it stands when KurrentDB is put back from a backup, others' records after our last event being lost
      await index.add(through, [], through + 20_000n);
      const reader = await which(running, index);
      await reader.head();
      for (let n = 5; n < 35; n++) await reader.append([write('s', n - 1, happened())]);
      expect(await all(reader.readAll(0n))).toHaveLength(35);
    });

    it('that ends with an event which the log has lost since is no longer believed', async () => {
      const index = new MemoryPositionIndex();
      const running = await log.open(undefined, { ...QUICK, index });
      await running.append([write('s', 'none', happened())]);
      await running.head();
      const recordedAt = '2026-11-23T09:00:00.000Z';
      const position = double.log.records.at(-1)!.position + 5_000n;
      const lost = { position, id: idFor('lost'), stream: stream('s'), revision: 1, type: 'x', recordedAt };
      await index.add((await index.head()).through, [lost], position);
      await running.append([write('t', 'none', happened())]);
      expect(await failure(running.head())).toMatchObject({ failure: 'stream-deleted' });
    });

    it('that another process brought less far is brought to the end of the log all the same', async () => {
      class Contested extends MemoryPositionIndex {
        override async add(from: bigint, events: readonly IndexedEvent[], through: bigint) {
          if (events.length > 1) await super.add(from, events.slice(0, 1), events[0]!.position);
          return await super.add(from, events, through);
        }
      }
      const reading = await log.open(undefined, { ...QUICK, index: new Contested() });
      await reading.head();
      for (let n = 0; n < 5; n++) await store.append([write('s', n === 0 ? 'none' : n - 1, happened())]);
      const end = await store.head();
      expect(await reading.head()).toEqual(end);
    });

    it('that is shared is filled once, whoever comes first', async () => {
      const index = new MemoryPositionIndex();
      const options = { url: double.url, index, streamPrefix: log.prefix, ...QUICK };
      const [one, two] = await Promise.all([openKurrentEventStore(options), openKurrentEventStore(options)]);
      for (let n = 0; n < 20; n++) await store.append([write('s', n === 0 ? 'none' : n - 1, happened())]);
      const heads = await Promise.all([one.head(), two.head(), store.head()]);
      expect(new Set(heads.map(({ position }) => position)).size).toBe(1);
      expect((await index.head()).last).toMatchObject({ ordinal: 20, revision: 19 });
      await one.close();
      await two.close();
    });
  });
});

describe('an address of KurrentDB', () => {
  const index = new MemoryPositionIndex();
  const quick = { patienceMs: 300, answerMs: 2_000, settleMs: 300 };

  it('goes with a prefix that begins no other log’s', async () => {
    for (const streamPrefix of ['plumbline', 'plumbline.staging.', '.', 'two words.', ''])
      await expect(openKurrentEventStore({ url: 'kurrentdb://localhost:1', index, streamPrefix })).rejects.toThrow(
        /^The prefix of a log in KurrentDB \(EVENT_STORE_PREFIX\) is letters, digits, - and _ with one dot, at its end/,
      );
  });

  it('may have its old name, with a hint', async () => {
    const double = await startKurrentDouble();
    const warned: string[] = [];
    const url = double.url.replace('kurrentdb', 'esdb');
    const store = await openKurrentEventStore({ url, index, ...quick, warn: (words) => warned.push(words) });
    expect(await store.head()).toEqual({ position: 0n, event: null, knownAt: null });
    expect(warned).toEqual(['esdb:// is the old name of the address; write kurrentdb:// instead']);
    await store.close();
    await double.stop();
  });

  it('that is none is refused, without its password in the words', async () => {
    await expect(openKurrentEventStore({ url: 'postgres://x', index })).rejects.toThrow('begins with kurrentdb://');
    const error: Error = (await openKurrentEventStore({ url: 'kurrentdb://hr:hunter2@host:port', index }).catch(
      (thrown) => thrown as Error,
    )) as Error;
    expect(error.message).toMatch(/^the address of KurrentDB is not understood/);
    expect(error.message).not.toContain('hunter2');
  });

  it('of nodes that take connections and say nothing is unavailable as soon as of one that is not there', async () => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const node = `127.0.0.1:${(mute.address() as AddressInfo).port}`;
    const url = `kurrentdb://${node},${node}?tls=false`;
    const short = { patienceMs: 400, answerMs: 300, settleMs: 400 };
    const lost = await openKurrentEventStore({ url, index: new MemoryPositionIndex(), ...short });
    const began = Date.now();
    expect((await failure(lost.read(stream('s')))).failure).toBe('unavailable');
    expect((await failure(lost.append([write('s', 'none', happened())]))).failure).toBe('unavailable');
    expect(Date.now() - began).toBeLessThan(6_000);
    await lost.close();
    for (const socket of sockets) socket.destroy();
    mute.close();
  });

  it('may not send reads to followers: what was written is read at once', async () => {
    const warnings: string[] = [];
    const double = await startKurrentDouble();
    const url = `${double.url}&nodePreference=random`;
    const warn = (words: string): void => void warnings.push(words);
    const store = await openKurrentEventStore({ url, index: new MemoryPositionIndex(), warn });
    expect(warnings).toEqual([expect.stringMatching(/^nodePreference is passed over/)]);
    await store.close();
    await double.stop();
  });

  it('where nobody is opens, is unavailable in words, and says what could not be asked', async () => {
    const warned: string[] = [];
    const store = await openKurrentEventStore({
      url: 'kurrentdb://hr:hunter2@127.0.0.1:9?tls=false',
      index: new MemoryPositionIndex(),
      ...quick,
      warn: (words) => warned.push(words),
    });
    for (const error of [await failure(store.head()), await failure(store.append([write('s', 'none', happened())]))])
      expect(error).toMatchObject({
        failure: 'unavailable',
        message: expect.stringMatching(/^KurrentDB cannot be reached at 127\.0\.0\.1:9/),
      });
    expect(warned).toHaveLength(1);
    expect(warned.join()).not.toContain('hunter2');
    expect(store.capabilities.atomicMultiStream).toBe(false);
    await store.close();
  });

  it('over TLS names user and password; a wrong one, or a certificate that is not trusted, is said in words', async () => {
    const double = await startKurrentDouble({ tls: selfSigned(), users: { hr: 'hunter2' } });
    const opened: KurrentEventStore[] = [];
    const open = async (user: string, options: string): Promise<KurrentEventStore> => {
      const url = `kurrentdb://${user}@127.0.0.1:${double.port}?tls=true${options}`;
      opened.push(
        await openKurrentEventStore({ url, index: new MemoryPositionIndex(), patienceMs: 300, settleMs: 300 }),
      );
      return opened.at(-1)!;
    };
    const known = await open('hr:hunter2', '&tlsVerifyCert=false');
    await known.append([write('s', 'none', happened())]);
    expect((await known.read(stream('s'))).revision).toBe(0);
    const wrong = await open('hr:hunter3', '&tlsVerifyCert=false');
    for (const asked of [wrong.read(stream('s')), wrong.head(), wrong.append([write('t', 'none', happened())])])
      expect(await failure(asked)).toMatchObject({
        failure: 'unavailable',
        message: `KurrentDB at 127.0.0.1:${double.port} refuses the user or the password of its address, or the user may not read $all`,
      });
    const doubting = await open('hr:hunter2', '');
    expect((await failure(doubting.append([write('t', 'none', happened())]))).message).toMatch(/certificate/);
    expect(await failure(doubting.head())).toMatchObject({ failure: 'unavailable' });
    await Promise.all(opened.map((store) => store.close()));
    await double.stop();
  });

  it('of a follower alone says where the leader is', async () => {
    const leader = await startKurrentDouble();
    const follower = await startKurrentDouble({ log: leader.log });
    follower.follow(leader);
    const store = await openKurrentEventStore({ url: follower.url, index: new MemoryPositionIndex(), ...quick });
    expect((await failure(store.head())).message).toBe(
      `the KurrentDB node at 127.0.0.1:${follower.port} is a follower, its leader is 127.0.0.1:${leader.port}: name all nodes in the address, so that the leader is found`,
    );
    await store.close();
    await follower.stop();
    await leader.stop();
  });

  it('of several nodes finds the leader, also when another leads, and bears that all are away', async () => {
    const one = await startKurrentDouble();
    const two = await startKurrentDouble({ log: one.log });
    one.members = [one, two];
    two.members = [one, two];
    two.follow(one);
    const nodes = `127.0.0.1:${one.port},127.0.0.1:${two.port}`;
    const url = `kurrentdb://${nodes}?tls=false&maxDiscoverAttempts=3`;
    const store = await openKurrentEventStore({
      url,
      index: new MemoryPositionIndex(),
      streamPrefix: freshPrefix(),
      patienceMs: 3_000,
      settleMs: 4_000,
    });
    const [a, b] = [happened(), happened()];
    await store.append([write('s', 'none', a)]);
    await store.head();
    two.follow();
    one.follow(two);
    await store.append([write('s', 0, b)]);
    await Promise.all([one.away(), two.away()]);
    const many = Array.from({ length: 60 }, (_, n) => failure(store.append([write(`other ${n}`, 'none', happened())])));
    expect(await failure(store.head())).toMatchObject({
      failure: 'unavailable',
      message: expect.stringContaining(nodes),
    });
    // what was on a line when it broke may have been recorded
    for (const error of await Promise.all(many)) expect(error.failure).toMatch(/^(unavailable|outcome-unknown)$/);
    await Promise.all([one.back(), two.back()]);
    expect((await all(store.readAll(0n))).map(({ event }) => event.id)).toEqual([a.id, b.id]);
    await store.close();
    await one.stop();
    await two.stop();
  });
});
