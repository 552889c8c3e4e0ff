// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, evidenceRef, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { causeCode, day, period, person, uuid, words } from './vocabulary';

const commitmentId = uuid.describe('Id of the commitment: its stream’s');
const council = 'c5d7e9f1-3a2b-8c4d-8e6f-7a8b9c0d1e2f';
const chief = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
const approver = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const other = '16fd2706-8baf-433b-82eb-8c7fada847da';
const requestId = 'e58ed763-928c-8155-b3d8-3a2f4c9f1d07';
const noteId = 'f69fe874-a39d-8266-84e9-4b305da02e18';
const sealed = {
  key: '9b2d1c5e-8f3a-4c6b-a1d0-2e4f6a8b0c1d',
  sealed: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  subjects: [chief],
};

/** How a commitment ends, and what is said of it in public. Every end is final. */
export const endingEvents = {
  'charter.CommitmentFulfilled.v1': defineEvent(
    'The owner has kept a commitment: every contracted milestone is reached; done on the day it was recorded',
    z.strictObject({
      commitmentId,
      ownerId: person,
      evidenceRefs: z.array(evidenceRef).max(20),
      actionIds: z.array(uuid).max(50).describe('The actions that served it and were delivered'),
      fulfilledOn: day,
    }),
    { commitmentId: council, ownerId: chief, evidenceRefs: [], actionIds: [], fulfilledOn: '2025-12-13' },
  ),
  'charter.CommitmentMissed.v1': defineEvent(
    'A period has closed with the commitment past its date and not kept',
    z.strictObject({ commitmentId, ownerId: person, period, causes: z.array(causeCode).min(1).max(10), missedOn: day }),
    {
      commitmentId: council,
      ownerId: chief,
      period: '2025-Q4',
      causes: ['LATE_DECISION'],
      missedOn: '2026-01-26',
    },
  ),
  'charter.CommitmentWithdrawalRequested.v1': defineEvent(
    'The owner has asked to take a commitment back; it stands until two others approve',
    z.strictObject({ commitmentId, requestId: uuid, noteId: uuid, reason: sealedText, requestedBy: person }),
    { commitmentId: council, requestId, noteId, reason: sealed, requestedBy: chief },
  ),
  'charter.CommitmentWithdrawalApproved.v1': defineEvent(
    'One of two approvers has approved a withdrawal; it takes effect with the second',
    z.strictObject({
      commitmentId,
      requestId: uuid,
      by: person,
      outsideLine: z.boolean().describe('Whether the approver leads nothing above or below what the owner leads'),
    }),
    { commitmentId: council, requestId, by: approver, outsideLine: true },
  ),
  'charter.CommitmentWithdrawalRefused.v1': defineEvent(
    'A withdrawal was refused; the commitment stands',
    z.strictObject({ commitmentId, requestId: uuid, refusedBy: person, reason: sealedText }),
    { commitmentId: council, requestId, refusedBy: approver, reason: sealed },
  ),
  'charter.CommitmentWithdrawn.v1': defineEvent(
    'A commitment has been taken back, approved by two others; before its first date and outside the line it counts for nothing, else as not kept',
    z.strictObject({
      commitmentId,
      requestId: uuid,
      noteId: uuid.describe('Id of the public note that says so'),
      approvers: z.tuple([person, person]),
      outsideLine: z.boolean().describe('Whether both approvers stand outside the owner’s line'),
      beforeDue: z.boolean().describe('Whether it happened before the commitment was first due'),
      reason: sealedText,
      withdrawnOn: day,
    }),
    {
      commitmentId: council,
      requestId,
      noteId,
      approvers: [approver, other],
      outsideLine: true,
      beforeDue: true,
      reason: sealed,
      withdrawnOn: '2025-09-02',
    },
  ),
  'charter.CommitmentCarriedForward.v1': defineEvent(
    'Another commitment takes the place of this one; its slip counts from the first date of this',
    z.strictObject({
      commitmentId,
      newCommitmentId: uuid,
      originBaselineDue: day,
      carriedBy: person,
      carriedOn: day,
    }),
    {
      commitmentId: council,
      newCommitmentId: 'd6e8fa02-4b3c-8d5e-8f70-8b9c0d1e2f30',
      originBaselineDue: '2025-12-31',
      carriedBy: chief,
      carriedOn: '2026-01-20',
    },
  ),
  'charter.CommitmentPublicNoteWritten.v1': defineEvent(
    'A note about a commitment waits for a second person before it is public',
    z.strictObject({
      commitmentId,
      noteId: uuid,
      text: words(1000).describe('Names offices, never people'),
      writtenBy: person,
      writtenOn: day,
    }),
    {
      commitmentId: council,
      noteId,
      text: 'Too few mentors were found; a smaller promise takes its place.',
      writtenBy: chief,
      writtenOn: '2025-08-28',
    },
  ),
  'charter.PublicNotePassed.v1': defineEvent(
    'A second person has read a note, found no name in it, and made it public',
    z.strictObject({ commitmentId, noteId: uuid, by: person, passedOn: day }),
    { commitmentId: council, noteId, by: approver, passedOn: '2025-09-02' },
  ),
};
export type EndingEvent = EventOf<typeof endingEvents>;
