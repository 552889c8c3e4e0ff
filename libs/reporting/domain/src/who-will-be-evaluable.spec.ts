import { dryRun, noiseForecast } from './expected-noise';
import { scoringReads } from './scorecard-computation';
import { Evaluations, FIVE, surgery } from './scorecards.testing';

const expected = (house: Evaluations, metric = 'BELONG', unit = 'SURG') =>
  noiseForecast(house.rowsFor(scoringReads), house.question())?.expect(`metric:${metric}`, `unit:${unit}`, '2026');
const counted = (house: Evaluations, unit: string, count: number): Evaluations => {
  house.add('organization.HeadcountSnapshotRecorded.v1', {
    ...{ unitId: `unit:${unit}`, date: '2026-01-01', count, source: 'payroll', supersedes: null },
  });
  return house;
};
const answered = (house: Evaluations, n: number, eligible: number, unit = 'SURG'): Evaluations => {
  house.observe('BELONG', unit, '2025', 'PULSE', { value: '64', n, eligible });
  return house;
};

describe('what can be said of a figure beforehand', () => {
  it('is its margin by headcount and last response: 400 people of whom half answer', () => {
    // Wilson at 70 % of 200: half of the interval is 6.3 points; twice that is more than the ten from threshold to target
    expect(expected(answered(counted(surgery(), 'SURG', 400), 200, 400))).toEqual({
      verdict: 'LOST_IN_NOISE',
      margin: '6.302276',
    });
    expect(expected(answered(counted(surgery(), 'SURG', 800), 200, 400))).toMatchObject({
      verdict: 'TELLS_ITSELF_FROM_NOISE',
    });
  });

  it('is certain of what is counted in full', () => {
    expect(expected(surgery(), 'CHECKINS')).toEqual({ verdict: 'TELLS_ITSELF_FROM_NOISE', margin: '0' });
  });

  it('is nothing without headcount, response or target', () => {
    const unknown = { verdict: 'UNKNOWN', margin: null };
    expect(expected(answered(surgery(), 200, 400))).toEqual(unknown);
    expect(expected(counted(surgery(), 'SURG', 400))).toEqual(unknown);
    expect(expected(answered(counted(surgery(), 'SURG', 400), 200, 400), 'BELONG', 'IMAG')).toEqual(unknown);
    expect(expected(surgery(), 'NOTHING')).toEqual(unknown);
  });

  it('does not tell by its verdict how many answered where that is hidden', () => {
    expect(expected(answered(counted(surgery(), 'SURG', 400), 4, 6))).toEqual({ verdict: 'UNKNOWN', margin: null });
  });

  it('takes the latest headcount', () => {
    const house = answered(counted(surgery(), 'SURG', 20), 200, 400);
    expect(expected(house)?.verdict).toBe('LOST_IN_NOISE');
    house.add('organization.HeadcountSnapshotRecorded.v1', {
      ...{ unitId: 'unit:SURG', date: '2026-02-01', count: 2000, source: 'payroll', supersedes: null },
    });
    expect(expected(house)?.verdict).toBe('TELLS_ITSELF_FROM_NOISE');
  });
});

describe('the dry run', () => {
  const run = (house: Evaluations) => dryRun(house.rowsFor(scoringReads), house.question(), 'cycle:C2026');
  it('counts, group by group, who is expected to reach the coverage of a total', () => {
    expect(run(surgery())).toMatchObject([{ group: 'HEADS', leaders: 2, issued: 1, evaluable: 1 }]);
    const lost = surgery().contract(
      'head',
      [...FIVE.slice(0, 2), { metric: 'BELONG', kind: 'CLIMATE', weight: 5500, survey: true }],
      [],
      2,
    );
    expect(run(lost)).toMatchObject([{ issued: 1, evaluable: 0 }]);
  });

  it('says of each component how many tell themselves from noise, with the widest margin', () => {
    const house = answered(counted(surgery(), 'SURG', 400), 200, 400);
    expect(run(house)[0]?.components).toEqual([
      ...['checkins', 'listens', 'agreed'].map((componentId) => ({
        ...{ componentId, metric: componentId.toUpperCase(), tellsItselfFromNoise: 1, lostInNoise: 0, unknown: 0 },
        widestMargin: '0',
      })),
      {
        componentId: 'belong',
        metric: 'BELONG',
        tellsItselfFromNoise: 0,
        lostInNoise: 1,
        unknown: 0,
        widestMargin: '6.302276',
      },
      { componentId: 'stays', metric: 'STAYS', tellsItselfFromNoise: 1, lostInNoise: 0, unknown: 0, widestMargin: '0' },
    ]);
  });

  it('needs a part that lags, told from noise', () => {
    const leading = surgery().contract(
      'head',
      FIVE.filter(({ kind }) => kind === 'PROCESS' || kind === 'CLIMATE').map((part) => ({
        ...part,
        weight: part.kind === 'CLIMATE' ? 2000 : 4000,
      })),
      [],
      2,
    );
    expect(run(leading)).toMatchObject([{ evaluable: 0 }]);
  });

  it('knows nothing of a cycle that was never opened', () => {
    expect(dryRun(surgery().rowsFor(scoringReads), surgery().question(), 'cycle:C1999')).toEqual([]);
  });
});
