import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { runningProcess } from './process-identity';

interface Holder {
  readonly pid: number;
  readonly identity: string;
}

/** A folder that another running process works in. */
export class DataDirectoryInUseError extends Error {
  override readonly name = 'DataDirectoryInUseError';
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(`${folder} is in use by process ${pid}: stop that one first, or choose another folder with --data-dir`);
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

function holderIn(text: string): Holder | undefined {
  try {
    const { pid, identity } = JSON.parse(text) as Holder;
    return runningProcess(pid)?.identity === identity ? { pid, identity } : undefined;
  } catch {
    return undefined; // cut off by a power cut: nobody's
  }
}

function readLock(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Takes a folder for this process. The lock is a file that names process id and start time, so it ends with its holder, also by `kill -9`, and a later
 * process with the same id is not taken for the holder. Gives the function that lets go.
 * @throws DataDirectoryInUseError
 */
export function lockFolder(folder: string): () => void {
  const lock = join(folder, 'lock');
  const mine = `${lock}.${randomUUID()}`;
  const self = runningProcess(process.pid);
  if (!self) throw new Error('this process cannot see itself in the process table');
  writeFileSync(mine, JSON.stringify({ pid: self.pid, identity: self.identity } satisfies Holder), { mode: 0o644 });
  try {
    for (;;) {
      try {
        linkSync(mine, lock); // with all its content at once, or not at all
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const text = readLock(lock);
      if (text === undefined) continue;
      const holder = holderIn(text);
      if (holder) throw new DataDirectoryInUseError(folder, holder.pid);
      setAside(lock, text);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Removes a lock whose holder is gone, unless someone else has taken the folder in between. */
function setAside(lock: string, stale: string): void {
  const aside = `${lock}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, lock);
  } finally {
    rmSync(aside, { force: true });
  }
}
