import fc from 'fast-check';
import {
  addDays,
  addMonths,
  CADENCE_DAYS,
  comparePeriods,
  dateOfDayNumber,
  dayNumber,
  daysBetween,
  daysIn,
  daysInMonth,
  endOfMonth,
  GRANULARITIES,
  isLocalDate,
  isoWeekday,
  isoWeeksIn,
  isPeriod,
  nextPeriod,
  parsePeriod,
  periodContaining,
  periodHolds,
  periodOrdinal,
  periodsBetween,
  previousPeriod,
  sameKind,
  shiftPeriod,
  type Granularity,
  type Period,
} from './period';

const span = (text: string, fiscalYearStart?: string): string => {
  const period = parsePeriod(text, fiscalYearStart);
  return `${period.start}..${period.end}`;
};

describe('a calendar day', () => {
  it.each(['2026-11-23', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is one', (day) => {
    expect(isLocalDate(day)).toBe(true);
  });
  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-1',
    '26-01-01',
    '0000-01-01',
    '2026-11-23T00:00',
    '',
  ])('%s is none', (day) => {
    expect(isLocalDate(day)).toBe(false);
  });
  it('is numbered from 1970-01-01', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('1969-12-31')).toBe(-1);
    expect(dayNumber('2000-03-01')).toBe(11_017);
    expect(dayNumber('2026-11-23')).toBe(20_780);
  });
  it('moves by days over month ends and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2023-02-28', 1)).toBe('2023-03-01');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(daysBetween('2026-06-01', '2026-11-23')).toBe(175);
    expect(daysBetween('2026-11-23', '2026-06-01')).toBe(-175);
  });
  it('moves by months and stays inside the month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
    expect(endOfMonth('2026-02-03')).toBe('2026-02-28');
    expect(endOfMonth('2024-02-03')).toBe('2024-02-29');
  });
  it('knows its weekday', () => {
    expect(isoWeekday('2026-11-23')).toBe(1);
    expect(isoWeekday('1970-01-01')).toBe(4);
    expect(isoWeekday('1969-12-28')).toBe(7);
  });
  it('says what is wrong with a bad one', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow('"2026-02-30" is not a calendar day; write it as YYYY-MM-DD');
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });
  it('is numbered one by one through leap years and centuries that are none', () => {
    let [year, month, day, weekday] = [1895, 12, 31, 2];
    for (let number = dayNumber('1895-12-31'); number <= dayNumber('2105-01-01'); number += 1) {
      const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      if (dateOfDayNumber(number) !== text || dayNumber(text) !== number || isoWeekday(text) !== weekday)
        throw new Error(`${number} is not ${text}`);
      weekday = weekday === 7 ? 1 : weekday + 1;
      day += 1;
      if (day > daysInMonth(year, month)) [month, day] = [month + 1, 1];
      if (month > 12) [year, month] = [year + 1, 1];
    }
    expect(`${year}-${month}-${day}`).toBe('2105-1-2');
  });
});

