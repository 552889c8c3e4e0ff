import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellOf } from './history.testing';
import { anyReport } from './report';
import { scorecardReport } from './scorecard.report';
import { Evaluations } from './scorecards.testing';

const folder = process.env['DATA_DIR'];
if (!folder) throw new Error('set DATA_DIR to the folder that holds csps2020_orgscores_long.csv');
const scores = readFileSync(join(folder, 'csps2020_orgscores_long.csv'), 'utf8')
  .replace(/^\uFEFF/, '')
  .split(/\r?\n/)
  .map((line) => line.split(','));
const published = (unit: string, metric: string): string => {
  const found = scores.find(([of, code]) => of === unit && code?.toUpperCase() === metric);
  if (!found) throw new Error(`the file has no ${metric} of ${unit}`);
  return String(Math.round(Number(found[2]) * 1e6) / 1e4);
};
const rateOf = (unit: string): string => published(unit, 'RR');

/** A leader of one organisation of the survey, whose climate parts are its published theme scores; the rest is counted in full. */
function leaderOf(unit: string): Evaluations {
  const house = new Evaluations().configured().unit('CS').unit(unit, 'CS');
  house.leads('head', unit).cycle('C2026', ['head']).day('2021-01-05');
  const place = { units: [unit], period: '2020' };
  const survey = { sourceType: 'SURVEY', subject: 'PERSONS', formulaRef: 'item-index', level: 'CLIMATE' } as const;
  house.linked('LC_TS', { ...survey, kind: 'LAGGING' }, place).linked('EES', { ...survey, kind: 'LAGGING' }, place);
  house
    .linked('AGREED', { level: 'PROCESS', kind: 'LEADING' }, place)
    .linked('CHECKINS', { level: 'PROCESS', kind: 'LEADING' }, place);
  house.release('CSPS-2020', { sourceMinN: 10, responseRateByUnit: { [`unit:${unit}`]: rateOf(unit) } });
  house.contract(
    'head',
    [
      { metric: 'AGREED', kind: 'PROCESS', weight: 3500 },
      { metric: 'CHECKINS', kind: 'PROCESS', weight: 3500 },
      { metric: 'LC_TS', kind: 'CLIMATE', weight: 1500, survey: true },
      { metric: 'EES', kind: 'CLIMATE', weight: 1500, survey: true },
    ].map((part) => ({ ...part, units: [unit], period: '2020' }) as never),
  );
  for (const metric of ['LC_TS', 'EES'])
    house.observe(metric, unit, '2020', 'CSPS-2020', { value: published(unit, metric) });
  for (const metric of ['AGREED', 'CHECKINS']) house.observe(metric, unit, '2020', null, { value: '70', n: 40 });
  return house.freeze('2021-01-12', ['head']);
}

describe('an organisation of the Civil Service People Survey in a scorecard', () => {
  it.each(['GPA', 'CO'])('%s: published without counts, its figures are shown and never scored', (unit) => {
    const house = leaderOf(unit);
    const { components, total } = house.computed('head', '2021-01-12');
    for (const id of ['lc_ts', 'ees'])
      expect(components.find(({ componentId }) => componentId === id)).toMatchObject({
        ...{ state: 'NO_BASE', effect: 'EXCLUDED', attainment: null, n: null },
      });
    expect(total).toMatchObject({
      ...{ score: null, state: 'NOT_EVALUABLE', reason: 'NO_CLIMATE_OR_OUTCOME_PART', coverageBp: 7000 },
    });
    const report = house.told(anyReport(scorecardReport), { viewer: { id: 'steward', role: 'hr' }, leader: 'head' });
    expect(cellOf(report, 'lc_ts/observed')).toMatchObject({
      ...{ value: published(unit, 'LC_TS'), n: null, state: 'NO_BASE' },
      remarks: ['The source gives no count. Shown, never evaluated.'],
    });
    expect(cellOf(report, 'total/score')).toMatchObject({
      ...{ value: null, state: 'NOT_EVALUABLE', remarks: ['No total: no climate or outcome part.'] },
    });
  });

  it('HMPS: where too few answered, that is the reason', () => {
    const { components } = leaderOf('HMPS').computed('head', '2021-01-12');
    expect(components.find(({ componentId }) => componentId === 'lc_ts')).toMatchObject({
      ...{ state: 'NOT_EVALUABLE', reasonCode: 'LOW_RESPONSE', effect: 'EXCLUDED', opensImprovement: true },
    });
  });
});
