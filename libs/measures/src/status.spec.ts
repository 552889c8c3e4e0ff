import { decimal, parsePeriod, writeDecimal } from '@plumbline/kernel';
import fc from 'fast-check';
import { absenceOf, ageOf, isStale } from './age';
import type { Anchors } from './anchors';
import { capped, measureStatus, pathAt, type Target } from './status';

const rising: Target = {
  anchors: { curve: 'LINEAR', threshold: '64', target: '70', stretch: '76' },
  baseline: '60',
  period: parsePeriod('2026'),
};
const falling: Target = {
  anchors: { curve: 'LINEAR', threshold: '11', target: '9', stretch: '7' },
  baseline: '13',
  period: parsePeriod('2026'),
};
const status = (x: string, target: Target, direction: 'HIGHER' | 'LOWER' | 'RANGE', at: string) =>
  measureStatus(decimal(x), target, direction, at);

describe('the status at the end of the period', () => {
  it.each([
    ['70', 'ON_TRACK'],
    ['90', 'ON_TRACK'],
    ['69.9', 'AT_RISK'],
    ['64', 'AT_RISK'],
    ['63.9', 'OFF_TRACK'],
  ])('of %s is %s', (x, expected) => {
    expect(status(x, rising, 'HIGHER', '2026-12-31')).toBe(expected);
    expect(status(x, rising, 'HIGHER', '2027-03-01')).toBe(expected);
  });
  it.each([
    ['9', 'ON_TRACK'],
    ['10', 'AT_RISK'],
    ['11', 'AT_RISK'],
    ['11.1', 'OFF_TRACK'],
  ])('of %s where lower is better is %s', (x, expected) => {
    expect(status(x, falling, 'LOWER', '2026-12-31')).toBe(expected);
  });
  it('is unknown inside the period without a baseline, and a range has no path', () => {
    expect(status('69', { ...rising, baseline: null }, 'HIGHER', '2026-06-30')).toBeNull();
    const range = { ...rising, anchors: { curve: 'RANGE', low: '40', high: '50', tolerance: '5' } as const };
    expect(pathAt(range, '2026-06-30')).toBeNull();
    expect(pathAt({ ...rising, baseline: null }, '2026-06-30')).toBeNull();
  });
  it('of a range goes by the distance, on every day', () => {
    const anchors: Anchors = { curve: 'RANGE', low: '40', high: '50', tolerance: '5' };
    const within = { ...rising, anchors };
    expect(['40', '50', '37', '54.9', '55', '30'].map((x) => status(x, within, 'RANGE', '2026-05-01'))).toEqual([
      'ON_TRACK',
      'ON_TRACK',
      'AT_RISK',
      'AT_RISK',
      'OFF_TRACK',
      'OFF_TRACK',
    ]);
  });
});

describe('the status inside a period', () => {
  it('follows a straight path from baseline to target', () => {
    expect(pathAt(rising, '2026-12-31')?.toFixed()).toBe('70');
    expect(writeDecimal(pathAt(rising, '2026-06-30')!)).toBe('64.958904');
    expect(writeDecimal(pathAt(rising, '2026-01-01')!)).toBe('60.027397');
    expect(pathAt(rising, '2027-06-30')?.toFixed()).toBe('70');
  });
  it.each([
    ['64.5', 'ON_TRACK'],
    ['64.4', 'AT_RISK'],
    ['63.5', 'AT_RISK'],
    ['63.4', 'OFF_TRACK'],
    ['60', 'OFF_TRACK'],
    ['55', 'OFF_TRACK'],
    ['80', 'ON_TRACK'],
  ])('of %s half a year on is %s: at least .9 of the way, .7 of the way, less', (x, expected) => {
    expect(status(x, rising, 'HIGHER', '2026-06-30')).toBe(expected);
  });
  it.each([
    ['11.2', 'ON_TRACK'],
    ['11.6', 'AT_RISK'],
    ['12', 'OFF_TRACK'],
  ])('of %s where lower is better is %s', (x, expected) => {
    expect(status(x, falling, 'LOWER', '2026-06-30')).toBe(expected);
  });
  it('is on track at or better than a baseline that is the target', () => {
    const hold = { ...rising, baseline: '70' };
    expect(status('70', hold, 'HIGHER', '2026-06-30')).toBe('ON_TRACK');
    expect(status('69.9', hold, 'HIGHER', '2026-06-30')).toBe('OFF_TRACK');
    expect(status('71', hold, 'HIGHER', '2026-06-30')).toBe('ON_TRACK');
  });
  it('does not punish a figure that stays above a target below its baseline', () => {
    const better = { ...rising, baseline: '75' };
    expect(status('80', better, 'HIGHER', '2026-06-30')).toBe('ON_TRACK');
    expect(status('73', better, 'HIGHER', '2026-06-30')).toBe('ON_TRACK');
    expect(status('72', better, 'HIGHER', '2026-06-30')).toBe('OFF_TRACK');
  });
  it('is unknown without a baseline', () => {
    expect(status('70', { ...rising, baseline: null }, 'HIGHER', '2026-06-30')).toBeNull();
    expect(status('70', { ...rising, baseline: null }, 'HIGHER', '2026-12-31')).toBe('ON_TRACK');
  });
  it('never gets worse when the figure gets better', () => {
    const rank = { OFF_TRACK: 0, AT_RISK: 1, ON_TRACK: 2 };
    const value = fc.integer({ min: 0, max: 1000 }).map((n) => (n / 10).toString());
    fc.assert(
      fc.property(value, value, value, fc.integer({ min: 1, max: 12 }), (x, y, baseline, month) => {
        const at = parsePeriod(`2026-${String(month).padStart(2, '0')}`).end;
        const [low, high] = [x, y].sort((a, b) => Number(a) - Number(b)) as [string, string];
        const of = (text: string) => rank[status(text, { ...rising, baseline }, 'HIGHER', at)!];
        expect(of(low)).toBeLessThanOrEqual(of(high));
      }),
    );
  });
});

