import { stateOf, type GivenEvent } from '@plumbline/kernel';
import {
  importFacts,
  legalReviewFacts,
  organizationFacts,
  unitFacts,
  type OrganizationFacts,
  type UnitFacts,
} from '@plumbline/organization/facts';
import type { MetricDefinition, MetricEvent } from './metric.events';
import { metricFacts, type MetricFacts } from './metric.facts';
import type { ReleaseEvent } from './release.events';
import { releaseFacts, type ReleaseFacts } from './release.facts';
import type { ObservedValue, SeriesEvent } from './series.events';
import { seriesFacts, type SeriesFacts } from './series.facts';
import type { Anchors, TargetEvent } from './target.events';
import { targetFacts, type TargetFacts } from './target.facts';
import type { LegalClass } from './vocabulary';

// What specs are given: the theme score LC_TS of the People Survey, the unit GPA, and what may stand around them.

export const lcTheme: MetricDefinition = {
  name: 'Leadership and managing change theme score (% positive, B38-B46)',
  kind: 'LEADING',
  level: 'CLIMATE',
  unit: 'PERCENT',
  direction: 'HIGHER',
  formulaRef: 'item-index',
  sourceType: 'SURVEY',
  cadence: 'YEARLY',
  minN: 10,
  subject: 'PERSONS',
  rationale: 'How staff see the way change is led.',
  kindRationale: 'Perceived leadership is asked as a condition of later engagement.',
  proxyRisk: null,
  companionMetricId: null,
  topic: null,
  handling: false,
  process: null,
  codedBeforehandBy: null,
  frameworkTags: ['csps:LC_TS'],
};

export const defined = (
  code = 'LC_TS',
  definition: Partial<MetricDefinition> = {},
  legalClass: LegalClass = 'CLIMATE_ALL',
): GivenEvent<MetricEvent> => ({
  type: 'metrics.MetricDefined.v1',
  data: {
    metricId: `metric:${code}`,
    code,
    version: 1,
    definitionVersion: 1,
    definition: { ...lcTheme, ...definition },
    legalClass,
    legalReviewId: null,
    definedBy: 'person-definer',
  },
});

export const revised = (
  comparability: 'COMPARABLE' | 'BREAK',
  definition: Partial<MetricDefinition> = {},
  code = 'LC_TS',
): GivenEvent<MetricEvent> => ({
  type: 'metrics.MetricDefinitionRevised.v1',
  data: {
    metricId: `metric:${code}`,
    code,
    version: 2,
    definitionVersion: comparability === 'BREAK' ? 2 : 1,
    comparability,
    change: 'Item B46 is no longer asked.',
    reason: 'The publisher shortened the questionnaire.',
    definition: { ...lcTheme, ...definition },
    revisedBy: 'person-definer',
  },
});

export const classAssigned = (
  legalClass: LegalClass,
  more: { version?: number; expiresAt?: string | null; code?: string } = {},
): GivenEvent<MetricEvent> => ({
  type: 'metrics.MetricLegalClassAssigned.v1',
  data: {
    metricId: `metric:${more.code ?? 'LC_TS'}`,
    code: more.code ?? 'LC_TS',
    version: more.version ?? 1,
    class: legalClass,
    reviewer: 'person-legal',
    jurisdiction: 'GB',
    expiresAt: more.expiresAt ?? null,
    legalReviewId: null,
  },
});

export const retired = (code = 'LC_TS'): GivenEvent<MetricEvent> => ({
  type: 'metrics.MetricRetired.v1',
  data: { metricId: `metric:${code}`, code, version: 1, reason: 'The survey has ended.' },
});

export const metricState = (...events: readonly GivenEvent<MetricEvent>[]): MetricFacts =>
  stateOf(metricFacts, ...events);

export const unit = (
  code = 'GPA',
  more: {
    readonly leaders?: readonly string[];
    readonly classDefined?: boolean;
    readonly closedFrom?: string;
    readonly until?: string;
    readonly parentId?: string;
  } = {},
): UnitFacts => {
  const unitId = `unit:${code}`;
  return stateOf(
    unitFacts,
    {
      type: 'organization.OrgUnitRegistered.v1',
      data: { unitId, code, name: code, parentId: more.parentId ?? null, outsideTree: false, validFrom: '2009-01-01' },
    },
    ...(more.leaders ?? []).map((leader) => ({
      type: 'organization.LeaderAssigned.v1' as const,
      data: { unitId, leader, role: 'Head', from: '2020-01-01' },
    })),
    ...(more.until === undefined
      ? []
      : (more.leaders ?? []).map((leader) => ({
          type: 'organization.LeaderUnassigned.v1' as const,
          data: { unitId, leader, role: 'Head', from: '2020-01-01', to: more.until ?? '' },
        }))),
    ...(more.classDefined ? [{ type: 'organization.UnitMarkedClassDefined.v1' as const, data: { unitId } }] : []),
    ...(more.closedFrom === undefined
      ? []
      : [{ type: 'organization.OrgUnitClosed.v1' as const, data: { unitId, validFrom: more.closedFrom } }]),
  );
};

export const organization = (more: Partial<OrganizationFacts> = {}): OrganizationFacts => ({
  ...organizationFacts.initial,
  configured: true,
  fiscalYear: '04-01',
  ...more,
});
export const ORGANIZATION = 'organization:ORGANIZATION';

