import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimal, parsePeriod, type Decimal } from '@plumbline/kernel';
import { judgeMeasure, type Judgement } from './judge';
import type { Measure } from './measure';
import { DEFAULT_GATE, judgeResponse } from './response';
import { indexOfPercents } from './survey';

function scores(): Map<string, Map<string, string>> {
  const folder = process.env['DATA_DIR'];
  if (!folder) throw new Error('set DATA_DIR to the folder that holds the Civil Service People Survey 2020 files');
  const lines = readFileSync(join(folder, 'csps2020_orgscores_long.csv'), 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const byOrganisation = new Map<string, Map<string, string>>();
  for (const line of lines.slice(1)) {
    const [organisation, measure, value] = line.replaceAll('"', '').split(',');
    if (!organisation || !measure || !value || value === 'NA') continue;
    byOrganisation.set(
      organisation,
      (byOrganisation.get(organisation) ?? new Map<string, string>()).set(measure, value),
    );
  }
  return byOrganisation;
}
const all = scores();
const organisations = [...all.keys()].filter((code) => !code.startsWith('CS_'));
const items = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => `B${from + i}`);

/** Largest difference between a published theme score and the mean of its items, and the organisations that have all of them. */
function difference(theme: string, codes: readonly string[]): { compared: number; largest: string } {
  const gaps: Decimal[] = organisations.flatMap((code) => {
    const row = all.get(code)!;
    const published = row.get(theme);
    const values = codes.map((item) => row.get(item));
    if (published === undefined || !values.every((value) => value !== undefined)) return [];
    return [
      indexOfPercents(values.map((value) => decimal(value)))!
        .minus(decimal(published))
        .abs(),
    ];
  });
  const largest = gaps.reduce((most, gap) => (gap.greaterThan(most) ? gap : most), decimal('0'));
  return { compared: gaps.length, largest: largest.toFixed(4) };
}

describe('theme scores of the Civil Service People Survey 2020', () => {
  it('are the means of their items, but for the rounding of what was published', () => {
    expect(difference('IF_TS', items(25, 28))).toEqual({ compared: 109, largest: '0.0075' });
    expect(difference('LC_TS', items(38, 46))).toEqual({ compared: 109, largest: '0.0067' });
  });
  it.each([
    ['RR', '0.8'],
    ['EES', '0.66'],
    ['IF_TS', '0.82'],
    ['LC_TS', '0.58'],
    ['E01_YES', '0.08'],
    ['E03_YES', '0.08'],
    ['C01_1', '0.06'],
    ['W07', '0.05'],
  ])('have a median %s of %s', (measure, expected) => {
    expect(all.get('CS_MEDIAN')!.get(measure)).toBe(expected);
  });
});

const climate: Measure = {
  unit: 'PROPORTION',
  formula: 'item-index',
  sourceType: 'SURVEY',
  direction: 'HIGHER',
  cadence: 'YEARLY',
};

function judged(organisation: string, code: string): Judgement {
  const row = all.get(organisation)!;
  return judgeMeasure({
    measure: code === 'RR' ? { ...climate, formula: 'response-rate' } : climate,
    period: parsePeriod('2020'),
    figure: { value: row.get(code)!, num: null, den: null, n: null, base: null, eligible: null, s: null },
    responseRate: decimal(row.get('RR')!),
    gate: DEFAULT_GATE,
    target: null,
    held: false,
    suppressed: false,
    caps: [],
    asOf: '2021-01-31',
  });
}

describe('response rates of 2020', () => {
  it('above 1 are a mismatch, and of that organisation only the rate is', () => {
    expect(all.get('GPA')!.get('RR')).toBe('1.02');
    expect(judged('GPA', 'RR')).toMatchObject({ state: 'POPULATION_MISMATCH', value: null });
    expect(judged('GPA', 'LC_TS')).toMatchObject({ state: 'NO_BASE' });
    expect(judged('GPA', 'LC_TS').value).not.toBeNull();
  });
  it('fail a 50 % gate in three organisations, whose figures are shown and not evaluated', () => {
    const low = [...organisations].sort().filter((code) => {
      const rate = all.get(code)!.get('RR');
      return rate !== undefined && judgeResponse(decimal(rate)) === 'LOW_RESPONSE';
    });
    expect(low.map((code) => [code, all.get(code)!.get('RR')])).toEqual([
      ['HMPS', '0.23'],
      ['MOJ_GROUP', '0.45'],
      ['SPS', '0.29'],
    ]);
    for (const code of low)
      for (const measure of ['RR', 'LC_TS', 'EES'])
        expect(judged(code, measure)).toMatchObject({
          state: 'NOT_EVALUABLE',
          reasonCode: 'LOW_RESPONSE',
          value: decimal(all.get(code)!.get(measure)!).toFixed(),
        });
  });
});
