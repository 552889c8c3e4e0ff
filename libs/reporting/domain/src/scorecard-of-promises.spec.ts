import type { Component } from '@plumbline/evaluations/domain';
import { evaluationPacketReport } from './evaluation-packet.report';
import { cellOf } from './history.testing';
import { anyReport } from './report';
import { scorecardReport } from './scorecard.report';
import { type Evaluations, FIVE, observed, surgery } from './scorecards.testing';

const CODES = ['C01', 'C02', 'C03', 'C04'];
const commitment = (code: string) => ({ commitmentId: `commitment:${code}`, commitment: code, weight: 1 });
const promises: Component = {
  ...{ id: 'promises', title: 'Promises', kind: 'COMMITMENTS', weightBp: 1500, capPoints: 150, warnings: [] },
  source: {
    type: 'COMMITMENTS',
    commitments: CODES.map(commitment),
  },
};
const delivery: Component = {
  ...{ id: 'delivery', title: 'Delivery', kind: 'PROCESS', weightBp: 1000, capPoints: 150, warnings: [] },
  source: { type: 'ACTIONS', actions: [{ actionId: 'action:BUDDY', action: 'BUDDY' }] },
};
/** Four promises of the year and one action, in the place of the first of five parts. */
function promising(): Evaluations {
  const house = surgery();
  for (const code of CODES) house.promise(code, '2026-06-30', 'head');
  house.plan('BUDDY', { plannedDeliveries: 4 });
  return observed(house.contract('head', FIVE.slice(1), [promises, delivery], 2), { CHECKINS: null });
}
const row = (house: Evaluations, id: string) =>
  house
    .freeze('2026-11-12', ['head'])
    .computed('head')
    .components.find(({ componentId }) => componentId === id);
const points = (change: (house: Evaluations) => unknown): number => {
  const house = promising();
  house.fulfilled('C01', '2026-06-01', 'p-other');
  change(house);
  return Number(row(house, 'promises')?.attainment);
};

describe('promises in a scorecard', () => {
  it('count by their first date, once someone other than the owner has checked them', () => {
    const house = promising();
    house
      .fulfilled('C01', '2026-06-01', 'p-other')
      .fulfilled('C02', '2026-06-01')
      .fulfilled('C03', '2026-08-14', 'p-other');
    // one in time, one unchecked, one 45 of 90 days late, one open: (1 + 0 + .5 + 0) ÷ 4
    const found = row(house, 'promises');
    expect(found).toMatchObject({ attainment: '37.5', n: 4, effect: 'SCORED' });
    const known = new Set(house.events.map(({ id }) => id));
    expect(found?.citedEvents.every((event) => known.has(event))).toBe(true);
  });

  it('gain nothing by being withdrawn, carried forward, moved, or said to be done', () => {
    const honest = points(() => undefined);
    expect(honest).toBe(25);
    expect(points((house) => house.withdrawn('C02', false))).toBe(honest);
    expect(points((house) => house.carried('C02', 'C09', '2026-06-30'))).toBe(honest);
    expect(points((house) => house.moved('C02', 'C02.1', '2026-06-30', '2027-06-30'))).toBe(honest);
    expect(points((house) => house.fulfilled('C02', '2026-06-01'))).toBe(honest);
    expect(
      points((house) => house.milestone('C02', 'C02.2', '2026-05-01').reached('C02', 'C02.2', '2026-05-01', 'p-other')),
    ).toBe(honest);
    expect(
      points((house) => house.promise('C08', '2026-06-30', 'head').fulfilled('C08', '2026-06-01', 'p-other')),
    ).toBe(honest);
  });

  it('are left out when two outside the line withdrew them before they were due', () => {
    expect(points((house) => house.withdrawn('C02', true))).toBeCloseTo(100 / 3, 5);
  });
});

/** Frozen after the year; only C01 is due then or was due. */
const after = (change: (house: Evaluations) => unknown, first = '2026-12-20') => {
  const house = surgery().promise('C01', first, 'head');
  const one = { ...promises, source: { type: 'COMMITMENTS', commitments: [commitment('C01')] } } as Component;
  observed(house.contract('head', FIVE.slice(1), [{ ...one, weightBp: 2500 }], 2), { CHECKINS: null });
  change(house);
  const { components } = house.freeze('2027-02-10', ['head']).computed('head', '2026-12-31');
  return components.find(({ componentId }) => componentId === 'promises');
};

