import { specify, stateOf, type Decision, type GivenEvent, type SpecContext } from '@plumbline/kernel';
import { hypothesisFacts, metricFacts, type HypothesisFacts, type MetricFacts } from '@plumbline/metrics/facts';
import {
  legalReviewFacts,
  organizationFacts,
  unitFacts,
  type LegalReviewFacts,
  type OrganizationFacts,
  type UnitFacts,
} from '@plumbline/organization/facts';
import type { ProgramsCommand } from './action.commands';
import { actionDecider } from './action.decider';
import { programsEvents, type ProgramsEvent } from './action.events';

// What specs are given: the unit GPA, the leading metric LC_TS, the hypothesis that it leads to EES, and an action that gives everyone who joins a buddy.

type DataOf<T extends ProgramsEvent['type']> = Extract<ProgramsEvent, { type: T }>['data'];
type Given = GivenEvent<ProgramsEvent>;

/** given / when for actions; a refusal that does not say how to go on is an error. */
export const given = (...events: readonly Given[]) => ({
  when(command: ProgramsCommand, spec: SpecContext = {}): Decision<ProgramsEvent> {
    const decision = specify(actionDecider)
      .given(...events)
      .when(command, spec);
    if (decision.refused !== undefined && (decision.detail ?? '').length < 15)
      throw new Error(`${decision.refused} does not say how to go on`);
    return decision;
  },
});

export const ACTION = 'action:BUDDY-2026';

export const planned = (more: Partial<DataOf<'programs.ActionPlanned.v1'>> = {}): Given => ({
  type: 'programs.ActionPlanned.v1',
  data: {
    actionId: ACTION,
    code: 'BUDDY-2026',
    title: 'A buddy for everyone who joins',
    program: 'WELCOME',
    type: 'BUDDY',
    tags: { component: 'OPPORTUNITY', moment: 'JOINING', structure: 'RELATIONSHIPS', structureKind: 'PRACTICE' },
    overridden: null,
    recurring: true,
    needsLegalReview: false,
    structuralChange: false,
    unitId: 'unit:GPA',
    commitmentIds: ['commitment:C-ONBOARDING'],
    leadingMetricIds: ['metric:LC_TS'],
    livedExperienceMetricId: null,
    hypothesisId: 'hypothesis:LC-LEADS-EES',
    decisionRight: 'CO_DECIDE',
    plannedDeliveries: 12,
    plannedFrom: '2026-01-01',
    plannedTo: '2026-12-31',
    lead: 'person-hr',
    plannedBy: 'person-hr',
    ...more,
  },
});

export const eligible = (more: Partial<DataOf<'programs.ActionEligibilityDeclared.v1'>> = {}): Given => ({
  type: 'programs.ActionEligibilityDeclared.v1',
  data: {
    actionId: ACTION,
    rule: 'Everyone in their first ninety days',
    openToAll: true,
    classLimited: false,
    legalReviewId: null,
    declaredBy: 'person-hr',
    ...more,
  },
});

export const started = (on = '2026-01-12'): Given => ({
  type: 'programs.ActionStarted.v1',
  data: { actionId: ACTION, on, lateReason: null, startedBy: 'person-hr' },
});

export const deliveryId = (date = '2026-06-01', session = '1', unit = 'UNIT:GPA'): string =>
  `delivery:BUDDY-2026/${date}/${session}/${unit}`;
export const delivered = (date = '2026-06-01', more: Partial<DataOf<'programs.ActionDelivered.v1'>> = {}): Given => ({
  type: 'programs.ActionDelivered.v1',
  data: {
    actionId: ACTION,
    deliveryId: deliveryId(date),
    date,
    session: '1',
    unitIds: ['unit:GPA'],
    count: 1,
    hours: '1.5',
    postHoc: false,
    lateReason: null,
    deliveredBy: 'person-hr',
    ...more,
  },
});

