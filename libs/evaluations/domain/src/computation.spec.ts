import { Decimal } from '@plumbline/kernel';
import type { Component } from './component';
import { computeScorecard } from './computation';
import type { FigureForScoring, ForScoring, MetricForScoring, TargetForScoring } from './for-scoring';

const LIMITS = { coverageBp: 7000, surveyBp: 3000, singleBp: 3500, processFloorBp: 4000, minScoredN: 10 };
const FREEZE = { day: '2026-11-12', measuredOn: '2026-11-12' };
const ANCHORS = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' } as const;
const one = new Decimal(1);

const target = (more: Partial<TargetForScoring> = {}): TargetForScoring => ({
  ...{ anchors: ANCHORS, original: ANCHORS, definitionVersion: 1, cites: ['event-target'] },
  ...more,
});
const figure = (value: string | null, more: Partial<FigureForScoring> = {}): FigureForScoring => ({
  ...{ state: 'OK', reasonCode: null, value, low: value, high: value, n: 80, sampled: false },
  ...{ verified: true, disputed: false, definitionVersion: 1, cites: ['event-figure'] },
  ...more,
});
type Scope = MetricForScoring['scopes'][number];
const scope = (of: FigureForScoring, more: Partial<Scope> = {}): Scope => ({
  ...{ unitId: 'unit:SURG', figure: of, target: target(), share: one, due: '2026-10-15', absentWhenDue: false },
  ...more,
});
const metric = (of: FigureForScoring, more: Partial<MetricForScoring> = {}): MetricForScoring => ({
  ...{ type: 'METRIC', direction: 'HIGHER', barred: null, scopes: [scope(of)], fallback: null },
  ...{ owedBy: 'OUTSIDE', noticeOn: null, cites: ['event-definition'] },
  ...more,
});
/** Whose attainment is given: on the anchors 60/70/80, 100 at 70, 120 at 74, 80 at 66, 60 at 62. */
const AT = { 100: '70', 120: '74', 80: '66', 60: '62' } as const;

const component = (id: string, kind: Component['kind'], weightBp: number, survey = false): Component => ({
  ...{ id, title: id, kind, weightBp, capPoints: kind === 'CLIMATE' || kind === 'OUTCOME' ? 100 : 150, warnings: [] },
  source: {
    ...{ type: 'METRIC', metricId: `metric:${id}`, metric: id, metricVersion: 1, definitionVersion: 1 },
    ...{ scopes: [{ unitId: 'unit:SURG', unit: 'SURG' }], period: '2026', fallback: null, survey },
    ...{ dataOwner: null, steps: [] },
  },
});
/** The worked example of the model: weights 25/20/15/20/20. */
const five = [
  component('a', 'PROCESS', 2500),
  component('b', 'BEHAVIOUR', 2000),
  component('c', 'PROCESS', 1500),
  component('d', 'CLIMATE', 2000, true),
  component('e', 'OUTCOME', 2000),
];
const worked = (more: Readonly<Record<string, ForScoring>> = {}): ReadonlyMap<string, ForScoring> =>
  new Map(
    Object.entries({
      a: metric(figure(AT[100])),
      b: metric(figure(AT[120])),
      c: metric(figure(AT[80])),
      d: metric(figure(null, { state: 'SUPPRESSED', n: null, low: null, high: null, sampled: true })),
      e: metric(figure(AT[60])),
      ...more,
    }),
  );
const compute = (more: Readonly<Record<string, ForScoring>> = {}, components = five) =>
  computeScorecard(components, LIMITS, worked(more), FREEZE);
const rowOf = (id: string, more: Readonly<Record<string, ForScoring>>, components = five) =>
  compute(more, components).components.find(({ componentId }) => componentId === id);

describe('the worked example', () => {
  it('weights 25/20/15/20/20, attainments 100/120/80/hidden/60: 91.25 at coverage 80 %', () => {
    const { total, components } = compute();
    expect(total).toMatchObject({
      ...{ score: '91.25', state: 'OK', originalScore: '91.25', coverageBp: 8000, evidenceBp: '10000', surveyBp: '0' },
      waits: [],
    });
    expect(total.parts.map(({ points }) => points)).toEqual(['31.25', '30', '15', null, '15']);
    expect(components.map(({ attainment, state }) => [attainment, state])).toEqual([
      ['100', 'OK'],
      ['120', 'OK'],
      ['80', 'OK'],
      [null, 'SUPPRESSED'],
      ['60', 'OK'],
    ]);
  });

  it('has no total when coverage falls below its floor', () => {
    const { total } = compute({ b: metric(figure(null, { state: 'NO_DATA' })) });
    expect(total).toMatchObject({ score: null, state: 'NOT_EVALUABLE', reason: 'COVERAGE_TOO_LOW', coverageBp: 6000 });
    expect(total.parts.every(({ points }) => points === null)).toBe(true);
  });

  it('comes to the same, byte for byte, whatever the order of what is given', () => {
    const backwards = new Map([...worked()].reverse());
    expect(JSON.stringify(computeScorecard(five, LIMITS, backwards, FREEZE))).toBe(JSON.stringify(compute()));
  });

  it('cites every event once, in order', () => {
    expect(rowOf('a', {})?.citedEvents).toEqual(['event-definition', 'event-figure', 'event-target']);
  });

  it('refuses to be computed of less than the contract', () => {
    expect(() => computeScorecard(five, LIMITS, new Map(), FREEZE)).toThrow('nothing is given for the component a');
  });
});

