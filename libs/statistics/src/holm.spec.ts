import fc from 'fast-check';
import { holm } from './holm';

describe('Holm’s adjustment', () => {
  it('multiplies the smallest by all, the next by one fewer, and never falls back', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(4)))).toEqual([0.03, 0.06, 0.06, 0.02]);
  });
  it('leaves a single test as it is and an empty family empty', () => {
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([])).toEqual([]);
  });
  it('stays at 1', () => {
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
  });
  it('refuses what is no p-value', () => {
    expect(() => holm([0.5, 1.2])).toThrow('a p-value lies between 0 and 1');
    expect(() => holm([Number.NaN])).toThrow(RangeError);
  });
  it('keeps the order of the p-values, makes none smaller, and does not depend on the order given', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (ps) => {
        const adjusted = holm(ps);
        ps.forEach((p, i) => {
          expect(adjusted[i]!).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]!).toBeLessThanOrEqual(1);
          ps.forEach((q, j) => {
            if (p <= q) expect(adjusted[i]!).toBeLessThanOrEqual(adjusted[j]!);
          });
        });
        expect(holm([...ps].reverse())).toEqual([...adjusted].reverse());
      }),
    );
  });
});
