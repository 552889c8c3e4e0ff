import {
  specify,
  stateOf,
  type Actor,
  type CommandBody,
  type Decider,
  type Decision,
  type EventBody,
  type EvidenceRef,
  type GivenEvent,
  type SpecContext,
} from '@plumbline/kernel';
import {
  calendarFacts,
  organizationFacts,
  personFacts,
  unitFacts,
  type CalendarFacts,
  type OrganizationFacts,
  type PersonFacts,
  type UnitFacts,
} from '@plumbline/organization/facts';
import type { CharterEvent, Principle } from './charter.events';
import { charterFacts, type CharterFacts } from './charter.facts';
import type { CommitmentEvent } from './commitment.events';
import { commitmentFacts, type CommitmentFacts } from './commitment.facts';

// What specs are given: the charter BELONGING, the commitment C07 of its owner, and what may stand around them.

type DataOf<E extends { type: string; data: unknown }, T extends E['type']> = Extract<E, { type: T }>['data'];
type Given<T extends CommitmentEvent['type']> = GivenEvent<Extract<CommitmentEvent, { type: T }>>;

export const OWNER: Actor = { id: 'person-owner', role: 'executive' };
export const HR: Actor = { id: 'person-hr', role: 'hr' };
export const APPROVER: Actor = { id: 'person-approver', role: 'executive' };
export const ASSESSOR: Actor = { id: 'person-assessor', role: 'assessor' };
export const NURSE: Actor = { id: 'person-nurse', role: 'member' };
export const PROCESS: Actor = { id: 'process:spec', role: 'process' };

export const ORGANIZATION = 'organization:ORGANIZATION';
export const CALENDAR = 'calendar:CALENDAR';
const commitmentId = 'commitment:C07';

export const unit = (code = 'HOSPITAL', closedFrom?: string): UnitFacts =>
  stateOf(
    unitFacts,
    {
      type: 'organization.OrgUnitRegistered.v1',
      data: {
        ...{ unitId: `unit:${code}`, code, name: code, parentId: null, outsideTree: false, validFrom: '2009-01-01' },
      },
    },
    ...(closedFrom === undefined
      ? []
      : [{ type: 'organization.OrgUnitClosed.v1' as const, data: { unitId: `unit:${code}`, validFrom: closedFrom } }]),
  );

export const organization = (more: Partial<OrganizationFacts> = {}): OrganizationFacts => ({
  ...organizationFacts.initial,
  configured: true,
  calendar: { periods: ['QUARTERLY'], dueDays: 15, graceDays: 10 },
  ...more,
});

export const calendar = (...closedPeriods: readonly string[]): CalendarFacts => ({
  ...calendarFacts.initial,
  closedPeriods,
});

export const absent = (from: string, to: string): PersonFacts => ({
  ...personFacts.initial,
  absences: [{ from, to }],
});

export const evidence = (more: Partial<EvidenceRef> = {}): EvidenceRef => ({
  evidenceId: 'evidence-1',
  sha256: 'ab'.repeat(32),
  custodian: 'Board secretary',
  attestor: null,
  uri: 'https://intranet.example/minutes',
  fileId: null,
  periodFrom: null,
  periodTo: null,
  expiresAt: null,
  ...more,
});

const sealed = (text: string) => ({ toSeal: text, subjects: ['person-owner'] });

/** `specify`, where every refusal says in a sentence what is wrong and how to go on. */
export const inWords = <S, C extends CommandBody, E extends EventBody>(decider: Decider<S, C, E>) => ({
  given: (...events: readonly GivenEvent<E>[]) => ({
    when: (command: C, context: SpecContext = {}): Decision<E> => {
      const decision = specify(decider)
        .given(...events)
        .when(command, context);
      if (decision.refused !== undefined && !/^.{8,}\.$/.test(decision.detail ?? ''))
        throw new Error(`${decision.refused} says nothing of this case: "${decision.detail}"`);
      return decision;
    },
  }),
});

// the charter

export const heard: Principle = {
  principleId: 'HEARD',
  text: 'Whoever speaks up is answered.',
  componentTags: ['OPPORTUNITY'],
  pillarTags: [],
  communityTags: [],
  signals: ['Every concern has an answer within 14 days'],
};
const charterId = 'charter:BELONGING';

