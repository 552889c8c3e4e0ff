import { cellOf } from './history.testing';
import { ledgerReads, promiseLedgerReport } from './promise-ledger.report';
import { house, type Promises, rowIds } from './promises.testing';
import { renderTable } from './render-table';
import { type Question, type Report, isRefusal } from './report';

const ledger = (log: Promises, given: Partial<Question> = {}): Report =>
  log.asked(promiseLedgerReport, ledgerReads, given);
const word = (report: Report, key: string): string | null => cellOf(report, key).word;
const day = (log: Promises, date: string): Promises => log.day(date) as Promises;
const promisesIn = (report: Report) =>
  rowIds(report).filter((id) => !['TOTAL', 'MEASURED', 'NOT_SHOWN', 'NOT_MEASURED'].includes(id));

const year = (): Promises =>
  day(
    house()
      .promise('KEPT', '2026-03-31')
      .fulfilled('KEPT', '2026-03-13', 'x')
      .promise('LATE', '2026-04-30')
      .fulfilled('LATE', '2026-05-19', 'x')
      .promise('ROOMS', '2026-06-30')
      .missed('ROOMS', ['DEPENDENCY', 'LATE_DECISION'])
      .note('ROOMS', 'Five of eight levels have a quiet room.', 'p-hr', '2026-07-02')
      .note('ROOMS', 'Nobody has read this yet.')
      .promise('MENTOR', '2026-06-30')
      .carried('MENTOR', 'MENTOR2', '2026-06-30')
      .promise('MENTOR2', '2026-12-31', 'p-owner', {
        origin: { commitmentId: 'commitment:MENTOR', baselineDue: '2026-06-30' },
      })
      .promise('GONE', '2026-06-30')
      .withdrawn('GONE', true)
      .promise('ROTA', '2026-05-31', 'p-owner', { office: null, scopeUnitId: 'unit:NORTH' })
      .moved('ROTA', 'ROTA.1', '2026-05-31', '2026-09-30')
      .promise('HOUR', '2026-12-31')
      .proposed('IDEA')
      .milestone('IDEA', 'I', '2026-06-30'),
    '2026-08-01',
  );

describe('the promise ledger', () => {
  const report = ledger(year());

  it('has every accepted promise, by its first date, whatever became of it', () => {
    expect(promisesIn(report)).toEqual(['KEPT', 'LATE', 'ROTA', 'GONE', 'MENTOR', 'MENTOR2', 'ROOMS', 'HOUR']);
  });
  it('says what became of each', () => {
    expect(promisesIn(report).map((id) => word(report, `${id}/outcome`))).toEqual([
      'KEPT',
      'KEPT_LATE',
      'OVERDUE',
      'WITHDRAWN',
      'CARRIED_FORWARD',
      'OVERDUE',
      'MISSED',
      'NOT_DUE',
    ]);
  });
  it('says of none that has ended how it goes on', () => {
    const ended = ['KEPT', 'LATE', 'GONE', 'MENTOR', 'ROOMS'];
    expect(ended.map((id) => cellOf(report, `${id}/outcome`).status)).toEqual([null, null, null, null, null]);
    const then = ledger(day(house().promise('LATE', '2026-06-30'), '2026-07-05'));
    expect(cellOf(then, 'LATE/outcome')).toMatchObject({ word: 'OVERDUE', status: 'OFF_TRACK' });
  });
  it('counts slip from the first date, whatever was moved or carried forward', () => {
    const slip = (id: string) => cellOf(report, `${id}/slip`).value;
    expect(['KEPT', 'LATE', 'ROTA', 'MENTOR2'].map(slip)).toEqual(['0', '19', '62', '32']);
    expect(cellOf(report, 'ROTA/moves').value).toBe('1');
    expect(word(report, 'MENTOR2/first-due')).toBe('2026-06-30');
  });
  it('names offices, and the unit where no office is named', () => {
    expect(word(report, 'KEPT/office')).toBe('Estates');
    expect(word(report, 'ROTA/office')).toBe('Unit NORTH');
  });
  it('says why, in words of the list', () => {
    expect(word(report, 'ROOMS/cause')).toBe('Waiting for others; A decision came late');
    expect(cellOf(report, 'KEPT/cause')).toMatchObject({ word: null, state: 'NO_DATA' });
  });
  it('shows the note that a second person has passed, and no other', () => {
    expect(word(report, 'ROOMS/note')).toBe('Five of eight levels have a quiet room.');
    expect(JSON.stringify(report.cells)).not.toContain('Nobody has read this yet.');
    const later = ledger(day(year().note('ROOMS', 'All levels by spring.', 'p-hr', '2026-07-20'), '2026-08-02'));
    expect(word(later, 'ROOMS/note')).toBe('All levels by spring.');
  });
  it('says what comes next', () => {
    expect(word(report, 'ROTA/next')).toBe('ROTA.1 by 2026-09-30');
    expect(word(report, 'MENTOR/next')).toBe('MENTOR2');
    expect(cellOf(report, 'ROOMS/next').word).toBeNull();
  });
  it('adds up', () => {
    const count = (column: string) => Number(cellOf(report, `TOTAL/${column}`).value);
    const outcomes = ['kept', 'kept-late', 'missed', 'withdrawn', 'carried-forward', 'overdue', 'not-due'].map(count);
    expect(outcomes).toEqual([1, 1, 1, 1, 1, 2, 1]);
    expect(outcomes.reduce((a, b) => a + b, 0)).toBe(count('promises'));
    expect(count('promises')).toBe(8);
    expect(cellOf(report, 'TOTAL/on-time')).toMatchObject({ numerator: 1, base: 7 });
  });
  it('is the same for everybody', () => {
    const as = (role: 'hr' | 'member' | 'executive') => ledger(year(), { viewer: { id: 'x', role } }).cells;
    expect(as('member')).toEqual(as('hr'));
    expect(as('executive')).toEqual(as('hr'));
  });
  it('has the promises first due in a period, all of them', () => {
    expect(promisesIn(ledger(year(), { period: '2026-Q2' }))).toEqual([
      'LATE',
      'ROTA',
      'GONE',
      'MENTOR',
      'MENTOR2',
      'ROOMS',
    ]);
    expect(cellOf(ledger(year(), { period: '2026-Q2' }), 'TOTAL/promises').value).toBe('6');
    expect(promisesIn(ledger(year(), { unit: 'NORTH' }))).toEqual(['ROTA']);
  });
  it('is said in a table', () => {
    expect(renderTable(report as never, 'Promise ledger', promiseLedgerReport.columns)).toMatch(/Five of/);
  });
});

