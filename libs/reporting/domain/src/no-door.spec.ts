import { throughGate } from '@plumbline/privacy';
import { cellOf, History } from './history.testing';
import { diff, explain, isRefusal, leadLagReport, renderCsv, renderTable, reportJson, reportText } from './index';

const LINEAR = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' } as const;

/** Figures that stand nowhere else in this history, so that finding one means that a door leaked. */
const HIDDEN = {
  numerator: '3',
  n: 4,
  eligible: 7919,
  corrected: { num: '2', den: '4', n: 4, eligible: 7907 },
  sibling: { num: '17', den: '23', n: 23, eligible: 7901 },
} as const;
const SECRETS = ['7919', '7907', '7901', '73.913043', '73.9', '66.6', '7883'];

function house(): { history: History; before: number } {
  const history = new History()
    .configured()
    .day('2027-01-10')
    .unit('ORG')
    .unit('NORTH', 'ORG')
    .unit('EAST', 'ORG')
    .unit('WEST', 'ORG')
    .leads('head-of-north', 'NORTH')
    .metric('VOICE')
    .metric('TRUST')
    .hypothesis('H', 'VOICE', 'TRUST')
    .release('S', { eligibleByUnit: { 'unit:ORG': 8000, 'unit:EAST': 7883 } });
  for (const year of ['2025', '2026']) {
    history.observe('VOICE', 'ORG', year, 'S', { num: '80', den: '127', n: 127, eligible: 200 });
    history.observe('VOICE', 'NORTH', year, 'S', { num: '60', den: '100', n: 100, eligible: 150 });
    history.observe('VOICE', 'WEST', year, 'S', { ...HIDDEN.sibling });
  }
  history.observe('VOICE', 'EAST', '2026', 'S', { num: '3', den: '4', n: 4, eligible: HIDDEN.eligible });
  history.target('VOICE', 'EAST', '2026', LINEAR, '66.6');
  const before = history.position;
  history.day('2027-01-11').correct('VOICE', 'EAST', '2026', 'S', { ...HIDDEN.corrected });
  return { history, before };
}

const strings = (value: unknown): string[] =>
  value instanceof Map
    ? strings([...value])
    : Array.isArray(value)
      ? value.flatMap(strings)
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, each]) => [key, ...strings(each)])
        : [String(value)];

const expectNone = (shown: unknown): void => {
  const all = strings(shown).join('\n');
  expect(SECRETS.filter((secret) => all.includes(secret))).toEqual([]);
};

