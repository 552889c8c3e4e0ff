import { drawBelow, fnv1a, randomOf, xoshiro128 } from './random';

describe('the random source', () => {
  it('gives the published row of xoshiro128** for the state 1 2 3 4', () => {
    const source = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, source)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });
  it('refuses a state that would give zeros for ever', () => {
    expect(() => xoshiro128([0, 0, 0, 0])).toThrow(RangeError);
  });
  it('hashes with FNV-1a', () => {
    expect(fnv1a('')).toBe(0x811c9dc5);
    // 'a' as a UTF-16 code unit is the bytes 61 00.
    expect(fnv1a('a')).toBe(Math.imul(0xe40c292c, 0x01000193) >>> 0);
  });
  it('gives the same row for the same text, and another for another', () => {
    const row = (text: string) => Array.from({ length: 5 }, randomOf(text));
    expect(row('H-03')).toEqual(row('H-03'));
    expect(row('H-03')).not.toEqual(row('H-04'));
    expect(row('H-03')).toMatchInlineSnapshot(`
     [
       4185846342,
       3530637960,
       560440258,
       3999504279,
       1857540741,
     ]
    `);
  });
  it('draws every number below a bound about as often', () => {
    const source = randomOf('even');
    const counts = Array.from({ length: 7 }, () => 0);
    for (let i = 0; i < 70_000; i += 1) counts[drawBelow(source, 7)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});
