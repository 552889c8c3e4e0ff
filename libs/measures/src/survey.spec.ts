import { decimal, writeDecimal } from '@plumbline/kernel';
import {
  basesThatFit,
  dontKnow,
  engagementIndex,
  favourable,
  indexOfPercents,
  itemIndex,
  meanScore,
  scoreOfMean,
  selfOtherGap,
  unfavourable,
  type ItemCounts,
} from './survey';

const item = (favourableCount: number, valid: number, unfavourableCount = 0, dontKnowCount = 0): ItemCounts => ({
  favourable: favourableCount,
  unfavourable: unfavourableCount,
  valid,
  dontKnow: dontKnowCount,
});

describe('favourable and unfavourable', () => {
  it('are shares of valid answers, and keep their counts', () => {
    const oncology = item(26, 40, 9, 1);
    expect(favourable(oncology)).toMatchObject({ num: 26, den: 40 });
    expect(favourable(oncology).percent?.toFixed()).toBe('65');
    expect(unfavourable(oncology).percent?.toFixed()).toBe('22.5');
  });
  it('leave "don’t know" out of valid and report it', () => {
    expect(writeDecimal(dontKnow(item(26, 40, 9, 1)).percent!)).toBe('2.439024');
  });
  it('are unknown without a valid answer', () => {
    expect(favourable(item(0, 0)).percent).toBeNull();
  });
  it('are refused when more count than were counted', () => {
    expect(() => favourable(item(41, 40))).toThrow('the first not above the second');
    for (const wrong of [item(-1, 40), item(0.5, 40), item(1, 40.5), item(Number.NaN, 40)])
      expect(() => favourable(wrong)).toThrow('two whole numbers');
  });
});

describe('an index', () => {
  it('is the mean of its items’ favourable percentages, with n of the smallest item', () => {
    const index = itemIndex([item(26, 40), item(30, 50), item(10, 38)]);
    expect(writeDecimal(index!.value)).toBe('50.438596');
    expect(index!.n).toBe(38);
  });
  it('does not weigh items by their answers', () => {
    expect(itemIndex([item(1, 1), item(0, 99)])!.value.toFixed()).toBe('50');
  });
  it('is none when an item has no answer', () => {
    expect(itemIndex([item(26, 40), item(0, 0)])).toBeNull();
    expect(itemIndex([])).toBeNull();
    expect(indexOfPercents([])).toBeNull();
    expect(indexOfPercents([decimal('60'), decimal('70')])?.toFixed()).toBe('65');
  });
});

describe('a mean score', () => {
  it.each([
    ['1', 5, '0'],
    ['3', 5, '50'],
    ['5', 5, '100'],
    ['3.7', 5, '67.5'],
    ['4', 7, '50'],
    ['2', 4, '33.333333'],
    ['1.5', 2, '50'],
  ])('of %s on %i points is %s of 100', (mean, points, expected) => {
    expect(writeDecimal(scoreOfMean(decimal(mean), points))).toBe(expected);
  });
  it('is refused off its scale', () => {
    expect(() => scoreOfMean(decimal('5.1'), 5)).toThrow('a mean lies on its scale');
    expect(() => scoreOfMean(decimal('1'), 1)).toThrow('at least two points');
  });
  it('has the spread of its answers', () => {
    const score = meanScore([3, 0, 7, 20, 10])!;
    expect(writeDecimal(score.value)).toBe('71.25');
    expect(score.n).toBe(40);
    expect(writeDecimal(score.s!)).toBe('26.28127');
  });
  it('has no spread in a single answer and is none without any', () => {
    expect(meanScore([0, 0, 1])).toMatchObject({ n: 1, s: null });
    expect(meanScore([0, 0, 0])).toBeNull();
  });
  it('of engagement is the mean of 0, 25, 50, 75 and 100', () => {
    expect(engagementIndex([1, 1, 1, 1, 1])!.value.toFixed()).toBe('50');
    expect(engagementIndex([0, 0, 0, 1, 3])!.value.toFixed()).toBe('93.75');
  });
});

describe('the gap between a leader and others', () => {
  it('is own less theirs', () => {
    expect(selfOtherGap(decimal('90'), decimal('64.5')).toFixed()).toBe('25.5');
  });
});

describe('the bases that fit', () => {
  const published: [number, string][] = [
    [21, '3'],
    [24, '3'],
    [32, '4'],
    [50, '6'],
    [56, '7'],
    [15, '2'],
    [13, '2'],
    [17, '2'],
    [34, '4'],
    [64, '8'],
    [33, '4'],
    [41, '5'],
    [7, '1'],
  ];
  const shares = published.map(([count, percent]) => ({ count, percent }));

  it('thirteen published bias figures are 770 to 840, not the 942 stated', () => {
    expect(basesThatFit(shares)).toEqual({ from: 770, to: 840 });
  });
  it('are those at which every figure rounds to what was printed', () => {
    const fits = (base: number) =>
      shares.every(({ count, percent }) => Math.floor((100 * count) / base + 0.5) === Number(percent));
    expect([769, 770, 840, 841, 942].map(fits)).toEqual([false, true, true, false, false]);
  });
  it('are none when the figures contradict each other', () => {
    expect(
      basesThatFit([
        { count: 10, percent: '50' },
        { count: 10, percent: '5' },
      ]),
    ).toBeNull();
  });
  it('are narrower for more decimals', () => {
    expect(basesThatFit([{ count: 762, percent: '66.49' }])).toEqual({ from: 1146, to: 1146 });
  });
});
