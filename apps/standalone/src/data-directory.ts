import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refuseUnfinished } from '@plumbline/deployment';
import { type RunningPostgres, startPostgres } from '@plumbline/platform/postgres';

export const DEFAULT_DATA_DIR = '.plumbline';

/** Written while an instance runs, for the command line to find it; 0600, for it holds the database's address. */
export interface InstanceFile {
  readonly url: string;
  readonly pid: number;
  readonly databaseUrl: string;
}

const fileOf = (dataDir: string): string => join(dataDir, 'instance.json');

export function writeInstance(dataDir: string, instance: InstanceFile): void {
  writeFileSync(fileOf(dataDir), `${JSON.stringify(instance)}\n`, { mode: 0o600 });
}
export const removeInstance = (dataDir: string): void => rmSync(fileOf(dataDir), { force: true });

function runningInstance(dataDir: string): InstanceFile | undefined {
  if (!existsSync(fileOf(dataDir))) return undefined;
  const instance = JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as InstanceFile;
  try {
    process.kill(instance.pid, 0);
    return instance;
  } catch {
    return undefined;
  }
}

export interface OpenDatabase {
  readonly databaseUrl: string;
  readonly postgres?: RunningPostgres;
  close(): Promise<void>;
}

/** The database of a data directory: the given server's, a running instance's, or the embedded one, started for as long as it is needed. */
export async function openDatabase(
  dataDir: string,
  given: string | undefined,
  mayBeRunning: boolean,
  say: (words: string) => void,
): Promise<OpenDatabase> {
  mkdirSync(resolve(dataDir), { recursive: true });
  refuseUnfinished(resolve(dataDir));
  if (given !== undefined) return { databaseUrl: given, close: async () => undefined };
  const running = mayBeRunning ? runningInstance(dataDir) : undefined;
  if (running) return { databaseUrl: running.databaseUrl, close: async () => undefined };
  const postgres = await startPostgres({ dataDir, onProgress: say });
  return { databaseUrl: postgres.url, postgres, close: () => postgres.stop() };
}
