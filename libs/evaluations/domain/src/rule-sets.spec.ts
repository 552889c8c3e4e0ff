import { bandOf, isRating, ruleSets, ruleSetSchema } from './rule-sets';

const first = ruleSets['1'];

describe('the rule set', () => {
  it('has the form that events keep', () => {
    expect(ruleSetSchema.parse(first)).toEqual(first);
  });

  it.each([
    ['0', 1],
    ['49.94', 1],
    ['49.95', 2],
    ['79.9499', 2],
    ['79.95', 3],
    ['91.25', 3],
    ['99.95', 4],
    ['124.9', 4],
    ['125', 5],
    ['150', 5],
  ])('a total of %s, as it is shown, falls into band %i', (score, band) => {
    expect(bandOf(first, score)).toBe(band);
  });

  it('knows its scale', () => {
    expect([0, 1, 5, 6].map((rating) => isRating(first, rating))).toEqual([false, true, true, false]);
  });
});
