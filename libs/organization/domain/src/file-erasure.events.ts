// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { ERASURE_GROUNDS, person, uuid } from './vocabulary';

const fileId = uuid.describe('Id of the stored file');
const ground = z.enum(ERASURE_GROUNDS).describe('Why it has to go');
const sealed = {
  key: '9b2d1c5e-8f3a-4c6b-a1d0-2e4f6a8b0c1d',
  sealed: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  subjects: ['0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11'],
};
const file = '7d444840-9dc0-41d1-b245-5ffdce74fad2';

export const fileErasureEvents = {
  'organization.FileErasureRequested.v1': defineEvent(
    'Someone has asked that a stored file of evidence be erased; it stays until another approves',
    z.strictObject({ fileId, ground, reason: sealedText, requestedBy: person }),
    { fileId: file, ground: 'SUBJECT_REQUEST', reason: sealed, requestedBy: '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11' },
  ),
  'organization.EvidenceFileErased.v1': defineEvent(
    'Two people have erased a stored file: its key is destroyed, its hash and size stay',
    z.strictObject({ fileId, ground, approvers: z.tuple([person, person]) }),
    {
      fileId: file,
      ground: 'SUBJECT_REQUEST',
      approvers: ['0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11', '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55'],
    },
  ),
};
export type FileErasureEvent = EventOf<typeof fileErasureEvents>;
