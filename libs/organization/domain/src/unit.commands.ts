import { defineCommand, type CommandOf, type Role } from '@plumbline/kernel';
import { z } from 'zod';
import { code, count, day, person, words } from './vocabulary';

const keepers: readonly Role[] = ['hr', 'data-steward', 'admin'];
const validFrom = day.optional().describe('First day on which it holds; today unless said');
const headOfPharmacy = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';

export const unitCommands = {
  'organization.RegisterUnit': defineCommand(
    'Register a unit under its parent; without one it is the root that was named, or a benchmark outside the tree',
    keepers,
    z.strictObject({
      code,
      name: words(200).describe('What the unit is called'),
      parent: code.optional().describe('Code of the unit above it'),
      validFrom,
      outsideTree: z.boolean().optional().describe('A benchmark beside the organisation: in no total'),
      classDefined: z.boolean().optional().describe('Defined by a protected class of people: never evaluated'),
    }),
    { code: 'PHARM', name: 'Pharmacy', parent: 'CLINICAL', validFrom: '2024-10-01' },
  ),
  'organization.RenameUnit': defineCommand(
    'Rename a unit from a day on',
    keepers,
    z.strictObject({ unit: code, name: words(200).describe('What it is called from then on'), validFrom }),
    { unit: 'PHARM', name: 'Pharmacy and medicines', validFrom: '2026-04-01' },
  ),
  'organization.MoveUnit': defineCommand(
    'Move a unit under another parent from a day on',
    keepers,
    z.strictObject({ unit: code, parent: code.describe('Code of the unit it stands under from then on'), validFrom }),
    { unit: 'PHARM', parent: 'SUPPORT', validFrom: '2026-04-01' },
  ),
  'organization.CloseUnit': defineCommand(
    'Close a unit that has no open units under it',
    keepers,
    z.strictObject({
      unit: code,
      validFrom: day.optional().describe('First day on which it is closed; today unless said'),
    }),
    { unit: 'PHARM', validFrom: '2026-10-01' },
  ),
  'organization.MarkUnitClassDefined': defineCommand(
    'Mark a unit as defined by a protected class of people; nothing about it is ever evaluated',
    ['hr', 'legal', 'data-steward'],
    z.strictObject({ unit: code }),
    { unit: 'NETWORK' },
  ),
  'organization.AssignLeader': defineCommand(
    'Record that someone leads a unit from a day on; a unit may have several leaders',
    keepers,
    z.strictObject({
      unit: code,
      leader: person,
      role: words(120).describe('The post, never a name: Head of Pharmacy'),
      from: day.describe('First day in the post'),
    }),
    { unit: 'PHARM', leader: headOfPharmacy, role: 'Head of Pharmacy', from: '2026-01-01' },
  ),
  'organization.UnassignLeader': defineCommand(
    'Record the last day that someone leads a unit',
    keepers,
    z.strictObject({
      unit: code,
      leader: person,
      role: words(120).describe('The post'),
      to: day.describe('Last day in the post'),
    }),
    { unit: 'PHARM', leader: headOfPharmacy, role: 'Head of Pharmacy', to: '2026-09-30' },
  ),
  'organization.RecordHeadcount': defineCommand(
    'Record how many people a unit has on a day',
    ['hr', 'data-steward'],
    z.strictObject({
      unit: code,
      date: day,
      count: count.describe('People, whatever hours they work'),
      source: words(120).describe('Where the count comes from: payroll'),
      reason: words(2000).optional().describe('Why the count recorded for this day was wrong; needed to correct it'),
    }),
    { unit: 'PHARM', date: '2026-09-30', count: 37, source: 'payroll' },
  ),
};
export type UnitCommand = CommandOf<typeof unitCommands>;
