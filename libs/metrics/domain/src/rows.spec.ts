import {
  anyReadModel,
  RowsInMemory,
  type EventBody,
  type ReadModel,
  type RecordedEvent,
  type Row,
} from '@plumbline/kernel';
import { anchorsIn } from './anchor-columns';
import {
  adjustmentApproved,
  approved,
  classAssigned,
  defined,
  linear,
  locked,
  observed,
  proposed,
  released,
  requested,
  retired,
  revised,
} from './given.testing';
import { hypothesisRegister } from './hypothesis-register.read-model';
import type { HypothesisEvent } from './hypothesis.events';
import { importVerifications } from './import-verifications.read-model';
import { metricsReadModels } from './index';
import { metricCatalogue } from './metric-catalogue.read-model';
import { observationSeries } from './observation-series.read-model';
import { releaseRegister } from './release-register.read-model';
import { releaseUnits } from './release-units.read-model';
import type { SeriesEvent } from './series.events';
import { targetAdjustments, type TargetAdjustmentRow } from './target-adjustments.read-model';
import { targetRegister } from './target-register.read-model';
import type { TargetEvent } from './target.events';

const at = (index: number): string => `2026-01-01T00:00:0${index}.000Z`;
function rowsOf<R extends Row, E extends EventBody>(model: ReadModel<R, E>, ...events: readonly E[]) {
  const rows = new RowsInMemory(anyReadModel(model));
  events.forEach((event, index) =>
    rows.apply({
      id: `event-${index}`,
      recordedAt: at(index),
      occurredAt: at(0),
      actor: { id: 'person-hr', role: 'hr' },
      ...event,
    } as unknown as RecordedEvent),
  );
  return rows.list();
}
const sealed = { key: 'k', sealed: 's', subjects: [] };

it('a read model declares a column for everything its rows hold', () => {
  for (const model of metricsReadModels) expect(model.key.every((column) => column in model.columns)).toBe(true);
});

describe('the metric catalogue', () => {
  it('keeps a row a version, the last of them current', () => {
    expect(rowsOf(metricCatalogue, defined(), revised('BREAK', { minN: 5 }))).toMatchObject([
      {
        version: 1,
        definitionVersion: 1,
        current: false,
        legalClass: 'CLIMATE_ALL',
        minN: 10,
        events: ['event-0', 'event-1'],
      },
      {
        version: 2,
        definitionVersion: 2,
        current: true,
        legalClass: null,
        minN: 5,
        comparability: 'BREAK',
        events: ['event-1'],
      },
    ]);
  });

  it('shows who reviewed the class, where, and until when', () => {
    const rows = rowsOf(
      metricCatalogue,
      defined(),
      classAssigned('CLIMATE_ALL', { expiresAt: '2027-11-30' }),
      retired(),
    );
    expect(rows).toMatchObject([
      {
        classReviewer: 'person-legal',
        classJurisdiction: 'GB',
        classExpiresAt: '2027-11-30',
        retired: true,
        definedAt: at(0),
      },
    ]);
  });
});

