import { defineCommand, ROLES, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { day, DELEGABLE_VERBS, OWN_NAME_VERBS, person, role } from './vocabulary';

const director = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
const analyst = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11';

export const personCommands = {
  'organization.GrantRole': defineCommand(
    'Grant someone a role',
    ['admin', 'hr', 'data-steward', 'process'],
    z.strictObject({
      person,
      role: role.describe('The role; only an admin grants those that see or decide more than others'),
      external: z.boolean().optional().describe('EXTERNAL: not of the organisation'),
    }),
    { person: director, role: 'auditor', external: true },
  ),
  'organization.RevokeRole': defineCommand(
    'Take a role from someone',
    ['admin', 'hr'],
    z.strictObject({ person, role: role.describe('The role that is no longer held') }),
    { person: director, role: 'auditor' },
  ),
  'organization.RecordLeaderAbsence': defineCommand(
    'Record that someone is absent; nothing falls due meanwhile, and no reason is stored',
    ['hr'],
    z.strictObject({ person, from: day.describe('First day of absence'), to: day.describe('Last day of absence') }),
    { person: director, from: '2026-03-02', to: '2026-08-31' },
  ),
  'organization.GrantDelegation': defineCommand(
    'Let someone act for you; accepting, signing and appealing stay your own',
    [...ROLES],
    z.strictObject({
      person: person.describe('Person id of the one who lets another act: your own'),
      to: person.describe('Person id of the one who may act'),
      verbs: z
        .array(z.enum([...DELEGABLE_VERBS, ...OWN_NAME_VERBS]))
        .min(1)
        .max(10)
        .describe('The first words of what may be sent: report covers ReportProgress'),
      until: day.describe('Last day on which it holds'),
    }),
    { person: director, to: analyst, verbs: ['report', 'attach'], until: '2026-12-31' },
  ),
};
export type PersonCommand = CommandOf<typeof personCommands>;