describe('a figure', () => {
  it('without a target is not scored', () => {
    expect(rowOf('a', { a: metric(figure('70'), { scopes: [scope(figure('70'), { target: null })] }) })).toMatchObject({
      state: 'NO_TARGET',
      effect: 'EXCLUDED',
    });
  });

  it('of another definition than its target is not scored', () => {
    expect(rowOf('a', { a: metric(figure('70', { definitionVersion: 2 })) })).toMatchObject({
      ...{ state: 'NOT_EVALUABLE', reasonCode: 'DEFINITION_BREAK', effect: 'EXCLUDED' },
    });
  });

  it('that is a sample needs ten answers and a margin', () => {
    const sampled = (more: Partial<FigureForScoring>) => ({ a: metric(figure('70', { sampled: true, ...more })) });
    expect(rowOf('a', sampled({ n: 9 }))?.state).toBe('SMALL_BASE');
    expect(rowOf('a', sampled({ n: 10 }))?.state).toBe('OK');
    expect(rowOf('a', sampled({ n: null }))?.state).toBe('NO_BASE');
    expect(rowOf('a', sampled({ low: null }))?.state).toBe('NO_MARGIN');
  });

  it('whose margin is worth more than fifty points tells nothing', () => {
    const wide = (low: string, high: string) => ({ a: metric(figure('70', { sampled: true, low, high })) });
    expect(rowOf('a', wide('65', '75'))).toMatchObject({ state: 'OK', attainment: '100' });
    expect(rowOf('a', wide('64.9', '75.1'))).toMatchObject({
      state: 'INCONCLUSIVE',
      effect: 'EXCLUDED',
      attainment: null,
    });
  });

  it('that nobody verified counts at most the threshold', () => {
    const row = rowOf('a', { a: metric(figure('70', { verified: false })) });
    expect(row).toMatchObject({ attainment: '50', evidenceLevel: 'UNVERIFIED' });
    expect(compute({ a: metric(figure('70', { verified: false })) }).total.evidenceBp).toBe('6875');
  });

  it('that is disputed is scored as it was recorded, and flagged', () => {
    expect(rowOf('a', { a: metric(figure('70', { disputed: true })) })).toMatchObject({
      ...{ attainment: '100', evidenceLevel: 'DISPUTED' },
    });
  });

  it('is judged on the targets as they were locked, too', () => {
    const easier = { curve: 'LINEAR', threshold: '50', target: '60', stretch: '70' } as const;
    const moved = scope(figure('70'), { target: target({ anchors: easier }) });
    const result = compute({ a: metric(figure('70'), { scopes: [moved] }) });
    expect(result.components[0]).toMatchObject({ attainment: '150', originalAttainment: '100' });
    expect(result.total).toMatchObject({ score: '100', originalScore: '91.25' });
  });
});

describe('a missing figure', () => {
  const missing = figure(null, { state: 'NOT_REPORTED', n: null });
  it('owed by the leader, after a notice in good time, counts nothing and keeps its weight', () => {
    const owed = { owedBy: 'LEADERS_LINE' as const, noticeOn: '2026-10-08' };
    expect(rowOf('a', { a: metric(missing, owed) })).toMatchObject({
      state: 'NOT_REPORTED',
      attainment: '0',
      effect: 'SCORED',
    });
    expect(rowOf('a', { a: metric(missing, { ...owed, noticeOn: '2026-10-09' }) })?.effect).toBe('EXCLUDED');
    const away = [scope(missing, { absentWhenDue: true })];
    expect(rowOf('a', { a: metric(missing, { ...owed, scopes: away }) })?.effect).toBe('EXCLUDED');
  });

  it('owed by someone outside the line costs the leader nothing', () => {
    expect(rowOf('a', { a: metric(missing, { noticeOn: '2026-10-01' }) })).toMatchObject({ effect: 'EXCLUDED' });
  });
});

