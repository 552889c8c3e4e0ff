import { cellText, type ShownCell } from './show';

const cell = (more: Partial<ShownCell>): ShownCell => ({
  key: 'A/leading',
  label: 'A',
  value: '61.9',
  unit: '%',
  state: 'OK',
  reasonCode: null,
  word: null,
  margin: null,
  remarks: [],
  ...more,
});

describe('a cell on the command line', () => {
  it.each<[string, ShownCell | null, string]>([
    ['a figure with its margin', cell({ margin: '6.8' }), '61.9 % ± 6.8'],
    [
      'a figure whose state is not plain',
      cell({ state: 'NOT_EVALUABLE', reasonCode: 'LOW_RESPONSE' }),
      '61.9 % NOT_EVALUABLE (LOW_RESPONSE)',
    ],
    ['a figure of few people that moved a little', cell({ value: 'changed', margin: 'changed' }), 'changed'],
    ['a figure that stayed while its margin moved', cell({ margin: 'changed' }), '61.9 %'],
    ['a word', cell({ value: null, word: 'LEADS' }), 'LEADS'],
    ['nothing', null, 'not there'],
  ])('reads: %s', (_, shown, text) => {
    expect(cellText(shown)).toBe(text);
  });
});
