import { decimal, writeDecimal, type Decimal } from '@plumbline/kernel';
import type { Anchors } from './anchors';
import { attainment, UP_TO_TARGET } from './attainment';
import type { Measure } from './measure';
import {
  expectedAnswers,
  expectedMargin,
  noiseVerdict,
  toleranceOfNoise,
  turnsOf,
  type ExpectedAnswers,
} from './noise';

const linear: Anchors = { curve: 'LINEAR', threshold: '64', target: '70', stretch: '76' };
const range: Anchors = { curve: 'RANGE', low: '40', high: '50', tolerance: '10' };
const interval = (low: string, high: string) => ({ low: decimal(low), high: decimal(high) });

describe('a scored figure and its noise', () => {
  const at = (x: Decimal): Decimal => attainment(x, linear, 'HIGHER', UP_TO_TARGET);
  it.each([
    ['64', '70', '50', false],
    ['63.9', '70', '100', true],
    ['63.9', '69.9', '99.166667', true],
    ['64', '71', '50', false],
    ['70', '90', '0', false],
    ['50', '63', '0', false],
  ])('between %s and %s varies by %s points: inconclusive %p', (low, high, points, inconclusive) => {
    const seen = toleranceOfNoise(at, interval(low, high));
    expect([writeDecimal(seen.points), seen.inconclusive]).toEqual([points, inconclusive]);
  });
  it('is the same for a metric of which less is better', () => {
    const lower: Anchors = { curve: 'LINEAR', threshold: '11', target: '9', stretch: '7' };
    const down = (x: Decimal): Decimal => attainment(x, lower, 'LOWER', UP_TO_TARGET);
    expect(toleranceOfNoise(down, interval('9', '11.1'))).toMatchObject({ inconclusive: true });
    expect(toleranceOfNoise(down, interval('9', '11'))).toMatchObject({ inconclusive: false });
  });
  it('is inconclusive where a wide interval lies around a narrow range', () => {
    const around = (x: Decimal): Decimal => attainment(x, range, 'RANGE', UP_TO_TARGET);
    expect(toleranceOfNoise(around, interval('20', '70')).inconclusive).toBe(false);
    expect(toleranceOfNoise(around, interval('20', '70'), turnsOf(range)).inconclusive).toBe(true);
    expect(toleranceOfNoise(around, interval('41', '49'), turnsOf(range)).inconclusive).toBe(false);
    expect(toleranceOfNoise(around, interval('52', '54'), turnsOf(range)).points.toFixed()).toBe('20');
    expect(toleranceOfNoise(around, interval('34', '38'), turnsOf(range)).points.toFixed()).toBe('40');
    expect(turnsOf(linear)).toEqual([]);
  });
});

const survey: Measure = {
  unit: 'PERCENT',
  formula: 'favourable-share',
  sourceType: 'SURVEY',
  direction: 'HIGHER',
  cadence: 'YEARLY',
};
const expected = (more: Partial<ExpectedAnswers> = {}): ExpectedAnswers => ({
  measure: survey,
  anchors: linear,
  headcount: 400,
  lastRate: decimal('0.6'),
  lastS: null,
  ...more,
});

describe('the margin to expect', () => {
  const margin = (more: Partial<ExpectedAnswers> = {}): string | null => {
    const m = expectedMargin(expected(more));
    return m && writeDecimal(m);
  };
  it('rests on headcount and last response, in whole people', () => {
    expect(expectedAnswers(expected())).toBe(240);
    expect(expectedAnswers(expected({ headcount: 41, lastRate: decimal('0.6649') }))).toBe(27);
    expect(expectedAnswers(expected({ headcount: 400, lastRate: decimal('1.02') }))).toBe(400);
  });
  it('is half of Wilson’s interval at the target, not corrected for the population', () => {
    expect(margin()).toBe('5.76053');
    expect(margin({ lastRate: decimal('1') })).toBe('4.47356');
    expect(margin({ measure: { ...survey, unit: 'PROPORTION' }, anchors: { ...linear, target: '0.7' } })).toBe(
      '0.057605',
    );
  });
  it('is that of the middle for a range', () => {
    expect(margin({ anchors: range })).toBe('6.244883');
  });
  it('is 1.96·s/√n for a mean', () => {
    const mean = { measure: { ...survey, unit: 'INDEX', formula: 'mean-score' } as const };
    expect(margin({ ...mean, lastS: decimal('20'), headcount: 400, lastRate: decimal('0.25') })).toBe('3.92');
    expect(margin({ measure: { ...survey, unit: 'RATIO', formula: 'mean' }, lastS: null })).toBeNull();
  });
  it('is nothing for figures counted in full', () => {
    expect(margin({ measure: { ...survey, sourceType: 'RECORDS' }, headcount: null })).toBe('0');
  });
  it('is unknown without headcount or response, and for a median', () => {
    expect(margin({ headcount: null })).toBeNull();
    expect(margin({ lastRate: null })).toBeNull();
    expect(margin({ headcount: 0 })).toBeNull();
    expect(margin({ headcount: 1, lastRate: decimal('1') })).not.toBeNull();
    expect(margin({ measure: { ...survey, formula: 'median' } })).toBeNull();
  });
});

