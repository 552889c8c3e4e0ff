import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refuseUnfinished } from '@plumbline/deployment';
import { runningProcess, type RunningPostgres, startPostgres } from '@plumbline/platform/postgres';

export const DEFAULT_DATA_DIR = '.plumbline';

/** Written while an instance runs, for the command line to find it; 0600, for it holds the database's address. */
export interface InstanceFile {
  readonly url: string;
  readonly pid: number;
  /** Of the process: a later one with the same id has another. */
  readonly identity: string;
  readonly databaseUrl: string;
  /** Where its log lies when it is not in the database. */
  readonly eventStoreUrl?: string;
}

const fileOf = (dataDir: string): string => join(dataDir, 'instance.json');

export function writeInstance(
  dataDir: string,
  places: Pick<InstanceFile, 'url' | 'databaseUrl' | 'eventStoreUrl'>,
): void {
  const { pid } = process;
  const instance: InstanceFile = { ...places, pid, identity: runningProcess(pid)?.identity ?? '' };
  const draft = `${fileOf(dataDir)}.${pid}`;
  writeFileSync(draft, `${JSON.stringify(instance)}\n`, { mode: 0o600 });
  renameSync(draft, fileOf(dataDir));
}
export const removeInstance = (dataDir: string): void => rmSync(fileOf(dataDir), { force: true });

/** The instance that runs on a data directory; what a killed one left behind does not count. */
function runningInstance(dataDir: string): InstanceFile | undefined {
  if (!existsSync(fileOf(dataDir))) return undefined;
  try {
    const instance = JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as InstanceFile;
    return runningProcess(instance.pid)?.identity === instance.identity ? instance : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // cut off by a power cut: nobody's
    throw error;
  }
}

export interface OpenDatabase {
  readonly databaseUrl: string;
  /** Of the instance that runs on it. */
  readonly eventStoreUrl?: string;
  readonly postgres?: RunningPostgres;
  close(): Promise<void>;
}

const UNUSABLE: Readonly<Record<string, string>> = {
  EEXIST: 'is a file, not a folder',
  ENOTDIR: 'lies under a file, not under a folder',
  EACCES: 'may not be made by this user',
  EPERM: 'may not be made by this user',
  EROFS: 'lies on a disk that cannot be written to',
  ENOSPC: 'lies on a disk that is full',
};

/** @throws Error in words when there can be no folder of this name */
function makeDataDirectory(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    const words = UNUSABLE[(error as NodeJS.ErrnoException).code ?? ''];
    if (words === undefined) throw error;
    throw new Error(`${dataDir} ${words}. Choose another folder with --data-dir.`, { cause: error });
  }
}

/** The database of a data directory: the given server's, a running instance's, or the embedded one, started for as long as it is needed. */
export async function openDatabase(
  dataDir: string,
  given: string | undefined,
  mayBeRunning: boolean,
  say: (words: string) => void,
  signal?: AbortSignal,
): Promise<OpenDatabase> {
  makeDataDirectory(resolve(dataDir));
  refuseUnfinished(resolve(dataDir));
  if (given !== undefined && !(/^postgres(ql)?:/.test(given) && URL.canParse(given)))
    throw new Error(
      '--database-url (or DATABASE_URL) is not an address as postgres://user:password@host:5432/database.',
    );
  if (given !== undefined) return { databaseUrl: given, close: async () => undefined };
  const running = mayBeRunning ? runningInstance(dataDir) : undefined;
  if (running) {
    const { databaseUrl, eventStoreUrl } = running;
    return { databaseUrl, ...(eventStoreUrl === undefined ? {} : { eventStoreUrl }), close: async () => undefined };
  }
  const postgres = await startPostgres({ dataDir, onProgress: say, ...(signal ? { signal } : {}) });
  return { databaseUrl: postgres.url, postgres, close: () => postgres.stop() };
}
