// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { CONSULTATION_OUTCOMES, CONSULTATION_TOPICS, day, person, uuid, words } from './vocabulary';

const consultationId = uuid;
const topic = z.enum(CONSULTATION_TOPICS);
const id = 'c2f5e8a1-0b3d-8c6f-9a24-7d1e0f3b5c88';
const analyst = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11';
const counsel = '9d3b6f20-1c4e-8a75-b8e6-2f0a4c1d7e99';
const sealed = {
  key: '3d5b2c7e-6f10-4a43-9b8d-0e7f5a1c2d33',
  sealed: 'rSPlvL2nTHcQmXkU2Yw0v6n3l0pK5yJt',
  subjects: [analyst],
};

export const consultationEvents = {
  'organization.ConsultationRecorded.v1': defineEvent(
    'Those who represent staff have been consulted on a topic',
    z.strictObject({
      consultationId,
      topic,
      with: words(200).describe('The body consulted, never a person'),
      outcome: z.enum(CONSULTATION_OUTCOMES),
      on: day,
    }),
    { consultationId: id, topic: 'thresholds', with: 'Staff council', outcome: 'NO_OBJECTION', on: '2026-10-05' },
  ),
  'organization.ConsultationWaiverRequested.v1': defineEvent(
    'Someone has asked to go ahead without a consultation; a second person decides',
    z.strictObject({ consultationId, topic, requestedBy: person, reason: sealedText }),
    { consultationId: id, topic: 'wave', requestedBy: analyst, reason: sealed },
  ),
  'organization.ConsultationWaived.v1': defineEvent(
    'Two people have decided to go ahead without a consultation',
    z.strictObject({ consultationId, topic, reason: sealedText, approvers: z.tuple([person, person]) }),
    { consultationId: id, topic: 'wave', reason: sealed, approvers: [analyst, counsel] },
  ),
};
export type ConsultationEvent = EventOf<typeof consultationEvents>;
