import { belongingContexts, codesOf, communityPrinciples, components, pillars } from '@plumbline/frameworks';
import { isDecimalString, isLocalDate, isPeriod, personId } from '@plumbline/kernel';
import { z } from 'zod';

export const componentTags = z.array(z.enum(codesOf(components))).max(components.length);
export const pillarTags = z.array(z.enum(codesOf(pillars))).max(pillars.length);
export const communityTags = z.array(z.enum(codesOf(communityPrinciples))).max(communityPrinciples.length);
export const contexts = z
  .array(z.enum(codesOf(belongingContexts)))
  .min(1)
  .max(belongingContexts.length);

export const STANCES = ['SUPPORT', 'SUPPORT_WITH_CHANGES', 'OPPOSE', 'UNDECIDED'] as const;

/** From the widest to the narrowest. */
export const COMMITMENT_LEVELS = ['INSTITUTION', 'DIVISION', 'UNIT'] as const;
export type CommitmentLevel = (typeof COMMITMENT_LEVELS)[number];

export const SELF_STATUSES = ['NOT_STARTED', 'LIMITED', 'SUBSTANTIAL', 'COMPLETE'] as const;
export type SelfStatus = (typeof SELF_STATUSES)[number];

export const COMPLETIONS = ['NO_EVIDENCE', ...SELF_STATUSES] as const;
export type Completion = (typeof COMPLETIONS)[number];

/** Progress that nobody makes without time or money. */
export const RESOURCED_STATUSES: readonly SelfStatus[] = ['SUBSTANTIAL', 'COMPLETE'];

export const INDICATOR_KINDS = ['PROCESS', 'OUTCOME'] as const;
export type IndicatorKind = (typeof INDICATOR_KINDS)[number];

export const RESOURCE_STAGES = ['PLEDGED', 'RELEASED'] as const;
export type ResourceStage = (typeof RESOURCE_STAGES)[number];

const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;
export const code = z
  .string()
  .regex(CODE, 'a code has letters, digits, dot, dash and underscore, 64 at most')
  .describe('Code; matched without regard to case');
export const localCode = code.describe('Code within the commitment or charter, as C03.1');
export const day = z
  .string()
  .refine(isLocalDate, 'write a calendar day as 2026-11-23')
  .describe('Calendar day YYYY-MM-DD');
export const period = z
  .string()
  .refine(isPeriod, 'write 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026, FY2026-H1 or FY2026-Q3')
  .describe('Period: 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026, FY2026-Q3');
export const dueDay = z
  .string()
  .refine(
    (text) => isLocalDate(text) || (/^\d{4}-\d{2}$/.test(text) && isPeriod(text)),
    'write a day as 2026-11-23 or a month as 2026-11, which means its last day',
  )
  .describe('Day YYYY-MM-DD, or month YYYY-MM, which means its last day');
export const uuid = z.uuid();
export const person = personId;
export const words = (most: number) => z.string().trim().min(1).max(most);
export const count = z.int().min(0).max(2_000_000_000);
export const weight = z.int().min(1).max(1000);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'write SHA-256 as 64 hexadecimal digits, lower case');
export const amount = z
  .string()
  .refine(
    (text) => isDecimalString(text) && !text.startsWith('-'),
    'write a plain decimal number that is not negative, as 12000 or 0.5',
  );
export const currency = z.string().regex(/^[A-Z]{3}$/, 'write a currency as GBP or EUR');
export const causeCode = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{1,59}$/, 'a cause is one of the list of cause codes, as LATE_DECISION');
export const jurisdiction = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'write a country or its part as GB, US, US-CA; EU for the Union');

/** The same code however it is written. */
export const sameCode = (a: string, b: string): boolean =>
  a.normalize('NFC').toUpperCase() === b.normalize('NFC').toUpperCase();