describe('a period', () => {
  it.each([
    ['2026', '2026-01-01..2026-12-31'],
    ['2026-H1', '2026-01-01..2026-06-30'],
    ['2026-H2', '2026-07-01..2026-12-31'],
    ['2026-Q3', '2026-07-01..2026-09-30'],
    ['2026-11', '2026-11-01..2026-11-30'],
    ['2024-02', '2024-02-01..2024-02-29'],
    ['2026-02', '2026-02-01..2026-02-28'],
    ['2026-W47', '2026-11-16..2026-11-22'],
    ['2026-W01', '2025-12-29..2026-01-04'],
    ['2026-W53', '2026-12-28..2027-01-03'],
    ['2020-W53', '2020-12-28..2021-01-03'],
    ['2021-W01', '2021-01-04..2021-01-10'],
  ])('%s is %s', (text, expected) => {
    expect(span(text)).toBe(expected);
  });
  it.each([
    ['FY2026', '01-01', '2026-01-01..2026-12-31'],
    ['FY2026-Q3', '01-01', '2026-07-01..2026-09-30'],
    ['FY2026', '04-01', '2025-04-01..2026-03-31'],
    ['FY2026-H1', '04-01', '2025-04-01..2025-09-30'],
    ['FY2026-H2', '04-01', '2025-10-01..2026-03-31'],
    ['FY2026-Q3', '04-01', '2025-10-01..2025-12-31'],
    ['FY2026-Q2', '10-01', '2026-01-01..2026-03-31'],
    ['FY2024-Q4', '04-06', '2024-01-06..2024-04-05'],
    ['FY2024', '03-01', '2023-03-01..2024-02-29'],
    ['FY2026-Q2', '08-31', '2025-11-30..2026-02-27'],
  ])('%s of fiscal years from %s is %s', (text, start, expected) => {
    expect(span(text, start)).toBe(expected);
  });
  it('takes no notice of the fiscal year when it is a calendar one', () => {
    expect(span('2026-Q3', '04-01')).toBe('2026-07-01..2026-09-30');
  });
  it.each([
    '',
    '26',
    '2026-Q5',
    '2026-H3',
    '2026-13',
    '2026-00',
    '2026-1',
    '2026Q3',
    '2026-W00',
    '2026-W54',
    '2026-w47',
    'fy2026',
    ' 2026',
    '2026 ',
    '2026-11-23',
    'FY26',
  ])('%p is refused in words that give the forms', (text) => {
    expect(() => parsePeriod(text)).toThrow(/is not a period; write 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026/);
    expect(isPeriod(text)).toBe(false);
  });
  it.each(['FY2026-11', 'FY2026-W02'])('%s is refused: a fiscal year has halves and quarters only', (text) => {
    expect(() => parsePeriod(text)).toThrow('a fiscal year has halves and quarters only');
  });
  it('refuses week 53 of a year of 52', () => {
    expect(() => parsePeriod('2025-W53')).toThrow('2025 has 52 weeks');
    expect([2015, 2020, 2026].map(isoWeeksIn)).toEqual([53, 53, 53]);
    expect([2019, 2021, 2025].map(isoWeeksIn)).toEqual([52, 52, 52]);
  });
  it('refuses a year that can only be a slip', () => {
    expect(() => parsePeriod('0206')).toThrow('outside the years 1900 to 2999');
  });
  it.each(['02-29', '4-1', '13-01', '04-31', ''])('refuses %p as the start of a fiscal year', (start) => {
    expect(() => parsePeriod('FY2026', start)).toThrow('is not the start of a fiscal year');
  });
  it('has a next and a previous, over the year', () => {
    expect(nextPeriod(parsePeriod('2026-Q4')).text).toBe('2027-Q1');
    expect(previousPeriod(parsePeriod('2026-01')).text).toBe('2025-12');
    expect(nextPeriod(parsePeriod('2026-W53')).text).toBe('2027-W01');
    expect(previousPeriod(parsePeriod('2026-W01')).text).toBe('2025-W52');
    expect(shiftPeriod(parsePeriod('2026-H2'), -3).text).toBe('2025-H1');
    expect(shiftPeriod(parsePeriod('FY2026-Q3', '04-01'), 2)).toEqual(parsePeriod('FY2027-Q1', '04-01'));
  });
  it('lists the periods from one to another', () => {
    expect(periodsBetween(parsePeriod('2025-Q3'), parsePeriod('2026-Q2')).map((p) => p.text)).toEqual([
      '2025-Q3',
      '2025-Q4',
      '2026-Q1',
      '2026-Q2',
    ]);
    expect(periodsBetween(parsePeriod('2026'), parsePeriod('2025'))).toEqual([]);
    expect(() => periodsBetween(parsePeriod('2025'), parsePeriod('FY2026'))).toThrow(
      '2025 and FY2026 are not periods of one kind',
    );
  });
  it('is the one a day lies in', () => {
    expect(periodContaining('2026-11-23', 'WEEK').text).toBe('2026-W48');
    expect(periodContaining('2027-01-03', 'WEEK').text).toBe('2026-W53');
    expect(periodContaining('2025-12-29', 'WEEK').text).toBe('2026-W01');
    expect(periodContaining('2026-11-23', 'QUARTER').text).toBe('2026-Q4');
    expect(periodContaining('2026-03-31', 'YEAR', '04-01').text).toBe('FY2026');
    expect(periodContaining('2026-04-01', 'HALF_YEAR', '04-01').text).toBe('FY2027-H1');
    expect(() => periodContaining('2026-04-01', 'MONTH', '04-01')).toThrow('halves and quarters only');
  });
  it('sorts by its last day, a longer one before the shorter it ends with', () => {
    const sorted = ['2026-12', '2025', '2026', '2026-Q4', '2026-Q1'].map((t) => parsePeriod(t)).sort(comparePeriods);
    expect(sorted.map((p) => p.text)).toEqual(['2025', '2026-Q1', '2026', '2026-Q4', '2026-12']);
  });
  it('is due again after the days of its cadence', () => {
    expect(CADENCE_DAYS).toEqual({ WEEKLY: 7, MONTHLY: 30, QUARTERLY: 91, HALF_YEARLY: 182, YEARLY: 365 });
    for (let age = 0; age < 200; age += 1) expect(age > 1.5 * CADENCE_DAYS.MONTHLY).toBe(age > 1.5 * 30.44);
  });
});

describe('every period', () => {
  const yearStart = fc
    .record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 31 }) })
    .map(({ month, day }) => `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
    .filter((text) => isLocalDate(`2001-${text}`));
  const day = fc.integer({ min: dayNumber('1940-01-01'), max: dayNumber('2960-12-31') }).map(dateOfDayNumber);
  const period: fc.Arbitrary<Period> = fc.oneof(
    fc
      .tuple(day, fc.constantFrom<Granularity>(...GRANULARITIES))
      .map(([on, granularity]) => periodContaining(on, granularity)),
    fc
      .tuple(day, fc.constantFrom<Granularity>('QUARTER', 'HALF_YEAR', 'YEAR'), yearStart)
      .map(([on, granularity, start]) => periodContaining(on, granularity, start)),
  );

  it('is read back from its text', () => {
    fc.assert(fc.property(period, (p) => expect(parsePeriod(p.text, p.yearStart)).toEqual(p)));
  });
  it('holds exactly the days of which it is the period', () => {
    fc.assert(
      fc.property(day, fc.constantFrom<Granularity>(...GRANULARITIES), (on, granularity) => {
        const p = periodContaining(on, granularity);
        expect(periodHolds(p, on)).toBe(true);
        expect(periodHolds(nextPeriod(p), on)).toBe(false);
      }),
    );
  });
  it('is followed without gap or overlap', () => {
    fc.assert(
      fc.property(period, fc.integer({ min: -30, max: 30 }), (p, n) => {
        const moved = shiftPeriod(p, n);
        expect(sameKind(p, moved)).toBe(true);
        expect(shiftPeriod(moved, -n)).toEqual(p);
        expect(periodOrdinal(moved) - periodOrdinal(p)).toBe(n);
        expect(nextPeriod(moved).start).toBe(addDays(moved.end, 1));
        expect(daysIn(moved)).toBeGreaterThan(6);
        expect(comparePeriods(p, moved)).toBe(n === 0 ? 0 : -Math.sign(n));
      }),
    );
  });
});
