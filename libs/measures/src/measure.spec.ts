import { decimal } from '@plumbline/kernel';
import { holdsTarget, intervalOf, restsOnSmallBase } from './margin';
import {
  countOf,
  hasValue,
  isMismatch,
  isSampled,
  isShare,
  numeratorOf,
  scaleOf,
  valueOf,
  type Figure,
  type Formula,
  type Measure,
  type MeasureUnit,
} from './measure';

const nothing: Figure = { value: null, num: null, den: null, n: null, base: null, eligible: null, s: null };
const figure = (more: Partial<Figure>): Figure => ({ ...nothing, ...more });
const survey: Measure = {
  ...{ unit: 'PERCENT', formula: 'favourable-share', sourceType: 'SURVEY', direction: 'HIGHER', cadence: 'YEARLY' },
};
const records: Measure = { ...survey, formula: 'record-share', sourceType: 'RECORDS' };
const of = (formula: Formula, unit: MeasureUnit = 'PERCENT'): Measure => ({ ...survey, formula, unit });
const FORMULAS: readonly Formula[] = [
  ...(['favourable-share', 'item-index', 'engagement-index', 'mean-score', 'response-rate'] as const),
  ...(['record-share', 'checklist', 'count', 'mean', 'median'] as const),
];

it('a scale ends at 100, at 1, or nowhere', () => {
  const units = ['PERCENT', 'INDEX', 'PROPORTION', 'COUNT', 'RATIO', 'DAYS', 'HOURS'] as const;
  expect(units.map((unit) => scaleOf(unit)?.toString() ?? null)).toEqual(['100', '100', '1', null, null, null, null]);
});

it('four formulas give part of a whole', () => {
  expect(FORMULAS.filter(isShare)).toEqual(['favourable-share', 'response-rate', 'record-share', 'checklist']);
  expect(FORMULAS.filter((formula) => !isShare(formula))).toHaveLength(6);
});

it('surveys are samples, but for how many answered', () => {
  expect(FORMULAS.filter((formula) => !isSampled(of(formula)))).toEqual(['response-rate', 'count']);
  expect(FORMULAS.some((formula) => isSampled({ ...records, formula }))).toBe(false);
});

describe('what a figure rests on', () => {
  it('is the answers of a sample and the cases of records', () => {
    const both = figure({ n: 7, den: '9', base: 11 });
    expect([countOf(survey, both), countOf(records, both)]).toEqual([7, 9]);
    expect([countOf(survey, figure({ den: '9' })), countOf(records, figure({ base: 11, n: 7 }))]).toEqual([9, 11]);
    expect([countOf(survey, nothing), countOf(records, figure({ n: 7 }))]).toEqual([null, 7]);
  });

  it('is a whole number, however long, and none else', () => {
    const num = (text: string) => numeratorOf(figure({ num: text }));
    expect([num('0'), num('-3'), num('12.0'), num('999999999999999')]).toEqual([0, -3, 12, 999_999_999_999_999]);
    expect([num('0.5'), numeratorOf(nothing)]).toEqual([null, null]);
  });
});

describe('the value of a figure', () => {
  it.each<readonly [string, Measure, Partial<Figure>, string | null]>([
    ['as given', survey, { value: '58.25' }, '58.25'],
    ['a share of 100', survey, { num: '1', den: '4' }, '25'],
    ['a share of 1', of('record-share', 'PROPORTION'), { num: '1', den: '4' }, '0.25'],
    ['a ratio', of('mean', 'RATIO'), { num: '3', den: '2' }, '1.5'],
    ['of nobody', survey, { num: '0', den: '0' }, null],
    ['of no answers', survey, { value: '58', n: 0 }, null],
    ['a count of none', of('count', 'COUNT'), { value: '0', n: 0 }, '0'],
    ['a pair of a count over nothing', of('count', 'COUNT'), { num: '1', den: '0' }, null],
    ['a numerator alone', survey, { num: '1' }, null],
    ['a denominator alone', survey, { den: '4' }, null],
    ['nothing', survey, {}, null],
  ])('%s', (_what, measure, given, value) => {
    expect(valueOf(measure, figure(given))?.toString() ?? null).toBe(value);
    expect(hasValue(measure, figure(given))).toBe(value !== null);
  });
});

