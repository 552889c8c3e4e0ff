import { z } from 'zod';

/**
 * Text that may name a person. In an event it is ciphertext (`SealedText`): the key lies outside the log, so destroying the key erases the text and
 * leaves every hash and proof as it was. A decider writes `toSeal(text, subjects)`; the platform replaces it before the event is encoded.
 */
export interface SealedText {
  /** Which key opens it; one key a text. */
  readonly key: string;
  /** base64url of nonce (12 bytes) ‖ AES-256-GCM ciphertext ‖ tag (16 bytes). AAD = event id ‖ field ‖ key id, joined by a zero byte. */
  readonly sealed: string;
  /** Pseudonymous person ids: the author and whom the text is about. Erasing any of them destroys the key. */
  readonly subjects: readonly string[];
}

/** Plain text on its way into an event; it never reaches the bytes. */
export interface TextToSeal {
  readonly toSeal: string;
  readonly subjects: readonly string[];
}

export type Sealed = SealedText | TextToSeal;

export const toSeal = (text: string, subjects: readonly string[]): TextToSeal => ({
  toSeal: text,
  subjects: [...new Set(subjects)].sort(),
});

export const isTextToSeal = (value: unknown): value is TextToSeal =>
  typeof value === 'object' && value !== null && typeof (value as TextToSeal).toSeal === 'string';

export const isSealedText = (value: unknown): value is SealedText =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as SealedText).sealed === 'string' &&
  typeof (value as SealedText).key === 'string';

/** Schema of a sealed field as stored. */
export const sealedText: z.ZodType<Sealed> = z
  .strictObject({ key: z.uuid(), sealed: z.string().regex(/^[A-Za-z0-9_-]+$/), subjects: z.array(z.string()) })
  .meta({ id: 'SealedText', description: 'Text that may name a person, encrypted under a key of its own' });

/** How a read model, a report or an API answer names a sealed text before it is opened: `sealed:<event id>/<field>`. */
export type SealedReference = `sealed:${string}/${string}`;
export const sealedReference = (eventId: string, field: string): SealedReference => `sealed:${eventId}/${field}`;
