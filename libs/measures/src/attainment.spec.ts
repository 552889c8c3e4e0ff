import { decimal, isDecimalString, writeDecimal } from '@plumbline/kernel';
import fc from 'fast-check';
import { brokenAnchorRule, goalpostMove, type Anchors } from './anchors';
import { attainment, brokenModifierRule, modifierDown, pointsOfLevel, STRETCHING, UP_TO_TARGET } from './attainment';

const linear = (threshold: string, target: string, stretch: string): Anchors => ({
  curve: 'LINEAR',
  threshold,
  target,
  stretch,
});
const range = (low: string, high: string, tolerance: string): Anchors => ({ curve: 'RANGE', low, high, tolerance });
const HIGHER = linear('64', '70', '76');
const LOWER = linear('11', '9', '7');

describe('attainment', () => {
  it.each([
    ['63.9', '0'],
    ['64', '50'],
    ['66', '66.67'],
    ['67', '75'],
    ['70', '100'],
    ['73', '125'],
    ['76', '150'],
    ['80', '150'],
  ])('of %s where 64, 70, 76 were agreed is %s', (x, expected) => {
    expect(writeDecimal(attainment(decimal(x), HIGHER, 'HIGHER'), 2)).toBe(expected);
  });
  it.each([
    ['12', '0'],
    ['11', '50'],
    ['10.5', '62.5'],
    ['10', '75'],
    ['9', '100'],
    ['8', '125'],
    ['7', '150'],
    ['6', '150'],
  ])('of %s where lower is better and 11, 9, 7 were agreed is %s', (x, expected) => {
    expect(writeDecimal(attainment(decimal(x), LOWER, 'LOWER'), 2)).toBe(expected);
  });
  it.each([
    ['67', '75'],
    ['70', '100'],
    ['75', '100'],
    ['80', '100'],
  ])('of climate and outcome gains nothing beyond the target: %s is %s', (x, expected) => {
    expect(writeDecimal(attainment(decimal(x), HIGHER, 'HIGHER', UP_TO_TARGET), 2)).toBe(expected);
  });
  it.each([
    ['40', '100'],
    ['45', '100'],
    ['50', '100'],
    ['39', '80'],
    ['52.5', '50'],
    ['55', '0'],
    ['60', '0'],
    ['35', '0'],
  ])('of %s in a range of 40 to 50 with tolerance 5 is %s', (x, expected) => {
    expect(writeDecimal(attainment(decimal(x), range('40', '50', '5'), 'RANGE'), 2)).toBe(expected);
  });
  it('falls off a range without tolerance at once', () => {
    expect(attainment(decimal('50.1'), range('40', '50', '0'), 'RANGE').toFixed()).toBe('0');
    expect(attainment(decimal('50'), range('40', '50', '0'), 'RANGE').toFixed()).toBe('100');
  });
  it('is refused on anchors that do not hold', () => {
    expect(() => attainment(decimal('1'), LOWER, 'HIGHER')).toThrow(
      'anchors-are-strictly-monotone-in-the-direction-of-the-metric',
    );
  });

  const value = fc.integer({ min: -2000, max: 2000 }).map((n) => (n / 10).toString());
  const anchors = fc
    .uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 3 })
    .map((three) => three.sort((a, b) => a - b).map((n) => (n / 10).toString()) as [string, string, string]);

  it('never falls when the figure gets better, in either direction', () => {
    fc.assert(
      fc.property(anchors, value, value, fc.constantFrom(STRETCHING, UP_TO_TARGET), ([a, b, c], x, y, points) => {
        const [low, high] = [decimal(x), decimal(y)].sort((p, q) => p.comparedTo(q)) as [
          ReturnType<typeof decimal>,
          ReturnType<typeof decimal>,
        ];
        const up = linear(a, b, c);
        expect(attainment(low, up, 'HIGHER', points).lessThanOrEqualTo(attainment(high, up, 'HIGHER', points))).toBe(
          true,
        );
        const down = linear(c, b, a);
        expect(attainment(high, down, 'LOWER', points).lessThanOrEqualTo(attainment(low, down, 'LOWER', points))).toBe(
          true,
        );
      }),
    );
  });
  it('is the same for a LOWER metric as for its negation', () => {
    fc.assert(
      fc.property(anchors, value, ([a, b, c], x) => {
        const negated = (text: string): string => decimal(text).negated().plus(0).toFixed();
        fc.pre([a, b, c, x].map(negated).every(isDecimalString));
        const lower = attainment(decimal(x), linear(c, b, a), 'LOWER');
        expect(
          lower.equals(attainment(decimal(negated(x)), linear(negated(c), negated(b), negated(a)), 'HIGHER')),
        ).toBe(true);
      }),
    );
  });
});