export const SHA = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
export const EVIDENCE = `evidence:BUDDY-2026/${SHA.toUpperCase()}`;
export const attached = (more: Partial<DataOf<'programs.ActionEvidenceAttached.v1'>['evidence']> = {}): Given => ({
  type: 'programs.ActionEvidenceAttached.v1',
  data: {
    actionId: ACTION,
    title: 'List of pairs by month, without names',
    evidence: {
      evidenceId: EVIDENCE,
      sha256: SHA,
      custodian: 'Office of staff development',
      attestor: null,
      uri: 'https://records.example.org/buddy/2026',
      fileId: null,
      periodFrom: '2026-01-01',
      periodTo: '2026-06-30',
      expiresAt: '2027-06-30',
      ...more,
    },
    attachedBy: 'person-hr',
  },
});

export const completed: Given = {
  type: 'programs.ActionCompleted.v1',
  data: { actionId: ACTION, on: '2026-06-10', completedBy: 'person-hr' },
};
export const cancelled: Given = {
  type: 'programs.ActionCancelled.v1',
  data: {
    actionId: ACTION,
    on: '2026-05-04',
    reason: programsEvents['programs.ActionCancelled.v1'].example.reason,
    cancelledBy: 'person-hr',
  },
};

export const unit = (code = 'GPA', more: Partial<UnitFacts> = {}): UnitFacts => ({
  ...stateOf(unitFacts, {
    type: 'organization.OrgUnitRegistered.v1',
    data: {
      unitId: `unit:${code}`,
      code,
      name: code,
      parentId: 'unit:CS',
      outsideTree: false,
      validFrom: '2009-01-01',
    },
  }),
  ...more,
});

export const metric = (kind: 'LEADING' | 'LAGGING', level: 'PROCESS' | 'CLIMATE', retired = false): MetricFacts => ({
  ...metricFacts.initial,
  defined: true,
  retired,
  definition: {
    name: 'A metric',
    kind,
    level,
    unit: 'PERCENT',
    direction: 'HIGHER',
    formulaRef: 'record-share',
    sourceType: 'RECORDS',
    cadence: 'QUARTERLY',
    minN: 5,
    subject: 'PERSONS',
    rationale: 'Spec',
    kindRationale: null,
    proxyRisk: null,
    companionMetricId: null,
    topic: null,
    handling: false,
    process: null,
    codedBeforehandBy: null,
    frameworkTags: [],
  },
});

type Verdict = HypothesisFacts['verdict'];
/** Registered on a day, and reviewed if there is a verdict. */
export const hypothesis = (
  verdict: Verdict = null,
  registeredOn = '2025-12-01',
  cannotTell = false,
): HypothesisFacts => ({
  ...stateOf(hypothesisFacts, {
    type: 'metrics.HypothesisRegistered.v1',
    recordedAt: `${registeredOn}T10:00:00.000Z`,
    data: {
      hypothesisId: 'hypothesis:LC-LEADS-EES',
      code: 'LC-LEADS-EES',
      leadingMetricId: 'metric:LC_TS',
      laggingMetricId: 'metric:EES',
      leadingDefinitionVersion: 1,
      laggingDefinitionVersion: 1,
      lagPeriods: 1,
      expectedSign: 'POSITIVE',
      method: 'pearson',
      reviewDate: '2026-11-30',
      rationale: 'How change is led is felt in engagement a year later.',
      replaces: null,
      registeredBy: 'person-hr',
    },
  }),
  verdict,
  cannotTell,
});

const configured: OrganizationFacts = { ...organizationFacts.initial, configured: true };
export const organization = (policy: Partial<OrganizationFacts['policy']> = {}): OrganizationFacts => ({
  ...configured,
  policy: { ...configured.policy, ...policy },
});

export const REVIEW = 'legal-review-1';
export const legalReview = (more: Partial<LegalReviewFacts> = {}): LegalReviewFacts => ({
  ...legalReviewFacts.initial,
  recorded: true,
  object: { kind: 'action', id: ACTION, version: null },
  decision: 'CLEARED',
  reviewer: 'person-legal',
  jurisdiction: 'GB',
  expiresAt: '2026-12-31',
  ...more,
});

export const around = {
  'organization:ORGANIZATION': organization(),
  'unit:GPA': unit(),
  'metric:LC_TS': metric('LEADING', 'PROCESS'),
  'metric:BELONG': metric('LAGGING', 'CLIMATE'),
  'hypothesis:LC-LEADS-EES': hypothesis(),
};
export const answers = { 'charter.standing-commitments': ['commitment:C-ONBOARDING'] };
