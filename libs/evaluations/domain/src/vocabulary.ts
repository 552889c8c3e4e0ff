import { isDecimalString, isLocalDate, isPeriod, personId } from '@plumbline/kernel';
import { PART_KINDS } from '@plumbline/measures';
import { CELL_STATES, REASON_CODES } from '@plumbline/privacy';
import { z } from 'zod';

export const code = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, 'a code has letters, digits, dot, dash and underscore, 64 at most')
  .describe('Code; matched without regard to case');
export const componentCode = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/,
    'a component has an id of letters, digits, dash and underscore, 40 at most',
  )
  .describe('Id of the component within its scorecard');
export const day = z
  .string()
  .refine(isLocalDate, 'write a calendar day as 2026-11-23')
  .describe('Calendar day YYYY-MM-DD');
export const period = z
  .string()
  .refine(isPeriod, 'write 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026, FY2026-H1 or FY2026-Q3')
  .describe('Period: 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026, FY2026-Q3');
export const uuid = z.uuid();
export const person = personId;
export const words = (most: number) => z.string().trim().min(1).max(most);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'write SHA-256 as 64 hexadecimal digits, lower case');
export const decimalText = z.string().refine(isDecimalString, 'write a plain decimal number as 91.25');
export const basisPoints = z.int().min(0).max(10_000).describe('Hundredths of a per cent: 2500 is 25 %');
export const points = z.int().min(0).max(150);

export const KINDS = PART_KINDS;
/** What may be linked to: everything that rests on a metric. */
export const cellState = z.enum(CELL_STATES);
export const reasonCode = z.enum(REASON_CODES);

/** What a component's attainment rests on: checked by another, only said, or disputed. */
export const EVIDENCE_LEVELS = ['VERIFIED', 'UNVERIFIED', 'DISPUTED'] as const;
export type EvidenceLevel = (typeof EVIDENCE_LEVELS)[number];

export const RESTATEMENT_CAUSES = ['CORRECTION', 'RETRACTION', 'VERIFICATION', 'REOPENED'] as const;
export type RestatementCause = (typeof RESTATEMENT_CAUSES)[number];
