import { cellOf, History } from './history.testing';
import { explain, leadLagReport, renderTable } from './index';

const counted = { num: '30', den: '60', n: 60, eligible: 80 };

function house(): History {
  const history = new History()
    .configured()
    .day('2027-01-10')
    .unit('ORG')
    .unit('NORTH', 'ORG')
    .unit('NORTH-1', 'NORTH')
    .unit('SOUTH', 'ORG')
    .unit('MEDIAN', null, { outsideTree: true })
    .leads('head-of-north', 'NORTH')
    .release('S')
    .metric('VOICE')
    .metric(
      'HANDLED',
      { sourceType: 'RECORDS', formulaRef: 'record-share', level: 'PROCESS', kind: 'LEADING' },
      'NEUTRAL',
    )
    .metric('WATCHED', {}, 'MONITORING_ONLY')
    .metric('CLASSED', {}, 'CLASS_BASED')
    .metric('UNJUDGED', {}, null);
  for (const unit of ['ORG', 'NORTH', 'NORTH-1', 'SOUTH']) {
    for (const metric of ['VOICE', 'WATCHED', 'CLASSED', 'UNJUDGED'])
      history.observe(metric, unit, '2026', 'S', counted);
    history.observe('HANDLED', unit, '2026', null, { num: '30', den: '60' });
  }
  history.observe('VOICE', 'MEDIAN', '2026', 'S', counted);
  return history;
}

const executive = { id: 'head-of-north', role: 'executive' } as const;
const state = (viewer: { id: string; role: 'executive' | 'member' | 'hr' | 'auditor' }, unit: string, metric: string) =>
  cellOf(house().report({ unit, viewer }), `${metric}/value`).state;

describe('an executive', () => {
  it('sees every figure of the own subtree and of the organisation', () => {
    for (const unit of ['ORG', 'NORTH', 'NORTH-1']) {
      expect(state(executive, unit, 'VOICE')).toBe('NO_TARGET');
      expect(state(executive, unit, 'HANDLED')).toBe('NO_TARGET');
    }
  });

  it('sees of other units what was released to everybody, and that there is more', () => {
    expect(state(executive, 'SOUTH', 'VOICE')).toBe('NO_TARGET');
    expect(cellOf(house().report({ unit: 'SOUTH', viewer: executive }), 'HANDLED/value')).toMatchObject({
      state: 'WITHHELD',
      value: null,
      n: null,
      base: null,
    });
  });

  it('sees benchmarks outside the tree', () => {
    expect(state(executive, 'MEDIAN', 'VOICE')).toBe('NO_TARGET');
  });

  it('meets no measure of a class, none that is only watched, none that nobody has judged', () => {
    const keys = house()
      .report({ viewer: executive })
      .cells.map(({ key }) => key.split('/')[0]);
    expect([...new Set(keys)]).toEqual(['HANDLED', 'VOICE']);
  });

  it('meets no hypothesis about such a measure either', () => {
    const report = house().hypothesis('H', 'WATCHED', 'VOICE').report({ viewer: executive });
    expect(report.cells.some(({ key }) => key.startsWith('H/'))).toBe(false);
    expect(cellOf(report, 'VOICE/value').state).toBe('NO_TARGET');
  });
});

