import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256-GCM (NIST SP 800-38D) with a 12-byte random nonce and a 16-byte tag. */
const ALGORITHM = 'aes-256-gcm';
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A ciphertext that its key and additional data do not open: it was changed, or belongs elsewhere. */
export class NotAuthentic extends Error {
  override readonly name = 'NotAuthentic';
}

export const freshKey = (): Buffer => randomBytes(KEY_BYTES);

/** Additional data that binds a ciphertext to its place: the parts in UTF-8, joined by a zero byte. */
export const boundTo = (...parts: readonly string[]): Buffer => Buffer.from(parts.join('\u0000'), 'utf8');

/** Gives nonce ‖ ciphertext ‖ tag. */
export function encrypt(key: Uint8Array, plain: Uint8Array, bound: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(bound);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws NotAuthentic when the bytes are not what this key made for this place */
export function decrypt(key: Uint8Array, sealed: Uint8Array, bound: Uint8Array): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new NotAuthentic('a ciphertext is shorter than its nonce and tag');
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(bound).setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new NotAuthentic('a ciphertext does not belong to this key and place', { cause });
  }
}
