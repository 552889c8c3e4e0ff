import { decimal } from '@plumbline/kernel';
import { againstFigure, valueOf } from './figure-rules';
import { lcTheme } from './given.testing';
import type { MetricDefinition } from './metric.events';
import type { ObservedFigure } from './series.events';

const nothing: ObservedFigure = { value: null, num: null, den: null, n: null, base: null, eligible: null, s: null };
const against = (figure: Partial<ObservedFigure>, definition: Partial<MetricDefinition> = {}) =>
  againstFigure({ ...lcTheme, ...definition }, { ...nothing, ...figure });

describe('the value of a figure', () => {
  it('is a share of 1 or of 100, as its unit says', () => {
    expect(valueOf({ ...nothing, num: '1', den: '4' }, 'PROPORTION')).toEqual(decimal('0.25'));
    expect(valueOf({ ...nothing, num: '1', den: '4' }, 'PERCENT')).toEqual(decimal('25'));
    expect(valueOf({ ...nothing, value: '58' }, 'PERCENT')).toEqual(decimal('58'));
  });
});

describe('what is wrong with a figure', () => {
  const share = { formulaRef: 'record-share' } as const;
  it.each<readonly [string, Partial<ObservedFigure>, Partial<MetricDefinition>, string]>([
    ['a value too high', { value: '101' }, {}, 'value is above 100, the most that PERCENT can be.'],
    ['a value below zero', { value: '-1' }, {}, 'value is below zero.'],
    ['a share of more than all', { num: '3', den: '2' }, share, 'num / den is above 100'],
    ['a count of halves', { value: '1.5' }, { unit: 'COUNT', formulaRef: 'count' }, 'value is no whole number'],
    ['a share of nobody', { num: '0', den: '0' }, share, 'den is zero or below.'],
    ['a deviation below zero', { value: '5', s: '-1' }, { formulaRef: 'mean' }, 's is below zero.'],
    ['a deviation of a share', { value: '5', s: '1' }, share, 'The metric is a record-share. Leave s out.'],
    ['a pair for a mean', { num: '1', den: '2' }, { formulaRef: 'mean' }, 'The metric is a mean. Give value.'],
  ])('is said by field: %s', (_what, figure, definition, detail) => {
    expect(against(figure, definition)?.detail).toContain(detail);
  });

  it.each<Partial<ObservedFigure>>([
    {},
    { num: '1' },
    { den: '2' },
    { value: '50', num: '1' },
    { value: '50', den: '2' },
    { value: '50', num: '1', den: '2' },
  ])('is a form that is neither value nor pair: %j', (figure) => {
    expect(against(figure, share)?.refused).toBe('a-figure-is-a-value-or-numerator-and-denominator');
  });

  it.each(['mean', 'mean-score'] as const)('is no deviation of a %s', (formulaRef) => {
    expect(against({ value: '50', s: '18.2' }, { formulaRef })).toBeNull();
    expect(against({ value: '50', s: '0' }, { formulaRef })).toBeNull();
  });

  it.each(['favourable-share', 'response-rate', 'record-share', 'checklist'] as const)(
    'is no pair of numerator and denominator of a %s',
    (formulaRef) => {
      expect(against({ num: '1', den: '2' }, { formulaRef })).toBeNull();
    },
  );
});
