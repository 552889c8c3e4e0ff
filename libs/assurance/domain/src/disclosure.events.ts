// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { day, EXPORT_FORMATS, report, role, ruleName, sha256, subject, uuid, viewer } from './vocabulary';

const example = {
  day: '2026-11-23',
  viewer: '0b8f6f4e-7a51-8c1d-9d3f-2f6f1c1b7a90',
  report: 'R3',
};
const leader = '5f0c1d9a-1b7e-8a44-8d21-6a2b9f3c4d5e';
const asOf = '6a1d0f5e-2b3c-8d4e-9f50-1a2b3c4d5e6f';

export const disclosureEvents = {
  'assurance.RestrictedReportViewed.v1': defineEvent(
    'Someone was shown a restricted report: once a person, report, subject and day, and before it was shown',
    z.strictObject({
      day,
      viewer,
      role: role.describe('The role it was shown in'),
      report,
      ...subject,
      asOf: uuid.describe('Id of the event as of which it was shown, the first time that day'),
    }),
    { ...example, role: 'hr', cycle: '2026', leader, unit: null, asOf },
  ),
  'assurance.DisclosureRefused.v1': defineEvent(
    'Someone was refused a restricted report, and by which rule',
    z.strictObject({
      day,
      viewer,
      report,
      leader: subject.leader,
      rule: ruleName.describe('The rule it was refused by'),
    }),
    { ...example, leader, rule: 'a-person-acts-in-a-role-they-hold' },
  ),
  'assurance.ExportGenerated.v1': defineEvent(
    'A restricted report left as a file',
    z.strictObject({
      day,
      viewer,
      role: role.describe('The role it was given in'),
      report,
      ...subject,
      format: z.enum(EXPORT_FORMATS),
      manifestHash: sha256.describe(
        'SHA-256 of the canonical JSON of the report without its as-of: the same content is the same hash in every format',
      ),
      asOf: uuid.describe('Id of the event as of which it was made, the first time that day'),
    }),
    {
      ...example,
      role: 'auditor',
      cycle: '2026',
      leader: null,
      unit: null,
      format: 'csv',
      manifestHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      asOf,
    },
  ),
};
export type DisclosureEvent = EventOf<typeof disclosureEvents>;
