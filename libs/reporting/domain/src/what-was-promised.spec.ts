import { commitmentReads, commitmentRegisterReport } from './commitment-register.report';
import { cellOf } from './history.testing';
import { house, type Promises, rowIds } from './promises.testing';
import { renderTable } from './render-table';
import { type Question, type Report, isRefusal } from './report';

const register = (log: Promises, given: Partial<Question> = {}): Report =>
  log.asked(commitmentRegisterReport, commitmentReads, given);
const word = (report: Report, key: string): string | null => cellOf(report, key).word;
const value = (report: Report, key: string): string | null => cellOf(report, key).value;
const day = (log: Promises, date: string): Promises => log.day(date) as Promises;

describe('a commitment in the register', () => {
  const log = day(
    house()
      .proposed('C07', { title: 'Ward council', scopeUnitId: 'unit:NORTH', principleIds: ['HEARD', 'MET'] })
      .milestone('C07', 'C07.1', '2026-06-30', { weight: 1 })
      .milestone('C07', 'C07.2', '2026-09-30', { weight: 1 })
      .indicator('C07', 'C07.1.10', 'C07.1', '2026-06-30', 'Nursing')
      .indicator('C07', 'C07.1.2', 'C07.1', null)
      .indicator('C07', 'C07.9', null, '2026-07-31')
      .accepted('C07', 'p-owner', '2026-01-05', { 'C07.1': '2026-06-30', 'C07.2': '2026-09-30' })
      .resourced('C07', 'PLEDGED', '12000', '0.2')
      .resourced('C07', 'PLEDGED', '500.5', null)
      .resourced('C07', 'RELEASED', null, '0.1')
      .reached('C07', 'C07.1', '2026-06-25', 'p-assessor')
      .moved('C07', 'C07.2', '2026-09-30', '2026-12-31')
      .reported('C07', 'FY2026-Q4')
      .reported('C07', 'FY2027-Q1', { selfStatus: 'SUBSTANTIAL' })
      .assessed('C07', 'LIMITED'),
    '2026-08-01',
  );
  const report = register(log);

  it('says promise, office, unit, principles and both dates, and how often they were moved', () => {
    expect(word(report, 'C07/promise')).toBe('Ward council');
    expect(word(report, 'C07/statement')).toBe('What C07 promises.');
    expect(word(report, 'C07/office')).toBe('Estates');
    expect(word(report, 'C07/unit')).toBe('NORTH');
    expect(word(report, 'C07/principles')).toBe('HEARD, MET');
    expect(word(report, 'C07/first-due')).toBe('2026-09-30');
    expect(word(report, 'C07/current-due')).toBe('2026-12-31');
    expect(value(report, 'C07/moves')).toBe('1');
    expect(cellOf(report, 'C07/slip')).toMatchObject({ value: null, state: 'NOT_DUE' });
  });
  it('says what is done, what the owner and the assessor say, and the gap between them', () => {
    expect(word(report, 'C07/done')).toBe('1 of 2');
    expect(word(report, 'C07/self')).toBe('SUBSTANTIAL');
    expect(word(report, 'C07/assessor')).toBe('LIMITED');
    expect(value(report, 'C07/gap')).toBe('1');
    expect(word(report, 'C07/evidence')).toBe('1 of 1');
    expect(word(report, 'C07/last-report')).toBe('FY2027-Q1 REPORTED');
  });
  it('adds up what was pledged and released', () => {
    expect(word(report, 'C07/pledged')).toBe('0.2 FTE + 12500.5 GBP');
    expect(word(report, 'C07/released')).toBe('0.1 FTE');
  });
  it('opens to milestones and indicators, by date and then in the order of their numbers', () => {
    expect(rowIds(report)).toEqual([
      'C07',
      'C07:C07.1',
      'C07:C07.1:C07.1.2',
      'C07:C07.1:C07.1.10',
      'C07:C07.2',
      'C07::C07.9',
      'TOTAL',
    ]);
    expect(word(report, 'C07:C07.1/state')).toBe('REACHED');
    expect(word(report, 'C07:C07.1/done')).toBe('2026-06-25');
    expect(value(report, 'C07:C07.1/slip')).toBe('0');
    expect(word(report, 'C07:C07.2/state')).toBe('OPEN');
    expect(word(report, 'C07:C07.2/first-due')).toBe('2026-09-30');
    expect(word(report, 'C07:C07.2/current-due')).toBe('2026-12-31');
    expect(word(report, 'C07:C07.1:C07.1.10/office')).toBe('Nursing');
    expect(cellOf(report, 'C07:C07.1:C07.1.2/first-due')).toMatchObject({ word: null, state: 'NO_DATA' });
    expect(word(report, 'C07::C07.9/first-due')).toBe('2026-07-31');
  });
  it('is on track with the weight reached that is due, verified', () => {
    expect(cellOf(report, 'C07/state')).toMatchObject({ word: 'NOT_DUE', state: 'OK', status: 'ON_TRACK' });
  });
  it('rests on the events of its own stream', () => {
    const cited = report.trace.get('C07/state')?.cites.map(({ event }) => event) ?? [];
    const own = log.events.filter(({ type }) => type === 'charter.CommitmentAccepted.v1' || type.includes('Progress'));
    expect(own.length).toBe(3);
    for (const { id } of own) expect(cited).toContain(id);
  });
  it('is said in a table of eleven columns', () => {
    const table = renderTable(report as never, 'Commitment register', commitmentRegisterReport.columns);
    expect(table).toMatch(/C07 +Ward +2026-09-30 +2026-12-31 +1/);
    expect(table).toMatch(/Evidence\s+verified: 1 of 1/);
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(124);
  });
});