export const drafted = (
  more: Partial<DataOf<CharterEvent, 'charter.CharterDrafted.v1'>> = {},
): GivenEvent<CharterEvent> => ({
  type: 'charter.CharterDrafted.v1',
  data: {
    charterId,
    code: 'BELONGING',
    title: 'Belonging here',
    scopeUnitId: 'unit:HOSPITAL',
    parentCharterId: null,
    definitionOfBelonging: 'To be expected, needed and free to differ.',
    belongingContexts: ['GROUP'],
    jurisdiction: null,
    draftedBy: 'person-hr',
    ...more,
  },
});
export const principleAdded = (more: Partial<Principle> = {}): GivenEvent<CharterEvent> => ({
  type: 'charter.CharterPrincipleAdded.v1',
  data: { charterId, ...heard, ...more, addedBy: 'person-hr' },
});
export const consultationOpened = (
  more: Partial<DataOf<CharterEvent, 'charter.CharterConsultationOpened.v1'>> = {},
): GivenEvent<CharterEvent> => ({
  type: 'charter.CharterConsultationOpened.v1',
  data: {
    charterId,
    round: 1,
    audience: [
      { group: 'NURSES', leadership: false, people: 40 },
      { group: 'HEADS', leadership: true, people: 14 },
    ],
    opensOn: '2026-06-01',
    closesAt: '2026-06-15',
    ...more,
  },
});
export const tallied = (group: string, support: number, day = '2026-06-10'): GivenEvent<CharterEvent> => ({
  type: 'charter.CharterConsultationTallied.v1',
  data: {
    charterId,
    round: 1,
    group,
    day,
    stances: { SUPPORT: support, SUPPORT_WITH_CHANGES: 0, OPPOSE: 0, UNDECIDED: 0 },
  },
});
export const consultationClosed = (closedOn = '2026-06-15'): GivenEvent<CharterEvent> => ({
  type: 'charter.CharterConsultationClosed.v1',
  data: { charterId, round: 1, closedOn, counts: [] },
});
export const charterAdopted = (
  more: Partial<DataOf<CharterEvent, 'charter.CharterAdopted.v1'>> = {},
): GivenEvent<CharterEvent> => ({
  type: 'charter.CharterAdopted.v1',
  data: {
    charterId,
    version: 1,
    code: 'BELONGING',
    title: 'Belonging here',
    scopeUnitId: 'unit:HOSPITAL',
    parent: null,
    definitionOfBelonging: 'To be expected, needed and free to differ.',
    principles: [{ ...heard, inheritedFrom: null }],
    effectiveFrom: '2026-01-01',
    adoptedBy: 'person-chair',
    consultation: 1,
    consultationSummaryHash: 'ab'.repeat(32),
    lateReason: null,
    ...more,
  },
});
export const charterState = (...events: readonly GivenEvent<CharterEvent>[]): CharterFacts =>
  stateOf(charterFacts, ...events);

// the commitment

export const proposed = (
  more: Partial<DataOf<CommitmentEvent, 'charter.CommitmentProposed.v1'>> = {},
): Given<'charter.CommitmentProposed.v1'> => ({
  type: 'charter.CommitmentProposed.v1',
  data: {
    commitmentId,
    code: 'C07',
    proposedBy: 'person-nurse',
    token: null,
    askedOwnerId: 'person-owner',
    charterId,
    charterVersion: 1,
    principleIds: ['HEARD'],
    title: 'Ward council',
    statement: 'Every ward elects a seat.',
    level: 'DIVISION',
    parentCommitmentId: null,
    evidenceRule: 'Minutes.',
    scopeUnitId: 'unit:HOSPITAL',
    office: null,
    structuralChange: true,
    origin: null,
    ...more,
  },
});
export const milestone = (
  milestoneId = 'C07.1',
  more: Partial<DataOf<CommitmentEvent, 'charter.CommitmentMilestoneAdded.v1'>> = {},
): Given<'charter.CommitmentMilestoneAdded.v1'> => ({
  type: 'charter.CommitmentMilestoneAdded.v1',
  data: {
    ...{ commitmentId, milestoneId, title: 'First meeting', weight: 1, baselineDue: '2026-09-30', contracted: true },
    addedBy: 'person-owner',
    ...more,
  },
});
export const indicator = (
  indicatorId = 'C07.1.1',
  more: Partial<DataOf<CommitmentEvent, 'charter.CommitmentIndicatorAdded.v1'>> = {},
): Given<'charter.CommitmentIndicatorAdded.v1'> => ({
  type: 'charter.CommitmentIndicatorAdded.v1',
  data: {
    ...{ commitmentId, indicatorId, milestoneId: 'C07.1', text: 'All wards have elected', office: 'Nursing' },
    ...{ kind: 'PROCESS' as const, metricId: null, baselineDue: '2026-08-31', addedBy: 'person-owner' },
    ...more,
  },
});
export const accepted = (
  more: Partial<DataOf<CommitmentEvent, 'charter.CommitmentAccepted.v1'>> = {},
): Given<'charter.CommitmentAccepted.v1'> => ({
  type: 'charter.CommitmentAccepted.v1',
  data: {
    ...{ commitmentId, ownerId: 'person-owner', acceptedOn: '2026-02-01', firstDue: '2026-09-30' },
    milestones: [{ milestoneId: 'C07.1', weight: 1, due: '2026-09-30' }],
    ...more,
  },
});
/** Proposed with one milestone and accepted by its owner. */
export const active: readonly GivenEvent<CommitmentEvent>[] = [proposed(), milestone(), accepted()];

