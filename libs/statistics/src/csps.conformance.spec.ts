import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { correlation, fisherInterval, writeNumber } from './correlation';
import { testHypothesis, type HypothesisUnderTest } from './hypothesis';
import type { SeriesPoint } from './changes';

function linesOf(file: string): string[] {
  const folder = process.env['DATA_DIR'];
  if (!folder) throw new Error('set DATA_DIR to the folder that holds the Civil Service People Survey 2020 files');
  const text = readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '');
  return text.split(/\r?\n/).filter((line) => line !== '');
}

const scores = new Map<string, Map<string, string>>();
for (const line of linesOf('csps2020_orgscores_long.csv').slice(1)) {
  const [organisation, measure, value] = line.replaceAll('"', '').split(',') as [string, string, string];
  if (organisation.startsWith('CS_') || value === '' || value === 'NA') continue;
  scores.set(measure, (scores.get(measure) ?? new Map<string, string>()).set(organisation, value));
}

function across(x: string, y: string): { n: number; r: number } {
  const [left, right] = [scores.get(x)!, scores.get(y)!];
  const both = [...left.keys()].filter((organisation) => right.has(organisation));
  const column = (side: Map<string, string>): number[] => both.map((organisation) => Number(side.get(organisation)));
  return { n: both.length, r: correlation('pearson', column(left), column(right))! };
}

describe('correlations across the organisations of the 2020 survey', () => {
  it.each([
    ['IF_TS', 'E03_YES', '-0.719'],
    ['IF_TS', 'C01_1', '-0.649'],
    ['LC_TS', 'EES', '0.858'],
    ['MT_TS', 'EES', '0.684'],
    ['B53', 'EES', '0.625'],
    ['LM_TS', 'W07', '-0.381'],
  ])('%s with %s is %s', (x, y, expected) => {
    const { n, r } = across(x, y);
    expect(n).toBe(109);
    expect(writeNumber(r, 3)).toBe(expected);
  });
  it('have an interval of −.799 … −.614 for inclusion and harassment', () => {
    const { n, r } = across('IF_TS', 'E03_YES');
    expect(fisherInterval(r, n)!.map((end) => writeNumber(end, 3))).toEqual(['-0.799', '-0.614']);
  });
});

describe('the time series 2009 to 2020', () => {
  const [head, ...rows] = linesOf('csps2020_mean_timeseries.csv');
  const years = head!.split(',').flatMap((cell, i) => {
    const year = /(20\d\d)/.exec(cell)?.[1];
    return year ? [{ year, fromEnd: head!.split(',').length - i }] : [];
  });
  const series = (code: string): SeriesPoint[] => {
    const row = rows.find((line) => line.replaceAll('"', '').toLowerCase().startsWith(`${code.toLowerCase()},`))!;
    const cells = row.replaceAll('"', '').split(',');
    return years.flatMap(({ year, fromEnd }) => {
      const value = cells[cells.length - fromEnd]!;
      return value === '' || value === 'NA'
        ? []
        : [{ unit: 'CS', period: year, value, definitionVersion: 1, source: 'CSPS', noBase: true }];
    });
  };
  const hypothesis: HypothesisUnderTest = {
    id: 'LC-LEADS-EES',
    lagPeriods: 1,
    expectedSign: 'POSITIVE',
    method: 'pearson',
    registeredOn: '2026-11-23',
    reviewDate: '2021-12-31',
    leading: series('LC_TS'),
    lagging: series('EES'),
  };

  it('gives SHARED_SOURCE with r −0.027, n 10, and lag 0 0.903 untested', () => {
    const result = testHypothesis(hypothesis, '2026-11-23');
    expect(result.verdict).toBe('SHARED_SOURCE');
    expect(result.labels).toEqual(['ONE_SERIES', 'RETROSPECTIVE', 'NO_BASE_USED']);
    expect(result.registered).toMatchObject({
      r: '-0.027',
      n: 10,
      interval: { low: '-0.646', high: '0.613' },
      smallestVisible: '0.63',
    });
    expect(result.lagZero).toMatchObject({ r: '0.903', n: 11, untested: true });
    expect(result.levels).toEqual([
      { lag: 0, r: '0.993', n: 12 },
      { lag: 1, r: '0.956', n: 11 },
    ]);
  });
});
