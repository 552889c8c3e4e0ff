import { Actions } from './actions.testing';
import { charterCoverageReport } from './charter-coverage.report';
import { cellOf } from './history.testing';
import { isRefusal, type Question } from './report';

const PROCESS = { kind: 'LEADING', level: 'PROCESS', sourceType: 'RECORDS', formulaRef: 'record-share' } as const;
const CLIMATE = { kind: 'LAGGING', level: 'CLIMATE' } as const;

const report = (history: Actions, given: Partial<Question> = {}) => {
  const outcome = charterCoverageReport.compute(history.rowsFor(charterCoverageReport.reads), history.question(given));
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return outcome;
};

/** Two principles: HEARD with everything behind it, FAIR with nothing. */
function covered(day = '2026-06-01'): Actions {
  const log = new Actions();
  log.configured().day(day).unit('ORG').unit('A', 'ORG');
  log.metric('CHECKINS', { ...PROCESS, cadence: 'QUARTERLY' }, 'NEUTRAL').metric('BELONG', CLIMATE);
  log.hypothesis('H', 'CHECKINS', 'BELONG');
  log.adopt('B', ['HEARD', 'FAIR']);
  log.promise('C01', '2026-12-31', 'p-owner', { principleIds: ['HEARD'] });
  log.add('charter.CommitmentNeedsNoResources.v1', {
    ...{ commitmentId: 'commitment:C01', declaredBy: 'p-owner', reason: { key: 'k', sealed: 's', subjects: [] } },
  });
  log.plan('BUDDY', {
    commitmentIds: ['commitment:C01'],
    leadingMetricIds: ['metric:CHECKINS'],
    hypothesisId: 'hypothesis:H',
  });
  log.prove('BUDDY', '2026-09-30');
  log.observe('CHECKINS', 'A', '2026-Q1', null, { num: '20', den: '30', base: 30 });
  log.observe('BELONG', 'ORG', '2025', null, { num: '60', den: '90', n: 90 });
  return log;
}

