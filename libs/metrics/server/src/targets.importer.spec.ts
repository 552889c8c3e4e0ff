import { targetsImporter } from './targets.importer';

const options = {
  importId: 'c1f4a3c6-7f6a-8b65-bb52-6c1d9f3f7a20',
  source: 'targets.csv',
  complete: false,
  effective: '2026-11-23',
  personIdOf: (key: string) => key,
};
const plan = (fields: Record<string, string>) => targetsImporter.plan({ line: 3, fields }, options);
const place = { unit: 'EASTMERE', metric: 'BELONG', period: '2026', rationale: 'Three points in a year.' };
const line = { threshold: '63', target: '66', stretch: '70' };
const observation = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11';

describe('a row of a targets file', () => {
  it('proposes a target from an asserted figure or a recorded one', () => {
    expect(plan({ ...place, ...line, baseline: '62.7', low: '' }).commands).toEqual([
      {
        type: 'metrics.ProposeTarget',
        data: { ...place, baseline: { asserted: '62.7' }, anchors: { curve: 'LINEAR', ...line } },
      },
    ]);
    expect(plan({ ...place, ...line, observation }).commands[0]?.data).toMatchObject({ baseline: { observation } });
  });
  it('is a range where it has two ends', () => {
    const range = { low: '3', high: '5', tolerance: '1.5' };
    expect(plan({ ...place, ...range, baseline: '6' }).commands[0]?.data).toMatchObject({
      anchors: { curve: 'RANGE', ...range },
    });
  });
  it('is the same as another of the same metric, unit and period', () => {
    const given = { ...place, ...line, baseline: '62.7' };
    expect(plan({ ...given, unit: 'eastmere' }).key).toBe(plan(given).key);
    expect(plan({ ...given, period: '2027' }).key).not.toBe(plan(given).key);
  });
  it('is said in words', () => {
    const [command] = plan({ ...place, ...line, baseline: '62.7' }).commands;
    expect(targetsImporter.words!(command!)).toBe('A target for BELONG in EASTMERE, 2026, is proposed');
  });
});

describe('a row of a targets file is refused', () => {
  it.each([
    ['without a baseline', { ...line }, 'baseline', 'a-target-has-one-baseline'],
    ['with two', { ...line, baseline: '62', observation }, 'baseline', 'a-target-has-one-baseline'],
    ['without anchors', { baseline: '62' }, 'target', 'a-target-is-a-line-or-a-range'],
    ['with both kinds', { ...line, low: '1', baseline: '62' }, 'target', 'a-target-is-a-line-or-a-range'],
    ['without a stretch', { threshold: '63', target: '66', baseline: '62' }, 'stretch', 'a-field-has-its-form'],
    ['with a target that is no number', { ...line, target: '66 %', baseline: '62' }, 'target', 'a-field-has-its-form'],
    ['with a period that is none', { ...line, period: '2026-13', baseline: '62' }, 'period', 'a-field-has-its-form'],
    ['without a reason', { ...line, rationale: '', baseline: '62' }, 'rationale', 'a-field-has-its-form'],
  ])('%s', (_, more, column, rule) => {
    const row = { ...place, ...more } as Record<string, string>;
    expect(plan(row).problems).toMatchObject([{ line: 3, column, rule }]);
  });
});