describe('a component at contract', () => {
  it.each([
    ['a margin that fits in twice', { headcount: 1000, lastRate: decimal('1') }, 'TELLS_ITSELF_FROM_NOISE'],
    ['a margin that does not', {}, 'LOST_IN_NOISE'],
    ['no headcount', { headcount: null }, 'UNKNOWN'],
    ['no response yet', { lastRate: null }, 'UNKNOWN'],
    ['nine answers to expect', { headcount: 9, lastRate: decimal('1') }, 'LOST_IN_NOISE'],
    ['nobody to ask', { headcount: 0 }, 'LOST_IN_NOISE'],
    ['records', { measure: { ...survey, sourceType: 'RECORDS' }, headcount: 3 }, 'TELLS_ITSELF_FROM_NOISE'],
  ] as const)('with %s: %3$s', (_what, more, verdict) => {
    expect(noiseVerdict(expected(more))).toBe(verdict);
  });
  it('needs target − threshold to be twice the margin, and no more', () => {
    const margin = expectedMargin(expected())!;
    const room = (by: Decimal): Anchors => ({
      curve: 'LINEAR',
      threshold: decimal('70').minus(by).toFixed(28),
      target: '70',
      stretch: '90',
    });
    expect(noiseVerdict(expected({ anchors: room(margin.times(2).plus('1e-20')) }))).toBe('TELLS_ITSELF_FROM_NOISE');
    expect(noiseVerdict(expected({ anchors: room(margin.times(2).minus('1e-20')) }))).toBe('LOST_IN_NOISE');
    const exact = { measure: { ...survey, formula: 'mean-score', unit: 'INDEX' } as const, lastS: decimal('20') };
    const hundred = { ...exact, headcount: 100, lastRate: decimal(1) };
    expect(noiseVerdict(expected({ ...hundred, anchors: { ...linear, threshold: '62.16' } }))).toBe(
      'TELLS_ITSELF_FROM_NOISE',
    );
    expect(noiseVerdict(expected({ ...hundred, anchors: { ...linear, threshold: '62.17' } }))).toBe('LOST_IN_NOISE');
  });
  it('needs half the tolerance of a range', () => {
    const hundred = { measure: { ...survey, formula: 'mean-score', unit: 'INDEX' } as const, lastS: decimal('20') };
    const with_ = (tolerance: string) =>
      noiseVerdict(expected({ ...hundred, headcount: 100, lastRate: decimal(1), anchors: { ...range, tolerance } }));
    expect(with_('15.68')).toBe('TELLS_ITSELF_FROM_NOISE');
    expect(with_('15.67')).toBe('LOST_IN_NOISE');
  });
  it('is unknown for a mean whose spread is', () => {
    expect(noiseVerdict(expected({ measure: { ...survey, unit: 'INDEX', formula: 'mean-score' } }))).toBe('UNKNOWN');
  });
  it('needs ten answers, or as many as a policy says', () => {
    const wide = { anchors: { ...linear, threshold: '1' }, lastRate: decimal('1') };
    expect(noiseVerdict(expected({ ...wide, headcount: 10 }))).toBe('TELLS_ITSELF_FROM_NOISE');
    expect(noiseVerdict(expected({ ...wide, headcount: 19 }), 20)).toBe('LOST_IN_NOISE');
  });
});
