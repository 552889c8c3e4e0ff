import { type CitedRow, type Row } from '@plumbline/kernel';
import { derived, isDisclosed } from '@plumbline/privacy';
import { cellOf, History } from './history.testing';
import { diff, explain, isRefusal, leadLagReport, type LeadLagRows, type Report, reportText } from './index';
import type { Disclosed } from '@plumbline/privacy';

const LINEAR = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' } as const;

function recorded(): { history: History; observed: string; before: number } {
  const history = new History()
    .configured()
    .day('2027-01-10')
    .unit('ORG')
    .unit('NORTH', 'ORG')
    .release('S')
    .metric('VOICE')
    .target('VOICE', 'NORTH', '2026', LINEAR, '55');
  const observed = history.observe('VOICE', 'NORTH', '2026', 'S', { num: '30', den: '60', n: 60, eligible: 60 });
  return { history, observed, before: history.position };
}

const same = (a: Disclosed<Report>, b: Disclosed<Report>) => {
  const outcome = diff(a, b);
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return outcome;
};

describe('a corrected figure', () => {
  it('changes the report of today and not that of yesterday, byte for byte', () => {
    const { history, before } = recorded();
    const yesterday = reportText(history.report({ unit: 'NORTH' }, before));
    history.day('2027-01-11').correct('VOICE', 'NORTH', '2026', 'S', { num: '45', den: '60', n: 60, eligible: 60 });
    expect(reportText(history.report({ unit: 'NORTH' }, before))).toBe(yesterday);
    expect(cellOf(history.report({ unit: 'NORTH' }, before), 'VOICE/value')).toMatchObject({
      value: '50',
      status: 'OFF_TRACK',
    });
    expect(cellOf(history.report({ unit: 'NORTH' }), 'VOICE/value')).toMatchObject({
      value: '75',
      status: 'ON_TRACK',
    });
  });

  it('is explained by the events it came from, each with what it did', () => {
    const { history, observed } = recorded();
    const outcome = explain(history.report({ unit: 'NORTH' }), 'VOICE/value');
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    expect(isDisclosed(outcome)).toBe(true);
    const typeOf = (event: string): string | undefined => history.events.find(({ id }) => id === event)?.type;
    expect(outcome.cites.map(({ event, as }) => [as, typeOf(event)])).toEqual([
      ['observation', 'metrics.ObservationRecorded.v1'],
      ['observation', 'metrics.ObservationVerified.v1'],
      ['release', 'metrics.ExternalReleaseRecorded.v1'],
      ['definition', 'metrics.MetricDefined.v1'],
      ['target', 'metrics.TargetProposed.v1'],
      ['target', 'metrics.TargetApproved.v1'],
    ]);
    expect(outcome.cites[0]?.event).toBe(observed);
    expect(outcome.cell).toEqual(cellOf(history.report({ unit: 'NORTH' }), 'VOICE/value'));
  });

  it('is named by the comparison, with the event that corrected it', () => {
    const { history, before } = recorded();
    history.day('2027-01-11');
    const correction = history.correct('VOICE', 'NORTH', '2026', 'S', { num: '45', den: '60', n: 60, eligible: 60 });
    const difference = same(history.report({ unit: 'NORTH' }, before), history.report({ unit: 'NORTH' }));
    expect(difference.changes.map(({ key, kind }) => [key, kind])).toEqual([
      ['VOICE/value', 'CORRECTED'],
      ['VOICE/value/2026', 'CORRECTED'],
    ]);
    expect(difference.changes[0]?.causes.map(({ event }) => event)).toContain(correction);
    expect(difference.changes[0]).toMatchObject({ then: { value: '50' }, now: { value: '75' } });
    expect(difference.summary).toBe('0 of 2 unchanged');
  });

  it('reads "changed" where it moved a few people only', () => {
    const { history, before } = recorded();
    history.correct('VOICE', 'NORTH', '2026', 'S', { num: '33', den: '60', n: 60, eligible: 60 });
    const [change] = same(history.report({ unit: 'NORTH' }, before), history.report({ unit: 'NORTH' })).changes;
    expect(change).toMatchObject({
      kind: 'CORRECTED',
      then: { value: 'changed', numerator: 'changed', n: 60 },
      now: { value: 'changed', numerator: 'changed', n: 60 },
    });
    expect(JSON.stringify(change)).not.toMatch(/"55|"33|"50"/);
  });

  it('is none where a later period has a figure of its own: both are shown, as in the course of the measure', () => {
    const { history, before } = recorded();
    history.observe('VOICE', 'NORTH', '2027', 'S', { num: '32', den: '61', n: 61, eligible: 61 });
    const [change] = same(history.report({ unit: 'NORTH' }, before), history.report({ unit: 'NORTH' })).changes;
    expect(change).toMatchObject({ kind: 'NEWER', then: { value: '50', n: 60 }, now: { n: 61, period: '2027' } });
    expect(change?.now?.value).toMatch(/^52\.459/);
  });

  it('gives no causes where one side is hidden', () => {
    const { history, before } = recorded();
    history.correct('VOICE', 'NORTH', '2026', 'S', { num: '2', den: '3', n: 3, eligible: 60 });
    const [change] = same(history.report({ unit: 'NORTH' }, before), history.report({ unit: 'NORTH' })).changes;
    expect(change).toMatchObject({
      kind: 'CORRECTED',
      then: { value: '50', n: 60 },
      now: { value: null, n: null, state: 'SUPPRESSED' },
      causes: [],
    });
  });

  it('may be retracted: then nothing is left of it', () => {
    const { history } = recorded();
    const place = {
      metricId: 'metric:VOICE',
      unitId: 'unit:NORTH',
      period: '2026',
      definitionVersion: 1,
      obsId: 'obs',
    };
    history.add('metrics.ObservationRetracted.v1', { ...place, by: 'steward', reason: null });
    expect(cellOf(history.report({ unit: 'NORTH' }), 'VOICE/value')).toMatchObject({ value: null, n: null });
  });
});