export const legalReview = (
  object: { kind: 'metric' | 'target'; id: string; version: number | null },
  expiresAt: string,
) =>
  stateOf(legalReviewFacts, {
    type: 'organization.LegalReviewRecorded.v1',
    data: {
      reviewId: 'review-1',
      object,
      decision: 'CLEARED',
      reviewer: 'person-legal',
      jurisdiction: 'GB',
      expiresAt,
      conditions: [],
    },
  });

export const importOf = (importer: string, completed: boolean, kind = 'observations', rows = 100) => {
  const importId = 'import-1';
  return stateOf(
    importFacts,
    {
      type: 'organization.ImportRecorded.v1',
      data: { importId, kind, fileHash: '', mapHash: '', rows },
      actor: { id: importer, role: 'data-steward' },
    },
    ...(completed
      ? [
          {
            type: 'organization.ImportCompleted.v1' as const,
            data: { importId, recorded: rows, unchanged: 0, refused: 0 },
          },
        ]
      : []),
  );
};

export const released = (declaredBy = 'person-declarer'): GivenEvent<ReleaseEvent> => ({
  type: 'metrics.ExternalReleaseRecorded.v1',
  data: {
    releaseId: 'release:CSPS-2020',
    code: 'CSPS-2020',
    source: 'Civil Service People Survey 2020, benchmark scores',
    instrument: 'Civil Service People Survey',
    fieldwork: null,
    sourceMinN: 10,
    eligibleByUnit: {},
    responseRateByUnit: { 'unit:GPA': '102', 'unit:HMPS': '23' },
    fileHash: 'ab'.repeat(32),
    declaredBy,
    declaredRole: 'hr',
  },
});
export const releaseState = (declaredBy?: string): ReleaseFacts => stateOf(releaseFacts, released(declaredBy));

const lcValue: ObservedValue = {
  value: '58',
  num: null,
  den: null,
  n: null,
  base: null,
  eligible: null,
  s: null,
  source: 'Civil Service People Survey 2020',
  method: 'not stated',
  releaseId: 'release:CSPS-2020',
  importId: null,
  evidenceRefs: [],
};

export const observed = (
  obsId: string,
  period: string,
  value: Partial<ObservedValue> = {},
  more: { readonly definitionVersion?: number; readonly recordedBy?: string } = {},
): Extract<GivenEvent<SeriesEvent>, { type: 'metrics.ObservationRecorded.v1' }> => ({
  type: 'metrics.ObservationRecorded.v1',
  data: {
    metricId: 'metric:LC_TS',
    unitId: 'unit:GPA',
    period,
    definitionVersion: more.definitionVersion ?? 1,
    obsId,
    ...lcValue,
    ...value,
    recordedBy: more.recordedBy ?? 'person-recorder',
  },
});
export const seriesState = (...events: readonly GivenEvent<SeriesEvent>[]): SeriesFacts =>
  stateOf(seriesFacts, ...events);

export const linear = (threshold: string, target: string, stretch: string): Anchors => ({
  curve: 'LINEAR',
  threshold,
  target,
  stretch,
});

const targetPlace = {
  targetId: 'target:LC_TS/GPA/2026',
  metricId: 'metric:LC_TS',
  unitId: 'unit:GPA',
  period: '2026',
};
export const proposed = (
  more: {
    readonly anchors?: Anchors;
    readonly definitionVersion?: number;
  } = {},
): GivenEvent<TargetEvent> => ({
  type: 'metrics.TargetProposed.v1',
  data: {
    ...targetPlace,
    definitionVersion: more.definitionVersion ?? 1,
    baseline: { value: '61', basis: 'ASSERTED', obsId: null, period: null },
    anchors: more.anchors ?? linear('64', '70', '76'),
    rationale: 'Half the distance to the best comparable unit.',
    legalReviewId: null,
    proposedBy: 'person-proposer',
  },
});
export const approved: GivenEvent<TargetEvent> = {
  type: 'metrics.TargetApproved.v1',
  data: { ...targetPlace, by: 'person-approver' },
};
export const locked: GivenEvent<TargetEvent> = {
  type: 'metrics.TargetLocked.v1',
  data: { ...targetPlace, cycleId: 'cycle:2026', definitionVersion: 1, lockedBy: 'person-hr' },
};
export const requested = (
  more: { readonly changes?: Anchors; readonly requestedBy?: string } = {},
): GivenEvent<TargetEvent> => ({
  type: 'metrics.TargetAdjustmentRequested.v1',
  data: {
    ...targetPlace,
    requestId: 'request-1',
    from: linear('64', '70', '76'),
    changes: more.changes ?? linear('62', '68', '74'),
    periodGone: 2000,
    resultKnown: false,
    requestedBy: more.requestedBy ?? 'person-head',
    reason: { toSeal: 'Two wards were merged.', subjects: ['person-head'] },
  },
});
export const adjustmentApproved = (
  by: string,
  capacity: 'OUTSIDE_THE_LINE' | 'PANEL' = 'OUTSIDE_THE_LINE',
): GivenEvent<TargetEvent> => ({
  type: 'metrics.TargetAdjustmentApproved.v1',
  data: { ...targetPlace, requestId: 'request-1', by, role: capacity === 'PANEL' ? 'board' : 'hr', capacity },
});
export const targetState = (...events: readonly GivenEvent<TargetEvent>[]): TargetFacts =>
  stateOf(targetFacts, ...events);
