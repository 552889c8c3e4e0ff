import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Whom the server runs as, when it is not ourselves. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const idOf = (flag: '-u' | '-g', user: string): number =>
  Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));

/**
 * PostgreSQL refuses to run as root: root hands the server to the owner of the data, or to the user `postgres`, or to `nobody`.
 * Undefined when we are not root: then the server runs as ourselves.
 */
export function serverUser(dataOf?: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (dataOf && existsSync(dataOf)) {
    const { uid, gid } = statSync(dataOf);
    if (uid !== 0) return { uid, gid };
  }
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {
      continue;
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor a user "nobody"; start as another user',
  );
}

/** The nearest folder at or above a path that is there. */
export function existingPart(path: string): string {
  const full = resolve(path);
  return existsSync(full) ? realpathSync(full) : existingPart(dirname(full));
}

function allows(path: string, { uid, gid }: ServerUser, bits: number): boolean {
  const { mode, uid: owner, gid: group } = statSync(path);
  const shift = owner === uid ? 6 : group === gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}

/** Whether a user gets through every folder down to this one (as far as it exists). */
export function mayEnter(folder: string, user: ServerUser | undefined): boolean {
  if (!user) return true;
  for (let at = existingPart(folder); ; at = dirname(at)) {
    if (!allows(at, user, 0o1)) return false;
    if (at === dirname(at)) return true;
  }
}

/** Whether a user may run the file. */
export const mayRun = (file: string, user: ServerUser | undefined): boolean =>
  !user || (mayEnter(dirname(file), user) && allows(realpathSync(file), user, 0o5));
