import { commitmentFacts, type CommitmentFacts } from '@plumbline/charter/facts';
import { stateOf, type GivenEvent } from '@plumbline/kernel';
import { metricFacts, targetFacts, type MetricFacts, type TargetFacts } from '@plumbline/metrics/facts';
import {
  calendarFacts,
  consultationFacts,
  legalReviewFacts,
  organizationFacts,
  unitFacts,
  type CalendarFacts,
  type LegalReviewFacts,
  type OrganizationFacts,
  type UnitFacts,
} from '@plumbline/organization/facts';
import { actionFacts, type ActionFacts } from '@plumbline/programs/facts';
import type { ComponentAsked } from './component';
import type { HashedScorecard, ScoredComponent } from './computed';
import type { CycleEvent } from './cycle.events';
import { cycleFacts, type CycleFacts } from './cycle.facts';
import type { LinkEvent } from './link.events';
import { linkFacts, type LinkFacts } from './link.facts';
import { ruleSets } from './rule-sets';
import type { ScorecardEvent } from './scorecard.events';

// What specs are given: the cycle C2026 of a hospital, the head of Surgery, and what may stand around them.

export const HEAD = 'person-head';
export const HR = 'person-hr';
export const EVALUATOR = 'person-evaluator';

type Opened = Extract<CycleEvent, { type: 'evaluations.CycleOpened.v1' }>['data'];
export const opened = (more: Partial<Opened> = {}): GivenEvent<CycleEvent> => ({
  type: 'evaluations.CycleOpened.v1',
  data: {
    ...{ cycleId: 'cycle:C2026', code: 'C2026', period: '2026', periodStart: '2026-01-01', periodEnd: '2026-12-31' },
    population: [{ group: 'HEADS', leaders: [HEAD, 'person-other-head'] }],
    ruleSetVersion: '1',
    ruleSet: ruleSets['1'],
    calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-11-01', acknowledgeBy: '2027-01-31' },
    consultations: [],
    openedBy: HR,
    ...more,
  },
});
export const snapshot: GivenEvent<CycleEvent> = {
  type: 'evaluations.OrgSnapshotTaken.v1',
  data: { cycleId: 'cycle:C2026', asOf: 'event-structure', by: HR },
};
export const frozen = (asOf = 'event-freeze'): GivenEvent<CycleEvent> => ({
  type: 'evaluations.CycleFrozen.v1',
  data: { cycleId: 'cycle:C2026', asOf, day: '2026-11-12', measuredOn: '2026-11-12', by: HR },
});
export const computedCycle: GivenEvent<CycleEvent> = {
  type: 'evaluations.ScorecardsComputed.v1',
  data: {
    ...{ cycleId: 'cycle:C2026', asOf: 'event-freeze', codeVersion: 'scorecard@1' },
    ...{ resultHash: 'ab'.repeat(32), scorecards: 2 },
  },
};
export const cycleState = (...events: readonly GivenEvent<CycleEvent>[]): CycleFacts => stateOf(cycleFacts, ...events);

