import { addDays, decimal, writeDecimal } from '@plumbline/kernel';
import fc from 'fast-check';
import { overPosts, splitPosts, tenureShare, type DaySpan } from './tenure';

const year = { start: '2026-01-01', end: '2026-12-31', measuredOn: '2026-12-31' };
const share = (posts: readonly DaySpan[], absences: readonly DaySpan[] = [], window = year): string | null => {
  const s = tenureShare(window, posts, absences);
  return s && writeDecimal(s);
};
const span = (from: string, to: string | null = null): DaySpan => ({ from, to });

describe('the tenure share', () => {
  it.each([
    ['the whole year', [span('2020-01-01')], '1'],
    ['exactly the year', [span('2026-01-01', '2026-12-31')], '1'],
    ['the first half', [span('2020-01-01', '2026-06-30')], '0.49589'],
    ['from the first of July', [span('2026-07-01')], '0.50411'],
    ['one day in January', [span('2026-01-01', '2026-01-01')], '0.00274'],
    ['two halves that touch', [span('2026-01-01', '2026-06-30'), span('2026-07-01')], '1'],
    ['two posts that overlap', [span('2026-03-01', '2026-06-30'), span('2026-01-01', '2026-04-30')], '0.49589'],
    ['one post inside another', [span('2026-01-01', '2026-12-31'), span('2026-03-01', '2026-04-30')], '1'],
    ['ninety days before the measurement', [span('2026-10-02')], '0.249315'],
    ['eighty-nine days before it', [span('2026-10-03')], null],
    ['a post that ended before the year', [span('2020-01-01', '2025-12-31')], null],
    ['no post', [], null],
  ])('of %s is %3$s', (_what, posts, expected) => {
    expect(share(posts)).toBe(expected);
  });

  it('ends with the measurement, and never beyond the period', () => {
    expect(share([span('2026-01-01', '2026-03-31')], [], { ...year, measuredOn: '2026-06-29' })).toBe('0.5');
    expect(share([span('2026-07-01')], [], { ...year, measuredOn: '2027-02-28' })).toBe('0.50411');
    expect(share([span('2020-01-01')], [], { ...year, measuredOn: '2025-12-31' })).toBeNull();
  });
  it('is told without absences where none were recorded', () => {
    expect(tenureShare(year, [span('2020-01-01')])?.toFixed()).toBe('1');
  });
  it('leaves recorded absence out of both counts', () => {
    expect(share([span('2020-01-01')], [span('2026-03-01', '2026-08-31')])).toBe('1');
    expect(share([span('2026-07-01')], [span('2026-07-01', '2026-12-31')])).toBeNull();
    expect(share([span('2026-07-01')], [span('2026-09-01', '2026-09-30')])).toBe('0.459701');
    expect(share([span('2026-07-01')], [span('2026-01-01', '2026-06-30')])).toBe('1');
    expect(share([span('2020-01-01')], [span('2025-06-01', null)])).toBeNull();
    expect(share([span('2026-07-01')], [span('2027-01-01', '2027-02-01')])).toBe('0.50411');
  });

  const spans = fc.array(
    fc
      .tuple(fc.integer({ min: -100, max: 400 }), fc.integer({ min: 0, max: 300 }))
      .map(([from, days]) => span(addDays('2026-01-01', from), addDays('2026-01-01', from + days))),
    { maxLength: 4 },
  );
  it('counts each day once, in whatever order posts and absences are given', () => {
    const days = Array.from({ length: 365 }, (_, i) => addDays('2026-01-01', i));
    const within = (day: string, all: readonly DaySpan[]): boolean =>
      all.some(({ from, to }) => from <= day && day <= (to ?? day));
    fc.assert(
      fc.property(spans, spans, (posts, absences) => {
        const present = days.filter((day) => !within(day, absences));
        const led = present.filter((day) =>
          within(
            day,
            posts.filter(({ from }) => from <= '2026-10-02'),
          ),
        );
        const expected = led.length === 0 ? null : writeDecimal(decimal(led.length).dividedBy(present.length));
        expect(share(posts, absences)).toBe(expected);
        expect(share([...posts].reverse(), [...absences].reverse())).toBe(expected);
      }),
    );
  });
});

describe('several posts', () => {
  it('each have their share, unit by unit', () => {
    const posts = [
      { unit: 'SURG', ...span('2026-01-01', '2026-03-31') },
      { unit: 'ICU', ...span('2026-04-01', '2026-06-30') },
      { unit: 'SURG', ...span('2026-07-01', '2026-09-30') },
      { unit: 'LAB', ...span('2026-11-01') },
    ];
    expect(splitPosts(year, posts).map(({ unit, share: s }) => [unit, s && writeDecimal(s)])).toEqual([
      ['SURG', '0.49863'],
      ['ICU', '0.249315'],
      ['LAB', null],
    ]);
    expect(splitPosts(year, posts, [span('2026-04-01', '2026-06-30')])[1]).toEqual({ unit: 'ICU', share: null });
  });
  it('score Σ s·A ÷ Σ s', () => {
    const two = overPosts([
      { share: decimal('0.25'), attainment: decimal('60') },
      { share: decimal('0.5'), attainment: decimal('120') },
    ]);
    expect(two?.attainment.toFixed()).toBe('100');
    expect(two?.share.toFixed()).toBe('0.75');
    expect(overPosts([])).toBeNull();
  });
  it('weigh no more than one whole post when they overlap', () => {
    const one = { share: decimal('0.8'), attainment: decimal('60') };
    expect(overPosts([one, one])).toMatchObject({ share: decimal(1), attainment: decimal(60) });
  });
});
