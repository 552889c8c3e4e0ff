import fc from 'fast-check';
import { correlation, fisherInterval, fisherP, smallestVisibleR, writeNumber } from './correlation';

describe('a correlation', () => {
  it('is Pearson’s on values', () => {
    expect(correlation('pearson', [1, 2, 3, 4, 5, 6], [2, 2, 3, 4, 5, 60])).toBeCloseTo(0.69066, 5);
  });
  it('is Spearman’s on ranks, ties sharing their mean rank', () => {
    expect(correlation('spearman', [1, 2, 3, 4, 5], [1, 4, 9, 16, 25])).toBeCloseTo(1, 12);
    expect(correlation('spearman', [1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(0.948683, 6);
  });
  it('is none where one side does not vary, whatever a float makes of its mean', () => {
    expect(correlation('pearson', [0.1, 0.1, 0.1], [1, 2, 3])).toBeNull();
    expect(correlation('spearman', [1, 2, 3], [7, 7, 7])).toBeNull();
    expect(correlation('pearson', [1], [2])).toBeNull();
    expect(correlation('pearson', [], [])).toBeNull();
  });
  it('needs as many values on either side', () => {
    expect(() => correlation('pearson', [1, 2], [1])).toThrow('as many values on either side');
  });
  it('stays between −1 and 1 and does not depend on the order of pairs', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(pairs, fc.constantFrom('pearson' as const, 'spearman' as const), (list, method) => {
        const of = (some: readonly (readonly [number, number])[]) =>
          correlation(
            method,
            some.map(([x]) => x),
            some.map(([, y]) => y),
          );
        const r = of(list);
        if (r === null) return;
        expect(Math.abs(r)).toBeLessThanOrEqual(1);
        expect(of([...list].reverse())).toBeCloseTo(r, 10);
      }),
    );
  });
});

describe('Fisher’s z', () => {
  it('gives −.646 … +.613 around −0.0267 from 10 pairs', () => {
    const [low, high] = fisherInterval(-0.0267471480702116, 10) ?? [];
    expect(low).toBeCloseTo(-0.64551, 5);
    expect(high).toBeCloseTo(0.61321, 5);
  });
  it('gives its p', () => {
    expect(fisherP(-0.0267471480702116, 10)).toBeCloseTo(0.94357, 5);
    expect(fisherP(-0.23454854685828547, 9)).toBeCloseTo(0.55826, 5);
    expect(fisherP(0.90263269030472, 11)).toBeCloseTo(0.000026, 6);
  });
  it('sees .63 at best with 10 pairs and .3 with 43', () => {
    expect(smallestVisibleR(10)).toBeCloseTo(0.62963, 5);
    expect(smallestVisibleR(43)).toBeLessThan(0.301);
  });
  it('says nothing below four pairs', () => {
    expect([fisherInterval(0.5, 3), fisherP(0.5, 3), smallestVisibleR(3)]).toEqual([null, null, null]);
  });
  it('leaves a perfect correlation where it is', () => {
    expect(fisherInterval(1, 10)).toEqual([1, 1]);
    expect(fisherP(-1, 10)).toBe(0);
  });
});

describe('a number on its way out', () => {
  it('is rounded half-up to a decimal string', () => {
    expect(writeNumber(-0.0267, 3)).toBe('-0.027');
    expect(writeNumber(0.0625, 3)).toBe('0.063');
    expect(writeNumber(-0.0001, 3)).toBe('0');
    expect(writeNumber(1e-9, 4)).toBe('0');
  });
});