describe('a hidden figure', () => {
  const { history, before } = house();
  const roles = ['hr', 'auditor', 'executive', 'member'] as const;

  it.each(roles)('is in no report that %s may ask for, in no format', (role) => {
    for (const unit of ['ORG', 'NORTH', 'EAST', 'WEST'])
      for (const upTo of [before, history.position]) {
        const report = history.report({ unit, viewer: { id: 'head-of-north', role } }, upTo);
        for (const shown of [
          reportJson(report),
          reportText(report),
          renderTable(report, 'Leading and lagging'),
          renderCsv(report),
          report.trace,
        ])
          expectNone(shown);
      }
  });

  it('is hidden in each point of a course as in the figure itself', () => {
    const report = history.report({ unit: 'EAST' });
    expect(cellOf(report, 'H/leading')).toMatchObject({ state: 'SUPPRESSED', value: null });
    expect(cellOf(report, 'H/leading/2026')).toMatchObject({ state: 'SUPPRESSED', value: null });
    expect(cellOf(history.report({ unit: 'WEST' }), 'H/leading/2025')).toMatchObject({ state: 'SUPPRESSED' });
  });

  it('is exported as its state, never blank and never 0', () => {
    const line = renderCsv(history.report({ unit: 'EAST' }))
      .split('\r\n')
      .find((each) => each.startsWith('H/leading,'));
    expect(line).toContain(',SUPPRESSED,SUPPRESSED,');
    expect(renderTable(history.report({ unit: 'EAST' }), 'R')).toMatch(/leading .* – .* SUPPRESSED/);
  });

  it('is not explained, and the refusal says the one sentence only', () => {
    const outcome = explain(history.report({ unit: 'EAST' }), 'H/leading');
    expect(outcome).toEqual({ refused: 'hidden-to-protect-small-groups' });
  });

  it('is not told by comparing two positions', () => {
    for (const unit of ['ORG', 'EAST', 'WEST']) {
      const outcome = diff(history.report({ unit }, before), history.report({ unit }));
      if (isRefusal(outcome)) throw new Error(outcome.refused);
      expectNone(outcome);
    }
  });

  it('is not told by the events under it, before or after a correction', () => {
    for (const upTo of [before, history.position]) {
      const mayOpen = leadLagReport.mayOpen(history.rows(upTo), history.question({}, upTo));
      const events = history.events.slice(0, upTo).map(({ id, type, data }, index) => ({
        ...{ id, type, position: String(index + 1), payload: data },
      }));
      const payloads = new Map(history.events.map(({ id, data }) => [id, data]));
      const seen = throughGate(events, ({ id, type }) => mayOpen({ id, type, data: payloads.get(id) }));
      expectNone(seen);
      const withheld = seen.filter(({ payload }) => payload === 'withheld').map(({ type }) => type);
      expect(new Set(withheld)).toEqual(
        new Set([
          'metrics.ExternalReleaseRecorded.v1',
          'metrics.ObservationRecorded.v1',
          'metrics.ObservationVerified.v1',
          'metrics.TargetProposed.v1',
          ...(upTo === before ? [] : ['metrics.ObservationCorrected.v1']),
        ]),
      );
    }
  });

  it('is not told by an error', () => {
    const asked = [{ unit: 'NOWHERE' }, { period: '2026-13' }];
    for (const question of asked) {
      const outcome = leadLagReport.compute(history.rows(), history.question(question));
      expect(isRefusal(outcome)).toBe(true);
      expectNone(outcome);
    }
    expectNone(explain(history.report({ unit: 'EAST' }), 'H/nothing'));
  });
});

