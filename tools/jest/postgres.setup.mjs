// One PostgreSQL cluster for a run of the `int` project. Spec files take a database of their own from it: freshDatabase().
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const PREFIX = 'plumbline-test-';

/** Clusters of runs that were killed: nobody holds their lock, so a start takes them over, and a stop ends them. */
async function removeAbandoned({ endAbandoned }) {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    if (await endAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

export default async function setup() {
  const postgres = await import(pathToFileURL(await bundle('libs/platform/postgres/src/test-cluster.ts')).href);
  await removeAbandoned(postgres);
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(dataDir, 0o711);
  const cluster = await postgres.startTestCluster(dataDir);
  process.env.PLUMBLINE_TEST_POSTGRES = cluster.url;
  globalThis.plumblineTestCluster = {
    async stop() {
      await cluster.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
