import { randomUUID } from 'node:crypto';
import { MemoryPositionIndex } from './kurrent-index';
import { KnownIds, SeenIds } from './kurrent-seen';

const ids = (count: number): readonly string[] => Array.from({ length: count }, () => randomUUID());

describe('ids that were seen', () => {
  it('are never denied, however many come', () => {
    const seen = new SeenIds();
    const all = ids(20_000);
    for (const id of all) seen.add(id);
    expect(all.every((id) => seen.mayHave(id))).toBe(true);
  });

  it('are nearly always told from others', () => {
    const seen = new SeenIds();
    for (const id of ids(20_000)) seen.add(id);
    expect(ids(20_000).filter((id) => seen.mayHave(id)).length).toBeLessThan(10);
  });

  it('may begin with nothing but zeros', () => {
    const seen = new SeenIds();
    const zero = `00000000${randomUUID().slice(8)}`;
    expect(seen.mayHave(zero)).toBe(false);
    seen.add(zero);
    expect(seen.mayHave(zero)).toBe(true);
  });
});

describe('ids that a process knows', () => {
  const event = (n: number, id: string) => ({
    ...{ position: BigInt(100 * n), id, stream: 's', revision: n, type: 't', recordedAt: '2026-01-01T00:00:00.000Z' },
  });
  class AwayIndex extends MemoryPositionIndex {
    isAway = false;
    override async ids(after: bigint, upTo: bigint, limit: number) {
      if (this.isAway) throw new Error('away');
      return super.ids(after, upTo, limit);
    }
  }
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

  it('are all possible until what others put into the index was read from there', async () => {
    const [first, missed] = [randomUUID(), randomUUID()];
    const index = new AwayIndex();
    await index.add(0n, [event(0, first), event(1, missed)], 100n);
    const known = new KnownIds(index);
    expect(known.mayHave(missed)).toBe(false);
    index.isAway = true;
    known.missed(-1n, 100n);
    known.fill();
    await turn();
    const other = randomUUID();
    expect([other, missed].map((id) => known.mayHave(id))).toEqual([true, true]);
    index.isAway = false;
    known.fill();
    await turn();
    expect([other, first, missed].map((id) => known.mayHave(id))).toEqual([false, true, true]);
    await known.stop();
  });
});
