import { z } from 'zod';
import { isLocalDate } from './period';
import { personId } from './person';

const day = z.string().refine(isLocalDate, 'write a calendar day as 2026-11-23').nullable();

/**
 * A piece of evidence as an event refers to it: where it lies (a stored file, which can be erased, or an address), the hash by which it is known again,
 * who keeps it and who vouches for it. `custodian` is an office, never a person's name; `periodFrom` and `periodTo` are what it speaks of, both days
 * included; after `expiresAt` (last day) it proves nothing any more.
 */
export const evidenceRef = z
  .strictObject({
    evidenceId: z.uuid().describe('Id of this reference'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'write SHA-256 as 64 hexadecimal digits, lower case')
      .describe('SHA-256 of the bytes, by which they are known again'),
    custodian: z.string().trim().min(1).max(200).describe('The office that keeps it, never a name'),
    attestor: personId.nullable().describe('Person id of who vouches for it; null when nobody does'),
    uri: z.url().max(2000).nullable().describe('Where it lies; null for a stored file'),
    fileId: z.uuid().nullable().describe('Id of the stored file; null for an address'),
    periodFrom: day.describe('First day it speaks of'),
    periodTo: day.describe('Last day it speaks of'),
    expiresAt: day.describe('Last day on which it proves anything; null when it does not expire'),
  })
  .refine(
    ({ uri, fileId }) => (uri === null) !== (fileId === null),
    'give either uri or fileId, not both and not neither',
  )
  .refine(
    ({ periodFrom, periodTo }) => periodFrom === null || periodTo === null || periodFrom <= periodTo,
    'periodFrom lies after periodTo',
  );
export type EvidenceRef = z.infer<typeof evidenceRef>;

/** Whether the evidence still proves anything on a day. */
export const evidenceIsLive = ({ expiresAt }: Pick<EvidenceRef, 'expiresAt'>, on: string): boolean =>
  expiresAt === null || on <= expiresAt;
