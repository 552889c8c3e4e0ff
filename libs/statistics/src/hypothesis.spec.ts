import fc from 'fast-check';
import type { SeriesPoint } from './changes';
import { testHypotheses, testHypothesis, type HypothesisUnderTest } from './hypothesis';
import { drawBelow, randomOf } from './random';

const LEADERSHIP = ['.28', '.27', '.28', '.31', '.36', '.36', '.38', '.40', '.42', '.43', '.45', '.53'];
const ENGAGEMENT = ['.51', '.49', '.50', '.51', '.54', '.54', '.55', '.56', '.58', '.58', '.60', '.64'];

const series = (values: readonly string[], source: string | null, unit = 'CS', from = 2009): SeriesPoint[] =>
  values.map((value, i) => ({
    unit,
    period: String(from + i),
    value: value.replace(/^(-?)\./, '$10.'),
    definitionVersion: 1,
    source,
    noBase: true,
  }));

const oneWave: HypothesisUnderTest = {
  id: 'd3b07384-d113-8ec1-8a4e-2f3c0d1b5a60',
  lagPeriods: 1,
  expectedSign: 'POSITIVE',
  method: 'pearson',
  registeredOn: '2026-11-23',
  reviewDate: '2021-12-31',
  leading: series(LEADERSHIP, 'CSPS'),
  lagging: series(ENGAGEMENT, 'CSPS'),
};
const twoSources = { ...oneWave, lagging: series(ENGAGEMENT, 'PAYROLL') };
const TODAY = '2026-11-23';

describe('leadership and engagement, 2009 to 2020, one survey', () => {
  const result = testHypothesis(oneWave, TODAY);

  it('read SHARED_SOURCE: both come out of one wave', () => {
    expect(result.verdict).toBe('SHARED_SOURCE');
    expect(result.labels).toEqual(['ONE_SERIES', 'RETROSPECTIVE', 'NO_BASE_USED']);
    expect(result.adjustedP).toBeNull();
  });
  it('print r −0.027 from 10 pairs, the smallest visible .63, and no p', () => {
    expect(result.registered).toEqual({
      lag: 1,
      r: '-0.027',
      interval: { low: '-0.646', high: '0.613' },
      p: null,
      n: 10,
      units: 1,
      smallestVisible: '0.63',
      untested: true,
    });
  });
  it('print lag 0 as untested', () => {
    expect(result.lagZero).toMatchObject({ lag: 0, r: '0.903', n: 11, p: null, untested: true });
  });
  it('print the levels that mislead', () => {
    expect(result.levels).toEqual([
      { lag: 0, r: '0.993', n: 12 },
      { lag: 1, r: '0.956', n: 11 },
    ]);
  });
  it('print other lags as exploratory', () => {
    expect(result.exploratory.map(({ lag, r, n, untested }) => [lag, r, n, untested])).toEqual([
      [2, '-0.235', 9, true],
      [3, '-0.318', 8, true],
      [4, '0.535', 7, true],
    ]);
  });
  it('give +0.023 by Spearman', () => {
    expect(testHypothesis({ ...oneWave, method: 'spearman' }, TODAY).registered.r).toBe('0.023');
  });
});

describe('the same figures from different sources', () => {
  const result = testHypothesis(twoSources, TODAY);

  it('read MOVES_TOGETHER', () => {
    expect(result.verdict).toBe('MOVES_TOGETHER');
    expect(result.registered).toMatchObject({ r: '-0.027', p: '0.9436', untested: false });
    expect(result.lagZero).toMatchObject({ r: '0.903', p: '0', n: 11, untested: false });
  });
  it('say that only a correlation of .63 could have been seen', () => {
    expect(result.labels).toContain('CANNOT_TELL');
    expect(result.registered.smallestVisible).toBe('0.63');
  });
  it('lead when the lag that was registered is 0', () => {
    expect(testHypothesis({ ...twoSources, lagPeriods: 0 }, TODAY).verdict).toBe('LEADS');
    expect(testHypothesis({ ...twoSources, lagPeriods: 0, expectedSign: 'NEGATIVE' }, TODAY).verdict).toBe('CONTRARY');
  });
  it('are too short with nine pairs', () => {
    const short = testHypothesis({ ...twoSources, leading: series(LEADERSHIP.slice(1), null, 'CS', 2010) }, TODAY);
    expect(short.registered.n).toBe(9);
    expect(short.verdict).toBe('TOO_SHORT');
    expect(short.registered).toMatchObject({ interval: null, p: null, untested: true });
  });
  it('are too short where a missing year leaves two changes fewer', () => {
    const gap = testHypothesis(
      { ...twoSources, leading: twoSources.leading.filter((p) => p.period !== '2015') },
      TODAY,
    );
    expect(gap.registered.n).toBe(8);
    expect(gap.verdict).toBe('TOO_SHORT');
  });
  it('are too short where a break parts the years', () => {
    const broken = twoSources.leading.map((p) => ({ ...p, definitionVersion: p.period < '2015' ? 1 : 2 }));
    const result2 = testHypothesis({ ...twoSources, leading: broken }, TODAY);
    expect(result2.registered.n).toBe(9);
    expect(result2.verdict).toBe('TOO_SHORT');
    expect(result2.levels[0]).toMatchObject({ lag: 0, n: 6 });
  });
  it('have no verdict before the review date', () => {
    const early = testHypothesis({ ...twoSources, reviewDate: '2026-11-24' }, TODAY);
    expect(early.verdict).toBeNull();
    expect(early.labels).toContain('INTERIM');
    expect(early.labels).not.toContain('CANNOT_TELL');
    expect(early.registered.r).toBe('-0.027');
    expect(testHypothesis({ ...twoSources, reviewDate: TODAY }, TODAY).verdict).toBe('MOVES_TOGETHER');
  });
  it('are not retrospective once something is observed after the registration', () => {
    const before = testHypothesis({ ...twoSources, registeredOn: '2020-12-31' }, TODAY);
    expect(before.labels).not.toContain('RETROSPECTIVE');
    expect(testHypothesis({ ...twoSources, registeredOn: '2021-01-01' }, TODAY).labels).toContain('RETROSPECTIVE');
  });
});