describe('what the firewall has against it', () => {
  it('keeps a component out, with its rule', () => {
    const barred = {
      rule: 'a-class-based-metric-cannot-count-in-an-evaluation',
      reason: 'LEGAL_REVIEW_EXPIRED',
    } as const;
    expect(rowOf('a', { a: metric(figure('70'), { barred }) })).toMatchObject({
      ...{ effect: 'EXCLUDED', state: 'NOT_EVALUABLE', reasonCode: 'LEGAL_REVIEW_EXPIRED', attainment: null },
      ...{ rule: 'a-class-based-metric-cannot-count-in-an-evaluation', scopes: [] },
    });
  });
});

describe('a contracted fallback', () => {
  const hidden = figure(null, { state: 'SUPPRESSED', n: null, sampled: true, low: null, high: null });
  const house = { unitId: 'unit:HOUSE', figure: figure('66', { sampled: true, n: 900 }), target: null };
  it('is judged in place of a figure that cannot be, on the same target, and labelled shared', () => {
    const row = rowOf('d', { d: metric(hidden, { fallback: house }) });
    expect(row).toMatchObject({
      ...{ attainment: '80', state: 'OK', n: 900 },
      scopes: [{ unitId: 'unit:HOUSE', shared: true, value: '66' }],
    });
    const own = { ...house, target: target({ anchors: { ...ANCHORS, threshold: '50', target: '66' } }) };
    expect(rowOf('d', { d: metric(hidden, { fallback: own }) })?.attainment).toBe('100');
  });

  it('that cannot be judged either leaves the component out', () => {
    const both = { ...house, figure: hidden };
    expect(rowOf('d', { d: metric(hidden, { fallback: both }) })).toMatchObject({
      effect: 'EXCLUDED',
      state: 'SUPPRESSED',
    });
  });

  it('after too few answers opens an improvement: driving response down gains nothing', () => {
    const low = figure('90', { state: 'NOT_EVALUABLE', reasonCode: 'LOW_RESPONSE', sampled: true });
    const row = rowOf('d', { d: metric(low, { fallback: house }) });
    expect(row).toMatchObject({ opensImprovement: true, attainment: '80' });
    const answered = rowOf('d', { d: metric(figure('66', { sampled: true })) });
    expect(Number(row?.attainment)).toBeLessThanOrEqual(Number(answered?.attainment));
  });
});

describe('several posts', () => {
  const posts = (...shares: readonly (string | null)[]): readonly Scope[] =>
    shares.map((share, index) =>
      scope(figure(index === 0 ? '70' : '62'), {
        unitId: `unit:${index}`,
        share: share === null ? null : new Decimal(share),
      }),
    );
  it('count by the share of the period that each was led', () => {
    expect(rowOf('a', { a: metric(figure('70'), { scopes: posts('0.75', '0.25') }) })).toMatchObject({
      ...{ attainment: '90', tenureShare: '1', n: null },
    });
  });

  it('led for too short a time do not count', () => {
    expect(rowOf('a', { a: metric(figure('70'), { scopes: posts('0.75', null) }) })).toMatchObject({
      ...{ attainment: '100', tenureShare: '0.75' },
      scopes: [{ state: 'OK' }, { state: 'NOT_EVALUABLE', reasonCode: 'TENURE_TOO_SHORT' }],
    });
    expect(rowOf('a', { a: metric(figure('70'), { scopes: posts(null) }) })).toMatchObject({
      ...{ effect: 'EXCLUDED', state: 'NOT_EVALUABLE', reasonCode: 'TENURE_TOO_SHORT' },
    });
  });
});

