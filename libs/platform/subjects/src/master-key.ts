import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { boundTo, decrypt, encrypt, freshKey, KEY_BYTES } from './cipher';

/** Name of the file in the data directory. It is no part of the database, so neither are the texts of whoever takes only that. */
export const MASTER_KEY_FILE = 'master-key';

/** Wraps the keys of texts and directory rows. Its bytes never leave this object. */
export class MasterKey {
  /** First 8 bytes (hex) of the key's SHA-256: kept beside what it wraps, so that the wrong key is named as such. */
  readonly fingerprint: string;
  readonly #bytes: Buffer;

  /** @throws RangeError unless there are 32 bytes */
  constructor(bytes: Uint8Array) {
    if (bytes.length !== KEY_BYTES) throw new RangeError(`a master key has ${KEY_BYTES} bytes`);
    this.#bytes = Buffer.from(bytes);
    this.fingerprint = createHash('sha256')
      .update('plumbline master key')
      .update(this.#bytes)
      .digest('hex')
      .slice(0, 16);
  }

  wrap(keyId: string, key: Uint8Array): Buffer {
    return encrypt(this.#bytes, key, boundTo('key', keyId));
  }

  /** @throws NotAuthentic when another master key wrapped it */
  unwrap(keyId: string, wrapped: Uint8Array): Buffer {
    return decrypt(this.#bytes, wrapped, boundTo('key', keyId));
  }
}

/**
 * Reads the master key of a data directory, or makes it at first start (mode 0600, written whole or not at all; of several starts at once one wins).
 * @throws Error when others may read the file, or it holds no key
 */
export function masterKeyOf(dataDir: string): MasterKey {
  const file = join(dataDir, MASTER_KEY_FILE);
  try {
    return read(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${freshKey().toString('hex')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return read(file);
}

function read(file: string): MasterKey {
  const text = readFileSync(file, 'latin1').trim();
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new Error(`${file} can be read by others: make it 0600, and take it that texts are no longer secret`);
  }
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} holds no master key (64 hexadecimal digits)`);
  return new MasterKey(Buffer.from(text, 'hex'));
}