export const metric = (
  code: string,
  more: {
    readonly level?: 'PROCESS' | 'BEHAVIOUR' | 'CLIMATE' | 'OUTCOME';
    readonly sourceType?: 'SURVEY' | 'RECORDS';
    readonly direction?: 'HIGHER' | 'LOWER' | 'RANGE';
    readonly legalClass?: 'NEUTRAL' | 'CLIMATE_ALL' | 'CLASS_BASED' | 'MONITORING_ONLY';
    readonly companion?: string;
    readonly topic?: 'CONCERNS' | null;
    readonly revised?: boolean;
    readonly reviewedAgain?: boolean;
    readonly reviewExpires?: string;
    readonly retired?: boolean;
  } = {},
): MetricFacts => {
  const metricId = `metric:${code}`;
  const definition = {
    ...{ name: code, kind: 'LEADING' as const, level: more.level ?? 'PROCESS', unit: 'PERCENT' as const },
    ...{ direction: more.direction ?? 'HIGHER', formulaRef: 'record-share' as const },
    ...{ sourceType: more.sourceType ?? 'RECORDS', cadence: 'YEARLY' as const, minN: 5, subject: 'NONE' as const },
    ...{ rationale: 'Because.', kindRationale: null, proxyRisk: null, topic: more.topic ?? null, handling: false },
    companionMetricId: more.companion === undefined ? null : `metric:${more.companion}`,
    ...{ process: null, codedBeforehandBy: null, frameworkTags: [] },
  };
  const legalClass = more.legalClass ?? 'NEUTRAL';
  const assigned = {
    ...{ metricId, code, reviewer: 'person-legal', jurisdiction: 'GB', legalReviewId: null },
    expiresAt: more.reviewExpires ?? null,
  };
  return stateOf(
    metricFacts,
    {
      type: 'metrics.MetricDefined.v1',
      data: {
        ...{ metricId, code, version: 1, definitionVersion: 1, definition, legalReviewId: null, definedBy: HR },
        legalClass,
      },
    },
    ...(more.reviewExpires === undefined
      ? []
      : [
          {
            type: 'metrics.MetricLegalClassAssigned.v1' as const,
            data: { ...assigned, version: 1, class: legalClass },
          },
        ]),
    ...(more.revised === true || more.reviewedAgain === true
      ? [
          {
            type: 'metrics.MetricDefinitionRevised.v1' as const,
            data: {
              ...{ metricId, code, version: 2, definitionVersion: 1, comparability: 'COMPARABLE' as const },
              ...{ change: 'Worded anew.', reason: 'Clearer.', definition, revisedBy: HR },
            },
          },
        ]
      : []),
    ...(more.reviewedAgain === true
      ? [
          {
            type: 'metrics.MetricLegalClassAssigned.v1' as const,
            data: { ...assigned, version: 2, class: legalClass },
          },
        ]
      : []),
    ...(more.retired === true
      ? [{ type: 'metrics.MetricRetired.v1' as const, data: { metricId, code, version: 1, reason: 'Ended.' } }]
      : []),
  );
};

export const unit = (
  code: string,
  more: { readonly leader?: string; readonly from?: string; readonly classDefined?: boolean } = {},
): UnitFacts =>
  stateOf(
    unitFacts,
    {
      type: 'organization.OrgUnitRegistered.v1',
      data: {
        ...{ unitId: `unit:${code}`, code, name: code, parentId: null, outsideTree: false },
        validFrom: '2009-01-01',
      },
    },
    ...(more.leader === undefined
      ? []
      : [
          {
            type: 'organization.LeaderAssigned.v1' as const,
            data: { unitId: `unit:${code}`, leader: more.leader, role: 'Head', from: more.from ?? '2020-01-01' },
          },
        ]),
    ...(more.classDefined === true
      ? [{ type: 'organization.UnitMarkedClassDefined.v1' as const, data: { unitId: `unit:${code}` } }]
      : []),
  );