describe('figures by fiscal year', () => {
  it('are retrospective by the day their last fiscal year ended', () => {
    const fiscal = (points: readonly SeriesPoint[]) => points.map((p) => ({ ...p, period: `FY${p.period}` }));
    const april = { ...twoSources, leading: fiscal(twoSources.leading), lagging: fiscal(twoSources.lagging) };
    const labels = (registeredOn: string) =>
      testHypothesis({ ...april, registeredOn, fiscalYearStart: '04-01' }, TODAY).labels;
    expect(labels('2020-03-31')).not.toContain('RETROSPECTIVE');
    expect(labels('2020-04-01')).toContain('RETROSPECTIVE');
    expect(testHypothesis(april, TODAY).registered).toMatchObject({ r: '-0.027', n: 10 });
  });
});

describe('a metric that never changed', () => {
  it('is no evidence and cannot tell', () => {
    const flat = series(
      LEADERSHIP.map(() => '.12'),
      null,
    );
    const result = testHypothesis({ ...twoSources, leading: flat }, TODAY);
    expect(result.verdict).toBe('NO_EVIDENCE');
    expect(result.labels).toEqual(['ONE_SERIES', 'RETROSPECTIVE', 'CANNOT_TELL', 'NO_BASE_USED', 'NO_VARIATION']);
    expect(result.registered.r).toBeNull();
  });
  it('shares its source only at a lag below 2', () => {
    expect(testHypothesis({ ...oneWave, lagPeriods: 2 }, TODAY).verdict).toBe('TOO_SHORT');
    const longer = [...LEADERSHIP, '.54', '.55', '.58'];
    const later = {
      ...oneWave,
      lagPeriods: 2,
      leading: series(longer, 'CSPS'),
      lagging: series([...ENGAGEMENT, '.64', '.66', '.67'], 'CSPS'),
    };
    const result = testHypothesis(later, TODAY);
    expect(result.verdict).toBe('NO_EVIDENCE');
    expect(result.lagZero.untested).toBe(true);
  });
});

/** `units` units over `periods` years; y follows `weight` of x's change `lag` years later, plus noise and a jump that all units share. */
function planted(
  units: number,
  periods: number,
  lag: number,
  weight: number,
): Pick<HypothesisUnderTest, 'leading' | 'lagging'> {
  const source = randomOf('planted');
  const noise = (): number => drawBelow(source, 201) - 100;
  const leading: SeriesPoint[] = [];
  const lagging: SeriesPoint[] = [];
  const shared = Array.from({ length: periods }, () => 10 * noise());
  for (let u = 0; u < units; u += 1) {
    const moves = Array.from({ length: periods }, noise);
    const [x, y] = [[0], [0]];
    for (let t = 0; t < periods; t += 1) {
      x.push(x[t]! + moves[t]! + shared[t]!);
      y.push(y[t]! + weight * (moves[t - lag] ?? 0) + noise() + shared[t]!);
    }
    const place = (values: number[]) => series(values.map(String), null, `U${String(u).padStart(2, '0')}`);
    leading.push(...place(x));
    lagging.push(...place(y));
  }
  return { leading, lagging };
}

