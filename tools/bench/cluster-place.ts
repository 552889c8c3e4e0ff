import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@plumbline/platform/postgres';
import { Client } from 'pg';

/** A PostgreSQL of a part's own, as durable as the product's. */
export interface ClusterPlace {
  /** Of a folder that goes with the cluster. */
  readonly folder: string;
  urlOf(database: string): string;
  /** A new database; with `like` a copy of another one, which nobody may be connected to. */
  make(database: string, like?: string): Promise<string>;
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Starts a cluster for as long as the work takes, and leaves nothing of it, also when the run is ended by a signal. */
export async function withCluster(work: (place: ClusterPlace) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  chmodSync(folder, 0o711); // the server's user must come through
  const cluster = await startPostgres({ dataDir: join(folder, 'data'), settings: { max_connections: '200' } });
  const stop = async (): Promise<void> => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  let stopping: Promise<void> | undefined;
  const end = (): Promise<void> => (stopping ??= stop()); // Ctrl-C in a terminal comes twice: from there and from the run
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(signal, () => {
      process.on('uncaughtException', () => undefined); // whoever is still at work loses its connections
      void end().finally(() => process.exit(code));
    });
  const urlOf = (database: string): string => {
    const url = new URL(cluster.url);
    url.pathname = `/${database}`;
    return url.href;
  };
  try {
    await work({
      folder,
      urlOf,
      make: async (database, like) => {
        await administer(cluster.url, `CREATE DATABASE ${database}${like === undefined ? '' : ` TEMPLATE ${like}`}`);
        return urlOf(database);
      },
    });
  } finally {
    await end();
  }
}
