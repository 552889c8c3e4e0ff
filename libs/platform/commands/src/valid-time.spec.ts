import { localDay } from './valid-time';

describe('the calendar day of an instant', () => {
  it.each([
    ['2026-11-23T04:59:59.999Z', 'America/Toronto', '2026-11-22'],
    ['2026-11-23T05:00:00.000Z', 'America/Toronto', '2026-11-23'],
    ['2026-07-01T03:59:59.999Z', 'America/Toronto', '2026-06-30'],
    ['2026-12-31T23:30:00.000Z', 'Pacific/Kiritimati', '2027-01-01'],
    ['2026-01-01T00:00:00.000Z', 'UTC', '2026-01-01'],
    ['2026-03-29T00:59:59.000Z', 'Europe/Berlin', '2026-03-29'],
  ])('%s in %s is %s', (instant, timeZone, day) => {
    expect(localDay(instant, timeZone)).toBe(day);
  });

  it('is refused in a zone that does not exist', () => {
    expect(() => localDay('2026-01-01T00:00:00.000Z', 'Mars/Olympus')).toThrow(RangeError);
  });
});
