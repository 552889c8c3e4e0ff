import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Binaries } from './binaries';
import { type DataDirectory, syncFolder } from './data-directory';
import { runningProcess } from './process-identity';
import type { ServerUser } from './server-user';

const run = promisify(execFile);

/** What the server's programs see of our environment: nothing that could change what they do. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' });

const UNFINISHED = 'unfinished-';

/** Removes what starts that were killed left behind. One of them may still be writing there: then the next start removes it. */
function sweep(home: string): void {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith(UNFINISHED))) {
    try {
      rmSync(join(home, name), { recursive: true, force: true, maxRetries: 3 });
    } catch {
      continue;
    }
  }
}

/** Makes the cluster if there is none, unless the signal aborts: under another name first, so that a cluster is whole or not there. */
export async function makeCluster(
  { home, cluster }: DataDirectory,
  binaries: Binaries,
  user: ServerUser | undefined,
  password: string,
  durable: boolean,
  signal?: AbortSignal,
): Promise<void> {
  sweep(home);
  if (existsSync(cluster)) return checkVersion(cluster, binaries);
  const folder = join(home, `${UNFINISHED}${randomUUID()}`);
  const passwordFile = join(folder, 'password');
  const made = join(folder, 'postgres');
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) for (const path of [passwordFile, folder]) chownSync(path, user.uid, user.gid);
  const options = [
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ];
  try {
    await run(
      binaries.initdb,
      ['-D', made, '-U', 'postgres', `--pwfile=${passwordFile}`, ...options, ...(durable ? [] : ['--no-sync'])],
      { ...user, env: serverEnvironment(), cwd: folder, ...(signal ? { signal } : {}) },
    );
  } catch (error) {
    if (signal?.aborted) {
      sweep(home);
      throw signal.reason;
    }
    const words = ((error as { stderr?: string }).stderr ?? '').trim();
    throw new Error(`PostgreSQL could not make its data directory in ${home}: ${words || String(error)}`, {
      cause: error,
    });
  }
  renameSync(made, cluster);
  syncFolder(home);
  rmSync(folder, { recursive: true, force: true });
}

function checkVersion(cluster: string, binaries: Binaries): void {
  const written = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  const ours = binaries.version.split('.')[0];
  if (written !== ours) {
    throw new Error(
      `the data in ${cluster} were written by PostgreSQL ${written}, and this version runs PostgreSQL ${ours}: back up with the version that wrote them`,
    );
  }
}

const until = async (done: () => boolean, seconds: number): Promise<boolean> => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(20)) if (done()) return true;
  return done();
};

/** Ends a server by asking more and more firmly. All of them leave the data whole. */
async function end(pid: number): Promise<void> {
  const gone = () => runningProcess(pid) === undefined;
  for (const [signal, seconds] of [
    ['SIGINT', 30],
    ['SIGQUIT', 10],
    ['SIGKILL', 10],
  ] as const) {
    process.kill(pid, signal);
    if (await until(gone, seconds)) return;
  }
  throw new Error(`process ${pid}, a PostgreSQL server on these data, does not end`);
}

/**
 * After `kill -9` of the process that started it a server lives on alone; after `kill -9` of both its id is left in a file, and may by now be another
 * process's. Ends the one, clears the other. Call it with the folder locked.
 */
export async function endOrphan(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const running = runningProcess(pid);
  if (running?.command.includes(cluster)) await end(pid);
  rmSync(file, { force: true });
}