describe('many units', () => {
  const many = { ...oneWave, method: 'spearman' as const };

  it('lead when one goes before the other, though all moved alike in every period', () => {
    const result = testHypothesis({ ...many, ...planted(12, 8, 1, 2) }, TODAY);
    expect(result.verdict).toBe('LEADS');
    expect(result.registered).toMatchObject({ units: 12, n: 84, untested: false });
    expect(result.labels).not.toContain('ONE_SERIES');
    expect(Number(result.registered.r)).toBeGreaterThan(0.5);
  });
  it('are contrary when the sign is the opposite', () => {
    expect(testHypothesis({ ...many, ...planted(12, 8, 1, -2) }, TODAY).verdict).toBe('CONTRARY');
  });
  it('move together when the change is in the same period', () => {
    const result = testHypothesis({ ...many, ...planted(12, 8, 0, 2) }, TODAY);
    expect(result.verdict).toBe('MOVES_TOGETHER');
    expect(Number(result.lagZero.r)).toBeGreaterThan(0.5);
  });
  it('are no evidence when only what all units share moves both', () => {
    const result = testHypothesis({ ...many, ...planted(12, 8, 1, 0) }, TODAY);
    expect(result.verdict).toBe('NO_EVIDENCE');
    expect(result.levels[0]!.r).not.toBeNull();
  });
  it('see at best half the width of their interval', () => {
    const { registered } = testHypothesis({ ...many, ...planted(12, 8, 1, 0) }, TODAY);
    const width = Number(registered.interval!.high) - Number(registered.interval!.low);
    expect(Math.abs(Number(registered.smallestVisible) - width / 2)).toBeLessThanOrEqual(0.001);
  });
  it('are too short when there are two to nine, or fewer than 20 pairs', () => {
    expect(testHypothesis({ ...many, ...planted(9, 8, 1, 2) }, TODAY).verdict).toBe('TOO_SHORT');
    expect(testHypothesis({ ...many, ...planted(2, 40, 1, 2) }, TODAY).verdict).toBe('TOO_SHORT');
    expect(testHypothesis({ ...many, ...planted(10, 2, 1, 2) }, TODAY)).toMatchObject({
      verdict: 'TOO_SHORT',
      registered: { n: 10, units: 10 },
    });
    expect(testHypothesis({ ...many, leading: [], lagging: [] }, TODAY)).toMatchObject({
      verdict: 'TOO_SHORT',
      labels: [],
    });
  });
  it('count only when they have a pair of changes', () => {
    const data = planted(12, 8, 1, 2);
    const single = data.leading.filter((p) => p.unit === 'U00' || p.period === '2009');
    expect(testHypothesis({ ...many, ...data, leading: single }, TODAY).registered.units).toBe(1);
  });
  it('give the same figures whatever order they come in, and others for another hypothesis', () => {
    const data = planted(12, 8, 1, 0);
    const first = testHypothesis({ ...many, ...data }, TODAY);
    const turned = { leading: [...data.leading].reverse(), lagging: [...data.lagging].reverse() };
    expect(testHypothesis({ ...many, ...turned }, TODAY)).toEqual(first);
    expect(testHypothesis({ ...many, ...data, id: 'another' }, TODAY).registered.interval).not.toEqual(
      first.registered.interval,
    );
    expect(first.registered.interval).toMatchInlineSnapshot(`
     {
       "high": "0.294",
       "low": "-0.088",
     }
    `);
  });
});

describe('several hypotheses', () => {
  const weak = {
    ...twoSources,
    id: 'weak',
    lagPeriods: 0,
    leading: series(['0', '3', '1', '6', '2', '9', '4', '8', '5', '7', '6', '9'], null),
    lagging: series(['0', '2', '2', '5', '4', '6', '6', '6', '4', '7', '4', '5'], null),
  };

  it('are adjusted together: what stands alone may fall in company', () => {
    const alone = testHypothesis(weak, TODAY);
    expect(alone.verdict).toBe('LEADS');
    const company = testHypotheses(
      [weak, ...Array.from({ length: 30 }, (_, i) => ({ ...twoSources, id: `other-${i}` }))],
      TODAY,
    );
    expect(company[0]!.registered.p).toBe(alone.registered.p);
    expect(Number(company[0]!.adjustedP)).toBeCloseTo(Math.min(1, 31 * Number(alone.registered.p)), 2);
    expect(company[0]!.verdict).toBe('MOVES_TOGETHER');
  });
  it('are adjusted over those reviewed and tested only', () => {
    const idle = [oneWave, { ...twoSources, reviewDate: '2030-01-01' }, { ...twoSources, leading: [] }];
    const [first, ...others] = testHypotheses([weak, ...idle], TODAY);
    expect(first!.adjustedP).toBe(first!.registered.p);
    expect(others.map((o) => o.adjustedP)).toEqual([null, null, null]);
  });
  it('never gain by company', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), (others) => {
        const family = testHypotheses([weak, ...Array.from({ length: others }, () => twoSources)], TODAY);
        expect(Number(family[0]!.adjustedP)).toBeGreaterThanOrEqual(Number(family[0]!.registered.p));
      }),
      { numRuns: 7 },
    );
  });
});
