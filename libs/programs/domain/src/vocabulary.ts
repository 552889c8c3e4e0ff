import { isDecimalString, isLocalDate, isPeriod, personId } from '@plumbline/kernel';
import { z } from 'zod';

export const code = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, 'a code has letters, digits, dot, dash and underscore, 64 at most')
  .describe('Code; matched without regard to case');
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
export const count = z.int().min(0).max(2_000_000_000);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'write SHA-256 as 64 hexadecimal digits, lower case');
/** Hours, money, full-time equivalents: never below zero, never a float. */
export const amount = z
  .string()
  .refine((text) => isDecimalString(text) && !text.startsWith('-'), 'write a plain decimal number, 0 or more, as 1.5')
  .describe('Plain decimal number as text, 0 or more');
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'write a currency as GBP')
  .describe('Currency (ISO 4217)');

/** Who decides with whom: the sharing of power made visible. */
export const DECISION_RIGHTS = ['INFORM', 'CONSULT', 'CO_DECIDE', 'STAFF_DECIDE'] as const;
export type DecisionRight = (typeof DECISION_RIGHTS)[number];

export const ACTION_STATES = ['PLANNED', 'STARTED', 'COMPLETED', 'CANCELLED'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** What is to become of an action, by what followed from it. */
export const OUTCOME_VERDICTS = ['CONTINUE', 'SCALE', 'ADJUST', 'STOP'] as const;
export type OutcomeVerdict = (typeof OUTCOME_VERDICTS)[number];

/** What was found of the hypothesis an outcome review rests on. */
export const HYPOTHESIS_VERDICTS = [
  'TOO_SHORT',
  'SHARED_SOURCE',
  'LEADS',
  'CONTRARY',
  'MOVES_TOGETHER',
  'NO_EVIDENCE',
] as const;
export type HypothesisVerdict = (typeof HYPOTHESIS_VERDICTS)[number];

export const LABOUR_KINDS = ['COORDINATION', 'MENTORING', 'STAFF_GROUP', 'INTERPRETING', 'SUPPORT', 'OTHER'] as const;
export type LabourKind = (typeof LABOUR_KINDS)[number];

/** How work beside the job was recognised. */
export const RECOGNITIONS = ['PAID', 'TIME_OFF', 'IN_WORKLOAD', 'THANKED', 'NONE'] as const;
export type Recognition = (typeof RECOGNITIONS)[number];

/** The same code however it is written. */
export const sameCode = (a: string, b: string): boolean =>
  a.normalize('NFC').toUpperCase() === b.normalize('NFC').toUpperCase();
