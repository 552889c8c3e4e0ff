import { endOfAct, lastWholeAct } from './acts';
import { MemoryEventStore, MemoryLog } from './memory';
import type { EventStore } from './port';
import { idFor, newEvent } from './testing';

const AT = '2026-11-23T09:00:00.000Z';

/** A log of acts of these sizes; gives where each ends. */
async function logOf(sizes: readonly number[], step = 1n): Promise<{ store: EventStore; ends: readonly bigint[] }> {
  const store = new MemoryEventStore(() => AT, new MemoryLog(step));
  const ends: bigint[] = [];
  for (const [act, size] of sizes.entries()) {
    const events = Array.from({ length: size }, (_, n) => newEvent(`act-${act}`, n));
    const writes = events.map((event, n) => ({
      stream: `test-${idFor(`${act}-${n}`)}`,
      expected: 'none' as const,
      events: [event],
    }));
    ends.push((await store.append(writes)).last);
  }
  return { store, ends };
}

const positionsOf = async (store: EventStore): Promise<readonly bigint[]> =>
  (await store.readPage(0n, 1_000)).events.map(({ position }) => position);

describe.each([1n, 10n])('an act of a log whose positions are %s apart', (step) => {
  const sizes = [1, 2, 1, 7, 100, 1, 1, 64, 3];

  it('ends where its append ended, whichever of its positions is asked', async () => {
    const { store, ends } = await logOf(sizes, step);
    const expected = sizes.flatMap((size, act) => Array.from({ length: size }, () => ends[act]));
    const found = [];
    for (const position of await positionsOf(store)) found.push(await endOfAct(store, position));
    expect(found).toEqual(expected);
  });

  it('is left out whole where the log was read only so far', async () => {
    const { store, ends } = await logOf(sizes, step);
    for (const position of await positionsOf(store)) {
      const whole = [0n, ...ends].filter((end) => end <= position).at(-1);
      expect((await lastWholeAct(store, position)).position).toBe(whole);
    }
    expect(await lastWholeAct(store, 0n)).toEqual({ position: 0n, event: null, knownAt: null });
  });
});

it('an act has no end where no event stands', async () => {
  const { store } = await logOf([2], 10n);
  for (const position of [0n, 15n, 30n])
    await expect(endOfAct(store, position)).rejects.toMatchObject({ failure: 'unknown-position' });
});

it('the end of a large act is found by few reads', async () => {
  const { store, ends } = await logOf([5, 20_000, 5]);
  let reads = 0;
  const counting = {
    readPage: (after: bigint, limit: number) => {
      reads += 1;
      return store.readPage(after, limit);
    },
    readByIds: (ids: readonly string[]) => store.readByIds(ids),
    headAt: (position: bigint) => store.headAt(position),
  };
  expect(await endOfAct(counting, 6n)).toBe(ends[1]);
  expect(reads).toBeLessThan(40);
});