describe('staff', () => {
  const member = { id: 'anyone', role: 'member' } as const;

  it('see released figures of every unit, and no records', () => {
    for (const unit of ['ORG', 'NORTH', 'SOUTH']) {
      expect(state(member, unit, 'VOICE')).toBe('NO_TARGET');
      expect(state(member, unit, 'HANDLED')).toBe('WITHHELD');
    }
  });

  it('are not told of another unit’s records that there are none, or that nobody reported them', () => {
    const history = house().unit('WEST', 'ORG').calendar(['YEARLY'], 0, 0);
    const linear = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' } as const;
    history.target('HANDLED', 'WEST', '2026', linear, '50');
    expect(cellOf(history.report({ unit: 'WEST' }), 'HANDLED/value').state).toBe('NOT_REPORTED');
    const seen = cellOf(history.report({ unit: 'WEST', viewer: member }), 'HANDLED/value');
    expect(seen).toMatchObject({
      ...{ state: 'WITHHELD', status: null, target: null },
      remarks: ['Not open to the role in which you ask.'],
    });
  });

  it('see a verdict only when all it rests on was released', () => {
    const released = house().hypothesis('H', 'VOICE', 'VOICE').report({ viewer: member });
    expect(cellOf(released, 'H/verdict')).toMatchObject({ word: 'TOO_SHORT' });
    const unreleased = house().hypothesis('H', 'HANDLED', 'VOICE').report({ viewer: member });
    expect(cellOf(unreleased, 'H/verdict')).toMatchObject({ word: null, state: 'WITHHELD' });
  });

  it('open a verdict that was given where they see it in the report, and nowhere else', () => {
    const opens = (
      leading: string,
      lagging: string,
      viewer: { id: string; role: 'member' | 'executive' | 'hr' | 'board' },
    ) => {
      const history = house();
      history.add('metrics.HypothesisReviewed.v1', {
        ...{ hypothesisId: 'hypothesis:H', code: 'H', verdict: 'LEADS', cannotTell: false, reviewedBy: 'hr-1' },
        ...{ leadingMetricId: `metric:${leading}`, laggingMetricId: `metric:${lagging}` },
        ...{ basis: { asOf: 'e-1', report: 'R2@1', note: 'As seen.' } },
      });
      const event = history.events.at(-1);
      return event !== undefined && leadLagReport.mayOpen(history.rows(), history.question({ viewer }))(event);
    };
    expect(opens('VOICE', 'VOICE', member)).toBe(true);
    expect(opens('HANDLED', 'VOICE', member)).toBe(false);
    expect(opens('VOICE', 'HANDLED', { id: 'b', role: 'board' })).toBe(false);
    expect(opens('WATCHED', 'VOICE', member)).toBe(false);
    expect(opens('HANDLED', 'VOICE', executive)).toBe(true);
    expect(opens('HANDLED', 'WATCHED', { id: 'h', role: 'hr' })).toBe(true);
  });

  it('are told that something is withheld, and open no event under it', () => {
    const history = house();
    const report = history.report({ viewer: member });
    expect(explain(report, 'HANDLED/value')).toEqual({ refused: 'you-may-know-that-it-happened-not-what-it-says' });
    expect(renderTable(report, 'R')).toMatch(/HANDLED .* WITHHELD[^]*\n +Not open to the role in which you ask\.\n/);
    const mayOpen = leadLagReport.mayOpen(history.rows(), history.question({ viewer: member }));
    const opened = history.events.filter(mayOpen).filter(({ type }) => type === 'metrics.ObservationRecorded.v1');
    expect(new Set(opened.map(({ data }) => (data as { metricId: string }).metricId))).toEqual(
      new Set(['metric:VOICE']),
    );
  });
});

describe('HR and auditors', () => {
  it('see what is only watched, from ten people on', () => {
    expect(state({ id: 'h', role: 'hr' }, 'ORG', 'WATCHED')).toBe('NO_TARGET');
    const history = new History()
      .configured()
      .day('2027-01-10')
      .unit('ORG')
      .release('S')
      .metric('W', {}, 'MONITORING_ONLY');
    history.observe('W', 'ORG', '2026', 'S', { num: '12', den: '14', n: 14, eligible: 20 });
    expect(cellOf(history.report(), 'W/value').value).toBe('85.714286');
    history.correct('W', 'ORG', '2026', 'S', { num: '9', den: '9', n: 9, eligible: 20 });
    expect(cellOf(history.report(), 'W/value')).toMatchObject({ state: 'SUPPRESSED', base: null });
  });
});

describe('a question that cannot be answered', () => {
  const refusal = (history: History, given: object) => leadLagReport.compute(history.rows(), history.question(given));

  it('is refused for an unknown unit, a wrong period, a log without organisation or units', () => {
    expect(refusal(house(), { unit: 'NOWHERE' })).toMatchObject({
      refused: 'a-unit-is-named-by-its-code',
      detail: expect.stringMatching(/There is .*ORG/),
    });
    expect(refusal(house(), { period: '2026-Q5' })).toMatchObject({ refused: 'a-period-is-written-as-one' });
    expect(refusal(new History(), {})).toMatchObject({ refused: 'a-report-needs-a-configured-organisation' });
    expect(refusal(new History().configured(), {})).toMatchObject({ refused: 'a-report-needs-a-unit' });
  });
});