describe('the narrative of a report', () => {
  const log = day(house().promise('C01', '2026-09-30').reported('C01', 'FY2026-Q4'), '2026-05-01');
  it.each([
    ['hr', 'p-other', true],
    ['auditor', 'p-other', true],
    ['executive', 'p-owner', true],
    ['executive', 'p-other', false],
    ['member', 'p-other', false],
    ['program-lead', 'p-other', false],
  ] as const)('is for %s %s: %s', (role, id, may) => {
    const cell = cellOf(register(log, { viewer: { id, role } }), 'C01/narrative');
    if (may) expect(cell.word).toMatch(/^sealed:e-\d+\/narrative$/);
    else expect(cell).toMatchObject({ word: null, state: 'WITHHELD' });
  });
  it('is no secret where there is none', () => {
    const cell = cellOf(register(log, { viewer: { id: 'x', role: 'member' } }), 'C01/challenges');
    expect(cell).toMatchObject({ word: null, state: 'NO_DATA' });
  });
  it('opens as an event to those who may read it', () => {
    const event = log.events.find(({ type }) => type === 'charter.CommitmentProgressReported.v1');
    const mayOpen = (role: 'hr' | 'member', id: string) =>
      commitmentRegisterReport.mayOpen(
        log.rowsFor(commitmentReads),
        log.question({ viewer: { id, role } }),
      )(event as never);
    expect([mayOpen('hr', 'x'), mayOpen('member', 'x'), mayOpen('member', 'p-owner')]).toEqual([true, false, true]);
  });
});

describe('who owns a commitment', () => {
  const log = day(house().promise('C01', '2026-09-30'), '2026-05-01');
  const owner = (role: 'hr' | 'executive' | 'member', id: string) =>
    register(log, { viewer: { id, role } }).cells.find(({ key }) => key === 'C01/owner')?.word;
  it('is told to who looks after all of them and to the owner; everybody else reads an office', () => {
    expect([owner('hr', 'x'), owner('executive', 'p-owner')]).toEqual(['p-owner', 'p-owner']);
    expect([owner('member', 'x'), owner('executive', 'x')]).toEqual([undefined, undefined]);
  });
  it('is whoever owns it on the day, not who will', () => {
    const told = (date: string) => {
      const handed = house().promise('C01', '2026-09-30').handed('C01', 'p-owner', 'p-next', '2026-06-01');
      return word(register(day(handed, date), { viewer: { id: 'x', role: 'hr' } }), 'C01/owner');
    };
    expect([told('2026-05-31'), told('2026-06-01')]).toEqual(['p-owner', 'p-next']);
  });
});

