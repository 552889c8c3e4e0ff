import { type Cell, type Disclosed, HIDDEN_SENTENCE } from '@plumbline/privacy';
import { cellAt } from './assembly';
import { gridOf } from './grid';
import { renderCsv, renderTable, sheetsOf } from './index';
import { reportOfCells } from './cells.testing';
import type { Report, ReportColumn } from './report';

const COLUMNS: readonly ReportColumn[] = [
  { id: 'row', title: 'Promise', align: 'left' },
  { id: 'statement', title: 'What was promised', align: 'left' },
  { id: 'due', title: 'First due', align: 'left' },
  { id: 'done', title: 'Done', align: 'right', unit: '%' },
];

const cells: readonly Cell[] = [
  cellAt('C01/statement', 'What was promised · C01', { word: 'Elected seats for every ward' }),
  cellAt('C01/due', 'First due · C01', { word: '2026-09-30' }),
  cellAt('C01/done', 'Done · C01', { value: '87.5', unit: '%', status: 'AT_RISK', reasonCode: 'UNVERIFIED' }),
  cellAt('C01/done/2025', 'Done · C01 · 2025', { value: '50', unit: '%', period: '2025' }),
  cellAt('C01/done/2026', 'Done · C01 · 2026', { value: '87.5', unit: '%', period: '2026' }),
  cellAt('C01/reason', 'Reason · C01', { word: '=HYPERLINK("http://x")' }),
  cellAt('C01.1/statement', 'What was promised · C01.1', {
    word: 'A seat in the committee that plans duty hours, for each ward, chosen by those who work there and not by those who lead it',
  }),
  cellAt('C01.1/due', 'First due · C01.1', { state: 'NO_DATA' }),
  cellAt('C01.1/done', 'Done · C01.1', { state: 'SUPPRESSED', unit: '%', remarks: [HIDDEN_SENTENCE] }),
];

const report = (given: Partial<Report> = {}): Disclosed<Report> => reportOfCells(cells, given);

describe('a report with columns', () => {
  it('is a row for each id, with what stands under it and what has no column', () => {
    const { columns, rows } = gridOf(report(), COLUMNS);
    expect(columns.map(({ id }) => id)).toEqual(['row', 'statement', 'due', 'done']);
    expect(rows.map(({ id, depth }) => [id, depth])).toEqual([
      ['C01', 0],
      ['C01.1', 1],
    ]);
    expect(rows[0]?.more.map(({ key }) => key)).toEqual(['C01/reason']);
    expect(rows[0]?.courses.get('done')?.map(({ period }) => period)).toEqual(['2025', '2026']);
  });

  it('shows the ids of its rows even where it names no column for them', () => {
    expect(gridOf(report(), COLUMNS.slice(1)).columns[0]).toEqual({ id: 'row', title: '', align: 'left' });
  });

  it('is a table no wider than a page: text is broken, numbers are not', () => {
    const text = renderTable(report(), 'Commitment register', COLUMNS);
    expect(text.split('\n').slice(4).join('\n')).toBe(
      [
        'Promise  What was promised                                                     First due                         Done, %',
        '-------  --------------------------------------------------------------------  ----------  -----------------------------',
        'C01      Elected seats for every ward                                          2026-09-30  87.5 % ▲ at risk (UNVERIFIED)',
        '    Done: 2025 50.0  2026 87.5',
        '    Reason: =HYPERLINK("http://x")',
        ' C01.1   A seat in the committee that plans duty hours, for each ward, chosen  –                              SUPPRESSED',
        '         by those who work there and not by those who lead it',
        '    Hidden to protect small groups.',
        '',
      ].join('\n'),
    );
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('says that there is nothing where it has no row', () => {
    expect(renderTable(reportOfCells([]), 'Commitment register', COLUMNS)).toContain('Nothing to show.');
  });

  it('says by what it was narrowed', () => {
    expect(renderTable(report({ narrowed: { cycle: '2026', office: 'ICU' } }), 'R', COLUMNS)).toContain(
      'Only cycle 2026, office ICU',
    );
  });
});

describe('its CSV', () => {
  const [head = '', first = '', second = ''] = renderCsv(report(), COLUMNS).split('\r\n');

  it('is one line a row: columns, states of figures, what has no column, periods', () => {
    expect(head).toBe('row,statement,due,done,done state,reason,done/2025,done/2026');
    expect(first.startsWith('C01,Elected seats for every ward,2026-09-30,87.5,OK AT_RISK UNVERIFIED,')).toBe(true);
    expect(first.endsWith(',50,87.5')).toBe(true);
  });

  it('disarms what a spreadsheet would run', () => {
    expect(first).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  it('bears the state of what is not there, and is blank only where there is no cell', () => {
    expect(second).toMatch(/,NO_DATA,SUPPRESSED,SUPPRESSED,,,$/);
  });
});

describe('its workbook', () => {
  const titled = { id: 'R1', name: 'Commitment register', question: 'What became of it?', columns: COLUMNS };
  const [sheet, about] = sheetsOf(report({ demonstration: true, narrowed: { office: 'ICU' } }), titled);

  it('has a sheet of its rows: numbers as numbers, states beside them and in their place', () => {
    expect(sheet?.heads).toEqual([
      ...['Promise', 'What was promised', 'First due', 'Done, %', 'Done: state', 'Reason', 'Done 2025', 'Done 2026'],
    ]);
    expect(sheet?.rows[0]?.slice(2)).toEqual([
      ...['2026-09-30', { number: '87.5', decimals: 1 }, 'OK AT_RISK UNVERIFIED', '=HYPERLINK("http://x")'],
      ...[
        { number: '50', decimals: 1 },
        { number: '87.5', decimals: 1 },
      ],
    ]);
    expect(sheet?.rows[1]?.slice(2)).toEqual(['NO_DATA', 'SUPPRESSED', 'SUPPRESSED', null, null, null]);
  });

  it('has a sheet that says as of when, under which policy, and what its states mean', () => {
    const said = new Map(about?.rows.map(([name, value]) => [name, value]));
    expect(said.get('As of')).toBe('2026-11-01');
    expect(said.get('Demonstration')).toBe('An invented history under a simulated clock.');
    expect(said.get('Only office')).toBe('ICU');
    expect(said.get('Hidden')).toBe('groups below 5, sensitive ones below 10');
    expect(said.get('Where from')).toBe('R1 as of position 41 · not sealed · code R1@1 · policy 1');
    expect(said.get('SUPPRESSED')).toBe(`Hidden: ${HIDDEN_SENTENCE}`);
    expect(said.has('STALE')).toBe(false);
  });

  it('names the unit of figures in a column of its own where the column has none', () => {
    const bare = COLUMNS.map(({ unit: _unit, ...column }) => column);
    const [units] = sheetsOf(report(), { ...titled, columns: bare });
    expect(units?.heads.slice(3, 6)).toEqual(['Done', 'Done: unit', 'Done: state']);
    expect(units?.rows[0]?.[4]).toBe('%');
  });

  it('is a line a cell for a report without columns', () => {
    const { columns: _columns, ...plain } = titled;
    const [cellSheet] = sheetsOf(report(), plain);
    expect(cellSheet?.heads[0]).toBe('Cell');
    expect(cellSheet?.rows.map(([key]) => key)).toEqual(cells.map(({ key }) => key));
  });
});
