import { isLocalDate, ROLES } from '@plumbline/kernel';
import { z } from 'zod';

export const uuid = z.uuid();
export const day = z
  .string()
  .refine(isLocalDate, 'write a calendar day as 2026-11-23')
  .describe('The last day that began when it happened');
export const viewer = z.uuid().describe('Person id of who asked');
export const role = z.enum(ROLES);
export const report = z
  .string()
  .regex(/^(R\d{1,3}|[A-Z]{3,20}(-[A-Z]{2,20}){0,3})$/, 'a report is named as R3, a document as CONTRACT')
  .describe('Id of the report, or of the document');
export const code = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, 'a code has letters, digits, dot, dash and underscore, 64 at most');
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'write SHA-256 as 64 hexadecimal digits, lower case');
export const ruleName = z
  .string()
  .regex(/^[a-z]+(-[a-z0-9]+)+$/, 'a rule is a sentence in lower case, its words joined by dashes')
  .max(200);

/** Forms in which a report leaves as a file. */
export const EXPORT_FORMATS = ['json', 'csv', 'xlsx', 'html'] as const;

/** Of whom or what a restricted report was asked. */
export const subject = {
  cycle: code.nullable().describe('Code of the evaluation cycle; null for the last frozen one'),
  leader: uuid.nullable().describe('Person id of the leader it is about; null for all that the viewer may see'),
  unit: code.nullable().describe('Code of the unit it was narrowed to'),
};
