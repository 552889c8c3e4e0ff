import fc from 'fast-check';
import { bootstrapCorrelation, weightedCorrelation, type UnitPairs } from './bootstrap';
import { correlation } from './correlation';
import { drawBelow, randomOf } from './random';

const scattered = (count: number, slope: number): UnitPairs[] => {
  const source = randomOf(`scatter ${slope}`);
  const noise = (): number => drawBelow(source, 201) - 100;
  return Array.from({ length: count }, (_, i) => ({
    unit: `U${i}`,
    pairs: Array.from({ length: 5 }, () => {
      const x = noise();
      return [x, slope * x + noise()] as const;
    }),
  }));
};

describe('a weighted correlation', () => {
  const list = fc.array(
    fc.record({ x: fc.integer({ min: -9, max: 9 }), y: fc.integer({ min: -9, max: 9 }), weight: fc.nat({ max: 4 }) }),
    { maxLength: 25 },
  );
  it('is that of the list with each pair written out so often, by value and by rank', () => {
    fc.assert(
      fc.property(list, (pairs) => {
        const [x, y, weights] = [pairs.map((p) => p.x), pairs.map((p) => p.y), pairs.map((p) => p.weight)];
        const out = pairs.flatMap((p) => Array.from({ length: p.weight }, () => p));
        const [outX, outY] = [out.map((p) => p.x), out.map((p) => p.y)];
        const near = (value: number | null, expected: number | null) =>
          expected === null ? expect(value).toBeNull() : expect(value).toBeCloseTo(expected, 10);
        for (const method of ['pearson', 'spearman'] as const) {
          const correlate = weightedCorrelation(method, x, y);
          near(correlate(weights), correlation(method, outX, outY));
          near(correlate(pairs.map(() => 1)), correlation(method, x, y));
        }
      }),
    );
  });
});

describe('the bootstrap over units', () => {
  it('gives the same interval for the same seed, whatever the order of units', () => {
    const units = scattered(12, 0.4);
    const first = bootstrapCorrelation('spearman', units, 'H-03');
    expect(bootstrapCorrelation('spearman', [...units].reverse(), 'H-03')).toEqual(first);
    expect(bootstrapCorrelation('spearman', units, 'H-04')).not.toEqual(first);
    expect([...first.interval, first.p].map((x) => x.toFixed(6))).toMatchInlineSnapshot(`
     [
       "0.230966",
       "0.664163",
       "0.000000",
     ]
    `);
  });
  it('excludes zero where there is a strong correlation and holds it where there is none', () => {
    const strong = bootstrapCorrelation('pearson', scattered(12, 2), 'seed');
    expect(strong.interval[0]).toBeGreaterThan(0.5);
    expect(strong.p).toBe(0);
    const none = bootstrapCorrelation('pearson', scattered(12, 0), 'seed');
    expect(none.interval[0]).toBeLessThan(0);
    expect(none.interval[1]).toBeGreaterThan(0);
    expect(none.p).toBeGreaterThan(0.05);
  });
  it('has p 1 where nothing varies', () => {
    const flat = [{ unit: 'A', pairs: [[1, 1] as const, [1, 2] as const] }];
    expect(bootstrapCorrelation('spearman', flat, 'seed')).toEqual({ interval: [0, 0], p: 1 });
  });
  it('is refused without units', () => {
    expect(() => bootstrapCorrelation('pearson', [], 'seed')).toThrow('at least one unit');
  });
});