describe('the observation series', () => {
  const place = { metricId: 'metric:LC_TS', unitId: 'unit:GPA', period: '2020', definitionVersion: 1 };
  const { value: _value, ...rest } = observed('o1', '2020').data;
  const corrected: SeriesEvent = {
    type: 'metrics.ObservationCorrected.v1',
    data: {
      ...place,
      obsId: 'o2',
      supersedes: 'o1',
      newValue: {
        value: '57',
        num: null,
        den: null,
        n: 20,
        base: null,
        eligible: 40,
        s: null,
        source: 'second edition',
        method: 'not stated',
        releaseId: null,
        importId: null,
        evidenceRefs: [],
      },
      recordedBy: 'person-c',
      reason: sealed,
    },
  };
  const verified: SeriesEvent = {
    type: 'metrics.ObservationVerified.v1',
    data: { ...place, obsId: 'o1', by: 'person-v', method: 'compared' },
  };
  const disputed: SeriesEvent = {
    type: 'metrics.ObservationDisputed.v1',
    data: { ...place, obsId: 'o1', by: 'person-d', reason: sealed },
  };

  it('holds the figure with what is known and what is not, and the import it came with', () => {
    expect(rowsOf(observationSeries, observed('o1', '2020', { importId: 'import-1' }))).toMatchObject([
      {
        ...place,
        obsId: 'o1',
        value: '58',
        n: null,
        releaseId: rest.releaseId,
        importId: 'import-1',
        verifiedBy: null,
        corrections: 0,
      },
    ]);
  });

  it('holds the corrected figure in place of the earlier one, unverified, and names both events', () => {
    const imported = observed('o1', '2020', { importId: 'import-1' });
    expect(rowsOf(observationSeries, imported, verified, corrected)).toMatchObject([
      {
        obsId: 'o2',
        value: '57',
        n: 20,
        eligible: 40,
        importId: null,
        recordedBy: 'person-c',
        verifiedBy: null,
        corrections: 1,
        events: ['event-0', 'event-1', 'event-2'],
      },
    ]);
  });

  it('keeps a dispute open until the figure is verified anew', () => {
    expect(rowsOf(observationSeries, observed('o1', '2020'), verified, disputed)).toMatchObject([
      { verifiedBy: 'person-v', disputed: true },
    ]);
    expect(rowsOf(observationSeries, observed('o1', '2020'), disputed, verified)).toMatchObject([{ disputed: false }]);
  });

  it('holds no figure after it was retracted, and a new one when there is', () => {
    const retracted: SeriesEvent = {
      type: 'metrics.ObservationRetracted.v1',
      data: { ...place, obsId: 'o1', by: 'person-c', reason: sealed },
    };
    const gone = rowsOf(observationSeries, observed('o1', '2020', { n: 20 }), retracted);
    expect(gone).toMatchObject([{ value: null, n: null, retracted: true }]);
    expect(rowsOf(observationSeries, observed('o1', '2020'), retracted, observed('o2', '2020'))).toMatchObject([
      { obsId: 'o2', value: '58', retracted: false },
    ]);
  });

  it('keeps figures of different definitions apart', () => {
    const later = observed('o2', '2020', { value: '61' }, { definitionVersion: 2 });
    expect(rowsOf(observationSeries, observed('o1', '2020'), later)).toHaveLength(2);
  });
});

it('verified imports are listed with seed and size of the sample', () => {
  const data = { importId: 'import-1', sampleSeed: '4711', sampleSize: 60, by: 'person-v', method: 'compared' };
  expect(rowsOf(importVerifications, { type: 'metrics.ObservationBatchVerified.v1', data })).toEqual([
    { ...data, verifiedAt: at(0), events: ['event-0'] },
  ]);
});

it('a release is listed with its smallest group and who declares it, and by unit with what it says of each', () => {
  expect(rowsOf(releaseRegister, released())).toMatchObject([
    { code: 'CSPS-2020', sourceMinN: 10, declaredRole: 'hr', fieldworkFrom: null },
  ]);
  const { data } = released() as { data: object };
  const asked = {
    ...released(),
    data: { ...data, eligibleByUnit: { 'unit:HMPS': 40, 'unit:SPS': 12 } },
  } as unknown as ReturnType<typeof released>;
  expect(rowsOf(releaseUnits, asked)).toMatchObject([
    { unitId: 'unit:GPA', eligible: null, responseRate: '102' },
    { unitId: 'unit:HMPS', eligible: 40, responseRate: '23' },
    { unitId: 'unit:SPS', eligible: 12, responseRate: null },
  ]);
});

