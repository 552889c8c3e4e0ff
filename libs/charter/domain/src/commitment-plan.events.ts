// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, evidenceRef, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { day, INDICATOR_KINDS, localCode, person, uuid, weight, words } from './vocabulary';

const commitmentId = uuid.describe('Id of the commitment: its stream’s');
const milestoneId = localCode;
const council = 'c5d7e9f1-3a2b-8c4d-8e6f-7a8b9c0d1e2f';
const chief = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
const approver = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const assessor = '16fd2706-8baf-433b-82eb-8c7fada847da';
const requestId = 'e58ed763-928c-8155-b3d8-3a2f4c9f1d07';
const sealed = {
  key: '9b2d1c5e-8f3a-4c6b-a1d0-2e4f6a8b0c1d',
  sealed: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  subjects: [chief],
};
const move = { commitmentId: council, requestId, milestoneId: 'C07.1', from: '2025-12-31', to: '2026-03-31' };

/** What is to happen by when, and what became of it. */
export const planEvents = {
  'charter.CommitmentMilestoneAdded.v1': defineEvent(
    'A commitment has a milestone; one that came after acceptance adds nothing to what was contracted',
    z.strictObject({
      commitmentId,
      milestoneId,
      title: words(1000),
      weight,
      baselineDue: day.nullable().describe('First date; null: it is due at its latest indicator'),
      contracted: z.boolean().describe('Whether it stood when the commitment was accepted'),
      addedBy: person,
    }),
    {
      commitmentId: council,
      milestoneId: 'C07.1',
      title: 'First meeting with seats of all wards',
      weight: 1,
      baselineDue: '2025-12-31',
      contracted: true,
      addedBy: chief,
    },
  ),
  'charter.CommitmentIndicatorAdded.v1': defineEvent(
    'A commitment has an indicator: what is to be seen, of which office, by when',
    z.strictObject({
      commitmentId,
      indicatorId: localCode,
      milestoneId: milestoneId.nullable(),
      text: words(2000),
      office: words(400).nullable().describe('The office that is to see to it, never a name'),
      kind: z.enum(INDICATOR_KINDS),
      metricId: uuid.nullable(),
      baselineDue: day.nullable(),
      addedBy: person,
    }),
    {
      commitmentId: council,
      indicatorId: 'C07.1.1',
      milestoneId: 'C07.1',
      text: 'All twelve wards have elected a seat',
      office: 'Nursing',
      kind: 'PROCESS',
      metricId: null,
      baselineDue: '2025-10-31',
      addedBy: chief,
    },
  ),
  'charter.CommitmentRescheduleRequested.v1': defineEvent(
    'Someone has asked that a milestone be due on another day',
    z.strictObject({
      commitmentId,
      requestId: uuid,
      milestoneId,
      from: day,
      to: day,
      reason: sealedText,
      requestedBy: person,
      requestedOn: day,
    }),
    { ...move, reason: sealed, requestedBy: chief, requestedOn: '2025-09-22' },
  ),
  'charter.CommitmentMilestoneRescheduled.v1': defineEvent(
    'A milestone is due on another day, as someone other than its owner has approved; slip counts from the first date',
    z.strictObject({
      commitmentId,
      requestId: uuid,
      milestoneId,
      from: day,
      to: day,
      commitmentDue: day.describe('When the commitment is due with that'),
      reason: sealedText,
      requestedBy: person,
      approvedBy: person,
      rescheduledOn: day,
    }),
    {
      ...move,
      commitmentDue: '2026-03-31',
      reason: sealed,
      requestedBy: chief,
      approvedBy: approver,
      rescheduledOn: '2025-11-14',
    },
  ),
  'charter.CommitmentRescheduleRefused.v1': defineEvent(
    'A milestone stays due when it was; the request stays on record',
    z.strictObject({ commitmentId, requestId: uuid, milestoneId, refusedBy: person, reason: sealedText }),
    { commitmentId: council, requestId, milestoneId: 'C07.1', refusedBy: approver, reason: sealed },
  ),
  'charter.CommitmentMilestoneReached.v1': defineEvent(
    'The owner has recorded that a milestone is reached, with evidence; done on the day it was recorded',
    z.strictObject({
      commitmentId,
      milestoneId,
      evidenceRefs: z.array(evidenceRef).min(1).max(20),
      reachedBy: person,
      recordedOn: day,
    }),
    {
      commitmentId: council,
      milestoneId: 'C07.1',
      evidenceRefs: [
        {
          evidenceId: '0e9d5a1c-3b7f-4d26-8c41-9a6b5f2e7d10',
          sha256: 'ab'.repeat(32),
          custodian: 'Board secretary',
          attestor: null,
          uri: 'https://intranet.example/council/minutes-1',
          fileId: null,
          periodFrom: '2025-12-01',
          periodTo: '2025-12-13',
          expiresAt: null,
        },
      ],
      reachedBy: chief,
      recordedOn: '2025-12-13',
    },
  ),
  'charter.CommitmentDoneDateAttested.v1': defineEvent(
    'Someone other than its owner confirms that a milestone, or the whole, was done on a day not after it was recorded',
    z.strictObject({
      commitmentId,
      milestoneId: milestoneId.nullable().describe('Null: the whole commitment'),
      doneOn: day,
      lateReason: sealedText.nullable(),
      attestedBy: person,
    }),
    { commitmentId: council, milestoneId: 'C07.1', doneOn: '2025-12-11', lateReason: null, attestedBy: assessor },
  ),
};
export type PlanEvent = EventOf<typeof planEvents>;
