import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import {
  type AllStreamSubscription,
  type AppendStreamState,
  BACKWARDS,
  binaryEvent,
  END,
  FORWARDS,
  KurrentDBClient,
  NO_STREAM,
  type Position,
  START,
  STREAM_EXISTS,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import type { KurrentProtocolDouble } from './kurrent-protocol-double.testing';
import { REAL_KURRENTDB, startKurrentDouble } from './kurrent.testing';

jest.setTimeout(120_000);

const event = (data: string, id: string = randomUUID()) =>
  binaryEvent({ id, type: 'test.Happened.v1', data: Buffer.from(data) });
const failureOf = async (outcome: Promise<unknown>): Promise<Record<string, unknown>> =>
  outcome.then(
    () => ({ type: 'none' }),
    (error: Record<string, unknown>) => error,
  );
const all = async <T>(events: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const one of events) list.push(one);
  return list;
};

/** What the store is written against, shown by the double and by a real server alike: where they differ, the double is wrong. */
function kurrentFacts(name: string, open: () => Promise<{ url: string; close(): Promise<unknown> }>): void {
  describe(`${name}, seen through its client,`, () => {
    let client: KurrentDBClient;
    let server: { url: string; close(): Promise<unknown> };
    let prefix: string;
    let stream: string;
    beforeAll(async () => {
      server = await open();
      client = KurrentDBClient.connectionString(server.url);
    });
    afterAll(async () => {
      await client.dispose();
      await server.close();
    });
    beforeEach(() => {
      prefix = `plumbline-facts-${randomUUID()}.`;
      stream = `${prefix}s`;
    });
    const append = (events: ReturnType<typeof event>[], streamState: AppendStreamState, to = stream) =>
      client.appendToStream(to, events, { streamState });
    const texts = async (from = stream): Promise<string[]> =>
      (await all(client.readStream(from))).map(({ event: one }) => Buffer.from(one!.data as Uint8Array).toString());
    const ours = () => streamNameFilter({ prefixes: [prefix] });

    describe('appending,', () => {
      it('refuses another revision with the one that stands', async () => {
        await append([event('a')], NO_STREAM);
        expect(await failureOf(append([event('b')], NO_STREAM))).toMatchObject({
          type: 'wrong-expected-version',
          streamName: stream,
          expectedState: 'no_stream',
          actualState: 0n,
        });
        expect(await failureOf(append([event('b')], 0n, `${prefix}absent`))).toMatchObject({
          type: 'wrong-expected-version',
          expectedState: 0n,
          actualState: 'no_stream',
        });
      });

      it('answers the same ids at the same revision as the first time, writes nothing and compares no data', async () => {
        const [a, b, c] = [event('a'), event('b'), event('c')];
        const first = await append([a, b], NO_STREAM);
        expect(await append([a, b], NO_STREAM)).toEqual(first);
        expect(await append([event('other', a.id), event('data', b.id)], NO_STREAM)).toEqual(first);
        await append([c], 1n);
        expect(await append([a, b], NO_STREAM)).toEqual(first);
        expect(await append([a], NO_STREAM)).toMatchObject({ success: true, nextExpectedRevision: 0n });
        expect(await failureOf(append([b, event('new')], 0n))).toMatchObject({ type: 'wrong-expected-version' });
        expect(await texts()).toEqual(['a', 'b', 'c']);
      });

      it('writes the same id again at a later revision, and twice in one append', async () => {
        const a = event('a');
        await append([a], NO_STREAM);
        await append([a], 0n);
        await append([event('twin', a.id), event('twin', a.id)], 1n);
        expect(await texts()).toEqual(['a', 'a', 'twin', 'twin']);
      });

      it('takes an append of nothing for a success', async () => {
        expect(await append([], NO_STREAM)).toMatchObject({ success: true, nextExpectedRevision: 0n });
        expect(await failureOf(all(client.readStream(stream)))).toMatchObject({ type: 'stream-not-found' });
      });

      it('takes at most 1,048,576 bytes', async () => {
        const half = 'x'.repeat(600_000);
        expect(await failureOf(append([event(half), event(half)], NO_STREAM))).toMatchObject({
          type: 'maximum-append-size-exceeded',
          maxAppendSize: 1_048_576,
        });
        await append([event('x'.repeat(1_000_000))], NO_STREAM);
        await append(
          Array.from({ length: 400 }, () =>
            binaryEvent({ id: randomUUID(), type: 'x'.repeat(60), data: Buffer.from('x'.repeat(2_500)) }),
          ),
          0n,
        );
      });

      it('takes one stream at a time before 25.1', async () => {
        const requests = [{ streamName: stream, events: [event('a')], expectedState: NO_STREAM }];
        expect(await failureOf(client.multiStreamAppend(requests as never))).toMatchObject({
          type: 'unsupported',
          minimumVersion: '25.1',
        });
      });
    });

    describe('reading,', () => {
      it('finds no missing stream, and nothing beyond the end', async () => {
        expect(await failureOf(all(client.readStream(stream)))).toMatchObject({ type: 'stream-not-found' });
        await append([event('a')], NO_STREAM);
        expect(await all(client.readStream(stream, { fromRevision: 7n }))).toEqual([]);
      });

      it('goes back from the end', async () => {
        await append([event('a'), event('b')], NO_STREAM);
        const back = await all(client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 }));
        expect(back.map(({ event: one }) => one!.revision)).toEqual([1n]);
      });

      it('calls a position where no record stands unavailable, and a filter that is none', async () => {
        const { position } = await append([event('a')], NO_STREAM);
        const off: Position = { commit: position!.commit - 1n, prepare: position!.prepare - 1n };
        for (const options of [{ filter: streamNameFilter({ regex: '(' }) }, { fromPosition: off }])
          expect(await failureOf(all(client.readAll(options as never)))).toMatchObject({ type: 'unavailable' });
      });

      it('cuts the time of an event to whole seconds, a subscription to milliseconds', async () => {
        await append([event('a')], NO_STREAM);
        const [read] = await all(client.readStream(stream));
        expect(read!.event!.created.getMilliseconds()).toBe(0);
        const [followed] = await caughtUp(client.subscribeToAll({ filter: ours() }));
        expect(followed!.event!.created.getTime()).toBeGreaterThanOrEqual(read!.event!.created.getTime());
      });

      it('gives positions that rise within an append too, the last of which the append answers', async () => {
        const { position } = await append([event('a'), event('b'), event('c')], NO_STREAM);
        const positions = (await all(client.readStream(stream))).map(({ event: one }) => one!.position!);
        expect(positions.map(({ commit, prepare }) => commit === prepare)).toEqual([true, true, true]);
        expect([...positions].sort((a, b) => (a.commit < b.commit ? -1 : 1))).toEqual(positions);
        expect(positions[2]).toEqual(position);
      });

      it('begins with a position forwards, before it backwards, and after it in a subscription', async () => {
        await append([event('a'), event('b'), event('c')], NO_STREAM);
        const fromPosition = (await all(client.readStream(stream)))[1]!.event!.position!;
        const revisions = (list: readonly { event?: { revision: bigint } }[]) =>
          list.map(({ event: one }) => one!.revision);
        const forwards = await all(client.readAll({ direction: FORWARDS, fromPosition, filter: ours() }));
        expect(revisions(forwards)).toEqual([1n, 2n]);
        const backwards = await all(
          client.readAll({ direction: BACKWARDS, fromPosition, maxCount: 1, filter: ours() }),
        );
        expect(revisions(backwards)).toEqual([0n]);
        expect(revisions(await caughtUp(client.subscribeToAll({ fromPosition, filter: ours() })))).toEqual([2n]);
      });
    });

    describe('followed,', () => {
      it('confirms, gives what there is, and says when it has caught up', async () => {
        await append([event('a'), event('b')], NO_STREAM);
        const subscription = client.subscribeToAll({ filter: ours() });
        let confirmed = false;
        subscription.on('confirmation', () => (confirmed = true));
        expect(await caughtUp(subscription)).toHaveLength(2);
        expect(confirmed).toBe(true);
      });

      it('matches nothing by no prefix', async () => {
        await append([event('a')], NO_STREAM);
        expect(await caughtUp(client.subscribeToAll({ filter: streamNameFilter({ prefixes: [] }) }))).toEqual([]);
      });

      it('says how far it has looked where nothing matches, and goes on from there', async () => {
        const others = Array.from({ length: 100 }, (_, n) => event(String(n)));
        await append(others, NO_STREAM, `other-${prefix}`);
        await append([event('ours')], NO_STREAM);
        const checkpoints: Position[] = [];
        const filter = streamNameFilter({
          prefixes: [prefix],
          maxSearchWindow: 32,
          checkpointInterval: 1,
          checkpointReached: async (_, position) => void checkpoints.push(position),
        });
        expect(await caughtUp(client.subscribeToAll({ filter }))).toHaveLength(1);
        expect(checkpoints.length).toBeGreaterThan(2);
        for (const fromPosition of checkpoints.slice(-5)) {
          const rest = await caughtUp(client.subscribeToAll({ fromPosition, filter: ours() }));
          const { commit } = (await all(client.readStream(stream)))[0]!.event!.position!;
          expect(rest).toHaveLength(fromPosition.commit < commit ? 1 : 0);
        }
      });

      it('tells what is written later', async () => {
        const subscription = client.subscribeToAll({ fromPosition: END, filter: ours() });
        const told = new Promise<bigint>((resolve) =>
          subscription.on('data', ({ event: one }) => resolve(one!.revision)),
        );
        await new Promise((resolve) => subscription.on('confirmation', resolve as () => void));
        await append([event('a')], NO_STREAM);
        expect(await told).toBe(0n);
        await subscription.unsubscribe();
      });
    });

    describe('deleting,', () => {
      it('softly, keeps the events in the log and lets revisions go on', async () => {
        await append([event('a'), event('b')], NO_STREAM);
        await client.deleteStream(stream);
        expect(await failureOf(all(client.readStream(stream)))).toMatchObject({ type: 'stream-not-found' });
        expect(await all(client.readAll({ filter: ours() }))).toHaveLength(2);
        expect(await failureOf(append([event('c')], STREAM_EXISTS))).toMatchObject({ type: 'stream-deleted' });
        expect(await append([event('c')], 1n)).toMatchObject({ nextExpectedRevision: 2n });
        // a real server takes the deletion back a moment after the append
        let there = await all(client.readStream(stream)).catch(() => []);
        while (there.length === 0) there = await all(client.readStream(stream)).catch(() => []);
        expect(there.map(({ event: one }) => one!.revision)).toEqual([2n]);
      });

      it('for good, refuses the stream for ever', async () => {
        await append([event('a')], NO_STREAM);
        await client.tombstoneStream(stream);
        expect(await failureOf(all(client.readStream(stream)))).toMatchObject({ type: 'stream-deleted' });
        expect(await failureOf(append([event('b')], 0n))).toMatchObject({ type: 'stream-deleted' });
        const log = await all(client.readAll({ filter: ours() }));
        expect(log.map(({ event: one }) => [one!.type, one!.revision])).toEqual([
          ['test.Happened.v1', 0n],
          ['$streamDeleted', 9_223_372_036_854_775_807n],
        ]);
        const subscription = client.subscribeToStream(stream, { fromRevision: START });
        const error = await new Promise((resolve) => subscription.on('error', resolve));
        expect(error).toMatchObject({ type: 'stream-deleted' });
      });
    });
  });
}

