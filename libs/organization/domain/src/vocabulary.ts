import { CADENCES, isLocalDate, isPeriod, ROLES, type Cadence, type Role, personId } from '@plumbline/kernel';
import { z } from 'zod';

export const code = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, 'a code has letters, digits, dot, dash and underscore, 64 at most')
  .describe('Code of the unit; matched without regard to case');
export const day = z
  .string()
  .refine(isLocalDate, 'write a calendar day as 2026-11-23')
  .describe('Calendar day YYYY-MM-DD');
export const period = z
  .string()
  .refine(isPeriod, 'write 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026, FY2026-H1 or FY2026-Q3')
  .describe('Period: 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, FY2026, FY2026-Q3');
export const monthDay = z
  .string()
  .refine((text) => isLocalDate(`2001-${text}`), 'write month and day as 04-01, a day that exists every year')
  .describe('Month and day on which the fiscal year starts: 04-01; 01-01 when it is the calendar year');
export const uuid = z.uuid();
export const person = personId;
export const words = (most: number) => z.string().trim().min(1).max(most);
export const count = z.int().min(0).max(2_000_000_000);
export const percent = z.int().min(0).max(100);
export const cadence: z.ZodType<Cadence> = z.enum(CADENCES);
export const role: z.ZodType<Role> = z.enum(ROLES);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'write SHA-256 as 64 hexadecimal digits, lower case');
export const policyVersion = z.string().regex(/^[1-9]\d{0,8}$/, 'a policy version counts 1, 2, 3');
export const timeZone = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/, 'write the name of a time zone as Europe/London')
  .max(64)
  .describe('IANA name of the time zone in which days begin: Europe/London');
export const locale = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'write a language tag as en-GB')
  .max(35)
  .describe('Language tag (BCP 47) in which the organisation writes: en-GB');
export const jurisdiction = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'write a country or its part as GB, US, US-CA; EU for the Union')
  .describe('Country or part of it (ISO 3166): GB, US, US-CA; EU for the Union');

/** What may have to be consulted on beforehand. */
export const CONSULTATION_TOPICS = ['ruleSet', 'cycle', 'wave', 'thresholds', 'accessLog'] as const;
export type ConsultationTopic = (typeof CONSULTATION_TOPICS)[number];

export const CONSULTATION_OUTCOMES = ['AGREED', 'AGREED_WITH_CONDITIONS', 'NO_OBJECTION', 'OBJECTED'] as const;
export type ConsultationOutcome = (typeof CONSULTATION_OUTCOMES)[number];

export const REVIEW_DECISIONS = ['CLEARED', 'CLEARED_WITH_CONDITIONS', 'REFUSED'] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** What a legal review is about. */
export const REVIEWED_KINDS = ['metric', 'link', 'action', 'target', 'policy'] as const;
export type ReviewedKind = (typeof REVIEWED_KINDS)[number];

export const DELEGABLE_VERBS = ['report', 'record', 'attach', 'propose', 'request', 'respond', 'reschedule'] as const;
/** Done in one's own name, always. */
export const OWN_NAME_VERBS = ['accept', 'sign', 'appeal'] as const;
export type DelegableVerb = (typeof DELEGABLE_VERBS)[number];

/** Roles that see or decide more than others: an admin grants them, nobody else. */
export const PRIVILEGED_ROLES: readonly Role[] = [
  'admin',
  'hr',
  'legal',
  'assessor',
  'auditor',
  'board',
  'data-steward',
  'trusted-recipient',
];

/** The same code however it is written. */
export const sameCode = (a: string, b: string): boolean =>
  a.normalize('NFC').toUpperCase() === b.normalize('NFC').toUpperCase();

export const processName = z
  .string()
  .regex(/^[a-z][a-z-]{1,59}$/, 'a process has a name in small letters and dashes')
  .describe('Name of the process');

/** What a notice may be about. */
export const NOTICE_KINDS = [
  'COMMITMENT_REPORT',
  'COMMITMENT_MILESTONE',
  'COMMITMENT_DECISION',
  'EVIDENCE_EXPIRY',
  'LEGAL_REVIEW_EXPIRY',
  'SCORECARD_ACCEPTANCE',
  'SCORECARD_RATING',
  'SCORECARD_ACKNOWLEDGEMENT',
  'SCORECARD_RESTATED',
  'CYCLE_FREEZE',
  'HYPOTHESIS_REVIEW',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** DUE: before something falls due. DIGEST: once a week, all that is open. HAPPENED: something the person has to know. */
export const NOTICE_REASONS = ['DUE', 'DIGEST', 'HAPPENED'] as const;
export type NoticeReason = (typeof NOTICE_REASONS)[number];

/** Why a stored file has to go. */
export const ERASURE_GROUNDS = ['SUBJECT_REQUEST', 'STORED_IN_ERROR', 'RETENTION_OVER', 'ORDERED'] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];