describe('an explanation', () => {
  it('is refused for a cell that is not there', () => {
    expect(explain(recorded().history.report(), 'VOICE/nothing')).toMatchObject({
      refused: 'a-cell-is-named-by-its-key',
    });
  });

  it.each([
    ['SUPPRESSED', 'hidden-to-protect-small-groups'],
    ['HELD', 'under-quality-review'],
    ['WITHHELD', 'you-may-know-that-it-happened-not-what-it-says'],
    ['ERASED', 'what-was-erased-is-not-explained'],
  ] as const)('is refused for a cell that is %s', (state, rule) => {
    const report = derived(recorded().history.report({ unit: 'NORTH' }), (open) => ({
      ...open,
      cells: open.cells.map((cell) => ({ ...cell, state })),
    }));
    expect(explain(report, 'VOICE/value')).toEqual({ refused: rule });
  });
});

describe('a comparison', () => {
  const kindsAfter = (act: (history: History) => void, key = 'VOICE/value'): string | undefined => {
    const { history, before } = recorded();
    act(history);
    const alsoUnder = [{ k: 8, kSensitive: 10 }];
    const [then, now] = [before, history.position].map((p) => history.report({ unit: 'NORTH', alsoUnder }, p));
    if (!then || !now) throw new Error('unreachable');
    return same(then, now).changes.find((change) => change.key === key)?.kind;
  };

  it('names a later period, another target, another state, a cell that was not there', () => {
    expect(
      kindsAfter((history) =>
        history.observe('VOICE', 'NORTH', '2027', 'S', { num: '9', den: '60', n: 60, eligible: 60 }),
      ),
    ).toBe('NEWER');
    expect(kindsAfter((history) => history.target('VOICE', 'NORTH', '2026', { ...LINEAR, target: '75' }, '55'))).toBe(
      'TARGET',
    );
    expect(kindsAfter((history) => history.day('2029-01-01'))).toBe('STATE');
    expect(kindsAfter((history) => history.metric('TRUST'), 'TRUST/value')).toBe('NEW');
  });

  it('names the policy when a gate was raised', () => {
    const { history, before } = recorded();
    history.correct('VOICE', 'NORTH', '2026', 'S', { num: '30', den: '60', n: 60, eligible: 100 });
    const low = history.position;
    history.policy('2', { responseGate: 70 });
    const [change] = same(history.report({ unit: 'NORTH' }, low), history.report({ unit: 'NORTH' })).changes;
    expect(change).toMatchObject({ kind: 'POLICY', now: { state: 'NOT_EVALUABLE', reasonCode: 'LOW_RESPONSE' } });
    expect(change?.causes.map(({ as }) => as)).toEqual(['policy']);
    expect(before).toBeLessThan(low);
  });

  it('names the verdict when it has come', () => {
    const history = new History().configured().day('2026-01-01').unit('ORG').metric('L').metric('Y');
    history.hypothesis('H', 'L', 'Y', { reviewDate: '2026-06-30' });
    const before = history.position;
    history.day('2026-07-01');
    const changes = same(history.report({}, before), history.report()).changes;
    expect(changes).toMatchObject([
      { key: 'H/verdict', kind: 'VERDICT', then: { word: null }, now: { word: 'TOO_SHORT' } },
    ]);
  });

  it('names the verdict, and no correction, when there are more figures to test', () => {
    const history = new History()
      .configured()
      .unit('ORG')
      .metric('L')
      .metric('Y')
      .release('S')
      .hypothesis('H', 'L', 'Y');
    const year = (at: number): void => {
      history.day(`${at + 1}-02-01`);
      for (const [metric, num] of [
        ['L', 20 + ((at * 7) % 11)],
        ['Y', 30 + ((at * 5) % 13)],
      ] as const)
        history.observe(metric, 'ORG', String(at), 'S', { num: String(num), den: '60', n: 60, eligible: 80 });
    };
    for (let at = 2010; at < 2025; at++) year(at);
    const before = history.position;
    year(2025);
    const { changes } = same(history.report({}, before), history.report());
    const tested = changes.filter(({ key, kind }) => /^H\/.*(r|-\d)$/.test(key) && kind !== 'NEW');
    expect(tested.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['H/r', 'H/smallest-visible-r', 'H/level-r-lag-1']),
    );
    expect(new Set(tested.map(({ kind }) => kind))).toEqual(new Set(['VERDICT']));
    expect(changes.map(({ kind }) => kind)).not.toContain('CORRECTED');
  });

  it('is refused between different reports, and under different policies', () => {
    const { history } = recorded();
    expect(diff(history.report({ unit: 'NORTH' }), history.report())).toMatchObject({
      refused: 'only-one-report-with-one-filter-is-compared',
    });
    expect(diff(history.report(), history.report({ alsoUnder: [{ k: 9, kSensitive: 10 }] }))).toMatchObject({
      refused: 'two-reports-are-compared-under-one-policy',
    });
  });
});

