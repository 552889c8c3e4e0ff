import { parsePeriod } from '@plumbline/kernel';
import { lcTheme, linear, observed, seriesState } from './given.testing';
import type { Anchors } from './target.events';
import { againstAnchors, againstBaseline, backTest, periodGone } from './target-rules';

const higher = lcTheme;
const lower = { ...lcTheme, direction: 'LOWER' } as const;
const range = { ...lcTheme, direction: 'RANGE' } as const;
const band = (low: string, high: string, tolerance = '5'): Anchors => ({ curve: 'RANGE', low, high, tolerance });

describe('what is wrong with anchors', () => {
  it.each<readonly [string, typeof higher, Anchors, string]>([
    ['a curve of another direction', higher, band('40', '60'), 'direction is HIGHER: use the curve LINEAR.'],
    ['a line where there is a band', range, linear('64', '70', '76'), 'direction is RANGE: use the curve RANGE.'],
    ['rising where lower is better', lower, linear('7', '9', '11'), 'Lower is better: target must be better'],
    ['falling where higher is better', higher, linear('11', '9', '7'), 'Higher is better: target must be better'],
    ['an empty band', range, band('60', '60'), 'low lies below high, and tolerance is above zero.'],
    ['a threshold out of range', higher, linear('-1', '70', '76'), 'threshold is below zero.'],
    ['a target out of range', lower, linear('90', '-0.5', '-1'), 'target is below zero.'],
    ['a stretch out of range', higher, linear('64', '70', '101'), 'stretch is above 100'],
    ['a low out of range', range, band('-1', '60'), 'low is below zero.'],
    ['a high out of range', range, band('40', '101'), 'high is above 100'],
  ])('is said by field: %s', (_what, definition, anchors, detail) => {
    expect(againstAnchors(definition, anchors)?.detail).toContain(detail);
  });

  it('is a target worse than the baseline that is asserted', () => {
    const from = (value: string, basis: 'ASSERTED' | 'OBSERVED' = 'ASSERTED') => ({
      ...{ value, basis, obsId: null, period: null },
    });
    expect(againstBaseline(higher, linear('64', '70', '76'), from('71'))?.detail).toContain('worse than the baseline');
    expect(againstBaseline(lower, linear('11', '9', '7'), from('8'))?.refused).toBe(
      'a-target-asks-for-no-less-than-its-baseline',
    );
    expect(againstBaseline(lower, linear('11', '9', '7'), from('9'))).toBeNull();
    expect(againstBaseline(higher, linear('64', '70', '76'), from('71', 'OBSERVED'))).toBeNull();
    expect(againstBaseline(range, band('40', '60'), from('71'))).toBeNull();
  });
});

describe('a back-test', () => {
  const past = (...values: readonly string[]) =>
    Object.values(
      seriesState(...values.map((value, index) => observed(`o${index}`, `${2015 + index}`, { value }))).live,
    );

  it('counts figures at or below an anchor where lower is better', () => {
    expect(backTest(lower, linear('11', '9', '7'), past('11.1', '11', '9', '9.5', '6', '9.1')).hits).toEqual({
      threshold: 5,
      target: 2,
      stretch: 1,
    });
  });

  it('counts figures on the edges of a band as inside, and those at the end of its tolerance as out', () => {
    expect(backTest(range, band('60', '70'), past('55', '55.1', '60', '70', '74.9', '75')).hits).toEqual({
      threshold: 4,
      target: 2,
      stretch: 2,
    });
  });
});

describe('how much of a period has gone', () => {
  const year = parsePeriod('2026', '04-01');
  it.each([
    ['2025-12-31', 0],
    ['2026-01-01', 0],
    ['2026-01-02', 27],
    ['2026-07-02', 4986],
    ['2026-12-31', 9972],
    ['2027-01-01', 10_000],
    ['2027-06-01', 10_000],
  ])('is counted in full days, before %s begins: %d hundredths of a per cent', (today, gone) => {
    expect(periodGone(year, today)).toBe(gone);
  });
});
