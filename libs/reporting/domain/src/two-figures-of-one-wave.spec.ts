import { cellOf, History } from './history.testing';
import { renderTable } from './index';

const YEARS = [2009, 2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020];
const LC_TS = [28, 27, 28, 31, 36, 36, 38, 40, 42, 43, 45, 53];
const EES = [51, 49, 50, 51, 54, 54, 55, 56, 58, 58, 60, 64];
const E03_YES = [12, 12, 11, 11, 11, 11, 12, 12, 12, 12, 12, 9];

function survey(laggingRelease = 'CSPS'): History {
  const history = new History()
    .configured()
    .unit('CS')
    .unit('HMPS', 'CS')
    .release('CSPS', { sourceMinN: 10 })
    .release('PAYROLL', { sourceMinN: 10 })
    .metric('LC_TS', { name: 'Leadership and managing change', formulaRef: 'item-index', kind: 'LEADING' })
    .metric('EES', { name: 'Engagement index', formulaRef: 'engagement-index', unit: 'INDEX' })
    .metric('E03_YES', { name: 'Bullied or harassed', direction: 'LOWER' })
    .hypothesis('LC_TS-EES', 'LC_TS', 'EES');
  YEARS.forEach((year, index) => {
    history.observe('LC_TS', 'CS', String(year), 'CSPS', { value: String(LC_TS[index]) }, false);
    history.observe('EES', 'CS', String(year), laggingRelease, { value: String(EES[index]) }, false);
    history.observe('E03_YES', 'CS', String(year), 'CSPS', { value: String(E03_YES[index]) }, false);
  });
  history.observe('LC_TS', 'HMPS', '2020', 'CSPS', { value: '40' }, false);
  history.observe('EES', 'HMPS', '2020', 'CSPS', { value: '55' }, false);
  return history.day('2026-11-23');
}

describe('leadership beside engagement, twelve years of one survey', () => {
  const report = survey().report();

  it('says that both come from one wave, and tests nothing', () => {
    expect(cellOf(report, 'LC_TS-EES/verdict')).toMatchObject({
      word: 'SHARED_SOURCE',
      remarks: [
        'One series.',
        'RETROSPECTIVE: registered after its last observation.',
        'Rests on figures whose source gives no count.',
      ],
    });
  });

  it('prints the correlation of changes at the registered lag and at lag 0, untested', () => {
    expect(cellOf(report, 'LC_TS-EES/r')).toMatchObject({
      value: '-0.027',
      n: 10,
      interval: { low: '-0.646', high: '0.613' },
      remarks: ['Untested.'],
    });
    expect(cellOf(report, 'LC_TS-EES/smallest-visible-r')).toMatchObject({ value: '0.63' });
    expect(cellOf(report, 'LC_TS-EES/r-lag-0')).toMatchObject({ value: '0.903', n: 11, remarks: ['Untested.'] });
  });

  it('prints the levels that a wrong report would be made of, deciding nothing', () => {
    expect(cellOf(report, 'LC_TS-EES/level-r-lag-0')).toMatchObject({ value: '0.993', n: 12 });
    expect(cellOf(report, 'LC_TS-EES/level-r-lag-1')).toMatchObject({ value: '0.956', n: 11 });
  });

  it('shows figures without a count, with who declared the source', () => {
    expect(cellOf(report, 'LC_TS-EES/leading')).toMatchObject({
      value: '53',
      state: 'NO_BASE',
      period: '2020',
      status: null,
      remarks: [
        'The source gives no count; it publishes no group below 10, as declared by hr. Shown, never evaluated.',
      ],
    });
    expect(report.releases).toEqual([
      {
        code: 'CSPS',
        source: 'Survey CSPS',
        sourceMinN: 10,
        declaredBy: 'hr',
        says: 'publishes no group below 10, as declared by hr',
      },
    ]);
  });

  it('shows eight periods of course', () => {
    const course = report.cells.filter(({ key }) => key.startsWith('LC_TS-EES/leading/'));
    expect(course.map(({ key, value }) => [key.slice(-4), value])).toEqual([
      ['2013', '36'],
      ['2014', '36'],
      ['2015', '38'],
      ['2016', '40'],
      ['2017', '42'],
      ['2018', '43'],
      ['2019', '45'],
      ['2020', '53'],
    ]);
  });

  it('gives a metric without hypothesis a row of its own, after the others', () => {
    expect(cellOf(report, 'E03_YES/value')).toMatchObject({ value: '9', period: '2020' });
    expect(cellOf(report, 'E03_YES/value/2019')).toMatchObject({ value: '12' });
    const rows = [...new Set(report.cells.map(({ key }) => key.split('/')[0]))];
    expect(rows).toEqual(['LC_TS-EES', 'E03_YES']);
  });

  it('keeps an empty column for actions', () => {
    expect(cellOf(report, 'LC_TS-EES/actions')).toMatchObject({ value: null, state: 'NO_DATA' });
  });

  it('gives another unit its own values and the same verdict', () => {
    const filtered = survey().report({ unit: 'hmps' });
    expect(filtered.unit).toEqual({ code: 'HMPS', name: 'Unit HMPS' });
    expect(cellOf(filtered, 'LC_TS-EES/leading')).toMatchObject({ value: '40' });
    const between = (key: string): boolean => !/leading|lagging|value/.test(key);
    expect(filtered.cells.filter(({ key }) => between(key))).toEqual(report.cells.filter(({ key }) => between(key)));
  });

  it('says that they move together when they were measured apart', () => {
    expect(cellOf(survey('PAYROLL').report(), 'LC_TS-EES/verdict')).toMatchObject({
      word: 'MOVES_TOGETHER',
      remarks: expect.arrayContaining(['Cannot tell: a correlation that matters could have escaped this test.']),
    });
  });

  it('gives no verdict before the review date', () => {
    const early = survey().hypothesis('LATER', 'LC_TS', 'E03_YES', { reviewDate: '2027-01-31' }).report();
    expect(cellOf(early, 'LATER/verdict')).toMatchObject({
      word: null,
      state: 'NOT_DUE',
      remarks: expect.arrayContaining(['Review on 2027-01-31.']),
    });
  });

  it('fits a terminal of 120 columns', () => {
    const table = renderTable(report, 'Leading and lagging');
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(table).toContain('SHARED_SOURCE');
    expect(table).toContain('−0.027');
    expect(table).toContain('NO_BASE');
  });
});

