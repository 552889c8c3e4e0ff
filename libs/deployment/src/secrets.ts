import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Name of the file in the data directory: natural keys, person ids and command hashes are HMACs under it. Without it codes no longer lead to their streams. */
export const SECRET_FILE = 'deployment-secret';
const BYTES = 32;

const read = (path: string): Uint8Array => {
  if ((statSync(path).mode & 0o077) !== 0) throw new Error(`${path} can be read by others: chmod 600 it`);
  const secret = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
  if (secret.length !== BYTES)
    throw new Error(`${path} does not hold a secret of ${BYTES} bytes; put it back from a backup`);
  return secret;
};

/** The deployment's secret from the data directory; made at the first start, whole and on disk before it is used. Of two starts at once one wins. */
export function secretOf(dataDir: string): Uint8Array {
  if (!existsSync(dataDir)) {
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, 0o700);
  }
  const path = join(dataDir, SECRET_FILE);
  if (existsSync(path)) return read(path);
  const draft = `${path}.${randomUUID()}`;
  const handle = openSync(draft, 'wx', 0o600);
  writeSync(handle, `${randomBytes(BYTES).toString('hex')}\n`);
  fsyncSync(handle);
  closeSync(handle);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return read(path);
}
