import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { disclosureEvents } from './disclosure.events';
import { day, EXPORT_FORMATS, report, role, ruleName, sha256, subject, uuid, viewer } from './vocabulary';

const examples = disclosureEvents;
/** Sent by the product itself as it discloses: nobody may say of another, or of themselves, what they read. */
const product = ['process'] as const;

export const disclosureCommands = {
  'assurance.RecordReportView': defineCommand(
    'Record that a restricted report is about to be shown to someone',
    product,
    z.strictObject({
      day,
      viewer,
      role: role.describe('The role it is shown in'),
      report,
      ...subject,
      asOf: uuid.describe('Id of the event as of which it is shown'),
    }),
    examples['assurance.RestrictedReportViewed.v1'].example,
  ),
  'assurance.RecordDisclosureRefusal': defineCommand(
    'Record that a restricted report was refused to someone',
    product,
    z.strictObject({
      day,
      viewer,
      report,
      leader: subject.leader,
      rule: ruleName.describe('The rule it is refused by'),
    }),
    examples['assurance.DisclosureRefused.v1'].example,
  ),
  'assurance.RecordExport': defineCommand(
    'Record that a restricted report is about to leave as a file',
    product,
    z.strictObject({
      day,
      viewer,
      role: role.describe('The role it is given in'),
      report,
      ...subject,
      format: z.enum(EXPORT_FORMATS).describe('Form of the file'),
      manifestHash: sha256.describe('SHA-256 of the canonical JSON of the report without its as-of'),
      asOf: uuid.describe('Id of the event as of which it is made'),
    }),
    examples['assurance.ExportGenerated.v1'].example,
  ),
};
export type DisclosureCommand = CommandOf<typeof disclosureCommands>;