describe('a verdict', () => {
  const NEW_RELEASE = 'PAYROLL';
  it('is corrected for every hypothesis that was asked, one that was replaced since among them', () => {
    const replaced = survey(NEW_RELEASE)
      .hypothesis('FIRST', 'EES', 'E03_YES', { lagPeriods: 0 })
      .hypothesis('SECOND', 'EES', 'E03_YES', { lagPeriods: 0, replaces: 'hypothesis:FIRST' });
    const kept = survey(NEW_RELEASE)
      .hypothesis('FIRST', 'EES', 'E03_YES', { lagPeriods: 0 })
      .hypothesis('SECOND', 'EES', 'E03_YES', { lagPeriods: 0 });
    const p = (history: History, code: string) => cellOf(history.report(), `${code}/adjusted-p`).value;
    expect(p(replaced, 'SECOND')).toBe(p(kept, 'SECOND'));
    expect(p(replaced, 'SECOND')).not.toBe(
      p(survey(NEW_RELEASE).hypothesis('SECOND', 'EES', 'E03_YES', { lagPeriods: 0 }), 'SECOND'),
    );
    expect(replaced.report().cells.some(({ key }) => key.startsWith('FIRST/'))).toBe(false);
  });

  it('is retrospective by the days of the fiscal year: FY2026 ended on 31 March', () => {
    const history = new History().configured().day('2026-06-01').unit('CS').release('A').release('B');
    history.metric('X').metric('Y');
    for (const [metric, release] of [
      ['X', 'A'],
      ['Y', 'B'],
    ] as const)
      for (const year of ['FY2025', 'FY2026'])
        history.observe(metric, 'CS', year, release, { num: '30', den: '60', n: 60, eligible: 60 });
    history.hypothesis('H', 'X', 'Y');
    expect(cellOf(history.report(), 'H/verdict').remarks).toContain(
      'RETROSPECTIVE: registered after its last observation.',
    );
  });
});
