import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { POLICY_PACKS, policyPacks, policySchema } from './policy-packs';
import { cadence, day, locale, monthDay, policyVersion, timeZone, uuid, words } from './vocabulary';

const reason = words(2000).describe('Why; kept encrypted, for it may name someone');
const pack = z.enum(POLICY_PACKS).describe('The pack whose values the policy starts from');

export const organizationCommands = {
  'organization.ConfigureOrganization': defineCommand(
    'Configure the organisation: the first event of every log',
    ['process', 'admin'],
    z.strictObject({ timeZone, fiscalYear: monthDay, locale, policyPack: pack }),
    { timeZone: 'Europe/London', fiscalYear: '04-01', locale: 'en-GB', policyPack: 'uk' },
  ),
  'organization.StartDemonstration': defineCommand(
    'Make this log a demonstration under a simulated clock; every report will say so',
    ['process'],
    z.strictObject({ from: day.describe('First day of the simulated clock') }),
    { from: '2025-02-03' },
  ),
  'organization.SetReportingCalendar': defineCommand(
    'Set for which periods reports are due, and when',
    ['hr', 'admin'],
    z.strictObject({
      periods: z.array(cadence).min(1).max(5).describe('Cadences whose periods are reported on'),
      dueDays: z.int().min(0).max(366).describe('Days after the end of a period until its report is due'),
      graceDays: z.int().min(0).max(366).describe('Days after the due day until it counts as missed'),
    }),
    { periods: ['QUARTERLY'], dueDays: 15, graceDays: 10 },
  ),
  'organization.ProposePolicyPack': defineCommand(
    'Propose a policy; a second person activates it',
    ['admin', 'hr', 'legal'],
    z.strictObject({
      pack,
      changes: policySchema.partial().optional().describe('Values that differ from the pack’s'),
      reason,
    }),
    {
      pack: 'uk',
      changes: { responseGate: 60, consultationBefore: policyPacks.uk.consultationBefore },
      reason: 'Half of a unit is too few to speak for it, as the last two waves showed.',
    },
  ),
  'organization.ActivatePolicyPack': defineCommand(
    'Put a proposed policy in force, as the second of its two approvers',
    ['admin', 'hr', 'legal'],
    z.strictObject({
      version: policyVersion.describe('Version of the proposal that is approved'),
      consultation: uuid.optional().describe('Id of the consultation or waiver it rests on, where policy asks for one'),
    }),
    { version: '2' },
  ),
};
export type OrganizationCommand = CommandOf<typeof organizationCommands>;
