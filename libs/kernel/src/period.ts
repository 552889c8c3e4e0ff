import type { LocalDate } from './event';

/** How long a period is. */
export const GRANULARITIES = ['WEEK', 'MONTH', 'QUARTER', 'HALF_YEAR', 'YEAR'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** How often a figure is due. */
export const CADENCES = ['WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY'] as const;
export type Cadence = (typeof CADENCES)[number];

/** Month and day on which a fiscal year starts: `04-01`. `02-29` is refused: it does not exist every year. */
export type MonthDay = string;

/**
 * A reporting period, both days inclusive. Plain data: may be compared with `toEqual`, carries all that `shiftPeriod` needs.
 * `number` is 1 for a year, 1–2 for halves, 1–4 for quarters, 1–12 for months, 1–53 for ISO weeks.
 */
export interface Period {
  /** The one spelling: `2026`, `2026-H1`, `2026-Q3`, `2026-11`, `2026-W47`, `FY2026`, `FY2026-H1`, `FY2026-Q3`. */
  readonly text: string;
  readonly granularity: Granularity;
  readonly fiscal: boolean;
  readonly year: number;
  readonly number: number;
  readonly start: LocalDate;
  readonly end: LocalDate;
  /** Start of the year the period belongs to; `01-01` unless fiscal. */
  readonly yearStart: MonthDay;
}

const two = (n: number): string => String(n).padStart(2, '0');

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days of a month in the proleptic Gregorian calendar; `month` is 1–12. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text is a calendar day `YYYY-MM-DD` that exists, year 0001 to 9999. */
export function isLocalDate(text: string): boolean {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function partsOf(date: LocalDate): { year: number; month: number; day: number } {
  if (!isLocalDate(date)) throw new RangeError(`"${date}" is not a calendar day; write it as YYYY-MM-DD`);
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

const DAYS_PER_ERA = 146_097;
const DAYS_TO_EPOCH = 719_468;

/**
 * Days since 1970-01-01 (negative before). Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 * @throws RangeError when the text is not a calendar day.
 */
export function dayNumber(date: LocalDate): number {
  const { year, month, day } = partsOf(date);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    era * DAYS_PER_ERA +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    DAYS_TO_EPOCH
  );
}

/**
 * The calendar day that is `number` days after 1970-01-01: the inverse of `dayNumber` (civil_from_days, same source).
 * @throws RangeError outside the years 0001 to 9999.
 */
export function dateOfDayNumber(number: number): LocalDate {
  const z = number + DAYS_TO_EPOCH;
  const era = Math.floor(z / DAYS_PER_ERA);
  const dayOfEra = z - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / (DAYS_PER_ERA - 1))) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return spell(
    yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  );
}

function spell(year: number, month: number, day: number): LocalDate {
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  if (!isLocalDate(date)) throw new RangeError(`the day ${date} lies outside the years 0001 to 9999`);
  return date;
}

/** The day `days` days later (earlier when negative). */
export const addDays = (date: LocalDate, days: number): LocalDate => dateOfDayNumber(dayNumber(date) + days);

/** Days from one day to another: 0 on the same day, negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => dayNumber(to) - dayNumber(from);

/** 1 Monday … 7 Sunday (ISO 8601). */
export const isoWeekday = (date: LocalDate): number => ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;

/** The same day of the month `months` later, or that month's last day where it is shorter: 31 January + 1 → 28 or 29 February. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  return spell(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** The last day of the month a day lies in. */
export function endOfMonth(date: LocalDate): LocalDate {
  const { year, month } = partsOf(date);
  return spell(year, month, daysInMonth(year, month));
}

const MONTHS = { MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12 } as const;
const PERIOD_FORM = 'write 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026, FY2026-H1 or FY2026-Q3';
const PERIOD = /^(FY)?(\d{4})(?:-(?:H([1-2])|Q([1-4])|W(0[1-9]|[1-4]\d|5[0-3])|(0[1-9]|1[0-2])))?$/;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;

function checkYearStart(start: MonthDay): MonthDay {
  if (!/^\d{2}-\d{2}$/.test(start) || !isLocalDate(`2001-${start}`))
    throw new RangeError(
      `"${start}" is not the start of a fiscal year; write month and day as 04-01, a day that exists every year`,
    );
  return start;
}

/** Monday of ISO week 1: the week that holds 4 January (ISO 8601). */
const firstMonday = (year: number): number => {
  const fourth = spell(year, 1, 4);
  return dayNumber(fourth) - isoWeekday(fourth) + 1;
};

