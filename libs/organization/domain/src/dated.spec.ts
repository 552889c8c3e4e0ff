import { insertDated, valueOn } from './dated';

const names = { from: ['2020-01-01', '2024-01-01'], values: ['first', 'third'] };

it('a retroactive value takes its place by day', () => {
  expect(insertDated(names, '2022-01-01', 'second')).toEqual({
    from: ['2020-01-01', '2022-01-01', '2024-01-01'],
    values: ['first', 'second', 'third'],
  });
  expect(insertDated(names, '2025-01-01', 'fourth').values).toEqual(['first', 'third', 'fourth']);
});

it('on a day that has a value the newer one stands', () => {
  expect(insertDated(names, '2024-01-01', 'corrected')).toEqual({ from: names.from, values: ['first', 'corrected'] });
});

it('a value holds from its day until the next', () => {
  expect(['2019-12-31', '2020-01-01', '2023-12-31', '2024-01-01'].map((day) => valueOn(names, day))).toEqual([
    undefined,
    'first',
    'first',
    'third',
  ]);
});
