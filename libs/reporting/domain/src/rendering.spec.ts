import { History } from './history.testing';
import { leadLagReport, renderCsv, renderHtml, renderTable, reportById, reportJson, reports } from './index';
import { shownNumber } from './shown';

const LINEAR = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' } as const;

function small(name = 'I can speak up'): History {
  const history = new History()
    .configured()
    .day('2027-01-10')
    .unit('ORG')
    .release('S')
    .metric('VOICE', { name })
    .metric('DAYS', {
      name: 'Days to an answer',
      unit: 'DAYS',
      formulaRef: 'mean',
      sourceType: 'RECORDS',
      subject: 'NONE',
    })
    .target('VOICE', 'ORG', '2026', LINEAR, '55');
  history.observe('VOICE', 'ORG', '2026', 'S', { num: '1300', den: '2000', n: 2000, eligible: 2600 });
  history.observe('DAYS', 'ORG', '2025', null, { value: '1234.56' });
  history.observe('DAYS', 'ORG', '2026', null, { value: '0.04' });
  return history;
}

describe('a number as people read it', () => {
  it('has one decimal half-up, three for a correlation, thousands apart and a true minus', () => {
    expect(shownNumber('64.95', '%')).toBe('65.0');
    expect(shownNumber('1234567.04', 'days')).toBe('1,234,567.0');
    expect(shownNumber('-0.0265', 'r')).toBe('−0.027');
    expect(shownNumber('-0.04', 'days')).toBe('0.0');
    expect(shownNumber('0.655', 'share')).toBe('65.5');
  });
});

describe('the table', () => {
  it('says what, for whom and as of when, then a line a figure', () => {
    expect(renderTable(small().report(), 'Leading and lagging')).toBe(
      [
        'R2 Leading and lagging',
        'Unit ORG Unit ORG · as of 2027-01-10, position 14, event e-14',
        'Code R2@2 · policy 1 · groups below 5 hidden, sensitive ones below 10 · for hr · not sealed',
        'Release S, Survey S: does not say from which group size it publishes',
        '',
        '             measure                       period                value        n    target state',
        '',
        'DAYS         Days to an answer             2026               0.0 days        ?           NO_TARGET',
        '             2025 1,234.6  2026 0.0',
        '             Nothing to hold it against.',
        '',
        'VOICE        I can speak up                2026           65.0 ± 1.0 %    2,000        70 ▲ at risk',
        '',
      ].join('\n'),
    );
  });

  it('says what releases say alike once', () => {
    const history = small().release('T').release('U');
    for (const [year, release] of [
      ['2024', 'T'],
      ['2023', 'U'],
    ] as const)
      history.observe('VOICE', 'ORG', year, release, { num: '1300', den: '2000', n: 2000, eligible: 2600 });
    expect(renderTable(history.report(), 'Leading and lagging')).toContain(
      '\nReleases S, T, U: each does not say from which group size it publishes\n',
    );
  });

  it('says how margins are to be read, where there are margins', () => {
    const { reading } = leadLagReport;
    expect(renderTable(small().report(), 'Leading and lagging', [], reading)).toMatch(
      /\nBehind ±: the 95 % margin, which narrows with the share of those asked who answered\./,
    );
    const unmeasured = new History().configured().day('2027-01-10').unit('ORG').metric('VOICE', {}).report();
    expect(renderTable(unmeasured, 'Leading and lagging', [], reading)).not.toContain('Behind ±');
    expect(renderHtml(small().report(), leadLagReport)).toContain('Behind ±');
  });

  it('says at its head that a history is invented', () => {
    const history = small();
    history.add('organization.DemonstrationStarted.v1', { from: '2025-01-01' });
    expect(renderTable(history.report(), 'R')).toMatch(/^DEMONSTRATION: /);
    expect(reportJson(history.report()).demonstration).toBe(true);
  });
});

describe('the CSV', () => {
  it('has one line a cell, decimals as computed', () => {
    const [head, ...lines] = renderCsv(small().report()).split('\r\n');
    expect(head).toBe(
      'key,label,period,value,state,reason,status,n,base,eligible,numerator,margin,low,high,target,unit,word,remarks',
    );
    expect(lines.find((line) => line.startsWith('VOICE/value,'))).toBe(
      'VOICE/value,VOICE I can speak up · value,2026,65,OK,,AT_RISK,2000,,2600,1300,1.004194,63.989158,65.997545,70,%,,',
    );
  });

  it('quotes what would break a line, and disarms what a spreadsheet would run', () => {
    const csv = renderCsv(small('Said "no", twice').report());
    expect(csv).toContain('"VOICE Said ""no"", twice · value"');
    const history = small().hypothesis('H', 'DAYS', 'VOICE');
    expect(renderCsv(history.report())).toContain(",'+,");
  });
});

describe('the registry', () => {
  it('has a line for each report, found in any case', () => {
    const ids = reports.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const report of reports) expect(reportById(report.id.toLowerCase())).toBe(report);
    expect(reportById('R0')).toBeUndefined();
  });
});
