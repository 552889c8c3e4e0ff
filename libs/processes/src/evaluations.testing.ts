import type { GivenEvent } from './given.testing';

// A cycle with one leader's scorecard that rests on belonging in Surgery.

export const LEADER = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
export const EVALUATOR = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const HR = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

export const opened: GivenEvent = {
  type: 'evaluations.CycleOpened.v1',
  data: {
    ...{ cycleId: 'cycle:C2026', code: 'C2026', period: '2026', periodStart: '2026-01-01', periodEnd: '2026-12-31' },
    population: [{ group: 'HEADS', leaders: [LEADER] }],
    ...{ ruleSetVersion: '1', ruleSet: {}, consultations: [], openedBy: HR },
    calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-11-02', acknowledgeBy: '2027-01-31' },
  },
};
const card = { scorecardId: `card:${LEADER}`, cycleId: 'cycle:C2026', leader: LEADER };
export const issued: GivenEvent = {
  type: 'evaluations.ScorecardIssued.v1',
  data: {
    ...card,
    ...{
      cycle: 'C2026',
      group: 'HEADS',
      edition: 1,
      period: '2026',
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
    },
    components: [
      {
        ...{ id: 'climate', title: 'Belonging for all', kind: 'CLIMATE', weightBp: 3500, capPoints: 100, warnings: [] },
        source: {
          ...{ type: 'METRIC', metricId: 'b0000000-0000-8000-8000-000000000001', metric: 'BELONG' },
          ...{ metricVersion: 1, definitionVersion: 1, period: '2026-Q3', survey: true, dataOwner: null, steps: [] },
          scopes: [{ unitId: 'b0000000-0000-8000-8000-000000000002', unit: 'SURG' }],
          fallback: null,
        },
      },
    ],
    limits: { coverageBp: 7000, surveyBp: 3000, singleBp: 3500, processFloorBp: 4000, minScoredN: 10 },
    ...{ graceDays: 90, evaluators: [EVALUATOR], acceptBy: '2026-02-09', issuedBy: HR, ruleSetVersion: '1' },
  },
};
export const accepted: GivenEvent = { type: 'evaluations.ScorecardAccepted.v1', data: { ...card, edition: 1 } };
export const frozen: GivenEvent = {
  type: 'evaluations.CycleFrozen.v1',
  data: { cycleId: 'cycle:C2026', asOf: 'the-freeze', day: '2026-11-12', measuredOn: '2026-11-12', by: HR },
};
export const restated: GivenEvent = {
  type: 'evaluations.ScorecardRestated.v1',
  data: { ...card, cause: 'CORRECTION', causingEvents: ['e'], oldScore: '64.1', newScore: '72.6', direction: 'UP' },
};
export const figure = (unitId = 'b0000000-0000-8000-8000-000000000002', period = '2026-Q3') => ({
  ...{ metricId: 'b0000000-0000-8000-8000-000000000001', unitId, period },
  ...{ definitionVersion: 1, obsId: 'obs' },
});
