import { defineCommand, type CommandOf, type Role } from '@plumbline/kernel';
import { z } from 'zod';
import { CONSULTATION_OUTCOMES, CONSULTATION_TOPICS, day, uuid, words } from './vocabulary';

const deciders: readonly Role[] = ['hr', 'legal', 'admin'];
const topic = z.enum(CONSULTATION_TOPICS).describe('What was or would be consulted on');
const reason = words(2000).describe('Why it goes ahead without; kept encrypted, for it may name someone');

export const consultationCommands = {
  'organization.RecordConsultation': defineCommand(
    'Record that those who represent staff have been consulted',
    deciders,
    z.strictObject({
      topic,
      with: words(200).describe('The body consulted, never a person: Staff council'),
      outcome: z.enum(CONSULTATION_OUTCOMES).describe('What they said; it is on record and decides nothing by itself'),
      on: day.describe('Day on which it ended'),
    }),
    { topic: 'thresholds', with: 'Staff council', outcome: 'NO_OBJECTION', on: '2026-10-05' },
  ),
  'organization.RequestConsultationWaiver': defineCommand(
    'Ask to go ahead without a consultation; a second person decides',
    deciders,
    z.strictObject({ topic, reason }),
    { topic: 'wave', reason: 'The council has no members until its election in January.' },
  ),
  'organization.WaiveConsultation': defineCommand(
    'Decide to go ahead without a consultation, as the second of two people',
    deciders,
    z.strictObject({ consultation: uuid.describe('Id that the request for the waiver was given'), reason }),
    {
      consultation: 'c2f5e8a1-0b3d-8c6f-9a24-7d1e0f3b5c88',
      reason: 'Waiting would leave a quarter without a survey; the council is asked afterwards.',
    },
  ),
};
export type ConsultationCommand = CommandOf<typeof consultationCommands>;
