import { againstClass, againstDefinition } from './definition-rules';
import { classAssigned, defined, lcTheme, metricState, revised } from './given.testing';
import { ruleAgainstEvaluating } from './metric.facts';
import { FORMULAS, UNITS } from './vocabulary';

const against = (definition: Partial<typeof lcTheme>, companion = metricState()) =>
  againstDefinition('metric:LC_TS', { ...lcTheme, ...definition }, companion);

describe('a unit', () => {
  const measuredIn = Object.fromEntries(
    UNITS.map((unit) => [
      unit,
      FORMULAS.filter((formulaRef) => against({ formulaRef, unit, subject: 'NONE' }) === null).sort(),
    ]),
  );
  it('fits its formula: shares are of 100 or of 1, indices may run to 100, counts count, means and medians may measure', () => {
    const shares = ['checklist', 'engagement-index', 'favourable-share', 'item-index', 'median', 'record-share'];
    expect(measuredIn).toEqual({
      PERCENT: [...shares, 'response-rate'],
      PROPORTION: [...shares, 'response-rate'],
      INDEX: ['checklist', 'engagement-index', 'item-index', 'mean', 'mean-score', 'median'],
      COUNT: ['count'],
      RATIO: ['mean', 'median'],
      DAYS: ['mean', 'median'],
      HOURS: ['mean', 'median'],
    });
  });

  it('that does not fit is told with those that do', () => {
    expect(against({ unit: 'COUNT', formulaRef: 'checklist' })?.detail).toBe(
      'unit is COUNT; checklist is given in PERCENT, PROPORTION, INDEX.',
    );
  });
});

describe('a companion', () => {
  const counting = { unit: 'COUNT', formulaRef: 'count', companionMetricId: 'metric:B' } as const;
  it('is another metric, of level CLIMATE, defined before', () => {
    const climate = metricState(defined('B'));
    expect(against(counting, climate)).toBeNull();
    for (const wrong of [
      against({ ...counting, companionMetricId: 'metric:LC_TS' }, climate),
      against(counting, metricState(defined('B', { level: 'OUTCOME' }))),
      against(counting),
      againstDefinition('metric:LC_TS', { ...lcTheme, ...counting }, null),
    ])
      expect(wrong?.detail).toContain('companionMetric must be the code of another metric');
  });
});

describe('the class of a process that is open to anyone', () => {
  it('is neutral when requests are counted, and free when people are', () => {
    const counted = (countedIn: 'REQUESTS' | 'PEOPLE') => ({
      ...{ ...lcTheme, process: { openToAnyone: true, countedIn } },
    });
    expect(againstClass(counted('REQUESTS') as never, 'CLIMATE_ALL')?.refused).toBe(
      'timeliness-of-a-process-open-to-anyone-counted-in-requests-is-neutral',
    );
    expect(againstClass(counted('PEOPLE') as never, 'CLIMATE_ALL')).toBeNull();
    expect(againstClass(lcTheme, 'CLIMATE_ALL')).toBeNull();
  });
});

describe('a metric in evaluations', () => {
  it('counts on the last day of its review, and not on the day after', () => {
    const reviewed = metricState(defined(), classAssigned('CLIMATE_ALL', { expiresAt: '2026-06-15' }));
    expect(ruleAgainstEvaluating(reviewed, '2026-06-15')).toBeNull();
    expect(ruleAgainstEvaluating(reviewed, '2026-06-16')).toBe('an-expired-class-review-cannot-carry-an-evaluation');
  });

  it('counts when its topic is one that may', () => {
    expect(ruleAgainstEvaluating(metricState(defined('EXITS', { topic: 'EXITS' })), '2026-06-15')).toBeNull();
  });
});

it('a metric remembers each definition as it was last worded under its number', () => {
  const reworded = metricState(defined(), revised('COMPARABLE', { name: 'Reworded' }));
  expect(reworded.definitions.map(({ name }) => name)).toEqual(['Reworded']);
  const broken = metricState(defined(), revised('BREAK', { name: 'Anew' }));
  expect(broken.definitions.map(({ name }) => name)).toEqual([lcTheme.name, 'Anew']);
});
