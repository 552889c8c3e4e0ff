import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { endOrphan } from './cluster';
import { DataDirectoryInUseError, lockFolder } from './data-lock';
import { TEMPLATE_DATABASE } from './fresh-database';
import { makeRoles } from './roles';
import { type RunningPostgres, startPostgres } from './start-postgres';

/** Starts the cluster of a test run, with roles and an empty template database. What it holds is not meant to survive a crash. */
export async function startTestCluster(dataDir: string): Promise<RunningPostgres> {
  const cluster = await startPostgres({
    dataDir,
    database: TEMPLATE_DATABASE,
    durable: false,
    settings: { max_connections: '200' },
  });
  await makeRoles(cluster.url);
  const url = new URL(cluster.url);
  url.pathname = '/postgres';
  return { ...cluster, url: url.href };
}

const FRESH_MS = 60_000;

/** Ends the server of a test run that was killed. False when the folder belongs to a run that is alive, or may be just beginning. */
export async function endAbandoned(dataDir: string): Promise<boolean> {
  if (!existsSync(join(dataDir, 'lock')) && Date.now() - statSync(dataDir).mtimeMs < FRESH_MS) return false;
  try {
    lockFolder(dataDir);
    await endOrphan(join(dataDir, 'postgres'));
    return true;
  } catch (error) {
    if (error instanceof DataDirectoryInUseError || (error as NodeJS.ErrnoException).code === 'EACCES') return false;
    throw error;
  }
}