describe('the same prefix', () => {
  it('gives the same bytes in whatever order its rows come', () => {
    const { history } = recorded();
    history.metric('TRUST').hypothesis('H', 'VOICE', 'TRUST').unit('WEST', 'ORG').unit('AWAY', 'ORG');
    history.observe('VOICE', 'WEST', '2026', 'S', { num: '20', den: '50', n: 50, eligible: 50 });
    for (const year of ['2023', '2024', '2025'])
      for (const metric of ['VOICE', 'TRUST'])
        history.observe(metric, 'ORG', year, 'S', { num: '30', den: '60', n: 60, eligible: 80 });
    const rows = history.rows();
    const reversed = Object.fromEntries(
      Object.entries(rows as Readonly<Record<string, readonly CitedRow<Row>[]>>).map(([name, list]) => [
        name,
        [...list].reverse(),
      ]),
    ) as unknown as LeadLagRows;
    for (const unit of ['NORTH', 'ORG']) {
      const question = history.question({ unit });
      const [a, b] = [rows, reversed].map((each) => leadLagReport.compute(each, question));
      if (!a || !b || isRefusal(a) || isRefusal(b)) throw new Error('refused');
      expect(reportText(b)).toBe(reportText(a));
      expect([...b.trace]).toEqual([...a.trace]);
    }
  });

  it('leaves the position out of the bytes that are hashed, and nothing else', () => {
    const { history } = recorded();
    const report = history.report();
    const moved = history.report({ asOf: { ...report.asOf, position: '98765' } });
    expect(reportText(moved)).toBe(reportText(report));
    expect(JSON.parse(reportText(report))).toMatchObject({
      report: 'R2',
      codeVersion: 'R2@2',
      policyVersion: '1',
      asOf: { event: report.asOf.event, date: '2027-01-10', root: null, size: null },
    });
  });
});
