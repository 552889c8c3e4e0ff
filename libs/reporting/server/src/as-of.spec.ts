import { endOfDay, parseAsOf, startOfDay } from './as-of';

describe('a day in a time zone', () => {
  it.each([
    ['2026-11-23', 'UTC', '2026-11-23T00:00:00.000Z'],
    ['2026-07-01', 'Europe/London', '2026-06-30T23:00:00.000Z'],
    ['2026-03-29', 'Europe/London', '2026-03-29T00:00:00.000Z'],
    ['2026-11-23', 'America/Toronto', '2026-11-23T05:00:00.000Z'],
    ['2026-11-23', 'Pacific/Kiritimati', '2026-11-22T10:00:00.000Z'],
    ['2026-11-23', 'Pacific/Pago_Pago', '2026-11-23T11:00:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'], // clocks went from 00:00 to 01:00
  ])('%s in %s begins at %s', (day, zone, instant) => {
    expect(startOfDay(day, zone)).toBe(instant);
  });
  it('ends where the next one begins, also on the day the clocks change', () => {
    expect(endOfDay('2026-03-29', 'Europe/London')).toBe('2026-03-29T23:00:00.000Z');
    expect(endOfDay('2026-12-31', 'UTC')).toBe('2027-01-01T00:00:00.000Z');
  });
});

describe('asOf', () => {
  it('is a position, a day, the end of the log, or left out', () => {
    expect(parseAsOf('head', 'to')).toBe('head');
    expect(parseAsOf('1841')).toEqual({ position: 1841n });
    expect(parseAsOf('2026-11-01')).toEqual({ day: '2026-11-01' });
    expect(parseAsOf(undefined)).toBeUndefined();
  });
  it.each(['yesterday', '2026-02-30', '-1', '1e3', '99999999999999999999'])('is refused as %s', (text) => {
    expect(() => parseAsOf(text)).toThrow('A request is well formed.');
  });
});
