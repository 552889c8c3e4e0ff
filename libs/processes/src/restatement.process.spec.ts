import { accepted, EVALUATOR, figure, frozen, issued, LEADER, opened, restated } from './evaluations.testing';
import { after, dayBegan, type GivenEvent } from './given.testing';
import { restatement } from './restatement.process';
import { restatementNotice } from './restatement-notice.process';

const event = (type: string, data: object = figure()): GivenEvent => ({ type, data, id: 'the-correction' });
const restates = {
  command: {
    type: 'evaluations.RestateScorecard',
    data: { cycle: 'C2026', leader: LEADER, causes: ['the-correction'] },
  },
  about: `C2026 ${LEADER} the-correction`,
};
const given = [opened, issued, accepted, frozen];

describe('a frozen scorecard', () => {
  it.each(['metrics.ObservationCorrected.v1', 'metrics.ObservationRetracted.v1', 'metrics.ObservationVerified.v1'])(
    'is restated after %s of a figure that it rests on',
    (type) => {
      expect(after(restatement, ...given, event(type))).toEqual([restates]);
    },
  );
  it('is restated when an import is verified as a whole, once it took in a correction', () => {
    const batch = event('metrics.ObservationBatchVerified.v1', { importId: 'the-import' });
    expect(after(restatement, ...given, batch)).toEqual([]);
    expect(after(restatement, ...given, restated, batch)).toEqual([restates]);
  });
  it('is not restated by another unit, period or metric', () => {
    const other = figure('b0000000-0000-8000-8000-000000000009');
    expect(after(restatement, ...given, event('metrics.ObservationCorrected.v1', other))).toEqual([]);
    const earlier = figure(undefined, '2026-Q2');
    expect(after(restatement, ...given, event('metrics.ObservationCorrected.v1', earlier))).toEqual([]);
    const metric = { ...figure(), metricId: 'b0000000-0000-8000-8000-000000000008' };
    expect(after(restatement, ...given, event('metrics.ObservationCorrected.v1', metric))).toEqual([]);
  });
  it('is restated by a figure of a unit below, of which its own may be made', () => {
    const registered = (unitId: string, parentId: string | null): GivenEvent => ({
      type: 'organization.OrgUnitRegistered.v1',
      data: {
        ...{ unitId, code: unitId.slice(-3), name: 'A unit', parentId, validFrom: '2020-01-01' },
        ...{ outsideTree: false, classDefined: false },
      },
    });
    const [above, below] = ['b0000000-0000-8000-8000-000000000002', 'b0000000-0000-8000-8000-000000000007'];
    const tree = [registered(above!, null), registered(below!, above!), dayBegan('2026-11-13')];
    const correction = event('metrics.ObservationCorrected.v1', figure(below));
    expect(after(restatement, ...tree, ...given, correction)).toEqual([restates]);
  });
  it('is restated by the figure of its own unit in whose place a fallback was judged', () => {
    const scope = { unitId: 'b0000000-0000-8000-8000-000000000006', shared: true };
    const { data } = issued as { data: object & { scorecardId: string; cycleId: string; leader: string } };
    const judged: GivenEvent = {
      type: 'evaluations.ComponentScored.v1',
      data: {
        ...{ scorecardId: data.scorecardId, cycleId: data.cycleId, leader: data.leader, asOf: 'the-freeze' },
        ...{ componentId: 'climate', scopes: [scope], leftOut: [], citedEvents: [] },
      },
    };
    const correct = (unitId?: string) => event('metrics.ObservationCorrected.v1', figure(unitId));
    expect(after(restatement, ...given, judged, correct())).toEqual([restates]);
    expect(after(restatement, ...given, judged, correct(scope.unitId))).toEqual([restates]);
  });
  it('is none before the freeze, nor without acceptance', () => {
    const correction = event('metrics.ObservationCorrected.v1');
    expect(after(restatement, opened, issued, accepted, correction)).toEqual([]);
    expect(after(restatement, opened, issued, frozen, correction)).toEqual([]);
  });
  it('has its leader and evaluators told', () => {
    const items = [{ kind: 'SCORECARD_RESTATED', about: 'C2026', due: null }];
    expect(after(restatementNotice, dayBegan('2026-11-14'), ...given, restated)).toEqual(
      [EVALUATOR, LEADER].map((person) => ({
        command: {
          type: 'organization.RecordNotice',
          data: { person, date: '2026-11-14', reason: 'HAPPENED', items },
        },
        about: `HAPPENED 2026-11-14 ${person}`,
        together: true,
      })),
    );
  });
});
