import type { Instant, ReadModel } from '@plumbline/kernel';
import type { OrganizationEvent } from './organization.events';
import type { Policy, PolicyPack } from './policy-packs';

/** One row a policy that has been in force; the one with the highest `sequence` is in force as of the position that the rows are read at. */
export type PolicyInForceRow = Policy & {
  readonly policyVersion: string;
  /** The version as a number. */
  readonly sequence: number;
  readonly pack: PolicyPack;
  readonly inForceFrom: Instant;
  /** Empty for the policy the organisation was configured with. */
  readonly approvers: readonly string[];
  readonly consultationId: string | null;
};

export const policyInForceRows: ReadModel<PolicyInForceRow, OrganizationEvent> = {
  name: 'policy_in_force',
  version: 1,
  key: ['policyVersion'],
  columns: {
    policyVersion: 'text',
    sequence: 'integer',
    pack: 'text',
    inForceFrom: 'instant',
    approvers: 'text[]',
    consultationId: 'text?',
    k: 'integer',
    kSensitive: 'integer',
    kDemographic: 'integer',
    kText: 'integer',
    responseGate: 'integer',
    responseFloor: 'integer',
    minScoredN: 'integer',
    maxBackdateDays: 'integer',
    consultationBefore: 'text[]',
    charterConsultationDays: 'integer',
    surveyWeightCap: 'integer',
    componentWeightCap: 'integer',
    processWeightFloor: 'integer',
    coverageFloor: 'integer',
    restrictedEligibility: 'text',
    classBasedTargets: 'text',
    twoWayCuts: 'boolean',
  },
  on: {
    'organization.OrganizationConfigured.v1': {
      keys: ({ data }) => [{ policyVersion: data.policyVersion }],
      fold: (_row, { data, recordedAt }) => ({
        ...data.policy,
        policyVersion: data.policyVersion,
        sequence: Number(data.policyVersion),
        pack: data.policyPack,
        inForceFrom: recordedAt,
        approvers: [],
        consultationId: null,
      }),
    },
    'organization.PolicyPackActivated.v1': {
      keys: ({ data }) => [{ policyVersion: data.version }],
      fold: (_row, { data, recordedAt }) => ({
        ...data.policy,
        policyVersion: data.version,
        sequence: Number(data.version),
        pack: data.pack,
        inForceFrom: recordedAt,
        approvers: data.approvers,
        consultationId: data.consultationId,
      }),
    },
    'organization.PolicyPackProposed.v1': 'ignored',
    'organization.DemonstrationStarted.v1': 'ignored',
    'organization.ReportingCalendarSet.v1': 'ignored',
  },
};

/** The policy in force at the position the rows were read at; undefined before the organisation is configured. */
export const policyAsOf = <R extends PolicyInForceRow>(rows: readonly R[]): R | undefined =>
  rows.reduce<R | undefined>((latest, row) => (latest && latest.sequence > row.sequence ? latest : row), undefined);
