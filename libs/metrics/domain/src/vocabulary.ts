import { CADENCES, isDecimalString, isPeriod, type Cadence, personId } from '@plumbline/kernel';
import { z } from 'zod';

export const KINDS = ['LEADING', 'LAGGING'] as const;
export type Kind = (typeof KINDS)[number];

export const LEVELS = ['PROCESS', 'BEHAVIOUR', 'CLIMATE', 'OUTCOME'] as const;
export type Level = (typeof LEVELS)[number];

/** PERCENT and INDEX run from 0 to 100, PROPORTION from 0 to 1; the others are not negative. */
export const UNITS = ['PERCENT', 'PROPORTION', 'INDEX', 'COUNT', 'RATIO', 'DAYS', 'HOURS'] as const;
export type Unit = (typeof UNITS)[number];

export const DIRECTIONS = ['HIGHER', 'LOWER', 'RANGE'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/**
 * How the figure is made, and so what may be done with it: which interval it has (F6) and how it rolls up (F14).
 * Shares come with numerator and denominator; medians and percent-only figures never roll up.
 */
export const FORMULAS = [
  'favourable-share',
  'item-index',
  'engagement-index',
  'mean-score',
  'response-rate',
  'record-share',
  'checklist',
  'count',
  'mean',
  'median',
] as const;
export type Formula = (typeof FORMULAS)[number];
export const SHARE_FORMULAS: readonly Formula[] = ['favourable-share', 'response-rate', 'record-share', 'checklist'];

/** SURVEY figures rest on a release, ours or another publisher's. */
export const SOURCE_TYPES = ['SURVEY', 'RECORDS', 'ATTESTATION'] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

/** Whom the figure is about: decides how small a base may be shown (F7). */
export const SUBJECTS = ['PERSONS', 'SENSITIVE', 'NONE'] as const;
export type Subject = (typeof SUBJECTS)[number];

export const LEGAL_CLASSES = ['NEUTRAL', 'CLIMATE_ALL', 'CLASS_BASED', 'MONITORING_ONLY'] as const;
export type LegalClass = (typeof LEGAL_CLASSES)[number];

export const TOPICS = ['CONCERNS', 'HARM_REPORTS', 'LEADER_STORIES', 'EXITS', 'REGRETTED_EXITS'] as const;
export type Topic = (typeof TOPICS)[number];

export const code = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, 'a code has letters, digits, dot, dash and underscore, 64 at most')
  .describe('Code; matched without regard to case');
export const period = z
  .string()
  .refine(isPeriod, 'write 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026, FY2026-H1 or FY2026-Q3')
  .describe('Period: 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026, FY2026-Q3');
export const decimalText = z
  .string()
  .refine(isDecimalString, 'write a plain decimal number of at most 34 digits, as 58 or 0.5')
  .describe('Plain decimal number as text, for example 58.25');
export const day = z.iso.date().describe('Calendar day YYYY-MM-DD');
export const uuid = z.uuid();
export const person = personId;
export const words = (most: number) => z.string().trim().min(1).max(most);
export const count = z.int().min(0).max(2_000_000_000);
export const cadence: z.ZodType<Cadence> = z.enum(CADENCES);

/** The same code however it is written. */
export const sameCode = (a: string, b: string): boolean =>
  a.normalize('NFC').toUpperCase() === b.normalize('NFC').toUpperCase();
