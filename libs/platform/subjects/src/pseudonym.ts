import { createHmac } from 'node:crypto';

/**
 * A uuid of version 8 (RFC 9562 §5.8) from the first 16 of these bytes: version and variant bits are set, the other 122 are the bytes'.
 */
export function uuidV8(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, 16));
  hex[6] = ((hex[6] ?? 0) & 0x0f) | 0x80;
  hex[8] = ((hex[8] ?? 0) & 0x3f) | 0x80;
  const text = hex.toString('hex');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20, 32)].join('-');
}

/**
 * The uuid that a natural key of a concept stands for: uuid v8 of HMAC-SHA-256 (RFC 2104) of `concept ‖ 0x00 ‖ key` under the deployment's secret. Whoever lacks
 * the secret cannot tell which code or person an id stands for, even by trying them all.
 */
export const pseudonym = (secret: Uint8Array, concept: string, naturalKey: string): string =>
  uuidV8(createHmac('sha256', secret).update(`${concept}\u0000${naturalKey}`).digest());

/** The pseudonymous id of a person: keys match without regard to case, Unicode form or surrounding blanks. */
export const personIdOf = (secret: Uint8Array, key: string): string =>
  pseudonym(secret, 'person', key.trim().normalize('NFC').toUpperCase());
