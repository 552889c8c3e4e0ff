// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, evidenceRef, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { planEvents } from './commitment-plan.events';
import { endingEvents } from './commitment-ending.events';
import {
  code,
  COMMITMENT_LEVELS,
  COMPLETIONS,
  amount,
  causeCode,
  currency,
  day,
  localCode,
  period,
  person,
  RESOURCE_STAGES,
  SELF_STATUSES,
  uuid,
  weight,
  words,
} from './vocabulary';

const commitmentId = uuid.describe('Id of the commitment: its stream’s');
const council = 'c5d7e9f1-3a2b-8c4d-8e6f-7a8b9c0d1e2f';
const chief = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
const successor = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const analyst = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11';
const assessor = '16fd2706-8baf-433b-82eb-8c7fada847da';
const sealed = {
  key: '9b2d1c5e-8f3a-4c6b-a1d0-2e4f6a8b0c1d',
  sealed: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  subjects: [chief],
};

export const commitmentEvents = {
  'charter.CommitmentProposed.v1': defineEvent(
    'A commitment has been proposed, in someone’s own name or, with a token, in nobody’s',
    z.strictObject({
      commitmentId,
      code,
      proposedBy: person.nullable(),
      token: uuid.nullable().describe('By which whoever handed it in without a name finds it again'),
      askedOwnerId: person.nullable().describe('Who is asked to keep it'),
      charterId: uuid.nullable().describe('Null for what was promised before there was a charter'),
      charterVersion: z.int().min(1).nullable(),
      principleIds: z.array(localCode).max(50),
      title: words(200),
      statement: words(4000),
      level: z.enum(COMMITMENT_LEVELS),
      parentCommitmentId: uuid.nullable(),
      evidenceRule: words(1000).describe('What will show that it was kept'),
      scopeUnitId: uuid,
      office: words(200).nullable().describe('The office that is to keep it, never a name'),
      structuralChange: z.boolean().describe('Whether it changes a practice, policy or norm rather than adds an event'),
      origin: z
        .strictObject({ commitmentId: uuid, baselineDue: day })
        .nullable()
        .describe('The commitment that it carries forward, and when that one was first due'),
    }),
    {
      commitmentId: council,
      code: 'C07',
      proposedBy: analyst,
      token: null,
      askedOwnerId: chief,
      charterId: 'b3a1c5d7-2e4f-8a6b-9c8d-1e0f2a3b4c5d',
      charterVersion: 1,
      principleIds: ['HEARD'],
      title: 'Ward council',
      statement: 'Every ward elects a seat on a council that decides on rotas and rooms.',
      level: 'INSTITUTION',
      parentCommitmentId: null,
      evidenceRule: 'Minutes of the first meeting with seats of all wards.',
      scopeUnitId: 'a1b2c3d4-e5f6-8a7b-9c8d-0e1f2a3b4c5d',
      office: 'Chief executive',
      structuralChange: true,
      origin: null,
    },
  ),
  'charter.CommitmentVerifiabilityAssessed.v1': defineEvent(
    'Someone other than its owner has judged whether it could be told that a commitment is kept',
    z.strictObject({ commitmentId, verifiable: z.boolean(), by: person, notes: sealedText.nullable() }),
    { commitmentId: council, verifiable: true, by: assessor, notes: null },
  ),
  'charter.CommitmentAccepted.v1': defineEvent(
    'Its owner has accepted a commitment in their own name; weights and first dates are fixed from here on',
    z.strictObject({
      commitmentId,
      ownerId: person,
      acceptedOn: day,
      firstDue: day.describe('The latest first date of its milestones'),
      milestones: z
        .array(z.strictObject({ milestoneId: localCode, weight, due: day }))
        .min(1)
        .max(200),
    }),
    {
      commitmentId: council,
      ownerId: chief,
      acceptedOn: '2025-03-10',
      firstDue: '2025-12-31',
      milestones: [{ milestoneId: 'C07.1', weight: 1, due: '2025-12-31' }],
    },
  ),
  'charter.CommitmentDeclined.v1': defineEvent(
    'A proposed commitment has been declined, with a reason',
    z.strictObject({ commitmentId, declinedBy: person, declinedOn: day, reason: sealedText }),
    { commitmentId: council, declinedBy: chief, declinedOn: '2025-03-10', reason: sealed },
  ),
  ...planEvents,
  'charter.CommitmentResourced.v1': defineEvent(
    'Money or time has been pledged or released for a commitment',
    z.strictObject({
      commitmentId,
      stage: z.enum(RESOURCE_STAGES),
      budget: z.strictObject({ amount, currency }).nullable(),
      fte: amount.nullable().describe('Full-time equivalents'),
      source: words(200).describe('The office or budget it comes from, never a name'),
      resourcedBy: person,
    }),
    {
      commitmentId: council,
      stage: 'RELEASED',
      budget: { amount: '12000', currency: 'GBP' },
      fte: '0.2',
      source: 'Transformation budget',
      resourcedBy: chief,
    },
  ),
  'charter.CommitmentNeedsNoResources.v1': defineEvent(
    'It has been declared why a commitment needs neither money nor time',
    z.strictObject({ commitmentId, reason: sealedText, declaredBy: person }),
    { commitmentId: council, reason: sealed, declaredBy: chief },
  ),
  'charter.CommitmentProgressReported.v1': defineEvent(
    'The owner has reported on a period; NIL when nothing happened, late when the period was missed before',
    z.strictObject({
      commitmentId,
      period,
      selfStatus: z.enum(SELF_STATUSES),
      narrative: sealedText.nullable(),
      challenges: sealedText.nullable(),
      causes: z.array(causeCode).max(10).describe('What held it up, by cause code'),
      nil: z.boolean(),
      late: z.boolean(),
      reportedBy: person,
      reportedOn: day,
    }),
    {
      commitmentId: council,
      period: '2025-Q2',
      selfStatus: 'LIMITED',
      narrative: sealed,
      challenges: null,
      causes: [],
      nil: false,
      late: false,
      reportedBy: chief,
      reportedOn: '2025-07-08',
    },
  ),
  'charter.CommitmentProgressMissed.v1': defineEvent(
    'No report on a period came in time; a late one leaves this standing',
    z.strictObject({ commitmentId, period, ownerId: person, missedOn: day }),
    { commitmentId: council, period: '2025-Q3', ownerId: chief, missedOn: '2025-10-26' },
  ),
  'charter.CommitmentIndependentlyAssessed.v1': defineEvent(
    'An assessor outside the owner’s line has judged how far a commitment is kept',
    z.strictObject({
      commitmentId,
      assessor: person,
      completion: z.enum(COMPLETIONS),
      rationale: sealedText,
      assessedOn: day,
      evidenceRefs: z.array(evidenceRef).max(20),
    }),
    {
      commitmentId: council,
      assessor,
      completion: 'LIMITED',
      rationale: sealed,
      assessedOn: '2025-10-02',
      evidenceRefs: [],
    },
  ),
  'charter.CommitmentReassignmentProposed.v1': defineEvent(
    'A commitment is to pass to another owner, who has not accepted it yet',
    z.strictObject({ commitmentId, from: person, to: person, effective: day, proposedBy: person }),
    { commitmentId: council, from: chief, to: successor, effective: '2025-05-01', proposedBy: analyst },
  ),
  'charter.CommitmentReassignmentDeclined.v1': defineEvent(
    'Who was to take over a commitment has declined; it stays with its owner',
    z.strictObject({ commitmentId, to: person, reason: sealedText }),
    { commitmentId: council, to: successor, reason: sealed },
  ),
  'charter.CommitmentReassigned.v1': defineEvent(
    'A commitment has passed to a new owner, who accepted it in their own name; dates stay as they are',
    z.strictObject({
      commitmentId,
      from: person,
      to: person,
      effective: day.describe('First day of the new owner'),
      acceptedByNewOwner: z.literal(true),
    }),
    { commitmentId: council, from: chief, to: successor, effective: '2025-05-01', acceptedByNewOwner: true },
  ),
  ...endingEvents,
};
export type CommitmentEvent = EventOf<typeof commitmentEvents>;
