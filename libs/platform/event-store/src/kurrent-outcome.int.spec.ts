import { jest } from '@jest/globals';
import type { PositionedEvent } from '@plumbline/kernel';
import { wireId } from './kurrent-append';
import { all, failure, happened, pause, QUICK, stream, until, write } from './kurrent-faults.testing';
import type { KurrentProtocolDouble } from './kurrent-protocol-double.testing';
import type { KurrentEventStore } from './kurrent-store';
import { doubleLog, type KurrentUnderTest } from './kurrent.testing';
import type { StoreError } from './port';
import { newEvent } from './testing';

jest.setTimeout(120_000);

describe('an append to KurrentDB', () => {
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
  const recorded = (): number => double.log.records.filter(({ type }) => type === 'test.Happened.v1').length;

  describe('that is not answered', () => {
    it('repeats what was written, and answers where it stands', async () => {
      double.cutAppends('after-write', 'after-write');
      const [a, b] = [happened(), happened()];
      const appended = await store.append([write('s', 'none', a, b)]);
      expect(await ids()).toEqual([a.id, b.id]);
      expect((await store.head()).position).toBe(appended.last);
    });

    it('repeats what was not written', async () => {
      double.cutAppends('before-write', 'before-write');
      const a = happened();
      await store.append([write('s', 'none', a)]);
      expect(await ids()).toEqual([a.id]);
    });

    it('looks itself where a repetition stands when the server does not say', async () => {
      double.log.repetitionsHaveNoPosition = true;
      double.cutAppends('after-write');
      const a = happened();
      const appended = await store.append([write('s', 'none', a)]);
      expect((await store.head()).position).toBe(appended.last);
      double.cutAppends('after-write');
      const appending = failure(store.append([write('s', 0, happened())]));
      await until(() => double.log.streams.get(`${log.prefix}${stream('s')}`)!.records.length === 2);
      double.log.delete(`${log.prefix}${stream('s')}`);
      expect((await appending).failure).toBe('stream-deleted');
    });

    it('says that the outcome is unknown when it is closed before that is known', async () => {
      await store.head();
      double.cutAppends('after-write');
      const appending = failure(store.append([write('s', 'none', happened())]));
      await until(() => recorded() === 1);
      await store.close();
      expect(await appending).toMatchObject({ failure: 'outcome-unknown' });
    });

    it.each([
      ['a repetition whose position the server does not say', true],
      ['what stands in its place', false],
    ])('says that the outcome is unknown when %s cannot be read', async (_, repetition) => {
      await store.head();
      double.log.repetitionsHaveNoPosition = repetition;
      double.cutAppends('after-write');
      const appending = failure(store.append([write('s', 'none', happened())]));
      await until(() => recorded() === 1);
      if (!repetition) double.refuseNextAppend();
      for (let read = 0; read < 60; read++) double.cutReadAfter(0);
      expect(await appending).toMatchObject({ failure: 'outcome-unknown' });
    });

    it('takes a commit that timed out for what it is: written', async () => {
      double.timeOutCommits(1);
      const a = happened();
      await store.append([write('s', 'none', a)]);
      expect(await ids()).toEqual([a.id]);
    });

    it('finds its own event when another has been written behind it meanwhile', async () => {
      const other = await log.open();
      double.cutAppends('after-write');
      const [mine, theirs] = [happened(), happened()];
      const appending = store.append([write('s', 'none', mine)]);
      while ((await other.read(stream('s'))).revision === 'none') await pause(1);
      await other.append([write('s', 0, theirs)]);
      expect((await appending).events).toMatchObject([{ id: mine.id, revision: 0 }]);
      expect(await ids()).toEqual([mine.id, theirs.id]);
    });

    it('says that the outcome is unknown when the node stays away, and has doubled nothing when it is back', async () => {
      const a = happened();
      await store.append([write('s', 'none', a)]);
      double.cutAppends('after-write');
      const appending = failure(store.append([write('s', 0, happened())]));
      await until(() => recorded() === 2);
      await double.away();
      expect(await appending).toMatchObject({ failure: 'outcome-unknown' });
      await double.back();
      expect((await store.read(stream('s'))).revision).toBe(1);
    });

    it('of a frozen node does not wait for it for ever', async () => {
      await store.append([write('s', 'none', happened())]);
      double.freeze(true);
      const begun = Date.now();
      expect(await failure(store.append([write('s', 0, happened())]))).toMatchObject({ failure: 'outcome-unknown' });
      expect(await failure(store.read(stream('s')))).toMatchObject({ failure: 'unavailable' });
      expect(Date.now() - begun).toBeLessThan(30_000);
      double.freeze(false);
      double.cutAll();
      expect((await store.read(stream('s'))).revision).toBe(1);
    });
  });

  it('bears its lines being cut under hundreds of appends', async () => {
    await store.close();
    store = await log.open();
    const writers = Array.from({ length: 120 }, (_, n) => `s${n}`);
    for (let round = 0; round < 2; round++) {
      const appending = Promise.all(
        writers.map((word) =>
          store.append([write(word, round === 0 ? 'none' : round - 1, happened({ text: 'x'.repeat(5_000) }))]),
        ),
      );
      for (let cut = 0; cut < 3; cut++) {
        await pause(15);
        double.cutAll();
      }
      await appending;
    }
    const revisions = (await store.readMany(writers.map(stream))).map(({ revision }) => revision);
    expect(revisions).toEqual(writers.map(() => 1));
    expect(await ids()).toHaveLength(240);
  });

  describe('is known by its bytes:', () => {
    it('two processes that record different events under one id at one revision: one is told that it is stale', async () => {
      const other = await log.open();
      const outcomes = await Promise.allSettled([
        store.append([write('s', 'none', newEvent('one command', 0, { by: 'one' }))]),
        other.append([write('s', 'none', newEvent('one command', 0, { by: 'two' }))]),
      ]);
      const refused = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as StoreError] : [],
      );
      expect(refused.map(({ failure: of }) => of)).toEqual(['stale-revision']);
      expect(await ids()).toHaveLength(1);
    });

    it('the id in KurrentDB is made of the bytes, which are all that is kept there', async () => {
      await store.append([write('s', 'none', happened())]);
      const kept = double.log.records.find(({ type }) => type === 'test.Happened.v1')!;
      const [{ bytes }] = (await store.read(stream('s'))).events as [PositionedEvent];
      expect(Buffer.from(kept.data).equals(Buffer.from(bytes))).toBe(true);
      expect([kept.id, kept.metadata.length, kept.contentType]).toEqual([wireId(bytes), 0, 'application/octet-stream']);
    });
  });
});