/** What a subscription gives until it has caught up; then it is left. */
async function caughtUp(subscription: AllStreamSubscription) {
  const found: { event?: { revision: bigint; created: Date } }[] = [];
  await new Promise<void>((resolve, reject) => {
    subscription.on('data', (one) => found.push(one as { event?: { revision: bigint; created: Date } }));
    subscription.on('caughtUp', () => setTimeout(resolve, 20)); // what was sent before is on its way through the stream
    subscription.on('error', reject);
  });
  await subscription.unsubscribe();
  return found;
}

const doubled = async () => {
  const double: KurrentProtocolDouble = await startKurrentDouble();
  return { url: double.url, close: () => double.stop() };
};
kurrentFacts('The protocol double of KurrentDB', doubled);
if (REAL_KURRENTDB !== undefined)
  kurrentFacts('A real KurrentDB', async () => ({ url: REAL_KURRENTDB!, close: async () => undefined }));

describe('The protocol double of KurrentDB, where a single real node shows nothing,', () => {
  let double: KurrentProtocolDouble;
  let client: KurrentDBClient;
  beforeEach(async () => {
    double = await startKurrentDouble();
    client = KurrentDBClient.connectionString(double.url);
  });
  afterEach(async () => {
    await client.dispose();
    await double.stop();
  });
  const append = (stream: string) => client.appendToStream(stream, [event('a')], { streamState: NO_STREAM });

  it('refuses reads on a client whose node died, for ever, but not on a new one', async () => {
    await append('s');
    expect(await all(client.readStream('s'))).toHaveLength(1);
    double.refuseReadsOnPresentLines();
    for (let n = 0; n < 3; n++)
      expect(await failureOf(all(client.readStream('s')))).toMatchObject({ type: 'unavailable' });
    await append('t');
    const another = KurrentDBClient.connectionString(double.url);
    expect(await all(another.readStream('s'))).toHaveLength(1);
    await another.dispose();
  });

  it('drops a subscriber that is too slow, who is not reconnected', async () => {
    const subscription = client.subscribeToAll({ fromPosition: END });
    await new Promise((resolve) => subscription.on('confirmation', resolve as () => void));
    while (double.subscriptions === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const error = new Promise((resolve) => subscription.on('error', resolve));
    double.dropSlowConsumers();
    expect(await error).toMatchObject({ type: 'unknown', code: 10, message: expect.stringContaining('too slow') });
    expect(double.subscriptions).toBe(0);
  });

  it('names the leader when it follows', async () => {
    const leader = await startKurrentDouble({ log: double.log });
    double.follow(leader);
    expect(await failureOf(all(client.readStream('s')))).toMatchObject({
      type: 'not-leader',
      leader: { address: '127.0.0.1', port: leader.port },
    });
    await leader.stop();
  });

  it('writes what it says timed out', async () => {
    double.timeOutCommits(1);
    expect(await failureOf(append('s'))).toMatchObject({ type: 'unknown', code: 10 });
    expect(await all(client.readStream('s'))).toHaveLength(1);
  });

  it('is, when nobody is there, a plain error to an append and unavailable to a read', async () => {
    await double.away();
    const error = await failureOf(append('s'));
    expect([error['code'], error['type']]).toEqual([14, undefined]);
    expect(await failureOf(all(client.readStream('s')))).toMatchObject({ type: 'unavailable' });
    await double.back();
  });

  it('takes several streams in one append from 25.1 on, each once, all or none', async () => {
    const newer = await startKurrentDouble({ version: '25.1.0' });
    const other = KurrentDBClient.connectionString(newer.url);
    const to = (...names: string[]) =>
      other.multiStreamAppend(
        names.map((streamName) => ({ streamName, events: [event(streamName)], expectedState: NO_STREAM })) as never,
      );
    await to('a', 'b');
    expect(await failureOf(to('c', 'b'))).toMatchObject({ type: 'wrong-expected-version', streamName: 'b' });
    expect(await failureOf(all(other.readStream('c')))).toMatchObject({ type: 'stream-not-found' });
    expect((await failureOf(to('d', 'd')))['type']).not.toBe('none');
    await other.dispose();
    await newer.stop();
  });
});