describe('the figures of the organisation beside its promises', () => {
  const measured = (): Promises => {
    const log = year();
    log.metric('BELONG').metric('ALONE').metric('QUIET', { sourceType: 'RECORDS' }, 'NEUTRAL').release('W1');
    log.observe('BELONG', 'ORG', '2025', 'W1', { num: '66', den: '100', n: 100, base: 100, eligible: 120 });
    log.observe('ALONE', 'ORG', '2025', 'W1', { num: '3', den: '4', n: 4, base: 4, eligible: 120 });
    log.observe('QUIET', 'ORG', '2025', null, { num: '60', den: '80', base: 80 });
    return log;
  };
  const report = ledger(measured());
  const under = (row: string) =>
    report.cells
      .filter(({ key }) => key.startsWith(`${row}/`))
      .map(({ label, state }) => [label.split(' · ')[0], state]);

  it('stand as everybody may see them: what is shown, and what was measured and is not, with the reason', () => {
    expect(under('MEASURED')).toEqual([['BELONG Measure BELONG', 'NO_TARGET']]);
    expect(under('NOT_SHOWN')).toEqual([
      ['ALONE Measure ALONE', 'SUPPRESSED'],
      ['QUIET Measure QUIET', 'WITHHELD'],
    ]);
    expect(report.cells.find(({ key }) => key.startsWith('NOT_SHOWN/QUIET'))?.remarks).toEqual([
      'Measured; the figure was not released to everybody.',
    ]);
  });
  it('say which measures nobody has observed yet', () => {
    const log = measured();
    log.metric('FUTURE', {});
    const unmeasured = ledger(log).cells.filter(({ key }) => key.startsWith('NOT_MEASURED/'));
    expect(unmeasured.map(({ label, state }) => [label.split(' · ')[0], state])).toEqual([
      ['FUTURE Measure FUTURE', 'NO_DATA'],
    ]);
  });
  it('give nothing away to HR that staff do not see', () => {
    expect(ledger(measured(), { viewer: { id: 'x', role: 'hr' } }).cells).toEqual(
      ledger(measured(), { viewer: { id: 'x', role: 'member' } }).cells,
    );
  });
  it('rest on the same events as in R2', () => {
    const [key = ''] = report.cells.filter((cell) => cell.key.startsWith('MEASURED/')).map((cell) => cell.key);
    expect(report.trace.get(key)?.cites.some(({ as }) => as === 'observation')).toBe(true);
    expect(report.releases.map(({ code }) => code)).toEqual(['W1']);
  });
  it('do not change with the unit that is asked for', () => {
    const north = ledger(measured(), { unit: 'NORTH' });
    const figures = (of: Report) => of.cells.filter(({ key }) => /^(NOT_)?MEASURED\//.test(key));
    expect(figures(north)).toEqual(figures(report));
  });
});

it('the ledger is refused before anything is configured', () => {
  const nothing = house();
  nothing.events.length = 0;
  const outcome = promiseLedgerReport.compute(nothing.rowsFor(ledgerReads), nothing.question());
  expect(isRefusal(outcome) && outcome.refused).toBe('a-report-needs-a-configured-organisation');
});