describe('what people decided about a state', () => {
  const override = (log: Promises) => word(register(day(log, '2026-08-01')), 'C01/override');
  const promised = () => house().promise('C01', '2026-06-30');
  const attested = (milestoneId: string | null, doneOn: string) => (log: Promises) => {
    log.tell('charter.CommitmentDoneDateAttested.v1', 'C01', {
      ...{ milestoneId, doneOn, lateReason: null, attestedBy: 'p-2' },
    });
    return log;
  };
  it('is named beside it: a day another attests, a withdrawal that leaves it out, an assessor who found nothing', () => {
    expect(override(attested(null, '2026-06-20')(promised().fulfilled('C01', '2026-07-05')))).toBe('DONE_AS_ATTESTED');
    expect(override(attested('C01.1', '2026-06-20')(promised().reached('C01', 'C01.1', '2026-07-05')))).toBe(
      'DONE_AS_ATTESTED',
    );
    expect(override(promised().withdrawn('C01', true))).toBe('LEFT_OUT');
    const found = promised().reached('C01', 'C01.1', '2026-06-01', 'p-2').reported('C01', 'FY2027-Q1');
    expect(override(found.assessed('C01', 'NO_EVIDENCE'))).toBe('NO_EVIDENCE_FOUND');
  });
  it('is none where dates alone tell', () => {
    expect(override(promised())).toBe('NONE');
    expect(override(attested(null, '2026-07-05')(promised().fulfilled('C01', '2026-07-05')))).toBe('NONE');
    expect(override(promised().withdrawn('C01', false))).toBe('NONE');
  });
});

