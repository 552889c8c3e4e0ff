import { stricterPolicy, thresholdFor } from './index';

describe('the stricter of two policies', () => {
  it('is taken value by value', () => {
    expect(stricterPolicy({ k: 5, kSensitive: 12 }, { k: 8, kSensitive: 10 })).toEqual({ k: 8, kSensitive: 12 });
  });

  it('never goes below five, nor below ten for sensitive figures, nor is a sensitive figure shown earlier than another', () => {
    expect(stricterPolicy({ k: 3, kSensitive: 3 }, { k: 1, kSensitive: 1 })).toEqual({ k: 5, kSensitive: 10 });
    expect(stricterPolicy({ k: 15, kSensitive: 10 }, { k: 5, kSensitive: 10 })).toEqual({ k: 15, kSensitive: 15 });
  });
});

describe('the least group that may be shown', () => {
  it('depends on whom the figure is about', () => {
    const policy = { k: 5, kSensitive: 10 };
    expect([thresholdFor('PERSONS', policy), thresholdFor('SENSITIVE', policy), thresholdFor('NONE', policy)]).toEqual([
      5, 10, 0,
    ]);
  });
});
