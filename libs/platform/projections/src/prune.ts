import type { AnyReadModel } from '@plumbline/kernel';
import type { Pool } from 'pg';
import { inTransaction } from './cohort';
import { quoted, READ_MODELS, tablesOf } from './table';

/**
 * Drops the tables of read models that this build does not have: other versions, and models that are gone. Everything in them can be replayed.
 * @returns the names of the tables dropped
 */
export async function prune(
  pool: Pool,
  models: readonly AnyReadModel[],
  schema: string = READ_MODELS,
): Promise<readonly string[]> {
  const kept = tablesOf(models, schema).map(({ name }) => name);
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`prepare ${schema}`]);
    const { rows } = await client.query<{ name: string }>(
      `SELECT "tablename" AS "name" FROM pg_tables WHERE "schemaname" = $1 AND "tablename" <> 'checkpoints' AND "tablename" <> ALL($2) ORDER BY 1`,
      [schema, kept],
    );
    if (rows.length === 0) return [];
    const dropped = rows.map(({ name }) => name);
    await client.query(`DELETE FROM ${quoted(schema)}."checkpoints" WHERE "model" = ANY($1)`, [dropped]);
    for (const name of dropped) await client.query(`DROP TABLE ${quoted(schema)}.${quoted(name)}`);
    return dropped;
  });
}
