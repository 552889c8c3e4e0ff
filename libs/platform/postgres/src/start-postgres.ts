import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { binariesFor } from './binaries';
import { endOrphan, makeCluster, serverEnvironment } from './cluster';
import { checkFormat, type DataDirectory, openDataDirectory, superuserPassword } from './data-directory';
import { lockFolder } from './data-lock';
import { type ServerUser, serverUser } from './server-user';

export interface PostgresOptions {
  /** Everything that must outlive the process is in this folder, or where its file `location` says. Made if it is not there. */
  readonly dataDir: string;
  /** Database to make if it is not there. */
  readonly database?: string;
  /** False only for tests: faster, and a crash of the machine may lose everything. */
  readonly durable?: boolean;
  /** Settings beside our own: `{work_mem: '64MB'}`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where data and programs lie when the server's user cannot enter their own folders. */
  readonly outside?: string;
  /** Told what takes long. */
  readonly onProgress?: (words: string) => void;
  /** Ends a start that is under way: `startPostgres` then throws the signal's reason, and no server runs. */
  readonly signal?: AbortSignal;
}

export interface RunningPostgres {
  /** For the superuser, on 127.0.0.1. Holds the password: never to be logged. */
  readonly url: string;
  readonly pid: number;
  /** Where the data lie in fact. */
  readonly home: string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Ends the server, waits for it, and lets go of the data directory. */
  stop(): Promise<void>;
}

const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
const LOG_LIMIT = 16 * 1024 * 1024;
const START_LIMIT_MS = 10 * 60_000;
/** What another server of the same data says while its last processes are ending, or another program when it was quicker to take the port. */
const PASSING =
  /pre-existing shared memory block|lock file "postmaster.pid" already exists|could not bind|Address already in use/;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
  readonly exited: Promise<void>;
  hasExited(): boolean;
}

async function launch(
  postgres: string,
  { home, cluster, log }: DataDirectory,
  user: ServerUser | undefined,
  settings: Readonly<Record<string, string>>,
): Promise<Server> {
  const port = await freePort();
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = openSync(log, 'a', 0o600);
  const child = spawn(postgres, ['-D', cluster, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...flags], {
    ...user,
    cwd: home,
    env: serverEnvironment(),
    stdio: ['ignore', output, output],
    detached: true, // Ctrl-C in a terminal is ours to handle
  });
  closeSync(output);
  let over = false;
  const exited = new Promise<void>((resolve) => {
    for (const event of ['exit', 'error'] as const) child.once(event, () => ((over = true), resolve()));
  });
  child.unref();
  return { child, port, exited, hasExited: () => over };
}

function isReady({ child }: Server, { cluster }: DataDirectory): boolean {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return false;
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines[0] === String(child.pid) && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** Starts until it stands, as long as what stands in the way passes. */
async function launchUntilReady(
  postgres: string,
  data: DataDirectory,
  user: ServerUser | undefined,
  settings: Readonly<Record<string, string>>,
  onProgress: (words: string) => void,
  signal: AbortSignal | undefined,
): Promise<Server> {
  const end = Date.now() + START_LIMIT_MS;
  let nextWord = Date.now() + 2_000;
  for (;;) {
    const logged = existsSync(data.log) ? statSync(data.log).size : 0;
    const server = await launch(postgres, data, user, settings);
    while (!server.hasExited() && !isReady(server, data)) {
      if (Date.now() > nextWord) {
        onProgress('PostgreSQL is recovering its data …');
        nextWord = Date.now() + 5_000;
      }
      if (Date.now() > end || signal?.aborted) {
        server.child.kill('SIGINT');
        await server.exited;
      }
      await sleep(10);
    }
    if (!server.hasExited()) return server;
    signal?.throwIfAborted();
    const said = existsSync(data.log) ? readFileSync(data.log).subarray(logged).toString('utf8').trim() : '';
    if (!PASSING.test(said) || Date.now() > end) {
      throw new Error(
        `PostgreSQL did not start; the end of ${data.log} says:\n${said.split('\n').slice(-8).join('\n')}`,
      );
    }
    await sleep(200);
  }
}

async function makeDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function rotate(log: string): void {
  if (existsSync(log) && statSync(log).size > LOG_LIMIT) renameSync(log, `${log}.1`);
}

/** Finds the data directory and locks it. */
function take(dataDir: string, outside: string): { readonly data: DataDirectory; readonly unlock: () => void } {
  try {
    const data = openDataDirectory(dataDir, serverUser(), outside);
    return { data, unlock: lockFolder(data.home) };
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const words = `this user may not write to ${dataDir}: start as the user who made it, or choose another folder with --data-dir`;
    throw new Error(words, { cause: error });
  }
}

/** @throws Error in words, when the folder is in use, is of a newer format, or the server does not start */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const {
    dataDir,
    database = 'plumbline',
    durable = true,
    settings = {},
    outside = '/var/lib/plumbline',
    onProgress = () => undefined,
    signal,
  } = options;
  const { data, unlock } = take(dataDir, outside);
  try {
    checkFormat(data);
    const user = serverUser(data.cluster);
    const binaries = binariesFor(user, outside);
    const password = superuserPassword(data);
    if (!existsSync(data.cluster)) onProgress(`making a database in ${data.home} …`);
    await makeCluster(data, binaries, user, password, durable, signal);
    await endOrphan(data.cluster);
    rotate(data.log);
    const server = await launchUntilReady(
      binaries.postgres,
      data,
      user,
      { timezone: 'UTC', log_timezone: 'UTC', ...(durable ? {} : FAST), ...settings },
      onProgress,
      signal,
    );
    const address = `postgres://postgres:${password}@127.0.0.1:${server.port}`;
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      if (!server.hasExited()) server.child.kill('SIGINT');
      const quit = setTimeout(() => server.child.kill('SIGQUIT'), 60_000);
      await server.exited;
      clearTimeout(quit);
      unlock();
    };
    const running = {
      url: `${address}/${database}`,
      pid: server.child.pid!,
      home: data.home,
      exited: server.exited,
      stop: () => (stopping ??= stop()),
    };
    try {
      await makeDatabase(`${address}/postgres`, database);
    } catch (error) {
      await running.stop();
      throw error;
    }
    return running;
  } catch (error) {
    unlock();
    throw error;
  }
}