describe('anchors', () => {
  it.each([
    ['HIGHER', HIGHER, null],
    ['LOWER', LOWER, null],
    ['RANGE', range('40', '50', '5'), null],
    ['HIGHER', linear('64', '64', '76'), 'anchors-are-strictly-monotone-in-the-direction-of-the-metric'],
    ['HIGHER', linear('64', '70', '70'), 'anchors-are-strictly-monotone-in-the-direction-of-the-metric'],
    ['LOWER', linear('9', '11', '7'), 'anchors-are-strictly-monotone-in-the-direction-of-the-metric'],
    ['LOWER', HIGHER, 'anchors-are-strictly-monotone-in-the-direction-of-the-metric'],
    ['RANGE', HIGHER, 'the-curve-follows-the-direction-of-the-metric'],
    ['HIGHER', range('40', '50', '5'), 'the-curve-follows-the-direction-of-the-metric'],
    ['RANGE', range('50', '50', '5'), 'a-range-runs-from-low-to-high'],
    ['RANGE', range('40', '50', '-1'), 'a-tolerance-is-not-negative'],
  ] as const)('for %s: %j breaks %p', (direction, anchors, rule) => {
    expect(brokenAnchorRule(anchors, direction)).toBe(rule);
  });
  it('compares as numbers, not as text', () => {
    expect(brokenAnchorRule(linear('9', '10', '100'), 'HIGHER')).toBeNull();
  });
});

describe('a downward modifier', () => {
  const steps = [
    { below: 50, points: -5 },
    { below: 40, points: -10 },
  ];
  it.each([
    ['50', 0],
    ['49.9', -5],
    ['40', -5],
    ['39.9', -10],
  ])('at %s adds %i', (x, expected) => {
    expect(modifierDown(decimal(x), steps)).toBe(expected);
  });
});

describe('a downward modifier of a metric of which less is better', () => {
  const steps = [
    { below: '10', points: -5 },
    { below: '12.5', points: -10 },
  ];
  it.each([
    ['10', 0],
    ['10.1', -5],
    ['12.5', -5],
    ['12.6', -10],
  ])('at %s adds %i', (x, expected) => {
    expect(modifierDown(decimal(x), steps, 'LOWER')).toBe(expected);
    expect(modifierDown(decimal(x), [...steps].reverse(), 'LOWER')).toBe(expected);
  });
});

describe('the steps of a modifier', () => {
  const rule = 'a-modifier-has-steps-that-each-take-more-than-the-one-before';
  const steps = (...given: readonly (readonly [string, number])[]) =>
    given.map(([below, points]) => ({ below, points }));
  it.each([
    ['HIGHER', steps(['50', -5], ['40', -10]), null],
    ['HIGHER', steps(['40', -10], ['50', -5]), null],
    ['HIGHER', steps(['50', -5]), null],
    ['LOWER', steps(['10', -5], ['12.5', -10]), null],
    ['HIGHER', steps(), rule],
    ['HIGHER', steps(['50', 0]), rule],
    ['HIGHER', steps(['50', 5]), rule],
    ['HIGHER', steps(['50', -5], ['40', -5]), rule],
    ['HIGHER', steps(['50', -5], ['50.0', -10]), rule],
    ['HIGHER', steps(['10', -5], ['12.5', -10]), rule],
    ['LOWER', steps(['50', -5], ['40', -10]), rule],
  ] as const)('where %s is better: %j breaks %p', (direction, given, broken) => {
    expect(brokenModifierRule(given, direction)).toBe(broken);
  });
});

describe('the points of a level', () => {
  it.each([
    ['PROCESS', STRETCHING],
    ['BEHAVIOUR', STRETCHING],
    ['CLIMATE', UP_TO_TARGET],
    ['OUTCOME', UP_TO_TARGET],
  ] as const)('of %s are %j', (level, points) => {
    expect(pointsOfLevel(level)).toBe(points);
  });
});

describe('a moved goalpost', () => {
  const band = range('40', '50', '5');
  it.each([
    ['HIGHER', HIGHER, linear('62', '68', '74'), 'EASIER'],
    ['HIGHER', HIGHER, linear('64', '70', '75'), 'EASIER'],
    ['HIGHER', HIGHER, linear('66', '72', '78'), 'HARDER'],
    ['HIGHER', HIGHER, linear('62', '70', '78'), 'MIXED'],
    ['HIGHER', HIGHER, linear('64.0', '70', '76'), 'UNCHANGED'],
    ['LOWER', LOWER, linear('12', '10', '8'), 'EASIER'],
    ['LOWER', LOWER, linear('11', '9', '6'), 'HARDER'],
    ['RANGE', band, range('39', '50', '5'), 'EASIER'],
    ['RANGE', band, range('40', '51', '5'), 'EASIER'],
    ['RANGE', band, range('40', '50', '6'), 'EASIER'],
    ['RANGE', band, range('41', '50', '5'), 'HARDER'],
    ['RANGE', band, range('40', '50', '4'), 'HARDER'],
    ['RANGE', band, range('39', '49', '5'), 'MIXED'],
    ['RANGE', band, band, 'UNCHANGED'],
    ['RANGE', band, HIGHER, 'MIXED'],
    ['RANGE', HIGHER, band, 'MIXED'],
  ] as const)('where %s is better, from %j to %j is %s', (direction, from, to, move) => {
    expect(goalpostMove(from, to, direction)).toBe(move);
  });
});
