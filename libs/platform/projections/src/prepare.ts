import { type EventStore, StoreError } from '@plumbline/platform/event-store';
import { ROLE_NAMES } from '@plumbline/platform/postgres';
import type { Pool, PoolClient } from 'pg';
import { checkpointsDdl, ddlOf } from './ddl';
import { enliven, lockCheckpoints } from './checkpoints';
import { inTransaction } from './cohort';
import { quoted, ReadModelMisdeclared, type ReadModelTable } from './table';

/** What preparing found beside tables that stood as they should. */
export interface Prepared {
  readonly created: readonly string[];
  /** Were poisoned and are tried again. */
  readonly retried: readonly { readonly model: string; readonly error: string | null }[];
  /** Had read a log that is not this one (a restore put another in its place) and start anew. */
  readonly restarted: readonly string[];
}

const definitionOf = (table: ReadModelTable): string => {
  const { create, primaryKey, indexes } = ddlOf(table);
  return [...create, primaryKey, ...indexes].join(';\n').replaceAll(`${quoted(table.schema)}.`, '');
};

async function create(client: PoolClient, table: ReadModelTable): Promise<void> {
  await client.query(`DROP TABLE IF EXISTS ${table.sql}`);
  for (const statement of ddlOf(table).create) await client.query(statement);
}

async function readsThisLog(store: EventStore, position: bigint, event: string | null): Promise<boolean> {
  if (position === 0n) return true;
  try {
    return (await store.at(position)).event === event;
  } catch (error) {
    if (error instanceof StoreError && error.failure === 'unknown-position') return false;
    throw error;
  }
}

/** Lets the roles that write the log and that only read see the rows, where these roles were made. */
async function letRead(client: PoolClient, schema: string): Promise<void> {
  const { rows } = await client.query<{ role: string }>(
    'SELECT "rolname" AS "role" FROM pg_roles WHERE "rolname" = ANY($1) AND "rolname" <> current_user',
    [[ROLE_NAMES.writer, ROLE_NAMES.reader]],
  );
  for (const { role } of rows) {
    await client.query(`GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${quoted(role)}`);
    await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${quoted(schema)} TO ${quoted(role)}`);
  }
}

/**
 * Makes schema, checkpoints and the tables that are not there yet. Safe for several workers at once.
 * @throws ReadModelMisdeclared when a table's columns, key or indexes changed without the model's version
 */
export async function prepareTables(
  store: EventStore,
  pool: Pool,
  schema: string,
  tables: readonly ReadModelTable[],
): Promise<Prepared> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`prepare ${schema}`]);
    for (const statement of checkpointsDdl(schema)) await client.query(statement);
    const checkpoints = `${quoted(schema)}."checkpoints"`;
    const names = tables.map(({ name }) => name);
    const held = new Map((await lockCheckpoints(client, schema, names)).map((found) => [found.model, found]));
    const { rows } = await client.query<{ model: string; definition: string }>(
      `SELECT "model", "definition" FROM ${checkpoints} WHERE "model" = ANY($1)`,
      [names],
    );
    const definitions = new Map(rows.map(({ model, definition }) => [model, definition]));

    const created: string[] = [];
    const restarted: string[] = [];
    const retried: { model: string; error: string | null }[] = [];
    for (const table of tables) {
      const { name } = table;
      const found = held.get(name);
      const definition = definitionOf(table);
      if (!found) {
        await create(client, table);
        await client.query(`INSERT INTO ${checkpoints} ("model", "definition") VALUES ($1, $2)`, [name, definition]);
        created.push(name);
        continue;
      }
      if (definitions.get(name) !== definition)
        throw new ReadModelMisdeclared(`${name} changed its columns, key or indexes: raise the model's version`);
      if (!(await readsThisLog(store, found.position, found.event))) {
        await create(client, table);
        await client.query(
          `UPDATE ${checkpoints} SET "position" = 0, "event" = NULL, "status" = 'building', "error" = NULL WHERE "model" = $1`,
          [name],
        );
        restarted.push(name);
      } else if (found.status === 'poisoned') {
        await client.query(`UPDATE ${checkpoints} SET "status" = 'building', "error" = NULL WHERE "model" = $1`, [
          name,
        ]);
        retried.push({ model: name, error: found.error });
      }
    }
    if (created.length + restarted.length > 0) await letRead(client, schema);
    return { created, retried, restarted };
  });
}

async function makeIndexes(client: PoolClient, table: ReadModelTable): Promise<void> {
  const { primaryKey, indexes } = ddlOf(table);
  const { rowCount } = await client.query('SELECT FROM pg_index WHERE indrelid = $1::regclass AND indisprimary', [
    table.sql,
  ]);
  for (const statement of rowCount === 0 ? [primaryKey, ...indexes] : indexes) await client.query(statement);
}

/** Ends a build: primary key and extra indexes, then into service. What another worker put into service, or poisoned, meanwhile stays as it is. */
export async function finishBuild(pool: Pool, schema: string, tables: readonly ReadModelTable[]): Promise<void> {
  const finished = await inTransaction(pool, async (client) => {
    const names = tables.map(({ name }) => name);
    const held = await lockCheckpoints(client, schema, names);
    const building = new Set(held.filter(({ status }) => status === 'building').map(({ model }) => model));
    const own = tables.filter(({ name }) => building.has(name));
    for (const table of own) await makeIndexes(client, table);
    if (own.length > 0)
      await enliven(
        client,
        schema,
        own.map(({ name }) => name),
      );
    return own;
  });
  for (const table of finished) await pool.query(`ANALYZE ${table.sql}`);
}