/** Whole ISO weeks of a year: 52 or 53. */
export const isoWeeksIn = (year: number): number => (firstMonday(year + 1) - firstMonday(year)) / 7;

const textOf = (granularity: Granularity, fiscal: boolean, year: number, number: number): string => {
  const stem = `${fiscal ? 'FY' : ''}${year}`;
  switch (granularity) {
    case 'YEAR':
      return stem;
    case 'HALF_YEAR':
      return `${stem}-H${number}`;
    case 'QUARTER':
      return `${stem}-Q${number}`;
    case 'MONTH':
      return `${stem}-${two(number)}`;
    case 'WEEK':
      return `${stem}-W${two(number)}`;
  }
};

function periodOf(
  granularity: Granularity,
  fiscal: boolean,
  year: number,
  number: number,
  yearStart: MonthDay,
): Period {
  const text = textOf(granularity, fiscal, year, number);
  if (year < FIRST_YEAR || year > LAST_YEAR)
    throw new RangeError(`the period ${text} lies outside the years ${FIRST_YEAR} to ${LAST_YEAR}`);
  const base = { text, granularity, fiscal, year, number, yearStart };
  if (granularity === 'WEEK') {
    const monday = firstMonday(year) + (number - 1) * 7;
    return { ...base, start: dateOfDayNumber(monday), end: dateOfDayNumber(monday + 6) };
  }
  const first = `${firstYearOf(year, yearStart)}-${yearStart}`;
  const months = MONTHS[granularity];
  return {
    ...base,
    start: addMonths(first, (number - 1) * months),
    end: addDays(addMonths(first, number * months), -1),
  };
}

const firstYearOf = (year: number, yearStart: MonthDay): number => (yearStart === '01-01' ? year : year - 1);

/**
 * Reads a period. Calendar periods take no notice of the fiscal year. **A fiscal year is named for the calendar year in which it ends**: with
 * `04-01`, FY2026 runs from 2025-04-01 to 2026-03-31, FY2026-Q1 is April to June 2025; with `01-01`, FY2026 covers the same days as 2026.
 * Where a fiscal year starts on a 29th to 31st, its halves and quarters start on the last day of a shorter month.
 * Weeks are ISO 8601: Monday to Sunday, week 1 holds 4 January, so `2026-W01` starts on 2025-12-29.
 * @throws RangeError, in words that give the forms, for anything else (no other spelling is read: a period is a key).
 */
export function parsePeriod(text: string, fiscalYearStart: MonthDay = '01-01'): Period {
  const key = `${text} ${fiscalYearStart}`;
  const known = parsed.get(key);
  if (known) return known;
  const period = readPeriod(text, fiscalYearStart);
  if (parsed.size >= MOST_REMEMBERED) parsed.clear();
  parsed.set(key, period);
  return period;
}

/** An import names the same few periods again and again. A period is a plain value, so remembering it changes nothing. */
const parsed = new Map<string, Period>();
const MOST_REMEMBERED = 1_000;

