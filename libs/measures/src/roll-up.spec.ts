import { decimal, isDecimalString, writeDecimal } from '@plumbline/kernel';
import fc from 'fast-check';
import { valueOf, type Figure, type Measure } from './measure';
import { rollUp, type ChildFigure } from './roll-up';
import { meanScore } from './survey';

const nothing: Figure = { value: null, num: null, den: null, n: null, base: null, eligible: null, s: null };
const share: Measure = {
  unit: 'PERCENT',
  formula: 'favourable-share',
  sourceType: 'SURVEY',
  direction: 'HIGHER',
  cadence: 'YEARLY',
};
const index: Measure = { ...share, formula: 'item-index' };
const child = (unit: string, figure: Partial<Figure> | null, more: Partial<ChildFigure> = {}): ChildFigure => ({
  unit,
  period: '2026',
  definitionVersion: 1,
  figure: figure && { ...nothing, ...figure },
  ...more,
});
const up = (measure: Measure, children: readonly ChildFigure[], own: Figure | null = null) =>
  rollUp({ measure, period: '2026', definitionVersion: 1, own, children });
const shown = (measure: Measure, figure: Figure | null) => figure && writeDecimal(valueOf(measure, figure)!);

describe('a parent’s figure', () => {
  it('is the sum of numerators by the sum of denominators', () => {
    const result = up(share, [
      child('A', { num: '26', den: '40', n: 40, eligible: 63 }),
      child('B', { num: '88', den: '110', n: 112, eligible: 142 }),
    ]);
    expect(result).toMatchObject({ how: 'ROLLED_UP', counted: ['A', 'B'], missing: [] });
    expect(result.figure).toEqual({ ...nothing, num: '114', den: '150', n: 152, eligible: 205 });
    expect(shown(share, result.figure)).toBe('76');
  });
  it('is the mean weighted by n where there are no numerators', () => {
    const result = up(index, [child('A', { value: '60', n: 10 }), child('B', { value: '75', n: 20 })]);
    expect(shown(index, result.figure)).toBe('70');
    expect(result.figure).toMatchObject({ n: 30, eligible: null });
  });
  it('mixes both by n', () => {
    const result = up(share, [child('A', { num: '6', den: '10' }), child('B', { value: '75', n: 20 })]);
    expect(shown(share, result.figure)).toBe('70');
    expect(result.figure?.n).toBe(30);
  });
  it('is its own observation if it has one', () => {
    const own = { ...nothing, value: '61', n: 12 };
    expect(up(index, [child('A', { value: '60', n: 10 })], own)).toEqual({
      how: 'OWN',
      figure: own,
      counted: [],
      missing: [],
    });
  });
  it('says which units are missing', () => {
    const result = up(index, [
      child('A', { value: '60', n: 10 }),
      child('B', null),
      child('C', { value: '70' }),
      child('D', { value: '70', n: 9 }, { period: '2025' }),
      child('E', { value: '70', n: 9 }, { definitionVersion: 2 }),
      child('F', { value: '70', n: 0 }),
      child('G', { value: '70', n: 11, eligible: 10 }),
    ]);
    expect(result.counted).toEqual(['A']);
    expect(result.missing).toEqual(['B', 'C', 'D', 'E', 'F', 'G']);
    expect(shown(index, result.figure)).toBe('60');
  });
  it('is never made of medians or of percentages alone', () => {
    expect(up({ ...index, formula: 'median' }, [child('A', { value: '60', n: 10 })])).toMatchObject({
      how: 'MEDIAN',
      figure: null,
      counted: [],
      missing: ['A'],
    });
    expect(up(share, [child('A', { value: '60' }), child('B', { value: '70' })])).toMatchObject({
      how: 'NOTHING_TO_ADD',
      counted: [],
      figure: null,
    });
  });
  it('adds counts up', () => {
    const count: Measure = { ...share, unit: 'COUNT', formula: 'count', sourceType: 'RECORDS' };
    expect(up(count, [child('A', { value: '3' }), child('B', { value: '0' }), child('C', null)])).toMatchObject({
      figure: { value: '3' },
      counted: ['A', 'B'],
      missing: ['C'],
    });
  });
  it('has the spread of all answers together', () => {
    const [a, b] = [
      [3, 0, 7, 20, 10],
      [1, 4, 4, 0, 2],
    ] as const;
    const part = (unit: string, counts: readonly number[]) => {
      const score = meanScore(counts)!;
      const text = (value: { toFixed: (places: number) => string }) => value.toFixed(28);
      return child(unit, { value: text(score.value), n: score.n, s: text(score.s!) });
    };
    const all = meanScore(a.map((count, i) => count + b[i]!))!;
    const result = up({ ...share, unit: 'INDEX', formula: 'mean-score' }, [part('A', a), part('B', b)]);
    expect(writeDecimal(decimal(result.figure!.value!))).toBe(writeDecimal(all.value));
    expect(writeDecimal(decimal(result.figure!.s!))).toBe(writeDecimal(all.s!));
  });
  it('is refused when a unit is counted twice', () => {
    expect(() => up(index, [child('A', null), child('A', null)])).toThrow('a unit is counted twice');
  });

  const figure = fc.oneof(
    fc
      .record({ den: fc.integer({ min: 1, max: 400 }), part: fc.nat({ max: 400 }) })
      .map(({ den, part }) => ({ num: String(Math.min(den, part)), den: String(den) })),
    fc.record({ value: fc.nat({ max: 1000 }).map((n) => (n / 10).toString()), n: fc.integer({ min: 1, max: 400 }) }),
    fc.constant(null),
  );
  it('does not depend on the order of its units, and lies between their lowest and highest', () => {
    fc.assert(
      fc.property(fc.array(figure, { minLength: 1, maxLength: 12 }), (figures) => {
        const children = figures.map((one, i) => child(`U${i}`, one));
        const first = up(share, children);
        expect(up(share, [...children].reverse())).toEqual(first);
        if (first.figure === null) return;
        for (const text of [first.figure.value, first.figure.num, first.figure.den])
          if (text !== null) expect(isDecimalString(text)).toBe(true);
        const values = children.flatMap((one) => (one.figure ? [valueOf(share, one.figure)!.toNumber()] : []));
        const whole = valueOf(share, first.figure)!.toNumber();
        expect(whole).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(whole).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      }),
    );
  });
});
