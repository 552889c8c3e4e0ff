import { cellOf } from './history.testing';
import { anyReport } from './report';
import { scorecardReport } from './scorecard.report';
import { type Evaluations, FIVE, observed, surgery } from './scorecards.testing';

const R3 = anyReport(scorecardReport);
const mine = { viewer: { id: 'head', role: 'executive' }, leader: 'head' } as const;
const rowOf = (house: Evaluations, id: string, measuredOn?: string) => {
  const row = house.computed('head', measuredOn).components.find(({ componentId }) => componentId === id);
  if (!row) throw new Error(`no component ${id}`);
  return row;
};
const frozen = (house: Evaluations, day = '2026-11-12'): Evaluations => house.freeze(day, ['head']);
const unassign = (house: Evaluations, leader: string, unit: string, from: string, to: string): void => {
  house.add('organization.LeaderUnassigned.v1', { unitId: `unit:${unit}`, leader, role: 'Head', from, to });
};
const assign = (house: Evaluations, leader: string, unit: string, from: string): void => {
  house.add('organization.LeaderAssigned.v1', { unitId: `unit:${unit}`, leader, role: 'Head', from });
};

describe('a leader who changes posts in the middle of the year', () => {
  const moved = (): Evaluations => {
    const house = surgery();
    unassign(house, 'head', 'SURG', '2000-01-01', '2026-05-31');
    assign(house, 'head', 'IMAG', '2026-06-01');
    const place = {
      targetId: 'target:CHECKINS:IMAG:2026',
      metricId: 'metric:CHECKINS',
      unitId: 'unit:IMAG',
      period: '2026',
    };
    house.target('CHECKINS', 'IMAG', '2026', { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' }, '55');
    house.add('metrics.TargetLocked.v1', {
      ...place,
      cycleId: 'cycle:C2026',
      definitionVersion: 1,
      lockedBy: 'steward',
    });
    const both = FIVE.map((part) => (part.metric === 'CHECKINS' ? { ...part, units: ['SURG', 'IMAG'] } : part));
    house.contract('head', both, [], 2);
    return observed(house);
  };

  it('is judged by each for the share of the year that each was led', () => {
    const house = moved();
    house.observe('CHECKINS', 'IMAG', '2026', null, { value: '62', n: 40 });
    const row = rowOf(frozen(house), 'checkins');
    // of 316 days up to 12 November, 151 in Surgery and 165 in Imaging
    expect(row.scopes.map(({ share }) => share)).toEqual(['0.477848', '0.522152']);
    expect(row).toMatchObject({ attainment: '79.113924', tenureShare: '1' });
  });

  it('is not judged by a post of less than ninety days', () => {
    const house = moved();
    house.observe('CHECKINS', 'IMAG', '2026', null, { value: '62', n: 40 });
    const row = rowOf(frozen(house, '2026-08-01'), 'checkins', '2026-08-01');
    expect(row.scopes[1]).toMatchObject({ state: 'NOT_EVALUABLE', reasonCode: 'TENURE_TOO_SHORT' });
    expect(row).toMatchObject({ attainment: '100' });
  });
});

it('a leader who joins late is judged for the share of the year led', () => {
  const house = observed(surgery());
  unassign(house, 'head', 'SURG', '2000-01-01', '2025-12-31');
  assign(house, 'head', 'SURG', '2026-06-01');
  expect(rowOf(frozen(house), 'checkins')).toMatchObject({ attainment: '100', tenureShare: '0.522152' });
});

it('a leader of the division above answers for a unit of it', () => {
  const house = observed(surgery());
  unassign(house, 'head', 'SURG', '2000-01-01', '2025-12-31');
  assign(house, 'head', 'HOUSE', '2026-06-01');
  expect(rowOf(frozen(house), 'checkins')).toMatchObject({ attainment: '100', tenureShare: '0.522152' });
});

it('who rises from the unit to the division above it has led the unit all along', () => {
  const house = observed(surgery());
  unassign(house, 'head', 'SURG', '2000-01-01', '2026-09-30');
  assign(house, 'head', 'HOUSE', '2026-10-01');
  // of 316 days up to 12 November, 273 in Surgery; the division for less than ninety days is no post that counts
  expect(rowOf(frozen(house), 'checkins')).toMatchObject({ tenureShare: '0.863924' });
  expect(rowOf(frozen(house, '2027-01-20'), 'checkins', '2026-12-31')).toMatchObject({ tenureShare: '1' });
});

describe('a figure of one quarter in a scorecard of the year', () => {
  const quarterly = (period: string): Evaluations => {
    const house = surgery();
    house.linked('EARLY', { level: 'PROCESS', kind: 'LEADING', cadence: 'QUARTERLY' }, { period });
    const early = { metric: 'EARLY', kind: 'PROCESS', weight: 2500, period } as const;
    house.contract('head', [early, ...FIVE.slice(1)], [], 2);
    observed(house, { CHECKINS: null });
    house.observe('EARLY', 'SURG', period, null, { value: '70', n: 40 });
    return house;
  };

  it('counts, however long ago the quarter was: it is the one that was agreed', () => {
    expect(rowOf(frozen(quarterly('2026-Q1')), 'early')).toMatchObject({ state: 'OK', attainment: '100' });
  });

  it('is too old when the quarter lay long before the year', () => {
    expect(rowOf(frozen(quarterly('2025-Q1')), 'early')).toMatchObject({ state: 'STALE', effect: 'EXCLUDED' });
  });
});

it('a protected absence leaves both counts of tenure', () => {
  const house = observed(surgery());
  house.add('organization.LeaderAbsenceRecorded.v1', { personId: 'head', from: '2026-02-01', to: '2026-07-31' });
  expect(rowOf(frozen(house), 'checkins')).toMatchObject({ tenureShare: '1', attainment: '100' });
});

it('a figure that is verified after the freeze counted as unverified', () => {
  const house = frozen(observed(surgery(), {}, ['CHECKINS']));
  const before = JSON.stringify(house.computed('head'));
  const obsId = (
    house.events.find(
      ({ type, data }) =>
        type === 'metrics.ObservationRecorded.v1' && (data as { metricId: string }).metricId === 'metric:CHECKINS',
    )?.data as { obsId: string }
  ).obsId;
  house.add('metrics.ObservationVerified.v1', {
    ...{ metricId: 'metric:CHECKINS', unitId: 'unit:SURG', period: '2026', definitionVersion: 1, obsId },
    ...{ by: 'verifier', method: 'compared' },
  });
  expect(rowOf(house, 'checkins')).toMatchObject({ attainment: '50', evidenceLevel: 'UNVERIFIED' });
  expect(JSON.stringify(house.computed('head'))).toBe(before);
});

it('what is recorded after the freeze changes nothing, byte for byte', () => {
  const house = frozen(observed(surgery()));
  const before = JSON.stringify(house.computed('head'));
  house.correct('CHECKINS', 'SURG', '2026', null, { value: '10', n: 40 });
  house.dispute('AGREED', 'SURG', '2026');
  house.policy('2', { minScoredN: 50 });
  expect(JSON.stringify(house.computed('head'))).toBe(before);
});

describe('the law, once more as of the freeze', () => {
  const barred = (house: Evaluations, rule: string, reasonCode: string): void => {
    expect(rowOf(frozen(house), 'checkins')).toMatchObject({
      ...{ effect: 'EXCLUDED', state: 'NOT_EVALUABLE', reasonCode, rule, attainment: null, scopes: [] },
    });
    expect(house.computed('head').total).toMatchObject({ coverageBp: 5500, score: null, reason: 'COVERAGE_TOO_LOW' });
    expect(cellOf(house.told(R3, mine), 'checkins/state').remarks).toEqual([`By the rule ${rule}.`]);
  };
  const assigned = (house: Evaluations, legalClass: string, version = 1): Evaluations => {
    house.add('metrics.MetricLegalClassAssigned.v1', {
      ...{ metricId: 'metric:CHECKINS', code: 'CHECKINS', version, class: legalClass, reviewer: 'counsel' },
      ...{ jurisdiction: 'GB', expiresAt: null, legalReviewId: null },
    });
    return house;
  };
  const revised = (house: Evaluations, comparability: 'COMPARABLE' | 'BREAK'): Evaluations => {
    const defined = house.events.find(({ data }) => (data as { code?: string }).code === 'CHECKINS')?.data as {
      definition: object;
    };
    house.add('metrics.MetricDefinitionRevised.v1', {
      ...{
        metricId: 'metric:CHECKINS',
        code: 'CHECKINS',
        version: 2,
        definitionVersion: comparability === 'BREAK' ? 2 : 1,
      },
      ...{ comparability, change: 'x', reason: 'y', definition: defined.definition, revisedBy: 'steward' },
    });
    return house;
  };

  it('a review that expires on the day of the freeze still carries', () => {
    const until = (expiresAt: string): Evaluations => {
      const house = observed(surgery());
      house.add('evaluations.MetricLinkApproved.v1', {
        ...{ linkId: 'link:CHECKINS:HEADS', metricId: 'metric:CHECKINS', metric: 'CHECKINS', group: 'HEADS' },
        ...{ metricVersion: 1, legalReviewId: 'review', expiresAt, approvedBy: 'counsel' },
      });
      return house;
    };
    expect(rowOf(frozen(until('2026-11-12')), 'checkins').attainment).toBe('100');
    barred(until('2026-11-11'), 'a-link-rests-on-a-live-legal-review', 'LEGAL_REVIEW_EXPIRED');
  });

  it('keeps out what was called class-based meanwhile', () => {
    barred(
      assigned(observed(surgery()), 'CLASS_BASED'),
      'a-class-based-metric-cannot-count-in-an-evaluation',
      'LEGAL_REVIEW_EXPIRED',
    );
  });

  it('keeps out what was revised meanwhile, reviewed anew or not', () => {
    barred(
      revised(observed(surgery()), 'COMPARABLE'),
      'a-metric-whose-class-is-void-cannot-count-in-an-evaluation',
      'LEGAL_REVIEW_EXPIRED',
    );
    barred(
      assigned(revised(observed(surgery()), 'COMPARABLE'), 'NEUTRAL', 2),
      'a-link-rests-on-a-live-legal-review',
      'LEGAL_REVIEW_EXPIRED',
    );
  });

  it('draws no line across a break', () => {
    barred(
      revised(observed(surgery()), 'BREAK'),
      'a-target-stands-on-the-current-definition-of-its-metric',
      'DEFINITION_BREAK',
    );
  });

  it('keeps out what was retired', () => {
    const house = observed(surgery());
    house.add('metrics.MetricRetired.v1', {
      metricId: 'metric:CHECKINS',
      code: 'CHECKINS',
      version: 1,
      reason: 'Ended.',
    });
    barred(house, 'a-retired-metric-cannot-count-in-an-evaluation', 'METRIC_RETIRED');
  });

  it('keeps out what is about a unit that was found to be defined by a class', () => {
    const house = observed(surgery());
    house.add('organization.UnitMarkedClassDefined.v1', { unitId: 'unit:SURG' });
    expect(rowOf(frozen(house), 'checkins').rule).toBe('a-unit-defined-by-a-class-is-no-scope-of-an-evaluation');
  });
});

describe('gaming', () => {
  const score = (house: Evaluations): number => Number(frozen(house).computed('head').total.score ?? 0);
  const answering = (n: number, value: string) => ({ BELONG: ['PULSE', { value, n, eligible: 1000 }] }) as const;

  it('by driving down the response to a survey leaves what all else comes to, never past 100, and opens an improvement', () => {
    const driven = frozen(observed(surgery(), answering(300, '95')));
    expect(rowOf(driven, 'belong')).toMatchObject({
      ...{ reasonCode: 'LOW_RESPONSE', effect: 'EXCLUDED', opensImprovement: true, attainment: null },
    });
    expect(driven.computed('head').total).toMatchObject({ score: '91.25', coverageBp: 8000 });
    expect(score(observed(surgery(), answering(800, '95')))).toBe(93);
    const best = {
      CHECKINS: [null, { value: '80', n: 40 }],
      LISTENS: [null, { value: '80', n: 40 }],
      AGREED: [null, { value: '80', n: 40 }],
    } as const;
    expect(score(observed(surgery(), { ...best, ...answering(300, '95') }))).toBe(100);
  });

  it('by driving it down where a fallback was agreed is judged by the fallback', () => {
    const agreed = FIVE.map((part) => (part.metric === 'BELONG' ? { ...part, fallback: 'HOUSE' } : part));
    const house = observed(surgery().contract('head', agreed, [], 2), answering(300, '95'));
    house.observe('BELONG', 'HOUSE', '2026', 'PULSE', { value: '64', n: 3000, eligible: 4000 });
    expect(rowOf(frozen(house), 'belong')).toMatchObject({
      ...{ effect: 'SCORED', attainment: '70', opensImprovement: true },
      scopes: [
        {
          unitId: 'unit:HOUSE',
          shared: true,
          value: '64',
          instead: { unitId: 'unit:SURG', reasonCode: 'LOW_RESPONSE' },
        },
      ],
    });
    const told = house.signed('head').told(R3, mine);
    expect(cellOf(told, 'belong/source').word).toBe('BELONG · SURG (judged by HOUSE)');
    expect(cellOf(told, 'belong/observed').remarks).toContain(
      'Shared: judged by HOUSE, the fallback that was agreed, in the place of SURG (LOW_RESPONSE).',
    );
  });

  it('by reporting nothing gains nothing, when the figures are the leader’s own to report', () => {
    const owned = (more: Parameters<typeof observed>[1]) => {
      const own = FIVE.map((part) => (part.metric === 'AGREED' ? { ...part, dataOwner: 'head' } : part));
      const house = surgery().calendar(['YEARLY'], 30, 10).contract('head', own, [], 2);
      house.add('evaluations.DataNoticeGiven.v1', {
        ...{ scorecardId: 'card:head', cycleId: 'cycle:C2026', leader: 'head' },
        ...{ componentId: 'agreed', on: '2027-01-10', by: 'steward' },
      });
      return observed(house, more).freeze('2027-03-01', ['head']);
    };
    expect(rowOf(owned({ AGREED: null }), 'agreed')).toMatchObject({
      state: 'NOT_REPORTED',
      effect: 'SCORED',
      attainment: '0',
    });
    expect(Number(owned({ AGREED: null }).computed('head', '2026-12-31').total.score)).toBeLessThan(
      Number(owned({}).computed('head', '2026-12-31').total.score),
    );
  });

  it('by reporting nothing costs whoever owed the figure, unless that person was absent when it fell due', () => {
    const owed = (absent: string | null) => {
      const own = FIVE.map((part) => (part.metric === 'AGREED' ? { ...part, dataOwner: 'deputy' } : part));
      const house = surgery().unit('WARD', 'SURG').leads('deputy', 'WARD').calendar(['YEARLY'], 30, 10);
      (house as Evaluations).contract('head', own, [], 2).add('evaluations.DataNoticeGiven.v1', {
        ...{ scorecardId: 'card:head', cycleId: 'cycle:C2026', leader: 'head' },
        ...{ componentId: 'agreed', on: '2027-01-10', by: 'steward' },
      });
      if (absent)
        house.add('organization.LeaderAbsenceRecorded.v1', { personId: absent, from: '2027-01-25', to: '2027-02-05' });
      return rowOf(observed(house as Evaluations, { AGREED: null }).freeze('2027-03-20', ['head']), 'agreed');
    };
    expect(owed(null)).toMatchObject({ effect: 'SCORED', attainment: '0' });
    expect(owed('head')).toMatchObject({ effect: 'SCORED', attainment: '0' });
    expect(owed('deputy')).toMatchObject({ effect: 'EXCLUDED', attainment: null });
  });

  it('by leaving a figure unverified holds it at its threshold, and the scorecard says so', () => {
    const house = frozen(observed(surgery(), {}, ['CHECKINS'])).signed('head');
    expect(cellOf(house.told(R3, mine), 'checkins/attainment').value).toBe('50');
    expect(cellOf(house.told(R3, mine), 'checkins/state').remarks).toEqual([
      'Nobody else had verified it by the freeze: it counts at most what its threshold gives.',
    ]);
    expect(cellOf(house.told(R3, mine), 'agreed/state').remarks).toEqual([]);
  });

  it('by leaving a bad figure unverified gains nothing', () => {
    const bad = { STAYS: [null, { value: '62', n: 40 }] } as const;
    expect(score(observed(surgery(), bad, ['STAYS']))).toBeLessThanOrEqual(score(observed(surgery(), bad)));
  });
});

it('a unit of which nobody says anything is no zero', () => {
  const row = rowOf(frozen(observed(surgery(), { AGREED: null })), 'agreed');
  expect(row).toMatchObject({ state: 'NOT_DUE', effect: 'EXCLUDED', attainment: null });
});

it('the scorecard of one leader says nothing of another’s', () => {
  const house = surgery();
  house.leads('other', 'IMAG');
  const report = frozen(observed(house)).told(R3, { viewer: { id: 'head', role: 'executive' } });
  expect(JSON.stringify(report.cells)).not.toContain('other:');
});