describe('a figure that cannot be right', () => {
  it.each<readonly [string, Measure, Partial<Figure>, boolean]>([
    ['more answers than people asked', survey, { value: '50', n: 21, eligible: 20 }, true],
    ['as many', survey, { value: '50', n: 20, eligible: 20 }, false],
    ['answers of nobody knows how many', survey, { value: '50', n: 20 }, false],
    ['more favourable than valid answers', survey, { num: '5', den: '4' }, true],
    ['all favourable', survey, { num: '4', den: '4' }, false],
    ['none favourable', survey, { num: '0', den: '4' }, false],
    ['fewer than none', survey, { num: '-1', den: '4' }, true],
    ['half an answer too many', survey, { num: '4.5', den: '4' }, true],
    ['a share above the whole', survey, { value: '100.01' }, true],
    ['a share of all', survey, { value: '100' }, false],
    ['a share below none', survey, { value: '-0.01' }, true],
    ['an index above 100', of('engagement-index', 'INDEX'), { value: '101' }, true],
    ['a mean of days above 100', of('mean', 'DAYS'), { value: '101' }, false],
    ['a ratio above 1', of('mean', 'RATIO'), { num: '3', den: '2' }, false],
    ['a share counted as a ratio above 1', of('record-share', 'RATIO'), { value: '1.5' }, true],
    ['a long time', of('median', 'HOURS'), { value: '400' }, false],
    ['a negative time', of('median', 'HOURS'), { value: '-1' }, true],
    ['nothing at all', survey, {}, false],
    ['nobody', survey, { num: '0', den: '0' }, false],
  ])('%s: %s', (_what, measure, given, cannot) => {
    expect(isMismatch(measure, figure(given))).toBe(cannot);
  });
});

describe('an interval', () => {
  const widthOf = (measure: Measure, more: Partial<Figure> = {}) => {
    const interval = intervalOf(measure, figure({ value: '50', n: 100, s: '10', ...more }));
    return interval && interval.high.minus(interval.low).toDecimalPlaces(2).toString();
  };
  it('is Wilson’s for shares and indexes, of the mean for means, and unknown for a median', () => {
    expect(FORMULAS.map((formula) => [formula, widthOf(of(formula))])).toEqual([
      ...(['favourable-share', 'item-index', 'engagement-index'] as const).map((formula) => [formula, '19.23']),
      ['mean-score', '3.92'],
      ['response-rate', '0'],
      ['record-share', '19.23'],
      ['checklist', '19.23'],
      ['count', '0'],
      ['mean', '3.92'],
      ['median', null],
    ]);
  });

  it('is the value itself of what was counted in full, and unknown without a count or a deviation', () => {
    expect(widthOf(records)).toBe('0');
    expect(widthOf(survey, { n: null })).toBeNull();
    expect(widthOf(of('mean'), { s: null })).toBeNull();
    expect(widthOf(survey, { value: null })).toBeNull();
    expect(widthOf(survey, { eligible: 99 })).toBeNull();
  });
});

describe('a target within an interval', () => {
  const interval = { low: decimal('40'), high: decimal('60') };
  const band = (low: string, high: string) => ({ curve: 'RANGE', low, high, tolerance: '5' }) as const;
  const line = (target: string) => ({ curve: 'LINEAR', threshold: '0', target, stretch: '100' }) as const;
  it.each([
    [line('50'), true],
    [line('40'), false],
    [line('60'), false],
    [line('61'), false],
    [band('50', '90'), true],
    [band('10', '50'), true],
    [band('45', '55'), true],
    [band('10', '90'), false],
    [band('40', '60'), false],
  ])('%j: %s', (anchors, holds) => {
    expect(holdsTarget(interval, anchors)).toBe(holds);
  });
});

describe('fewer than five expected events', () => {
  const line = (target: string) => ({ curve: 'LINEAR', threshold: '0', target, stretch: '100' }) as const;
  it.each<readonly [string, Measure, Partial<Figure>, string, boolean]>([
    ['a count aimed at 4', { ...records, formula: 'count', unit: 'COUNT' }, { value: '9' }, '4', true],
    ['a count aimed at 5', { ...records, formula: 'count', unit: 'COUNT' }, { value: '9' }, '5', false],
    ['40 records at 10 %', records, { num: '4', den: '40' }, '10', true],
    ['50 records at 10 %', records, { num: '4', den: '50' }, '10', false],
    ['40 records at a tenth', { ...records, unit: 'PROPORTION' }, { num: '4', den: '40' }, '0.1', true],
    ['records without a count', records, { value: '10' }, '10', false],
    ['few answers', survey, { num: '1', den: '10' }, '10', false],
    ['a mean', { ...records, formula: 'mean', unit: 'DAYS' }, { value: '3', n: 2 }, '1', false],
  ])('%s', (_what, measure, given, target, isSmall) => {
    expect(restsOnSmallBase(measure, figure(given), line(target))).toBe(isSmall);
  });
});
