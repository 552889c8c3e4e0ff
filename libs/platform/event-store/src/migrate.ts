import { type DatabaseRoles, makeRoles, ROLE_NAMES } from '@plumbline/platform/postgres';
import { Client } from 'pg';
import { CREATE_SCHEMA, FORGET_ABANDONED, grants, SCHEMA_VERSION, UPGRADES } from './schema';

/** PostgreSQL's own count: 14.0 and later. */
const OLDEST_SERVER = 140_000;
/** Any number, the same for every process that migrates. */
const MIGRATION_LOCK = 7_207_401;

async function versionOf(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ found: boolean }>(
    "SELECT to_regclass('event_store.version') IS NOT NULL AS found",
  );
  if (!rows[0]!.found) return undefined;
  return (await client.query<{ version: number }>('SELECT version FROM event_store.version')).rows[0]!.version;
}

async function checkServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: number; encoding: string }>(
    "SELECT current_setting('server_version_num')::integer AS number, current_setting('server_encoding') AS encoding",
  );
  const { number, encoding } = rows[0]!;
  if (number < OLDEST_SERVER)
    throw new Error(`the database server is PostgreSQL ${Math.floor(number / 10_000)}; version 14 or later is needed`);
  if (encoding !== 'UTF8') throw new Error(`the database is encoded in ${encoding}; make one in UTF8`);
}

/**
 * Makes the event store's tables and its roles, if they are not there. Call it at every start, before a store is opened; several starts at once are fine.
 * @param adminUrl of a superuser, or of a user that may make roles; with less the tables are made, and the answer says what is missing
 * @returns the addresses to open stores with: the writer's for what appends, the reader's for what only reads
 * @throws Error in words when the server is too old or the tables are of a newer version
 */
export async function migrateEventStore(adminUrl: string): Promise<DatabaseRoles> {
  const roles = await makeRoles(adminUrl);
  const client = new Client({ connectionString: roles.ownerUrl });
  try {
    await client.connect();
    await checkServer(client);
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const version = await versionOf(client);
    if (version === undefined) {
      await client.query(CREATE_SCHEMA);
      await client.query('INSERT INTO event_store.version VALUES ($1)', [SCHEMA_VERSION]);
    } else if (version > SCHEMA_VERSION) {
      throw new Error(
        `the event store was made by a newer version (${version}; this one knows versions up to ${SCHEMA_VERSION}): use that version`,
      );
    } else if (version < SCHEMA_VERSION) {
      for (let from = version; from < SCHEMA_VERSION; from++) await client.query(UPGRADES[from]!);
      await client.query('UPDATE event_store.version SET version = $1', [SCHEMA_VERSION]);
    }
    if (version !== SCHEMA_VERSION && roles.separate) await client.query(grants(ROLE_NAMES.writer, ROLE_NAMES.reader));
    await client.query(FORGET_ABANDONED);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
  return roles;
}