describe('whether a principle is more than words', () => {
  it('is covered by an active commitment, fresh leading and lagging figures and an action with live evidence', () => {
    const found = report(covered());
    expect(cellOf(found, 'B:HEARD/missing')).toMatchObject({ word: 'COVERED', state: 'OK' });
    expect(cellOf(found, 'B:HEARD/principle').word).toBe('We mean HEARD.');
    expect(cellOf(found, 'B:HEARD/signals').value).toBe('2');
    expect(cellOf(found, 'B:HEARD/commitments')).toMatchObject({ value: '1', word: '1 of 1' });
    expect(cellOf(found, 'B:HEARD/leading')).toMatchObject({ word: '1 of 1', remarks: ['CHECKINS: 2026-Q1.'] });
    expect(cellOf(found, 'B:HEARD/lagging')).toMatchObject({ word: '1 of 1', remarks: ['BELONG: 2025.'] });
    expect(cellOf(found, 'B:HEARD/actions').word).toBe('1 of 1');
    expect(cellOf(found, 'B:HEARD/resources').word).toBe('1 of 1');
    expect(cellOf(found, 'B:HEARD/lived').word).toBe('BELONG');
    expect(cellOf(found, 'TOTAL/missing')).toMatchObject({ value: '1', word: '1 of 2' });
  });

  it('says every piece that is missing', () => {
    expect(cellOf(report(covered()), 'B:FAIR/missing').word).toBe(
      'ACTIVE_COMMITMENT, FRESH_LEADING, FRESH_LAGGING, LIVE_EVIDENCE',
    );
    expect(cellOf(report(covered()), 'B:FAIR/lived')).toMatchObject({ word: null, state: 'NO_DATA' });
  });

  it.each<[string, string, (log: Actions) => unknown]>([
    [
      'the commitment was kept and is active no more',
      'ACTIVE_COMMITMENT, FRESH_LEADING, FRESH_LAGGING, LIVE_EVIDENCE',
      (log) => log.fulfilled('C01', '2026-05-01'),
    ],
    ['the evidence was withdrawn', 'LIVE_EVIDENCE', (log) => log.disprove('BUDDY')],
    ['the action was given up', 'FRESH_LEADING, FRESH_LAGGING, LIVE_EVIDENCE', (log) => log.giveUp('BUDDY')],
    [
      'the last figure was retracted',
      'FRESH_LAGGING',
      (log) =>
        log.add('metrics.ObservationRetracted.v1', {
          ...{ metricId: 'metric:BELONG', unitId: 'unit:ORG', period: '2025', definitionVersion: 1 },
          ...{ obsId: `obs-${log.position - 2}`, by: 'steward', reason: null },
        }),
    ],
    [
      'a metric was retired',
      'FRESH_LEADING',
      (log) =>
        log.add('metrics.MetricRetired.v1', { metricId: 'metric:CHECKINS', version: 1, reason: 'x', retiredBy: 'p' }),
    ],
  ])('misses a piece when %s', (_case, missing, change) => {
    const log = covered();
    change(log);
    expect(cellOf(report(log), 'B:HEARD/missing').word).toBe(missing);
  });

  it('is judged on the last day that began: evidence expires, figures grow stale', () => {
    // the quarter ended on 31 March: 136 days later it still counts, at 137 it is stale; the evidence on 30 September, its last day
    for (const [day, missing] of [
      ['2026-08-14', 'COVERED'],
      ['2026-08-15', 'FRESH_LEADING'],
      ['2026-09-30', 'FRESH_LEADING'],
      ['2026-10-01', 'FRESH_LEADING, LIVE_EVIDENCE'],
    ] as const)
      expect(cellOf(report(covered(day)), 'B:HEARD/missing').word).toBe(missing);
  });

  it('is covered by no measure that selects people by class', () => {
    const log = covered();
    log.metric('GAP', { ...PROCESS }, 'CLASS_BASED').metric('WATCHED', CLIMATE, 'MONITORING_ONLY');
    log.observe('GAP', 'ORG', '2025', null, { num: '1', den: '2', base: 30 });
    log.observe('WATCHED', 'ORG', '2025', null, { num: '40', den: '50', n: 50 });
    log.promise('C02', '2026-12-31', 'p-owner', { principleIds: ['FAIR'] });
    log.plan('PANEL', {
      commitmentIds: ['commitment:C02'],
      leadingMetricIds: ['metric:GAP'],
      livedExperienceMetricId: 'metric:WATCHED',
    });
    log.prove('PANEL');
    expect(cellOf(report(log), 'B:FAIR/missing').word).toBe('FRESH_LEADING, FRESH_LAGGING');
  });

  it('counts metrics of indicators too', () => {
    const log = covered();
    log.promise('C02', '2026-12-31', 'p-owner', { principleIds: ['FAIR'] });
    log.tell('charter.CommitmentIndicatorAdded.v1', 'C02', {
      ...{ indicatorId: 'I1', milestoneId: null, text: 'Check-ins', office: null, kind: 'PROCESS' },
      ...{ metricId: 'metric:CHECKINS', baselineDue: null, addedBy: 'p' },
    });
    expect(cellOf(report(log), 'B:FAIR/missing').word).toBe('FRESH_LAGGING, LIVE_EVIDENCE');
  });

  it('is told of the version in force, once it is in force', () => {
    const log = covered();
    log.adopt('B', ['HEARD'], '2026-07-01', 2);
    expect(report(log).cells.some(({ key }) => key === 'B:FAIR/missing')).toBe(true);
    log.day('2026-07-01');
    expect(report(log).cells.some(({ key }) => key === 'B:FAIR/missing')).toBe(false);
    expect(cellOf(report(log), 'TOTAL/missing').word).toBe('1 of 1');
  });

  it('is covered in a local charter by what was promised to the one it comes from', () => {
    const log = covered();
    log.adopt('LOCAL', ['HEARD'], '2026-01-01', 1, 'charter:B');
    log.adopt('OWN', ['HEARD']);
    expect(cellOf(report(log), 'LOCAL:HEARD/missing').word).toBe('COVERED');
    expect(cellOf(report(log), 'OWN:HEARD/missing').word).toContain('ACTIVE_COMMITMENT');
  });

  it('is no longer told of a charter that was retired', () => {
    const log = covered();
    log.add('charter.CharterRetired.v1', { charterId: 'charter:B', version: 1, retiredBy: 'p', reason: 'sealed' });
    expect(cellOf(report(log), 'TOTAL/missing').state).toBe('NO_DATA');
  });

  it('reads as no data without a charter', () => {
    const log = new Actions().configured().day('2026-06-01').unit('ORG') as Actions;
    expect(cellOf(report(log), 'TOTAL/missing')).toMatchObject({
      state: 'NO_DATA',
      remarks: ['No charter is in force.'],
    });
  });

  it('is told of a unit and those below it', () => {
    const log = covered();
    log.plan('LOCAL', { commitmentIds: ['commitment:C01'], unitId: 'unit:A' });
    expect(cellOf(report(log), 'B:HEARD/actions').word).toBe('1 of 2');
    expect(cellOf(report(log, { unit: 'A' }), 'B:HEARD/missing').word).toContain('ACTIVE_COMMITMENT');
  });

  it('is the same for everybody, and names what it rests on', () => {
    const found = report(covered());
    const staff = report(covered(), { viewer: { id: 'someone', role: 'member' } });
    expect(staff.cells).toEqual(found.cells);
    expect(found.trace.get('B:HEARD/missing')?.cites.length).toBeGreaterThan(8);
    expect(found.trace.get('B:HEARD/leading')?.cites.map(({ as }) => as)).toEqual(
      expect.arrayContaining(['target', 'observation', 'calendar']),
    );
  });
});