export const reached = (
  milestoneId = 'C07.1',
  recordedOn = '2026-06-10',
): Given<'charter.CommitmentMilestoneReached.v1'> => ({
  type: 'charter.CommitmentMilestoneReached.v1',
  data: { commitmentId, milestoneId, evidenceRefs: [evidence()], reachedBy: 'person-owner', recordedOn },
  actor: OWNER,
});
export const attested = (
  doneOn: string,
  milestoneId: string | null = 'C07.1',
): Given<'charter.CommitmentDoneDateAttested.v1'> => ({
  type: 'charter.CommitmentDoneDateAttested.v1',
  data: { commitmentId, milestoneId, doneOn, lateReason: null, attestedBy: 'person-assessor' },
});
export const resourced: Given<'charter.CommitmentResourced.v1'> = {
  type: 'charter.CommitmentResourced.v1',
  data: {
    ...{ commitmentId, stage: 'PLEDGED' as const, budget: null, fte: '0.2', source: 'Transformation budget' },
    resourcedBy: 'person-owner',
  },
};
export const needsNothing: Given<'charter.CommitmentNeedsNoResources.v1'> = {
  type: 'charter.CommitmentNeedsNoResources.v1',
  data: { commitmentId, reason: sealed('Meetings take the place of others.'), declaredBy: 'person-owner' },
};
export const reported = (
  period: string,
  more: Partial<DataOf<CommitmentEvent, 'charter.CommitmentProgressReported.v1'>> = {},
): Given<'charter.CommitmentProgressReported.v1'> => ({
  type: 'charter.CommitmentProgressReported.v1',
  data: {
    ...{ commitmentId, period, selfStatus: 'LIMITED' as const, narrative: sealed('Nine wards.'), challenges: null },
    ...{ causes: [], nil: false, late: false, reportedBy: 'person-owner', reportedOn: '2026-04-08' },
    ...more,
  },
});
export const missedPeriod = (period: string): Given<'charter.CommitmentProgressMissed.v1'> => ({
  type: 'charter.CommitmentProgressMissed.v1',
  data: { commitmentId, period, ownerId: 'person-owner', missedOn: '2026-04-26' },
});
export const rescheduleRequested = (
  to = '2026-12-31',
  milestoneId = 'C07.1',
): Given<'charter.CommitmentRescheduleRequested.v1'> => ({
  type: 'charter.CommitmentRescheduleRequested.v1',
  data: {
    ...{ commitmentId, requestId: 'request-1', milestoneId, from: '2026-09-30', to },
    ...{ reason: sealed('Wards move.'), requestedBy: 'person-owner', requestedOn: '2026-04-20' },
  },
  actor: OWNER,
});
export const rescheduled = (to = '2026-12-31'): Given<'charter.CommitmentMilestoneRescheduled.v1'> => ({
  type: 'charter.CommitmentMilestoneRescheduled.v1',
  data: {
    ...{ commitmentId, requestId: 'request-1', milestoneId: 'C07.1', from: '2026-09-30', to, commitmentDue: to },
    ...{ reason: sealed('Permit late.'), requestedBy: 'person-owner', approvedBy: 'person-approver' },
    rescheduledOn: '2026-05-01',
  },
});
export const handoverProposed = (effective = '2026-05-01'): Given<'charter.CommitmentReassignmentProposed.v1'> => ({
  type: 'charter.CommitmentReassignmentProposed.v1',
  data: { commitmentId, from: 'person-owner', to: 'person-next', effective, proposedBy: 'person-hr' },
});
export const handedOver = (effective = '2026-05-01'): Given<'charter.CommitmentReassigned.v1'> => ({
  type: 'charter.CommitmentReassigned.v1',
  data: { commitmentId, from: 'person-owner', to: 'person-next', effective, acceptedByNewOwner: true },
});
export const noteWritten: Given<'charter.CommitmentPublicNoteWritten.v1'> = {
  type: 'charter.CommitmentPublicNoteWritten.v1',
  data: {
    commitmentId,
    noteId: 'note-1',
    text: 'Too few mentors were found.',
    writtenBy: 'person-owner',
    writtenOn: '2026-06-15',
  },
  actor: OWNER,
};
export const withdrawalRequested: Given<'charter.CommitmentWithdrawalRequested.v1'> = {
  type: 'charter.CommitmentWithdrawalRequested.v1',
  data: {
    ...{ commitmentId, requestId: 'request-1', noteId: 'note-1', reason: sealed('Too few mentors.') },
    requestedBy: 'person-owner',
  },
  actor: OWNER,
};
export const withdrawalApproved = (
  by = 'person-approver',
  outsideLine = true,
): Given<'charter.CommitmentWithdrawalApproved.v1'> => ({
  type: 'charter.CommitmentWithdrawalApproved.v1',
  data: { commitmentId, requestId: 'request-1', by, outsideLine },
});
export const withdrawn = (outsideLine: boolean, beforeDue: boolean): Given<'charter.CommitmentWithdrawn.v1'> => ({
  type: 'charter.CommitmentWithdrawn.v1',
  data: {
    ...{
      commitmentId,
      requestId: 'request-1',
      noteId: 'note-1',
      approvers: ['person-approver', 'person-hr'] as [string, string],
    },
    ...{ outsideLine, beforeDue, reason: sealed('Agreed.'), withdrawnOn: '2026-06-01' },
  },
});
export const fulfilled = (fulfilledOn = '2026-06-12'): Given<'charter.CommitmentFulfilled.v1'> => ({
  type: 'charter.CommitmentFulfilled.v1',
  data: { commitmentId, ownerId: 'person-owner', evidenceRefs: [], actionIds: [], fulfilledOn },
});
export const missed: Given<'charter.CommitmentMissed.v1'> = {
  type: 'charter.CommitmentMissed.v1',
  data: { commitmentId, ownerId: 'person-owner', period: '2026-Q3', causes: ['LATE_DECISION'], missedOn: '2026-10-26' },
};
export const declined: Given<'charter.CommitmentDeclined.v1'> = {
  type: 'charter.CommitmentDeclined.v1',
  data: { commitmentId, declinedBy: 'person-owner', declinedOn: '2026-02-01', reason: sealed('Twice.') },
};
export const carriedForward: Given<'charter.CommitmentCarriedForward.v1'> = {
  type: 'charter.CommitmentCarriedForward.v1',
  data: {
    ...{ commitmentId, newCommitmentId: 'commitment:C31', originBaselineDue: '2026-09-30' },
    ...{ carriedBy: 'person-owner', carriedOn: '2026-06-01' },
  },
};
export const assessed = (
  completion: 'NO_EVIDENCE' | 'LIMITED' | 'COMPLETE' = 'LIMITED',
): Given<'charter.CommitmentIndependentlyAssessed.v1'> => ({
  type: 'charter.CommitmentIndependentlyAssessed.v1',
  data: {
    ...{ commitmentId, assessor: 'person-assessor', completion, rationale: sealed('Three wards lack a seat.') },
    ...{ assessedOn: '2026-06-01', evidenceRefs: [] },
  },
});
export const commitmentState = (...events: readonly GivenEvent<CommitmentEvent>[]): CommitmentFacts =>
  stateOf(commitmentFacts, ...events);
