import type { GivenEvent } from './given.testing';

// What specs of processes are given: an organisation that reports each quarter, and a promise with its owner.

export const OWNER = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
export const SUCCESSOR = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

export const configured: GivenEvent = {
  type: 'organization.OrganizationConfigured.v1',
  data: { timeZone: 'Europe/London', fiscalYear: '01-01', locale: 'en-GB', policyPack: 'uk', policyVersion: '1' },
};
/** Due 15 days after a quarter, in time for 10 more. */
export const quarters: GivenEvent = {
  type: 'organization.ReportingCalendarSet.v1',
  data: { periods: ['QUARTERLY'], dueDays: 15, graceDays: 10 },
};
export const absent = (from: string, to: string, personId = OWNER): GivenEvent => ({
  type: 'organization.LeaderAbsenceRecorded.v1',
  data: { personId, from, to },
});

export function promised(code = 'ROOMS', acceptedOn = '2026-01-12', due = '2026-09-30'): readonly GivenEvent[] {
  const commitmentId = `commitment:${code}`;
  return [
    {
      type: 'charter.CommitmentProposed.v1',
      data: { commitmentId, code, askedOwnerId: OWNER, origin: null, principleIds: [], proposedBy: null },
    },
    {
      type: 'charter.CommitmentMilestoneAdded.v1',
      data: {
        commitmentId,
        milestoneId: `${code}.1`,
        title: 'All of it',
        weight: 1,
        contracted: true,
        baselineDue: due,
      },
    },
    {
      type: 'charter.CommitmentAccepted.v1',
      data: {
        commitmentId,
        ownerId: OWNER,
        acceptedOn,
        firstDue: due,
        milestones: [{ milestoneId: `${code}.1`, weight: 1, due }],
      },
    },
  ];
}
export const reported = (period: string, code = 'ROOMS'): GivenEvent => ({
  type: 'charter.CommitmentProgressReported.v1',
  data: {
    commitmentId: `commitment:${code}`,
    period,
    selfStatus: 'LIMITED',
    causes: [],
    narrative: null,
    challenges: null,
  },
});
export const reassigned = (effective: string, code = 'ROOMS'): GivenEvent => ({
  type: 'charter.CommitmentReassigned.v1',
  data: { commitmentId: `commitment:${code}`, from: OWNER, to: SUCCESSOR, effective },
});
export const fulfilled = (fulfilledOn: string, code = 'ROOMS'): GivenEvent => ({
  type: 'charter.CommitmentFulfilled.v1',
  data: { commitmentId: `commitment:${code}`, ownerId: OWNER, evidenceRefs: [], fulfilledOn },
});