describe('the state of a commitment', () => {
  const state = (log: Promises, date = '2026-08-01', code = 'C01') => {
    const {
      word: outcome,
      state: kind,
      status,
      reasonCode,
      remarks,
    } = cellOf(register(day(log, date)), `${code}/state`);
    return { outcome, kind, status, reasonCode, remarks };
  };
  const two = (): Promises =>
    house()
      .proposed('C01')
      .milestone('C01', 'A', '2026-06-30', { weight: 7 })
      .milestone('C01', 'B', '2026-06-30', { weight: 3 })
      .accepted('C01', 'p-owner', '2026-05-01', { A: '2026-06-30', B: '2026-06-30' })
      .reported('C01', 'FY2027-Q1');

  it('is not due while no milestone is', () => {
    expect(state(house().promise('C01', '2026-09-30'))).toMatchObject({
      outcome: 'NOT_DUE',
      kind: 'NOT_DUE',
      status: null,
    });
  });
  it('is overdue past its first date, and off track', () => {
    expect(state(two())).toMatchObject({ outcome: 'OVERDUE', kind: 'OK', status: 'OFF_TRACK' });
    expect(state(two(), '2026-06-30')).toMatchObject({ outcome: 'NOT_DUE', status: 'OFF_TRACK' });
  });
  it('is at risk from seven tenths of the weight due, off track below', () => {
    expect(state(two().reached('C01', 'A', '2026-06-20', 'x'))).toMatchObject({ status: 'AT_RISK' });
    expect(state(two().reached('C01', 'B', '2026-06-20', 'x'))).toMatchObject({ status: 'OFF_TRACK' });
  });
  it('is held at risk by an overdue milestone, also one that came later', () => {
    const log = two()
      .reached('C01', 'A', '2026-06-20', 'x')
      .reached('C01', 'B', '2026-06-20', 'x')
      .milestone('C01', 'Z', '2026-06-30', { contracted: false });
    expect(state(log, '2026-06-30')).toMatchObject({ status: 'ON_TRACK' });
    expect(state(log)).toMatchObject({ status: 'AT_RISK', remarks: ['Overdue: Z.'] });
  });
  it('is held at risk by evidence that nobody verified, or that has expired', () => {
    const log = (by?: string, expires?: string) =>
      two().reached('C01', 'A', '2026-06-20', 'x').reached('C01', 'B', '2026-06-20', by, expires);
    expect(state(log())).toMatchObject({ status: 'AT_RISK', reasonCode: 'UNVERIFIED' });
    expect(state(log('x', '2026-07-31'))).toMatchObject({ status: 'AT_RISK', reasonCode: 'UNVERIFIED' });
    expect(state(log('x', '2026-08-01'))).toMatchObject({ status: 'ON_TRACK', reasonCode: null });
  });
  it('is held at risk by an assessor who found no evidence', () => {
    const log = two()
      .reached('C01', 'A', '2026-06-20', 'x')
      .reached('C01', 'B', '2026-06-20', 'x')
      .assessed('C01', 'NO_EVIDENCE');
    expect(state(log)).toMatchObject({ status: 'AT_RISK', remarks: ['An assessor found no evidence.'] });
  });
  it('counts nothing that came after acceptance', () => {
    const trivial = ['X', 'Y', 'Z'].reduce(
      (log, id) =>
        log
          .milestone('C01', id, '2026-06-30', { contracted: false, weight: 1000 })
          .reached('C01', id, '2026-06-10', 'x'),
      two(),
    );
    expect(state(trivial)).toMatchObject({ status: 'OFF_TRACK' });
    expect(word(register(trivial), 'C01:X/contracted')).toBe('ADDED_AFTER_ACCEPTANCE');
  });
  it('is red when the last report owed did not come, whatever else', () => {
    const log = house().promise('C01', '2026-03-31').reached('C01', 'C01.1', '2026-03-20', 'x');
    expect(state(log, '2026-04-25')).toMatchObject({ kind: 'OK', status: 'ON_TRACK' });
    expect(state(log, '2026-04-26')).toMatchObject({ kind: 'NOT_REPORTED', status: 'OFF_TRACK' });
    expect(state(log.missedReport('C01', 'FY2026-Q4'), '2026-04-27')).toMatchObject({ kind: 'NOT_REPORTED' });
    const late = log.reported('C01', 'FY2026-Q4', { late: true });
    expect(state(late, '2026-04-28')).toMatchObject({ kind: 'OK', status: 'ON_TRACK' });
    expect(word(register(late), 'C01/last-report')).toBe('FY2026-Q4 LATE after a miss');
  });
  it('is stale when nobody has reported for one and a half times the cadence, and nothing was owed', () => {
    const log = house()
      .promise('C01', '2026-03-31')
      .reached('C01', 'C01.1', '2026-03-20', 'x')
      .reported('C01', 'FY2026-Q4')
      .away('p-owner', '2026-07-01', '2026-12-31');
    expect(state(log, '2026-08-14')).toMatchObject({ kind: 'OK' });
    expect(state(log, '2026-08-15')).toMatchObject({ kind: 'STALE', status: null });
  });
  it('is kept in time, or late, and no longer on track or at risk; unverified until someone other than its owner says so', () => {
    const kept = house().promise('C01', '2026-06-30').reached('C01', 'C01.1', '2026-06-20', 'x');
    expect(state(kept.fulfilled('C01', '2026-06-30'))).toMatchObject({
      outcome: 'KEPT',
      status: null,
      reasonCode: 'UNVERIFIED',
    });
    const verified = house()
      .promise('C01', '2026-06-30')
      .reached('C01', 'C01.1', '2026-06-20', 'x')
      .fulfilled('C01', '2026-06-30', 'x');
    expect(state(verified)).toMatchObject({ outcome: 'KEPT', status: null, reasonCode: null });
    const late = house()
      .promise('C01', '2026-06-30')
      .reached('C01', 'C01.1', '2026-06-20', 'x')
      .fulfilled('C01', '2026-07-19', 'x');
    expect(state(late)).toMatchObject({ outcome: 'KEPT_LATE', status: null, reasonCode: null });
    expect(value(register(late), 'C01/slip')).toBe('19');
  });
  it('leaves the milestones not reached that it ended without', () => {
    const milestone = (log: Promises) => word(register(day(log, '2026-08-01')), 'C01:C01.1/state');
    expect(milestone(house().promise('C01', '2026-06-30').missed('C01'))).toBe('NOT_REACHED');
    expect(milestone(house().promise('C01', '2026-06-30'))).toBe('OVERDUE');
    expect(milestone(house().proposed('C01').milestone('C01', 'C01.1', '2026-06-30'))).toBe('OPEN');
    const missed = register(day(house().promise('C01', '2026-06-30').missed('C01'), '2026-08-01'));
    expect(value(missed, 'C01:C01.1/slip')).toBe('32');
  });
  it('is missed, withdrawn or carried forward for good', () => {
    expect(state(house().promise('C01', '2026-06-30').missed('C01'))).toMatchObject({
      outcome: 'MISSED',
      status: null,
    });
    expect(state(house().promise('C01', '2026-06-30').withdrawn('C01', true))).toMatchObject({
      outcome: 'WITHDRAWN',
      status: null,
    });
    expect(state(house().promise('C01', '2026-06-30').carried('C01', 'C02', '2026-06-30'))).toMatchObject({
      outcome: 'CARRIED_FORWARD',
      status: null,
    });
  });
  it('is a proposal until it is accepted, due with the last of its parts', () => {
    const log = house().proposed('C01').milestone('C01', 'A', null).indicator('C01', 'A.1', 'A', '2026-05-31');
    expect(state(log)).toMatchObject({ outcome: 'PROPOSED', status: null });
    const report = register(log);
    expect([word(report, 'C01/first-due'), word(report, 'C01:A/first-due')]).toEqual(['2026-05-31', '2026-05-31']);
    expect(cellOf(report, 'C01/slip').state).toBe('NOT_DUE');
  });
});