describe('an event that carries a figure', () => {
  const small = { num: '3', den: '4', n: 4, eligible: 6 };
  const large = { num: '30', den: '40', n: 40, eligible: 60 };
  const house2 = (): History =>
    new History().configured().day('2027-01-10').unit('ORG').unit('EAST', 'ORG').metric('VOICE').release('S');
  const opens = (history: History, id: string): boolean => {
    const event = history.events.find((each) => each.id === id);
    if (!event) throw new Error(`no event ${id}`);
    return leadLagReport.mayOpen(history.rows(), history.question())(event);
  };

  it('opens when its figure may be shown', () => {
    const history = house2();
    expect(opens(history, history.observe('VOICE', 'EAST', '2026', 'S', large))).toBe(true);
  });

  it('stays closed when a larger figure superseded a small one', () => {
    const history = house2();
    const superseded = history.observe('VOICE', 'EAST', '2026', 'S', small);
    const correction = history.correct('VOICE', 'EAST', '2026', 'S', large);
    expect([opens(history, superseded), opens(history, correction)]).toEqual([false, true]);
  });

  it('stays closed when it was superseded by a small one, and so does the small one', () => {
    const history = house2();
    const superseded = history.observe('VOICE', 'EAST', '2026', 'S', large);
    const correction = history.correct('VOICE', 'EAST', '2026', 'S', small);
    expect([opens(history, superseded), opens(history, correction)]).toEqual([false, false]);
  });

  it('stays closed when a small figure was retracted', () => {
    const history = house2();
    const event = history.observe('VOICE', 'EAST', '2026', 'S', small);
    const place = { metricId: 'metric:VOICE', unitId: 'unit:EAST', period: '2026', definitionVersion: 1, obsId: 'obs' };
    history.add('metrics.ObservationRetracted.v1', { ...place, by: 'steward', reason: null });
    expect(opens(history, event)).toBe(false);
  });

  it('stays closed when a small figure was retracted and those below now stand in its place', () => {
    const history = house2().unit('EAST-1', 'EAST');
    const event = history.observe('VOICE', 'EAST', '2026', 'S', small);
    const place = { metricId: 'metric:VOICE', unitId: 'unit:EAST', period: '2026', definitionVersion: 1, obsId: 'obs' };
    history.add('metrics.ObservationRetracted.v1', { ...place, by: 'steward', reason: null });
    history.observe('VOICE', 'EAST-1', '2026', 'S', large);
    expect(cellOf(history.report({ unit: 'EAST' }), 'VOICE/value')).toMatchObject({ value: '75', n: 40 });
    expect(opens(history, event)).toBe(false);
  });

  it('opens a target whose baseline is shown, or only asserted, and no other', () => {
    const proposed = (history: History): boolean =>
      opens(history, history.events.find(({ type }) => type === 'metrics.TargetProposed.v1')?.id ?? '');
    const start = (figures: typeof small, more: (history: History) => unknown = () => undefined): boolean => {
      const history = house2();
      const obsId = `obs-${history.events.length}`;
      history.observe('VOICE', 'EAST', '2025', 'S', figures);
      history.target('VOICE', 'EAST', '2026', LINEAR, '75', obsId);
      more(history);
      return proposed(history);
    };
    expect([start(large), start(small)]).toEqual([true, false]);
    expect(start(small, (history) => history.correct('VOICE', 'EAST', '2025', 'S', large))).toBe(false);
    const gone = { metricId: 'metric:VOICE', unitId: 'unit:EAST', period: '2025', definitionVersion: 1, obsId: 'obs' };
    const retract = (history: History) =>
      history.add('metrics.ObservationRetracted.v1', { ...gone, by: 'steward', reason: null });
    expect(start(small, retract)).toBe(false);
  });

  it('keeps a baseline of unreleased records from who may not see their unit', () => {
    const history = house2().metric('HANDLED', { sourceType: 'RECORDS', formulaRef: 'record-share' }, 'NEUTRAL');
    const obsId = `obs-${history.events.length}`;
    history.observe('HANDLED', 'EAST', '2025', null, { num: '30', den: '60' });
    history.target('HANDLED', 'EAST', '2026', LINEAR, '50', obsId);
    const event = history.events.find(({ type }) => type === 'metrics.TargetProposed.v1');
    const by = (role: 'board' | 'hr') => history.openingOf(history.rows(), { viewer: { id: 'b', role } });
    expect([event && by('board')(event), event && by('hr')(event)]).toEqual([false, true]);
  });

  it('opens a back-test only while every figure it tells of stands and is shown', () => {
    const history = house2();
    const years = ['2020', '2021', '2022', '2023', '2024', '2025'];
    const obsIds = years.map((year) => {
      const obsId = `obs-${history.events.length}`;
      history.observe('VOICE', 'EAST', year, 'S', year === '2020' ? small : large);
      return obsId;
    });
    const place = { targetId: 't', metricId: 'metric:VOICE', unitId: 'unit:EAST', period: '2026' };
    const test = (ids: readonly string[]): string =>
      history.add('metrics.TargetDifficultyBackTested.v1', { ...place, periods: years, obsIds: ids });
    const [whole, shown] = [test(obsIds), test(obsIds.slice(1))];
    expect([opens(history, whole), opens(history, shown)]).toEqual([false, true]);
    history.correct('VOICE', 'EAST', '2020', 'S', large);
    expect(opens(history, whole)).toBe(false);
  });

  it('stays closed when a release says of how few some unit’s answers came', () => {
    const release = (rate: string): boolean => {
      const history = house2().release('R', {
        eligibleByUnit: { 'unit:EAST': 20 },
        responseRateByUnit: { 'unit:EAST': rate },
      });
      return opens(history, history.events.at(-1)?.id ?? '');
    };
    expect([release('15'), release('25'), release('0')]).toEqual([false, true, true]);
  });

  it('stays closed when its type is not known', () => {
    const history = house2();
    expect(opens(history, history.add('metrics.SomethingNew.v1', { n: 3 }))).toBe(false);
  });

  it('closes headcounts of a few people, and of the sibling that would give them away', () => {
    const history = house2().unit('WEST', 'ORG').unit('SOUTH', 'ORG');
    const count = (unit: string, people: number): string =>
      history.add('organization.HeadcountSnapshotRecorded.v1', {
        ...{
          unitId: `unit:${unit}`,
          date: '2026-12-31',
          count: people,
          source: 'payroll',
          supersedes: null,
          reason: null,
        },
      });
    const before = history.position;
    const ids = [count('ORG', 60), count('EAST', 3), count('WEST', 20), count('SOUTH', 37)];
    history.asOneAct(before);
    expect(ids.map((id) => opens(history, id))).toEqual([true, false, false, true]);
    count('EAST', 30);
    expect(ids.map((id) => opens(history, id))).toEqual([true, false, false, true]);
  });

  it('closes the last headcount of several that came one by one, where it would leave a few people', () => {
    const history = new History().configured().day('2027-01-10').unit('ORG').unit('EAST', 'ORG').unit('WEST', 'ORG');
    const count = (unit: string, heads: number): string =>
      history.add('organization.HeadcountSnapshotRecorded.v1', {
        ...{
          unitId: `unit:${unit}`,
          date: '2027-01-01',
          count: heads,
          source: 'payroll',
          supersedes: null,
          reason: null,
        },
      });
    const ids = [count('ORG', 43), count('EAST', 3)];
    expect(ids.map((id) => opens(history, id))).toEqual([true, false]);
    ids.push(count('WEST', 40));
    expect(ids.map((id) => opens(history, id))).toEqual([true, false, false]);
  });

  it('is closed under a stricter policy of today', () => {
    const history = house2();
    const id = history.observe('VOICE', 'EAST', '2026', 'S', { num: '5', den: '8', n: 8, eligible: 10 });
    const event = history.events.find((each) => each.id === id);
    const mayOpen = leadLagReport.mayOpen(history.rows(), history.question({ alsoUnder: [{ k: 10, kSensitive: 10 }] }));
    expect(event && mayOpen(event)).toBe(false);
    expect(opens(history, id)).toBe(true);
  });
});

