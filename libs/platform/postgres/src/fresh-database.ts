import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of a spec file's own. */
export interface FreshDatabase {
  /** For the superuser. */
  readonly url: string;
  drop(): Promise<void>;
}

/** The database that each fresh one is a copy of. */
export const TEMPLATE_DATABASE = 'plumbline_template';

function clusterUrl(): string {
  const url = process.env['PLUMBLINE_TEST_POSTGRES'];
  if (!url)
    throw new Error(
      'there is no test cluster: name this spec *.int.spec.ts and run it with jest -c jest.config.cjs --selectProjects int',
    );
  return url;
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: clusterUrl() });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Makes a database on the cluster of this test run. For specs; drop it when they are done. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `t_${randomBytes(8).toString('hex')}`;
  await administer(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  const url = new URL(clusterUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