describe('commitments and actions', () => {
  const kept = {
    ...component('a', 'COMMITMENTS', 2500),
    source: { type: 'COMMITMENTS', commitments: [] },
  } as Component;
  const delivery = { ...component('a', 'PROCESS', 2500), source: { type: 'ACTIONS', actions: [] } } as Component;
  const rest = five.slice(1);
  const item = (id: string, more: object = {}) => ({
    ...{
      id,
      weight: 1,
      firstDue: '2026-06-30',
      doneOn: null,
      verified: false,
      graceDays: 90,
      ended: null,
      assessed: null,
    },
    ...more,
  });
  const promises = (...items: object[]): ForScoring => ({
    type: 'COMMITMENTS',
    items: items as never,
    cites: ['event-promise'],
  });

  it('count what was kept by its first date', () => {
    const half = promises(item('C1', { doneOn: '2026-06-01', verified: true }), item('C2'));
    expect(rowOf('a', { a: half }, [kept, ...rest])).toMatchObject({
      attainment: '50',
      n: 2,
      citedEvents: ['event-promise'],
    });
  });

  it('are unverified while one is called done and nobody else has looked', () => {
    const level = (second: object) =>
      rowOf('a', { a: promises(item('C1', { doneOn: '2026-06-01', verified: true }), item('C2', second)) }, [
        kept,
        ...rest,
      ])?.evidenceLevel;
    expect(level({})).toBe('VERIFIED');
    expect(level({ doneOn: '2026-06-01' })).toBe('UNVERIFIED');
    expect(level({ doneOn: '2026-06-01', assessed: 'SUBSTANTIAL' })).toBe('VERIFIED');
    expect(level({ doneOn: '2026-06-01', firstDue: '2026-12-01' })).toBe('VERIFIED');
  });

  it('are left out when nothing was due', () => {
    expect(rowOf('a', { a: promises(item('C1', { firstDue: '2026-12-01' })) }, [kept, ...rest])).toMatchObject({
      ...{ state: 'NOT_DUE', effect: 'EXCLUDED' },
    });
  });

  it('gain nothing by withdrawing, carrying forward or back-dating unattested', () => {
    const done = item('C1', { doneOn: '2026-06-01', verified: true });
    const points = (second: object): number =>
      Number(rowOf('a', { a: promises(done, item('C2', second)) }, [kept, ...rest])?.attainment);
    const open = points({});
    expect(points({ ended: 'WITHDRAWN' })).toBe(open);
    expect(points({ ended: 'CARRIED_FORWARD' })).toBe(open);
    expect(points({ doneOn: '2026-06-01', verified: false })).toBe(open);
  });

  it('count deliveries up to what was planned, unverified ones to the threshold', () => {
    const actions = (verified: boolean, ...delivered: number[]): ForScoring => ({
      type: 'ACTIONS',
      items: delivered.map((count) => ({ delivered: count, planned: 4, verified })),
      cites: [],
    });
    expect(rowOf('a', { a: actions(true, 4, 3) }, [delivery, ...rest])).toMatchObject({ attainment: '87.5', n: 2 });
    expect(rowOf('a', { a: actions(true, 9, 0) }, [delivery, ...rest])?.attainment).toBe('50');
    expect(rowOf('a', { a: actions(false, 4, 4) }, [delivery, ...rest])).toMatchObject({
      ...{ attainment: '50', evidenceLevel: 'UNVERIFIED' },
    });
    const unplanned: ForScoring = {
      type: 'ACTIONS',
      items: [{ delivered: 3, planned: null, verified: true }],
      cites: [],
    };
    expect(rowOf('a', { a: unplanned }, [delivery, ...rest])).toMatchObject({ state: 'NO_TARGET', effect: 'EXCLUDED' });
  });
});

describe('a modifier', () => {
  const harm: Component = {
    ...component('f', 'MODIFIER', 0),
    source: {
      ...(component('f', 'MODIFIER', 0).source as Extract<Component['source'], { type: 'METRIC' }>),
      steps: [
        { below: 50, points: -5 },
        { below: 40, points: -10 },
      ],
    },
  };
  const scoreWith = (value: string | null, more: Partial<FigureForScoring> = {}) =>
    compute({ f: metric(figure(value, more), { scopes: [scope(figure(value, more), { target: null })] }) }, [
      ...five,
      harm,
    ]);
  it.each([
    ['50', '91.25'],
    ['49.9', '86.25'],
    ['39.9', '81.25'],
  ])('at %s leaves a total of %s', (value, score) => {
    expect(scoreWith(value).total.score).toBe(score);
  });

  it('takes the most of its steps when the leader’s own line left the figure out after a notice', () => {
    const missing = figure(null, { state: 'NOT_REPORTED' });
    const told = (more: Partial<MetricForScoring>) => {
      const f = metric(missing, { scopes: [scope(missing, { target: null })], noticeOn: '2026-10-01', ...more });
      return compute({ f }, [...five, harm]);
    };
    const own = told({ owedBy: 'LEADERS_LINE' });
    expect(own.total).toMatchObject({ score: '81.25', originalScore: '81.25', coverageBp: 8000 });
    expect(own.components[5]).toMatchObject({ state: 'NOT_REPORTED', effect: 'SCORED', attainment: '-10' });
    expect(told({ owedBy: 'OUTSIDE' }).total.score).toBe('91.25');
    expect(told({ owedBy: 'LEADERS_LINE', noticeOn: null }).total.score).toBe('91.25');
  });

  it('that has no figure, by nobody’s omission, changes nothing and is told as left out', () => {
    expect(scoreWith(null, { state: 'SUPPRESSED' }).components[5]).toMatchObject({
      ...{ state: 'SUPPRESSED', effect: 'EXCLUDED', attainment: null },
    });
    expect(scoreWith(null, { state: 'NO_DATA' }).total).toMatchObject({ score: '91.25', coverageBp: 8000 });
  });
});