export const target = (
  code: string,
  unitCode: string,
  period: string,
  cycleId: string | null = 'cycle:C2026',
): TargetFacts => {
  const place = {
    ...{ targetId: `target:${code}/${unitCode}/${period}`, metricId: `metric:${code}` },
    ...{ unitId: `unit:${unitCode}`, period },
  };
  return stateOf(
    targetFacts,
    {
      type: 'metrics.TargetProposed.v1',
      data: {
        ...place,
        definitionVersion: 1,
        baseline: { value: '60', basis: 'ASSERTED', obsId: null, period: null },
        anchors: { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' },
        ...{ rationale: 'Half the way.', legalReviewId: null, proposedBy: HR },
      },
    },
    { type: 'metrics.TargetApproved.v1', data: { ...place, by: 'person-approver' } },
    ...(cycleId === null
      ? []
      : [
          {
            type: 'metrics.TargetLocked.v1' as const,
            data: { ...place, cycleId, definitionVersion: 1, lockedBy: HR },
          },
        ]),
  );
};

const linked = (code: string, group: string, metricVersion: number) => ({
  linkId: `link:${code}/${group}`,
  ...{ metricId: `metric:${code}`, metric: code, group, metricVersion },
});
export const linkRequested = (code = 'BELONG', group = 'HEADS', unitIds: string[] = []): GivenEvent<LinkEvent> => ({
  type: 'evaluations.MetricLinkRequested.v1',
  data: { ...linked(code, group, 1), unitIds, requestedBy: HR },
});
export const linkApproved = (
  code = 'BELONG',
  group = 'HEADS',
  more: { readonly expiresAt?: string; readonly metricVersion?: number } = {},
): GivenEvent<LinkEvent> => ({
  type: 'evaluations.MetricLinkApproved.v1',
  data: {
    ...linked(code, group, more.metricVersion ?? 1),
    ...{ legalReviewId: 'review-1', expiresAt: more.expiresAt ?? '2027-03-31', approvedBy: 'person-legal' },
  },
});
export const link = (
  code: string,
  more: { readonly expiresAt?: string; readonly metricVersion?: number } = {},
): LinkFacts => stateOf(linkFacts, linkRequested(code), linkApproved(code, 'HEADS', more));

export const review = (
  object: { readonly kind: 'metric' | 'link'; readonly id: string; readonly version: number | null },
  expiresAt = '2027-03-31',
): LegalReviewFacts =>
  stateOf(legalReviewFacts, {
    type: 'organization.LegalReviewRecorded.v1',
    data: {
      ...{ reviewId: 'review-1', object, decision: 'CLEARED', reviewer: 'person-legal', jurisdiction: 'GB' },
      ...{ expiresAt, conditions: [] },
    },
  });

export const organization = (more: Partial<OrganizationFacts> = {}): OrganizationFacts => ({
  ...organizationFacts.initial,
  configured: true,
  ...more,
});
export const calendar = (lastDay: string): CalendarFacts =>
  stateOf(calendarFacts, { type: 'organization.DayBegan.v1', data: { date: lastDay } });
export const consulted = (topic: 'cycle' | 'ruleSet' | 'wave') =>
  stateOf(consultationFacts, {
    type: 'organization.ConsultationRecorded.v1',
    data: {
      ...{ consultationId: 'consultation-1', topic, with: 'Staff council', heldOn: '2025-12-01' },
      ...{ outcome: 'AGREED', conditions: [] },
    } as never,
  });

export const commitment = (more: Partial<CommitmentFacts> = {}): CommitmentFacts => ({
  ...commitmentFacts.initial,
  state: 'ACTIVE',
  owners: [{ ownerId: HEAD, from: '2025-03-10' }],
  firstDue: '2026-06-30',
  ...more,
});
export const action = (
  state: ActionFacts['state'] = 'STARTED',
  planned: { readonly lead?: string; readonly commitmentIds?: readonly string[] } = {},
): ActionFacts => ({
  ...actionFacts.initial,
  planned: { lead: HEAD, commitmentIds: [], ...planned } as never,
  state,
});

/** 30 promises, 30 a process from records, 30 a climate survey, 10 an outcome. */
export const contract = (change: Readonly<Record<string, object>> = {}): ComponentAsked[] =>
  (
    [
      {
        ...{ id: 'promises', title: 'Commitments kept', kind: 'COMMITMENTS', weight: 3000 },
        source: { type: 'COMMITMENTS', commitments: [{ commitment: 'C01', weight: 1 }] },
      },
      {
        ...{ id: 'voice', title: 'Agreed in 30 days', kind: 'PROCESS', weight: 3000 },
        source: { type: 'METRIC', metric: 'AGREED', units: ['SURG'], period: '2026' },
      },
      {
        ...{ id: 'climate', title: 'Belonging', kind: 'CLIMATE', weight: 3000 },
        source: { type: 'METRIC', metric: 'BELONG', units: ['SURG'], period: '2026' },
      },
      {
        ...{ id: 'leavers', title: 'Leavers', kind: 'OUTCOME', weight: 1000 },
        source: { type: 'METRIC', metric: 'LEAVERS', units: ['SURG'], period: '2026' },
      },
    ] as ComponentAsked[]
  ).map((each) => ({ ...each, ...change[each.id] }) as ComponentAsked);

/** Everything around a contract that lets it be issued. */
export const around = (more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  'cycle:C2026': cycleState(opened()),
  'organization:ORGANIZATION': organization(),
  'metric:AGREED': metric('AGREED'),
  'metric:BELONG': metric('BELONG', { level: 'CLIMATE', sourceType: 'SURVEY', legalClass: 'CLIMATE_ALL' }),
  'metric:LEAVERS': metric('LEAVERS', { level: 'OUTCOME' }),
  'unit:SURG': unit('SURG', { leader: HEAD }),
  'unit:HOUSE': unit('HOUSE'),
  'target:AGREED/SURG/2026': target('AGREED', 'SURG', '2026'),
  'target:BELONG/SURG/2026': target('BELONG', 'SURG', '2026'),
  'target:LEAVERS/SURG/2026': target('LEAVERS', 'SURG', '2026'),
  'link:AGREED/HEADS': link('AGREED'),
  'link:BELONG/HEADS': link('BELONG'),
  'link:LEAVERS/HEADS': link('LEAVERS'),
  'commitment:C01': commitment(),
  'action:A01': action(),
  ...more,
});