describe('the policy of today', () => {
  it('hides in the view of an earlier position what it would hide now, and says so', () => {
    const history = new History().configured().day('2027-01-10').unit('ORG').metric('VOICE').release('S');
    history.observe('VOICE', 'ORG', '2026', 'S', { num: '5', den: '8', n: 8, eligible: 10 });
    expect(cellOf(history.report(), 'VOICE/value')).toMatchObject({ value: '62.5', n: 8 });
    const report = history.report({ alsoUnder: [{ k: 10, kSensitive: 10 }] });
    expect(cellOf(report, 'VOICE/value')).toMatchObject({ state: 'SUPPRESSED', value: null });
    expect(report.disclosure).toEqual({ k: 10, kSensitive: 10 });
    expect(report.remarks).toEqual(['Shown under the stricter of the policy then and the policy now.']);
  });

  it('holds for units that are a demographic cut too', () => {
    const history = new History().configured().day('2027-01-10').unit('ORG').unit('CUT').metric('VOICE').release('S');
    history.add('organization.UnitMarkedClassDefined.v1', { unitId: 'unit:CUT' });
    history.observe('VOICE', 'CUT', '2026', 'S', { num: '9', den: '14', n: 14, eligible: 20 });
    const shown = (kDemographic: number) =>
      cellOf(history.report({ unit: 'CUT', alsoUnder: [{ k: 5, kSensitive: 10, kDemographic }] }), 'VOICE/value').state;
    expect([shown(10), shown(20)]).toEqual(['NOT_EVALUABLE', 'SUPPRESSED']);
  });
});