describe('the target register', () => {
  const place = { targetId: 'target:LC_TS/GPA/2026', metricId: 'metric:LC_TS', unitId: 'unit:GPA', period: '2026' };
  const easier = linear('62', '68', '74');
  const adjusted: TargetEvent = {
    type: 'metrics.TargetAdjusted.v1',
    data: {
      ...place,
      requestId: 'r',
      from: linear('64', '70', '76'),
      to: easier,
      approvedBy: ['a', 'b'],
      panel: null,
      periodGone: 5000,
      resultKnown: false,
    },
  };

  it('shows the anchors as they stand beside those it was locked with', () => {
    expect(rowsOf(targetRegister, proposed(), approved, locked, adjusted)).toMatchObject([
      {
        state: 'LOCKED',
        baseline: '61',
        baselineBasis: 'ASSERTED',
        curve: 'LINEAR',
        threshold: '62',
        target: '68',
        stretch: '74',
        originalThreshold: '64',
        originalTarget: '70',
        originalStretch: '76',
        low: null,
        approvedBy: 'person-approver',
        lockedAt: at(2),
        adjustments: 1,
      },
    ]);
  });

  it('shows a band, back-test and retirement', () => {
    const band = proposed({ anchors: { curve: 'RANGE', low: '40', high: '60', tolerance: '5' } });
    const tested: TargetEvent = {
      type: 'metrics.TargetDifficultyBackTested.v1',
      data: {
        ...place,
        periods: ['2020', '2021', '2022', '2023', '2024', '2025'],
        hits: { threshold: 3, target: 1, stretch: 0 },
        obsIds: ['o0', 'o1', 'o2', 'o3', 'o4', 'o5'],
        hitRates: { threshold: '0.5', target: '0.166667', stretch: '0' },
      },
    };
    const given_up: TargetEvent = {
      type: 'metrics.TargetRetired.v1',
      data: { ...place, retiredBy: 'a', reason: sealed },
    };
    expect(rowsOf(targetRegister, band, tested, given_up)).toMatchObject([
      {
        curve: 'RANGE',
        target: null,
        low: '40',
        originalHigh: '60',
        backTestPeriods: 6,
        hitRateTarget: '0.166667',
        state: 'RETIRED',
      },
    ]);
  });

  it('forgets approval and back-test when another proposal takes the place', () => {
    expect(rowsOf(targetRegister, proposed(), approved, proposed({ anchors: easier }))).toMatchObject([
      { state: 'PROPOSED', approvedBy: null, target: '68', originalTarget: '68' },
    ]);
  });
});