describe('promises in a scorecard that is frozen after its period', () => {
  it('are late, not undone, when they were kept before the freeze', () => {
    // 18 of 90 days late
    expect(after((house) => house.fulfilled('C01', '2027-01-07', 'p-other'))).toMatchObject({ attainment: '80', n: 1 });
    expect(after(() => undefined)).toMatchObject({ attainment: '0', n: 1 });
  });

  it('count on the day to which an absence moved them, also in the new year', () => {
    const away = (house: Evaluations) => house.away('head', '2026-12-15', '2027-01-04');
    expect(after(away)).toMatchObject({ attainment: '0', n: 1 });
    expect(after((house) => away(house).fulfilled('C01', '2027-01-05', 'p-other'))).toMatchObject({
      attainment: '100',
    });
    expect(after((house) => house.away('head', '2026-12-15', '2027-02-15'))).toMatchObject({
      ...{ state: 'NOT_DUE', effect: 'EXCLUDED' },
      leftOut: [{ commitment: 'C01', why: 'NOT_YET_DUE' }],
    });
  });
});

describe('promises that were handed over', () => {
  const handed = (effective: string) => (house: Evaluations) => house.handed('C02', 'head', 'other', effective);

  it('count for whoever had them until shortly before their first date', () => {
    expect(points(handed('2026-06-29'))).toBe(25);
    expect(points((house) => handed('2026-06-29')(house).fulfilled('C02', '2026-06-30', 'p-other'))).toBe(50);
    expect(points(handed('2026-04-02'))).toBe(25);
  });

  it('are left out, and listed, when another had them for ninety days before it', () => {
    const house = promising().handed('C02', 'head', 'other', '2026-04-01') as Evaluations;
    expect(row(house, 'promises')).toMatchObject({ n: 3, leftOut: [{ commitment: 'C02', why: 'HANDED_OVER' }] });
    const hr = { viewer: { id: 'steward', role: 'hr' }, leader: 'head' } as const;
    expect(cellOf(house.told(anyReport(scorecardReport), hr), 'promises/state').remarks).toEqual([
      'Not counted: C02, handed over ninety days or more before its first date.',
    ]);
  });

  it('count for whoever had them on their first date, also when they were handed on since', () => {
    expect(points(handed('2026-07-01'))).toBe(25);
  });

  it('do not count for whoever took them over after it', () => {
    const house = surgery();
    for (const code of CODES) house.promise(code, '2026-06-30', code === 'C02' ? 'other' : 'head');
    house.handed('C02', 'other', 'head', '2026-07-01');
    observed(house.contract('head', FIVE.slice(1), [promises, delivery], 2), { CHECKINS: null });
    expect(row(house, 'promises')).toMatchObject({ n: 3, leftOut: [{ commitment: 'C02', why: 'TAKEN_OVER_LATER' }] });
  });
});

describe('deliveries in a scorecard', () => {
  const delivered = (house: Evaluations, attestor: string | null): Evaluations => {
    for (const day of ['2026-03-01', '2026-04-01', '2026-05-01', '2026-12-01']) house.deliver('BUDDY', day);
    const evidence = { ...house.evidence(), evidenceId: 'evidence:BUDDY', attestor };
    house.add('programs.ActionEvidenceAttached.v1', {
      actionId: 'action:BUDDY',
      title: 'Minutes',
      evidence,
      attachedBy: 'p-lead',
    });
    return house;
  };

  it('count up to the day of measurement against what was planned', () => {
    expect(row(delivered(promising(), 'p-other'), 'delivery')).toMatchObject({
      ...{ attainment: '75', evidenceLevel: 'VERIFIED', effect: 'SCORED' },
    });
  });

  it('count at most the threshold while nobody but the leader vouches for them', () => {
    for (const attestor of [null, 'head'])
      expect(row(delivered(promising(), attestor), 'delivery')).toMatchObject({
        attainment: '50',
        evidenceLevel: 'UNVERIFIED',
      });
  });

  it('do not count when they were withdrawn', () => {
    const house = delivered(promising(), 'p-other');
    house.undeliver('BUDDY', '2026-03-01');
    expect(row(house, 'delivery')).toMatchObject({ attainment: '50' });
  });
});

it('a scorecard says what support its leader was given, and the packet finds every event', () => {
  const house = promising().freeze('2026-11-12', ['head']);
  const hr = { viewer: { id: 'steward', role: 'hr' }, leader: 'head' } as const;
  expect(cellOf(house.told(anyReport(scorecardReport), hr), 'total/support').word).toBe(
    '0 of 4 commitments resourced; 0 of 1 actions resourced',
  );
  const packet = house.told(anyReport(evaluationPacketReport), {
    viewer: { id: 'a', role: 'auditor' },
    leader: 'head',
  });
  expect(packet.remarks).toEqual(['Every cited event is found in the log.']);
});
