import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellOf, History } from './history.testing';
import { renderCsv, renderTable } from './index';

const folder = process.env['DATA_DIR'];
if (!folder)
  throw new Error('set DATA_DIR to the folder that holds csps2020_orgscores_long.csv and csps2020_mean_timeseries.csv');
const linesOf = (file: string): string[] =>
  readFileSync(join(folder, file), 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');

const percent = (share: string): string => String(Math.round(Number(share) * 1e6) / 1e4);

/** Both files as the shipped maps read them. */
function civilService(): History {
  const [, ...scores] = linesOf('csps2020_orgscores_long.csv').map((line) => line.split(','));
  const [head, ...series] = linesOf('csps2020_mean_timeseries.csv').map((line) => line.split(','));
  const years = head?.slice(-12) ?? [];
  const rows = scores.filter(([unit]) => unit !== 'CS_MEAN');
  const units = [...new Set(rows.map(([unit = '']) => unit))];
  const history = new History().configured().day('2026-11-23').unit('CS');
  for (const unit of units)
    history.unit(unit, unit === 'CS_MEDIAN' ? null : 'CS', { outsideTree: unit === 'CS_MEDIAN' });
  const rates = rows
    .filter(([, metric]) => metric === 'RR')
    .map(([unit = '', , value = '']) => [`unit:${unit}`, percent(value)]);
  history
    .release('CSPS-2020', { sourceMinN: 10, responseRateByUnit: Object.fromEntries(rates) as Record<string, string> })
    .release('CSPS-2009-2020', { sourceMinN: 10 });
  const metrics = new Set(
    [...rows.map(([, metric = '']) => metric), ...series.map(([metric = '']) => metric)].map((code) =>
      code.toUpperCase(),
    ),
  );
  for (const metric of metrics)
    history.metric(metric, {
      name: metric,
      ...(metric === 'RR' ? { formulaRef: 'response-rate' } : {}),
      ...(metric.endsWith('_TS') || metric === 'EES' ? { formulaRef: 'item-index' } : {}),
    });
  history.hypothesis('LC_TS-EES', 'LC_TS', 'EES');
  for (const [unit = '', metric = '', value = ''] of rows)
    history.observe(metric.toUpperCase(), unit, '2020', 'CSPS-2020', { value: percent(value) }, false);
  for (const cells of series)
    cells.slice(-12).forEach((value, index) => {
      if (value !== '' && value !== 'NA')
        history.observe(
          (cells[0] ?? '').toUpperCase(),
          'CS',
          years[index] ?? '',
          'CSPS-2009-2020',
          { value: percent(value) },
          false,
        );
    });
  return history;
}

describe('the Civil Service People Survey', () => {
  const history = civilService();
  const rows = history.rows();
  const report = (unit?: string) => history.reportOf(rows, unit === undefined ? {} : { unit });

  it('gives the median of the published scores, shown and never evaluated', () => {
    const median = report('CS_MEDIAN');
    const published = { RR: '80', IF_TS: '82', E01_YES: '8', E03_YES: '8', C01_1: '6', W07: '5' };
    for (const [metric, value] of Object.entries(published))
      expect(cellOf(median, `${metric}/value`)).toMatchObject({ value, state: 'NO_BASE', status: null });
    expect(cellOf(median, 'LC_TS-EES/leading')).toMatchObject({ value: '58' });
    expect(cellOf(median, 'LC_TS-EES/lagging')).toMatchObject({ value: '66' });
  });

  it('never calls a response of 1.02 a rate, and mistrusts the rate alone', () => {
    const gpa = report('GPA');
    expect(cellOf(gpa, 'RR/value')).toMatchObject({ value: null, state: 'POPULATION_MISMATCH' });
    expect(`${renderTable(gpa, 'R')}${renderCsv(gpa)}`).not.toContain('102');
    const others = gpa.cells.filter(({ key, value }) => value !== null && !/RR|units|r-lag|\/r$/.test(key));
    expect(others.filter(({ state }) => state === 'NO_BASE').length).toBeGreaterThan(90);
    expect(gpa.cells.filter(({ state }) => state === 'POPULATION_MISMATCH').map(({ key }) => key)).toEqual([
      'RR/value',
      'RR/value/2020',
    ]);
  });

  it.each(['HMPS', 'SPS', 'MOJ_GROUP'])('shows every figure of %s as not evaluable, for few answered', (unit) => {
    const figures = report(unit).cells.filter(({ key, period }) => period !== null && key.split('/').length === 2);
    expect(figures.length).toBeGreaterThan(80);
    for (const figure of figures) {
      expect(figure).toMatchObject({ state: 'NOT_EVALUABLE', reasonCode: 'LOW_RESPONSE' });
      expect(figure.value).not.toBeNull();
    }
  });

  it('says SHARED_SOURCE of leadership and engagement, whatever unit is asked for', () => {
    for (const unit of [undefined, 'GPA', 'HMPS', 'CS_MEDIAN']) {
      const asked = report(unit);
      expect(cellOf(asked, 'LC_TS-EES/verdict')).toMatchObject({ word: 'SHARED_SOURCE' });
      expect(cellOf(asked, 'LC_TS-EES/r')).toMatchObject({ value: '-0.027', n: 10 });
      expect(cellOf(asked, 'LC_TS-EES/r-lag-0')).toMatchObject({ value: '0.903', n: 11, remarks: ['Untested.'] });
    }
  });

  it('opens every event, for nothing is hidden', () => {
    const mayOpen = history.openingOf(rows);
    expect(history.events.filter((event) => !mayOpen(event))).toEqual([]);
  });
});