type Issued = Extract<ScorecardEvent, { type: 'evaluations.ScorecardIssued.v1' }>['data'];
export const card = { scorecardId: 'scorecard:C2026/PERSON-HEAD', cycleId: 'cycle:C2026', leader: HEAD };
export const issued = (more: Partial<Issued> = {}): GivenEvent<ScorecardEvent> => ({
  type: 'evaluations.ScorecardIssued.v1',
  data: {
    ...card,
    ...{ cycle: 'C2026', group: 'HEADS', edition: 1, period: '2026' },
    ...{ periodStart: '2026-01-01', periodEnd: '2026-12-31', ruleSetVersion: '1' },
    components: [
      {
        ...{ id: 'climate', title: 'Belonging', kind: 'CLIMATE', weightBp: 10000, capPoints: 100, warnings: [] },
        source: {
          ...{ type: 'METRIC', metricId: 'metric:BELONG', metric: 'BELONG', metricVersion: 1, definitionVersion: 1 },
          ...{ scopes: [{ unitId: 'unit:SURG', unit: 'SURG' }], period: '2026', fallback: null, survey: true },
          ...{ dataOwner: null, steps: [] },
        },
      },
    ],
    limits: { coverageBp: 7000, surveyBp: 3000, singleBp: 3500, processFloorBp: 4000, minScoredN: 10 },
    ...{ graceDays: 90, evaluators: [EVALUATOR, 'person-evaluator-2'], acceptBy: '2026-02-09', issuedBy: HR },
    ...more,
  },
});
export const accepted: GivenEvent<ScorecardEvent> = {
  type: 'evaluations.ScorecardAccepted.v1',
  data: { ...card, edition: 1 },
};

export const FIGURE = {
  ...{ metricId: 'metric:BELONG', definitionVersion: 1, period: '2026-Q3', unitId: 'unit:SURG', n: 84 },
};
const scoredClimate: ScoredComponent = {
  ...{ componentId: 'climate', state: 'OK', reasonCode: null, effect: 'SCORED', rule: null },
  ...{ attainment: '91.25', originalAttainment: '91.25', evidenceLevel: 'VERIFIED', tenureShare: '1', n: 84 },
  ...{ scopes: [], figures: [FIGURE], leftOut: [], opensImprovement: false, citedEvents: ['event-observation'] },
};
export const computed = (score: string | null = '91.25', waits: readonly string[] = []): HashedScorecard => ({
  codeVersion: 'scorecard@1',
  resultHash: 'cd'.repeat(32),
  components: [{ ...scoredClimate, attainment: score, originalAttainment: score }],
  total: {
    ...{ score, state: score === null ? 'NOT_EVALUABLE' : 'OK', reason: score === null ? 'COVERAGE_TOO_LOW' : null },
    ...{ originalScore: score, coverageBp: 8000, evidenceBp: '10000', surveyBp: '0' },
    ...{
      parts: [{ componentId: 'climate', effectiveBp: '10000', points: score }],
      figures: [FIGURE],
      waits: [...waits],
    },
  },
});
export const scored = (
  score: string | null = '91.25',
  waits: readonly string[] = [],
  asOf = 'event-freeze',
): readonly GivenEvent<ScorecardEvent>[] => {
  const { components, total, codeVersion, resultHash } = computed(score, waits);
  return [
    ...components.map((each): GivenEvent<ScorecardEvent> => ({
      type: 'evaluations.ComponentScored.v1',
      data: { ...card, asOf, ...each },
    })),
    {
      type: 'evaluations.ScorecardComputed.v1',
      data: { ...card, asOf, ruleSetVersion: '1', codeVersion, resultHash, ...total },
    },
  ];
};
export const rated = (rating: number, deviation: number, evaluator = EVALUATOR): GivenEvent<ScorecardEvent> => {
  const text = { toSeal: 'Seen.', subjects: [HEAD] };
  return {
    type: 'evaluations.EvaluatorRatingProposed.v1',
    data: {
      ...{ ...card, rating, computedRating: rating - deviation, deviation, figures: [] },
      ...{ narrative: text, reason: null, evaluator },
    },
  };
};
export const signed: GivenEvent<ScorecardEvent> = {
  type: 'evaluations.ScorecardSignedOff.v1',
  data: { ...card, rating: 3, score: '91.25', figures: [], by: HR },
};
export const acknowledged: GivenEvent<ScorecardEvent> = {
  type: 'evaluations.ScorecardAcknowledged.v1',
  data: { ...card, agree: true, comment: null },
};
export const finalized: GivenEvent<ScorecardEvent> = {
  type: 'evaluations.ScorecardFinalized.v1',
  data: { ...card, rating: 3, acknowledged: true, by: HR },
};