function readPeriod(text: string, fiscalYearStart: MonthDay): Period {
  const match = PERIOD.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a period; ${PERIOD_FORM}`);
  const [, fy, yearText, half, quarter, week, month] = match;
  const fiscal = fy !== undefined;
  const year = Number(yearText);
  const yearStart = fiscal ? checkYearStart(fiscalYearStart) : '01-01';
  if (half !== undefined) return periodOf('HALF_YEAR', fiscal, year, Number(half), yearStart);
  if (quarter !== undefined) return periodOf('QUARTER', fiscal, year, Number(quarter), yearStart);
  if (fiscal && (week ?? month) !== undefined)
    throw new RangeError(`"${text}" is not a period: a fiscal year has halves and quarters only; ${PERIOD_FORM}`);
  if (month !== undefined) return periodOf('MONTH', false, year, Number(month), yearStart);
  if (week === undefined) return periodOf('YEAR', fiscal, year, 1, yearStart);
  const ofWeek = periodOf('WEEK', false, year, Number(week), yearStart);
  if (ofWeek.number > isoWeeksIn(year))
    throw new RangeError(`"${text}" is not a period: ${year} has ${isoWeeksIn(year)} weeks`);
  return ofWeek;
}

/** Whether `parsePeriod` reads the text (which does not depend on where the fiscal year starts). For schemas. */
export function isPeriod(text: string): boolean {
  try {
    return parsePeriod(text).text === text;
  } catch {
    return false;
  }
}

/** Same length and same calendar: only such periods follow one another. */
export const sameKind = (a: Period, b: Period): boolean =>
  a.granularity === b.granularity && a.fiscal === b.fiscal && a.yearStart === b.yearStart;

/** A whole number that grows by exactly 1 from each period to the next of its kind: a gap shows as a difference above 1. */
export const periodOrdinal = (period: Period): number =>
  period.granularity === 'WEEK'
    ? (dayNumber(period.start) + 3) / 7
    : period.year * (12 / MONTHS[period.granularity]) + period.number - 1;

/** The period `n` places later (earlier when negative) of the same kind. */
export function shiftPeriod(period: Period, n: number): Period {
  if (period.granularity === 'WEEK') return periodContaining(addDays(period.start, 7 * n), 'WEEK');
  const perYear = 12 / MONTHS[period.granularity];
  const ordinal = periodOrdinal(period) + n;
  const year = Math.floor(ordinal / perYear);
  return periodOf(period.granularity, period.fiscal, year, ordinal - year * perYear + 1, period.yearStart);
}

export const nextPeriod = (period: Period): Period => shiftPeriod(period, 1);
export const previousPeriod = (period: Period): Period => shiftPeriod(period, -1);

/** Order for sorting: by last day, then first day (the longer before the shorter), then text. */
export const comparePeriods = (a: Period, b: Period): number => {
  for (const [x, y] of [
    [a.end, b.end],
    [a.start, b.start],
    [a.text, b.text],
  ] as const)
    if (x !== y) return x < y ? -1 : 1;
  return 0;
};

/**
 * All periods from `from` to `to`, both included; empty when `to` is before `from`.
 * @throws RangeError when they are not of one kind.
 */
export function periodsBetween(from: Period, to: Period): readonly Period[] {
  if (!sameKind(from, to)) throw new RangeError(`${from.text} and ${to.text} are not periods of one kind`);
  const count = periodOrdinal(to) - periodOrdinal(from) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => shiftPeriod(from, i));
}

/** Whether a day lies in a period. */
export const periodHolds = (period: Period, day: LocalDate): boolean => period.start <= day && day <= period.end;

/** Days of a period, first and last included. */
export const daysIn = (period: Period): number => daysBetween(period.start, period.end) + 1;

/**
 * The period of a length that a day lies in; a fiscal one when the start of the fiscal year is given.
 * @throws RangeError for a fiscal week or month, which do not exist.
 */
export function periodContaining(day: LocalDate, granularity: Granularity, fiscalYearStart?: MonthDay): Period {
  const fiscal = fiscalYearStart !== undefined;
  const yearStart = fiscal ? checkYearStart(fiscalYearStart) : '01-01';
  if (fiscal && (granularity === 'WEEK' || granularity === 'MONTH'))
    throw new RangeError('a fiscal year has halves and quarters only');
  const { year } = partsOf(day);
  if (granularity === 'WEEK') {
    const monday = dayNumber(day) - isoWeekday(day) + 1;
    const isoYear = Number(dateOfDayNumber(monday + 3).slice(0, 4));
    return periodOf('WEEK', false, isoYear, (monday - firstMonday(isoYear)) / 7 + 1, yearStart);
  }
  const endYear = year + (yearStart !== '01-01' && day.slice(5) >= yearStart ? 1 : 0);
  const perYear = 12 / MONTHS[granularity];
  let number = perYear;
  while (number > 1 && periodOf(granularity, fiscal, endYear, number, yearStart).start > day) number -= 1;
  return periodOf(granularity, fiscal, endYear, number, yearStart);
}

/**
 * Days after which the next figure is due, whole days. A month counts as 30: with the limit at one and a half times the cadence, 30 and the mean
 * month of 30.44 days give the same verdict on every whole number of days.
 */
export const CADENCE_DAYS: Readonly<Record<Cadence, number>> = {
  WEEKLY: 7,
  MONTHLY: 30,
  QUARTERLY: 91,
  HALF_YEARLY: 182,
  YEARLY: 365,
};

/** The length of period that a cadence is observed in. */
export const CADENCE_GRANULARITY: Readonly<Record<Cadence, Granularity>> = {
  WEEKLY: 'WEEK',
  MONTHLY: 'MONTH',
  QUARTERLY: 'QUARTER',
  HALF_YEARLY: 'HALF_YEAR',
  YEARLY: 'YEAR',
};