describe('a parental leave over a due date', () => {
  const log = house().promise('C01', '2026-06-30').away('p-owner', '2026-06-15', '2026-09-15');
  const at = (date: string) => register(day(log, date));

  it('lets nothing fall due meanwhile, neither the promise nor a report', () => {
    const meanwhile = at('2026-09-15');
    expect(cellOf(meanwhile, 'C01/state')).toMatchObject({ word: 'NOT_DUE', state: 'NOT_DUE' });
    expect(word(meanwhile, 'C01:C01.1/state')).toBe('OPEN');
    expect(value(meanwhile, 'TOTAL/reports-missed')).toBe('1');
    expect(cellOf(meanwhile, 'TOTAL/reports-missed').base).toBe(1);
  });
  it('counts from the end of the month after, so that slip tells nothing of the day on which it ended', () => {
    const slips = (until: string) =>
      ['2026-09-30', '2026-10-10'].map((date) => {
        const report = register(day(house().promise('C01', '2026-06-30').away('p-owner', '2026-06-15', until), date));
        return [word(report, 'C01/state'), cellOf(report, 'C01/slip')];
      });
    for (const until of ['2026-08-31', '2026-09-05', '2026-09-29']) expect(slips(until)).toEqual(slips('2026-09-15'));
    const after = at('2026-10-10');
    expect(cellOf(after, 'C01/state')).toMatchObject({ word: 'OVERDUE' });
    expect(value(after, 'C01/slip')).toBe('10');
    expect(word(after, 'C01/first-due')).toBe('2026-06-30');
  });
  it('is that of whoever owns it on the day', () => {
    const handed = (effective: string) =>
      day(
        house()
          .promise('C01', '2026-06-30')
          .away('p-owner', '2026-06-15', '2026-09-15')
          .handed('C01', 'p-owner', 'p-next', effective),
        '2026-08-01',
      );
    expect(word(register(handed('2026-06-30')), 'C01/state')).toBe('OVERDUE');
    expect(word(register(handed('2026-07-01')), 'C01/state')).toBe('NOT_DUE');
  });
  it('is cited by what it moved', () => {
    const absence = log.events.find(({ type }) => type === 'organization.LeaderAbsenceRecorded.v1');
    expect(at('2026-09-27').trace.get('C01/state')?.cites).toContainEqual({ event: absence?.id, as: 'calendar' });
  });
});

describe('the order of the register', () => {
  const log = day(
    house()
      .promise('KEPT', '2026-06-30')
      .fulfilled('KEPT', '2026-06-01', 'x')
      .promise('LATE', '2026-06-30')
      .fulfilled('LATE', '2026-07-05', 'x')
      .promise('OPEN', '2026-12-31')
      .promise('OVERDUE1', '2026-07-20')
      .promise('OVERDUE2', '2026-07-01')
      .promise('MISSED', '2026-06-30')
      .missed('MISSED')
      .promise('GONE', '2026-06-30')
      .withdrawn('GONE', false)
      .proposed('IDEA')
      .promise('PART', '2026-05-31', 'p-owner', { parentCommitmentId: 'commitment:OPEN' })
      .promise('PART2', '2026-12-31', 'p-owner', { parentCommitmentId: 'commitment:OPEN' }),
    '2026-08-01',
  );
  const commitments = (report: Report) => rowIds(report).filter((id) => !id.includes(':') && id !== 'TOTAL');

  it('is the worst first, ended ones among them, parts under their whole', () => {
    expect(commitments(register(log))).toEqual([
      'MISSED',
      'OVERDUE2',
      'OVERDUE1',
      'GONE',
      'OPEN',
      'PART',
      'PART2',
      'IDEA',
      'LATE',
      'KEPT',
    ]);
    expect(word(register(log), 'PART/part-of')).toBe('OPEN');
  });
  it('lets a part stand by itself where its whole is not asked for', () => {
    expect(commitments(register(log, { filters: { state: 'overdue' } }))).toEqual(['PART', 'OVERDUE2', 'OVERDUE1']);
  });
});

