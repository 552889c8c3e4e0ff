import { Decimal, decimal, writeDecimal } from '@plumbline/kernel';
import fc from 'fast-check';
import {
  differenceInterval,
  effectiveSize,
  halfWidth,
  isSmallBase,
  meanMargin,
  meanVariance,
  proportionVariance,
  wilsonInterval,
  type DecimalInterval,
} from './interval';

const shown = (interval: DecimalInterval): string => `${writeDecimal(interval.low)}..${writeDecimal(interval.high)}`;

describe('the interval of a proportion', () => {
  it.each([
    ['0.65', 40, null, '0.495056..0.778657'],
    ['0.65', 40, 63, '0.556222..0.733457'],
    ['0', 10, null, '0..0.27754'],
    ['1', 10, null, '0.72246..1'],
    ['0.5', 10, 10, '0.5..0.5'],
    ['0.8', 1, 1, '0.8..0.8'],
  ])('of %s among %i (asked: %p) is %s', (p, n, eligible, expected) => {
    expect(shown(wilsonInterval(decimal(p), n, eligible))).toBe(expected);
  });
  it('has half its width as margin', () => {
    expect(writeDecimal(halfWidth(wilsonInterval(decimal('0.65'), 40)))).toBe('0.1418');
  });
  it('replaces n by n(N−1)/(N−n)', () => {
    expect(effectiveSize(40, 63)?.toFixed(4)).toBe('107.8261');
    expect(effectiveSize(40)?.toFixed()).toBe('40');
    expect(effectiveSize(40, 40)).toBeNull();
  });
  it('is refused for more answers than people asked, no answers, or no proportion', () => {
    expect(() => wilsonInterval(decimal('0.5'), 11, 10)).toThrow('more answers than people asked');
    expect(() => wilsonInterval(decimal('0.5'), 0)).toThrow('n must be a whole number of at least 1');
    expect(() => wilsonInterval(decimal('1.02'), 10)).toThrow('a proportion lies between 0 and 1');
  });

  const sample = fc
    .record({ eligible: fc.integer({ min: 1, max: 5000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ eligible, share }) => ({ eligible, n: Math.max(1, Math.round(eligible * share)) }))
    .chain((size) => fc.record({ size: fc.constant(size), favourable: fc.integer({ min: 0, max: size.n }) }));

  it('lies inside [0, 1] and holds the proportion, always', () => {
    fc.assert(
      fc.property(sample, fc.boolean(), ({ size, favourable }, corrected) => {
        const p = new Decimal(favourable).dividedBy(size.n);
        const { low, high } = wilsonInterval(p, size.n, corrected ? size.eligible : null);
        expect(low.greaterThanOrEqualTo(0) && low.lessThanOrEqualTo(p)).toBe(true);
        expect(high.lessThanOrEqualTo(1) && high.greaterThanOrEqualTo(p)).toBe(true);
      }),
    );
  });
  it('is never wider for knowing how many were asked', () => {
    fc.assert(
      fc.property(sample, ({ size, favourable }) => {
        const p = new Decimal(favourable).dividedBy(size.n);
        const [open, known] = [wilsonInterval(p, size.n), wilsonInterval(p, size.n, size.eligible)];
        expect(halfWidth(known).lessThanOrEqualTo(halfWidth(open))).toBe(true);
      }),
    );
  });
});

describe('the margin of a mean', () => {
  it('is 1.96·s/√n', () => {
    expect(meanMargin(decimal('0.8'), 25)?.toFixed()).toBe('0.3136');
  });
  it('is unknown without a standard deviation', () => {
    expect(meanMargin(null, 25)).toBeNull();
  });
  it('is refused for a negative one', () => {
    expect(() => meanMargin(decimal('-1'), 25)).toThrow('a standard deviation is not negative');
  });
});

describe('a difference', () => {
  it('has the square root of the summed variances as its error', () => {
    const earlier = { value: decimal('0.6'), variance: proportionVariance(decimal('0.6'), 100) };
    const later = { value: decimal('0.7'), variance: proportionVariance(decimal('0.7'), 120) };
    const { difference, low, high } = differenceInterval(earlier, later);
    expect(difference.toFixed()).toBe('0.1');
    expect(shown({ low, high })).toBe('-0.026264..0.226264');
  });
  it('has no error between two complete counts', () => {
    expect(proportionVariance(decimal('0.6'), 100, 100).isZero()).toBe(true);
    expect(meanVariance(decimal('2'), 16).toFixed()).toBe('0.25');
  });
});

describe('a small base', () => {
  it('expects fewer than five events', () => {
    expect(isSmallBase(55, decimal('0.09'))).toBe(true);
    expect(isSmallBase(56, decimal('0.09'))).toBe(false);
    expect(isSmallBase(50, decimal('0.1'))).toBe(false);
  });
});
