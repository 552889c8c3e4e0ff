// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { POLICY_PACKS, policyPacks, policySchema } from './policy-packs';
import { cadence, day, locale, monthDay, person, policyVersion, timeZone, uuid } from './vocabulary';

export const organizationEvents = {
  'organization.OrganizationConfigured.v1': defineEvent(
    'The organisation has been configured: the first event of every log',
    z.strictObject({
      timeZone,
      fiscalYear: monthDay,
      locale,
      policyPack: z.enum(POLICY_PACKS),
      policyVersion,
      policy: policySchema,
    }),
    {
      timeZone: 'Europe/London',
      fiscalYear: '04-01',
      locale: 'en-GB',
      policyPack: 'uk',
      policyVersion: '1',
      policy: policyPacks.uk,
    },
  ),
  'organization.DemonstrationStarted.v1': defineEvent(
    'This log is a demonstration under a simulated clock; every report says so',
    z.strictObject({ from: day.describe('First day of the simulated clock') }),
    { from: '2025-02-03' },
  ),
  'organization.ReportingCalendarSet.v1': defineEvent(
    'It has been set for which periods reports are due, and when',
    z.strictObject({
      periods: z.array(cadence).min(1).max(5),
      dueDays: z.int().min(0).max(366).describe('Days after the end of a period until its report is due'),
      graceDays: z.int().min(0).max(366).describe('Days after the due day until it counts as missed'),
    }),
    { periods: ['QUARTERLY'], dueDays: 15, graceDays: 10 },
  ),
  'organization.PolicyPackProposed.v1': defineEvent(
    'Someone has proposed a policy; it is in force once a second person activates it',
    z.strictObject({
      version: policyVersion,
      pack: z.enum(POLICY_PACKS),
      policy: policySchema,
      proposedBy: person,
      reason: sealedText,
    }),
    {
      version: '2',
      pack: 'uk',
      policy: { ...policyPacks.uk, responseGate: 60 },
      proposedBy: '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11',
      reason: {
        key: '3d5b2c7e-6f10-4a43-9b8d-0e7f5a1c2d33',
        sealed: 'rSPlvL2nTHcQmXkU2Yw0v6n3l0pK5yJt',
        subjects: ['0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11'],
      },
    },
  ),
  'organization.PolicyPackActivated.v1': defineEvent(
    'A policy is in force from here on, approved by two people',
    z.strictObject({
      version: policyVersion,
      pack: z.enum(POLICY_PACKS),
      policy: policySchema,
      approvers: z.tuple([person, person]),
      consultationId: uuid.nullable(),
    }),
    {
      version: '2',
      pack: 'uk',
      policy: { ...policyPacks.uk, responseGate: 60 },
      approvers: ['0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11', '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55'],
      consultationId: null,
    },
  ),
};
export type OrganizationEvent = EventOf<typeof organizationEvents>;
