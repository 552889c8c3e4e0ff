// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { day, DELEGABLE_VERBS, person, role } from './vocabulary';

const director = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
const analyst = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11';

export const personEvents = {
  'organization.RoleGranted.v1': defineEvent(
    'Someone holds a role from here on; EXTERNAL when they are not of the organisation',
    z.strictObject({ personId: person, role, external: z.boolean() }),
    { personId: director, role: 'auditor', external: true },
  ),
  'organization.RoleRevoked.v1': defineEvent(
    'Someone no longer holds a role',
    z.strictObject({ personId: person, role }),
    { personId: director, role: 'auditor' },
  ),
  'organization.LeaderAbsenceRecorded.v1': defineEvent(
    'Someone is absent on these days, both included; no reason is stored',
    z.strictObject({ personId: person, from: day, to: day }),
    { personId: director, from: '2026-03-02', to: '2026-08-31' },
  ),
  'organization.DelegationGranted.v1': defineEvent(
    'Someone lets another act for them up to and including a day',
    z.strictObject({
      from: person.describe('Who lets another act'),
      to: person.describe('Who may act'),
      verbs: z.array(z.enum(DELEGABLE_VERBS)).min(1).max(DELEGABLE_VERBS.length),
      until: day,
    }),
    { from: director, to: analyst, verbs: ['report', 'attach'], until: '2026-12-31' },
  ),
};
export type PersonEvent = EventOf<typeof personEvents>;
