import { idKey, naturalKey } from '@plumbline/kernel';
import { as, EvaluationsDeployment, personId, withMeanwhile } from './evaluations-deployment.testing';

const REVIEW = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e91';
const about = { metric: 'BELONG', group: 'HEADS' };
const approve = { ...about, legalReview: REVIEW };
const definition = {
  ...{ name: 'Belonging', kind: 'LAGGING', level: 'CLIMATE', unit: 'PERCENT', direction: 'HIGHER', topic: null },
  ...{ formulaRef: 'item-index', sourceType: 'SURVEY', cadence: 'YEARLY', minN: 10, subject: 'PERSONS' },
  ...{ rationale: 'x', kindRationale: null, proxyRisk: null, handling: false, process: null, frameworkTags: [] },
  codedBeforehandBy: null,
};

describe('a link that is approved while something changes under it', () => {
  let house: EvaluationsDeployment;
  const define = (code: string, companion: string | null = null) =>
    house.put(naturalKey('metric', code), 'metrics.MetricDefined.v1', {
      ...{ metricId: house.idOf('metric', code), code, version: 1, definitionVersion: 1, legalReviewId: null },
      definition: { ...definition, companionMetricId: companion === null ? null : house.idOf('metric', companion) },
      ...{ legalClass: 'CLIMATE_ALL', definedBy: personId(9) },
    });
  const assign = (code: string, legalClass: string) =>
    house.put(naturalKey('metric', code), 'metrics.MetricLegalClassAssigned.v1', {
      ...{ metricId: house.idOf('metric', code), code, version: 1, class: legalClass, reviewer: personId(8) },
      ...{ jurisdiction: 'GB', expiresAt: null, legalReviewId: null },
    });
  const approving = (meanwhile: () => Promise<unknown>) =>
    house.send(as(2, 'legal'), 'evaluations.ApproveLink', approve, withMeanwhile(house.store, meanwhile));

  beforeEach(async () => {
    house = new EvaluationsDeployment();
    await define('SHARE');
    await define('BELONG', 'SHARE');
    await house.put(naturalKey('unit', 'SURG'), 'organization.OrgUnitRegistered.v1', {
      ...{ unitId: house.idOf('unit', 'SURG'), code: 'SURG', name: 'Surgery', parentId: null, outsideTree: false },
      validFrom: '2020-01-01',
    });
    await house.put(idKey('legal-review', REVIEW), 'organization.LegalReviewRecorded.v1', {
      ...{ reviewId: REVIEW, object: { kind: 'metric', id: house.idOf('metric', 'BELONG'), version: null } },
      ...{ decision: 'CLEARED', reviewer: personId(8), jurisdiction: 'GB', expiresAt: '2027-03-31', conditions: [] },
    });
    await house.done(as(1, 'hr'), 'evaluations.RequestLink', { ...about, units: ['SURG'] });
  });

  it('is refused, on record, when the metric is called class-based at that moment', async () => {
    expect(await approving(() => assign('BELONG', 'CLASS_BASED'))).toMatchObject({
      accepted: false,
      refused: 'a-class-based-metric-cannot-count-in-an-evaluation',
      recordedEvents: [expect.any(String)],
    });
    expect(await house.types()).not.toContain('evaluations.MetricLinkApproved.v1');
    expect((await house.types()).at(-1)).toBe('evaluations.MetricLinkRefused.v1');
  });

  it('is refused, on record, when its companion is called so', async () => {
    expect(await approving(() => assign('SHARE', 'CLASS_BASED'))).toMatchObject({
      refused: 'a-companion-by-class-keeps-its-metric-out-of-evaluations',
      recordedEvents: [expect.any(String)],
    });
    expect(await house.types()).not.toContain('evaluations.MetricLinkApproved.v1');
  });

  it('is refused, on record, when the unit is found to be defined by a class', async () => {
    const mark = () =>
      house.put(naturalKey('unit', 'SURG'), 'organization.UnitMarkedClassDefined.v1', {
        unitId: house.idOf('unit', 'SURG'),
      });
    expect(await approving(mark)).toMatchObject({ refused: 'a-unit-defined-by-a-class-is-no-scope-of-an-evaluation' });
    expect(await house.types()).not.toContain('evaluations.MetricLinkApproved.v1');
  });

  it('stands when nothing of it changed', async () => {
    expect(await approving(() => define('OTHER'))).toMatchObject({ accepted: true });
    expect((await house.types()).at(-1)).toBe('evaluations.MetricLinkApproved.v1');
  });
});

it('what is recorded at the moment of a freeze counts in it: nothing lies between the freeze and the last event that counts', async () => {
  const house = new EvaluationsDeployment();
  house.now = '2026-01-05T09:00:00.000Z';
  await house.done(as(1, 'hr'), 'evaluations.OpenCycle', {
    ...{ code: 'C2026', period: '2026', ruleSet: '1', population: [{ group: 'HEADS', leaders: [personId(5)] }] },
    calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-02-10', acknowledgeBy: '2026-03-31' },
  });
  await house.done(as(1, 'hr'), 'evaluations.TakeOrgSnapshot', { cycle: 'C2026' });
  house.now = '2026-02-12T09:00:00.000Z';
  const corrected = () =>
    house.put(naturalKey('series', 'a', 'b'), 'metrics.ObservationRetracted.v1', { obsId: personId(6) });
  await house.send(as(1, 'hr'), 'evaluations.FreezeCycle', { cycle: 'C2026' }, withMeanwhile(house.store, corrected));
  const [meanwhile, freeze] = (await house.store.readPage(0n, 1_000)).events.slice(-2);
  expect(meanwhile?.event).toMatchObject({ type: 'metrics.ObservationRetracted.v1' });
  expect(freeze?.event).toMatchObject({ type: 'evaluations.CycleFrozen.v1', data: { asOf: freeze?.event.id } });
});

it('two who freeze a cycle at once freeze it once', async () => {
  const house = new EvaluationsDeployment();
  house.now = '2026-01-05T09:00:00.000Z';
  await house.done(as(1, 'hr'), 'evaluations.OpenCycle', {
    ...{ code: 'C2026', period: '2026', ruleSet: '1', population: [{ group: 'HEADS', leaders: [personId(5)] }] },
    calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-02-10', acknowledgeBy: '2026-03-31' },
  });
  await house.done(as(1, 'hr'), 'evaluations.TakeOrgSnapshot', { cycle: 'C2026' });
  house.now = '2026-02-12T09:00:00.000Z';
  const freeze = { cycle: 'C2026' };
  const store = withMeanwhile(house.store, () => house.done(as(2, 'hr'), 'evaluations.FreezeCycle', freeze));
  expect(await house.send(as(1, 'hr'), 'evaluations.FreezeCycle', freeze, store)).toMatchObject({
    accepted: true,
    events: [],
  });
  expect((await house.types()).filter((type) => type === 'evaluations.CycleFrozen.v1')).toHaveLength(1);
});