describe('the totals of the register', () => {
  const log = day(
    house()
      .promise('C01', '2026-06-30')
      .reached('C01', 'C01.1', '2026-06-20', 'x')
      .fulfilled('C01', '2026-06-20', 'x')
      .promise('C02', '2026-06-30')
      .fulfilled('C02', '2026-07-10')
      .promise('C03', '2026-06-30')
      .missed('C03')
      .promise('C04', '2026-06-30')
      .moved('C04', 'C04.1', '2026-06-30', '2026-12-31')
      .promise('C05', '2026-12-31')
      .reported('C05', 'FY2026-Q4')
      .promise('C06', '2026-06-30')
      .withdrawn('C06', true)
      .proposed('C07'),
    '2026-07-30',
  );
  const report = register(log);
  const count = (column: string) => Number(value(report, `TOTAL/${column}`));

  it('add up, each to what it is a part of', () => {
    const outcomes = [
      'kept',
      'kept-late',
      'missed',
      'withdrawn',
      'carried-forward',
      'overdue',
      'not-due',
      'proposed',
      'declined',
    ];
    expect(outcomes.map(count)).toEqual([1, 1, 1, 1, 0, 1, 1, 1, 0]);
    expect(outcomes.reduce((sum, column) => sum + count(column), 0)).toBe(count('promises'));
    for (const column of outcomes) expect(cellOf(report, `TOTAL/${column}`).base).toBe(7);
    expect(count('moved')).toBe(1);
  });
  it('say how many were kept by their first date of all that were first due, and the mean slip', () => {
    expect(cellOf(report, 'TOTAL/on-time')).toMatchObject({ value: '20', numerator: 1, base: 5, unit: '%' });
    expect(word(report, 'TOTAL/on-time')).toBe('20.0 % (1 of 5)');
    expect(word(report, 'TOTAL/kept')).toBe('1 of 7');
    expect(cellOf(report, 'TOTAL/slip')).toMatchObject({ value: '17.5', unit: 'days' });
  });
  it('say which reports came, late or not at all', () => {
    const reports = ['reports', 'reports-late', 'reports-missed'].map(count);
    expect(reports.reduce((a, b) => a + b, 0)).toBe(cellOf(report, 'TOTAL/reports').base);
    expect(count('reports')).toBe(1);
  });
  it('count milestones, indicators and evidence', () => {
    expect([count('milestones'), count('milestones-reached'), count('milestones-overdue')]).toEqual([6, 1, 0]);
    expect([count('evidence-verified'), cellOf(report, 'TOTAL/evidence-verified').base]).toEqual([1, 1]);
  });
  it('are not due where nothing is', () => {
    const none = register(day(house().promise('C01', '2026-12-31'), '2026-02-01'));
    expect(cellOf(none, 'TOTAL/on-time')).toMatchObject({ value: null, state: 'NOT_DUE' });
    expect(cellOf(none, 'TOTAL/slip')).toMatchObject({ value: null, state: 'NOT_DUE' });
  });
});

describe('what the register is narrowed to', () => {
  const log = day(
    house()
      .promise('C01', '2026-06-30', 'p-one', { scopeUnitId: 'unit:NORTH', principleIds: ['MET'] })
      .promise('C02', '2026-09-30', 'p-two', { office: 'Nursing' })
      .proposed('C03', { office: null })
      .indicator('C03', 'I', null, '2026-12-31', 'Estates'),
    '2026-05-01',
  );
  const ids = (given: Partial<Question>) =>
    rowIds(register(log, given)).filter((id) => !id.includes(':') && id !== 'TOTAL');

  it.each([
    [{ unit: 'NORTH' }, ['C01']],
    [{ unit: 'ORG' }, ['C01', 'C02', 'C03']],
    [{ period: 'FY2027-Q2' }, ['C02']],
    [{ period: '2026' }, ['C01', 'C02', 'C03']],
    [{ leader: 'p-two' }, ['C02']],
    [{ filters: { office: 'estates' } }, ['C01', 'C03']],
    [{ filters: { principle: 'met' } }, ['C01']],
    [{ filters: { state: 'PROPOSED' } }, ['C03']],
    [{ filters: { state: 'not-due', office: 'Nursing' } }, ['C02']],
  ] as const)('is %j', (given, expected) => {
    expect(ids(given as Partial<Question>)).toEqual(expected);
  });
  it('is refused for a state that is none', () => {
    const refused = commitmentRegisterReport.compute(
      log.rowsFor(commitmentReads),
      log.question({ filters: { state: 'HAPPY' } }),
    );
    expect(isRefusal(refused) && refused.refused).toBe('a-state-of-a-promise-is-one-of-the-list');
  });
});