describe('caps', () => {
  it('hold green down to amber and say which', () => {
    expect(capped('ON_TRACK', ['DISPUTED'])).toEqual({ status: 'AT_RISK', cappedBy: 'DISPUTED' });
    expect(capped('ON_TRACK', ['DISPUTED', 'UNVERIFIED'])).toEqual({ status: 'AT_RISK', cappedBy: 'UNVERIFIED' });
  });
  it('change nothing else', () => {
    expect(capped('OFF_TRACK', ['DISPUTED'])).toEqual({ status: 'OFF_TRACK', cappedBy: null });
    expect(capped('AT_RISK', ['DISPUTED'])).toEqual({ status: 'AT_RISK', cappedBy: null });
    expect(capped(null, ['DISPUTED'])).toEqual({ status: null, cappedBy: null });
    expect(capped('ON_TRACK', [])).toEqual({ status: 'ON_TRACK', cappedBy: null });
  });
});

describe('age', () => {
  it('runs from the end of the period to the as-of day', () => {
    expect(ageOf(parsePeriod('2026-Q1'), '2026-09-22')).toBe(175);
    expect(ageOf(parsePeriod('2026'), '2026-12-31')).toBe(0);
    expect(ageOf(parsePeriod('2026'), '2026-11-23')).toBe(-38);
  });
  it.each([
    ['2026-Q1', 'QUARTERLY', '2026-08-14', 136, false],
    ['2026-Q1', 'QUARTERLY', '2026-08-15', 137, true],
    ['2020', 'YEARLY', '2022-07-01', 547, false],
    ['2020', 'YEARLY', '2022-07-02', 548, true],
    ['2026-06', 'MONTHLY', '2026-08-14', 45, false],
    ['2026-06', 'MONTHLY', '2026-08-15', 46, true],
    ['2026-H1', 'HALF_YEARLY', '2027-03-30', 273, false],
    ['2026-H1', 'HALF_YEARLY', '2027-03-31', 274, true],
    ['2026-W47', 'WEEKLY', '2026-12-02', 10, false],
    ['2026-W47', 'WEEKLY', '2026-12-03', 11, true],
  ] as const)('of %s, due %s, on %s is %i: stale %p', (period, cadence, asOf, age, stale) => {
    expect(ageOf(parsePeriod(period), asOf)).toBe(age);
    expect(isStale(parsePeriod(period), cadence, asOf)).toBe(stale);
  });
});

describe('the absence of a figure', () => {
  const q3 = parsePeriod('2026-Q3');
  const days = { dueDays: 30, graceDays: 7 };
  it('is not due until days and grace are over', () => {
    expect(absenceOf(q3, '2026-09-30', days, true)).toBe('NOT_DUE');
    expect(absenceOf(q3, '2026-11-06', days, true)).toBe('NOT_DUE');
  });
  it('is then not reported by whoever owed it, else no data', () => {
    expect(absenceOf(q3, '2026-11-07', days, true)).toBe('NOT_REPORTED');
    expect(absenceOf(q3, '2026-11-07', days, false)).toBe('NO_DATA');
  });
  it('is owed by nobody without a calendar', () => {
    expect(absenceOf(q3, '2026-09-30', null, true)).toBe('NOT_DUE');
    expect(absenceOf(q3, '2026-10-01', null, true)).toBe('NO_DATA');
  });
});
