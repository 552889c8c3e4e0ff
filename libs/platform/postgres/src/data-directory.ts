import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { mayEnter, type ServerUser } from './server-user';

/** Raised when the layout of the data directory changes so that an older build must not touch it. */
export const DATA_FORMAT = 1;

/** Where things lie. `folder` is what the user named; `home` is where the server's user may enter: the same folder, or one that `folder/location` names. */
export interface DataDirectory {
  readonly folder: string;
  readonly home: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly log: string;
}

const saved = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined);

/** Writes a small file whole, and so that it is there after a power cut. */
export function save(file: string, text: string, mode: number): void {
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, text, { mode, flush: true });
  renameSync(unfinished, file);
  syncFolder(join(file, '..'));
}

export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** Makes a folder with this mode, whatever the umask; one that is there stays as it is. */
export function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  chmodSync(folder, mode);
}

function layout(folder: string, home: string): DataDirectory {
  return { folder, home, cluster: join(home, 'postgres'), log: join(home, 'postgres.log') };
}

/**
 * Finds or makes the data directory. When the server's user cannot enter it (it lies in root's closed home), the data lie in a folder under `outside`
 * named by the hash of the path, and the file `location` says so.
 * @throws Error in words when `location` names a folder that is not there
 */
export function openDataDirectory(dataDir: string, user: ServerUser | undefined, outside: string): DataDirectory {
  makeFolder(resolve(dataDir), user ? 0o711 : 0o700);
  const folder = realpathSync(resolve(dataDir));
  const elsewhere = saved(join(folder, 'location'));
  if (elsewhere !== undefined) {
    if (!existsSync(elsewhere))
      throw new Error(
        `${join(folder, 'location')} says that the data lie in ${elsewhere}, but that folder is not there`,
      );
    return layout(folder, elsewhere);
  }
  // Data that are there already belong to a user who may enter: the server runs as that one.
  if (existsSync(join(folder, 'postgres')) || mayEnter(folder, user)) return layout(folder, folder);
  const home = join(outside, createHash('sha256').update(folder).digest('hex').slice(0, 16));
  makeFolder(outside, 0o755);
  makeFolder(home, 0o711);
  save(join(folder, 'location'), `${home}\n`, 0o644);
  return layout(folder, home);
}

/** Refuses data of a newer build; stamps new data. @throws Error in words */
export function checkFormat({ folder, home }: DataDirectory): void {
  const file = join(home, 'format.json');
  const text = saved(file);
  if (text === undefined) return save(file, `${JSON.stringify({ format: DATA_FORMAT })}\n`, 0o644);
  const format = formatOf(text);
  if (format === undefined) throw new Error(`${file} is not a format stamp, so ${folder} is left alone`);
  if (format > DATA_FORMAT) {
    throw new Error(
      `${folder} was written by a newer version (format ${format}; this one knows formats up to ${DATA_FORMAT}): use that version`,
    );
  }
}

function formatOf(text: string): number | undefined {
  try {
    const { format } = JSON.parse(text) as { format?: unknown };
    return Number.isSafeInteger(format) ? (format as number) : undefined;
  } catch {
    return undefined;
  }
}

/** The superuser's password: made once for each cluster, kept in the data directory for its owner alone. */
export function superuserPassword({ home, cluster }: DataDirectory): string {
  const file = join(home, 'postgres-password');
  const known = saved(file);
  if (known) return known;
  if (existsSync(cluster))
    throw new Error(`${file} is missing, so the database in ${cluster} cannot be opened; put it back from a backup`);
  const password = randomBytes(24).toString('base64url');
  save(file, `${password}\n`, 0o600);
  return password;
}
