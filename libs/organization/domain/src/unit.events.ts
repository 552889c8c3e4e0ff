// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { code, count, day, person, uuid, words } from './vocabulary';

const unitId = uuid.describe('Id of the unit: its stream’s');
const pharmacy = 'b7c1a2d3-4e5f-8a6b-8c7d-9e0f1a2b3c4d';
const clinical = 'a1b2c3d4-e5f6-8a7b-9c8d-0e1f2a3b4c5d';
const headOfPharmacy = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';

export const unitEvents = {
  'organization.OrgUnitRegistered.v1': defineEvent(
    'A unit exists from this day on, under its parent, at the root, or outside the tree as a benchmark',
    z.strictObject({
      unitId,
      code,
      name: words(200),
      parentId: uuid.nullable().describe('Null for the root and for units outside the tree'),
      outsideTree: z.boolean(),
      validFrom: day,
    }),
    {
      unitId: pharmacy,
      code: 'PHARM',
      name: 'Pharmacy',
      parentId: clinical,
      outsideTree: false,
      validFrom: '2024-10-01',
    },
  ),
  'organization.OrgUnitRenamed.v1': defineEvent(
    'A unit is called something else from this day on',
    z.strictObject({ unitId, name: words(200), validFrom: day }),
    { unitId: pharmacy, name: 'Pharmacy and medicines', validFrom: '2026-04-01' },
  ),
  'organization.OrgUnitMoved.v1': defineEvent(
    'A unit stands under another parent from this day on',
    z.strictObject({ unitId, parentId: uuid, validFrom: day }),
    { unitId: pharmacy, parentId: clinical, validFrom: '2026-04-01' },
  ),
  'organization.OrgUnitClosed.v1': defineEvent(
    'A unit no longer exists from this day on',
    z.strictObject({ unitId, validFrom: day.describe('First day on which it is closed') }),
    { unitId: pharmacy, validFrom: '2026-10-01' },
  ),
  'organization.UnitMarkedClassDefined.v1': defineEvent(
    'A unit is defined by a protected class of people; nothing about it is ever evaluated',
    z.strictObject({ unitId }),
    { unitId: pharmacy },
  ),
  'organization.LeaderAssigned.v1': defineEvent(
    'Someone leads a unit in this post from this day on',
    z.strictObject({ unitId, leader: person, role: words(120).describe('The post, never a name'), from: day }),
    { unitId: pharmacy, leader: headOfPharmacy, role: 'Head of Pharmacy', from: '2026-01-01' },
  ),
  'organization.LeaderUnassigned.v1': defineEvent(
    'Someone has led a unit in this post up to and including this day',
    z.strictObject({ unitId, leader: person, role: words(120), from: day, to: day.describe('Last day in the post') }),
    { unitId: pharmacy, leader: headOfPharmacy, role: 'Head of Pharmacy', from: '2026-01-01', to: '2026-09-30' },
  ),
  'organization.HeadcountSnapshotRecorded.v1': defineEvent(
    'How many people a unit had on a day, as its source says',
    z.strictObject({
      unitId,
      date: day,
      count,
      source: words(120),
      supersedes: uuid.nullable().describe('Id of the event with the count that this one corrects'),
      reason: sealedText.nullable(),
    }),
    { unitId: pharmacy, date: '2026-09-30', count: 37, source: 'payroll', supersedes: null, reason: null },
  ),
};
export type UnitEvent = EventOf<typeof unitEvents>;