describe('the adjustments of targets', () => {
  const place = { targetId: 'target:LC_TS/GPA/2026', metricId: 'metric:LC_TS', unitId: 'unit:GPA', period: '2026' };
  const [from, to] = [linear('64', '70', '76'), linear('62', '68', '74')];
  const adjusted: TargetEvent = {
    type: 'metrics.TargetAdjusted.v1',
    data: {
      ...{ ...place, requestId: 'request-1', from, to, approvedBy: ['person-a', 'person-b'], panel: 'person-p' },
      ...{ periodGone: 8000, resultKnown: true },
    },
  };
  const refused = (more: object = {}): TargetEvent => ({
    type: 'metrics.TargetAdjustmentRefused.v1',
    data: {
      ...{ ...place, requestId: 'request-1', from, changes: to, rule: 'refused-by-the-panel', periodGone: 3000 },
      ...{ resultKnown: false, requestedBy: 'person-head', refusedBy: 'person-p', reason: sealed, ...more },
    },
  });

  it('are listed from the asking on', () => {
    const [row] = rowsOf(targetAdjustments, requested());
    expect(row).toEqual({
      ...{ ...place, requestId: 'request-1', state: 'REQUESTED', requestedBy: 'person-head', requestedAt: at(0) },
      ...{ fromCurve: 'LINEAR', fromThreshold: '64', fromTarget: '70', fromStretch: '76' },
      ...{ fromLow: null, fromHigh: null, fromTolerance: null },
      ...{ toCurve: 'LINEAR', toThreshold: '62', toTarget: '68', toStretch: '74' },
      ...{ toLow: null, toHigh: null, toTolerance: null },
      ...{ periodGone: 2000, resultKnown: false, reason: 'sealed:event-0/reason', approvals: [], panel: null },
      ...{ refusedBy: null, rule: null, refusalReason: null, decidedAt: null, events: ['event-0'] },
    });
    expect(anchorsIn('to', row as unknown as TargetAdjustmentRow)).toEqual(to);
  });

  it('show who said yes and how late it was decided', () => {
    const yes = [adjustmentApproved('person-a'), adjustmentApproved('person-p', 'PANEL')];
    expect(rowsOf(targetAdjustments, requested(), ...yes, adjusted)).toMatchObject([
      {
        ...{ state: 'ADJUSTED', approvals: ['person-a', 'person-p'], panel: 'person-p', periodGone: 8000 },
        ...{ resultKnown: true, decidedAt: at(3), refusedBy: null },
      },
    ]);
  });

  it('show a refusal with its rule and both reasons', () => {
    expect(rowsOf(targetAdjustments, requested(), refused())).toMatchObject([
      {
        ...{
          state: 'REFUSED',
          rule: 'refused-by-the-panel',
          refusedBy: 'person-p',
          periodGone: 3000,
          decidedAt: at(1),
        },
        ...{ reason: 'sealed:event-0/reason', refusalReason: 'sealed:event-1/reason', requestedAt: at(0) },
      },
    ]);
    expect(rowsOf(targetAdjustments, requested(), refused({ refusedBy: null, reason: null }))).toMatchObject([
      { state: 'REFUSED', refusedBy: null, refusalReason: null },
    ]);
  });

  it('show one that came too late, though it never was open', () => {
    const late = refused({ requestId: 'late', rule: 'a-target-is-not-adjusted-after-its-period-has-ended' });
    expect(rowsOf(targetAdjustments, late)).toMatchObject([
      {
        ...{ requestId: 'late', state: 'REFUSED', requestedBy: 'person-head', requestedAt: at(0), decidedAt: at(0) },
        ...{ fromTarget: '70', toTarget: '68', reason: 'sealed:event-0/reason', refusalReason: null, approvals: [] },
      },
    ]);
  });

  it('hold a range as well', () => {
    const band = { curve: 'RANGE', low: '40', high: '60', tolerance: '5' } as const;
    const [row] = rowsOf(targetAdjustments, requested({ changes: band }));
    expect(row).toMatchObject({ toCurve: 'RANGE', toLow: '40', toTarget: null });
    expect(anchorsIn('to', row as unknown as TargetAdjustmentRow)).toEqual(band);
    expect(anchorsIn('from', row as unknown as TargetAdjustmentRow)).toEqual(from);
  });
});

it('the hypothesis register keeps verdicts and replacements', () => {
  const registered = (code: string, replaces: string | null): HypothesisEvent => ({
    type: 'metrics.HypothesisRegistered.v1',
    data: {
      hypothesisId: code,
      code,
      leadingMetricId: 'metric:LC_TS',
      laggingMetricId: 'metric:EES',
      leadingDefinitionVersion: 1,
      laggingDefinitionVersion: 1,
      lagPeriods: 1,
      expectedSign: 'POSITIVE',
      method: 'pearson',
      reviewDate: '2026-11-30',
      rationale: 'Felt a year later.',
      replaces,
      registeredBy: 'person-hr',
    },
  });
  const reviewed: HypothesisEvent = {
    type: 'metrics.HypothesisReviewed.v1',
    data: {
      hypothesisId: 'one',
      code: 'one',
      leadingMetricId: 'metric:LC_TS',
      laggingMetricId: 'metric:EES',
      verdict: 'SHARED_SOURCE',
      cannotTell: true,
      basis: { asOf: 'e', report: 'R2@1', note: 'One wave.' },
      reviewedBy: 'person-r',
    },
  };
  expect(rowsOf(hypothesisRegister, registered('one', null), reviewed, registered('two', 'one'))).toMatchObject([
    {
      code: 'one',
      verdict: 'SHARED_SOURCE',
      cannotTell: true,
      reviewedAt: at(1),
      replacedBy: 'two',
      registeredAt: at(0),
    },
    { code: 'two', verdict: null, cannotTell: false, replacedBy: null, registeredAt: at(2) },
  ]);
});
