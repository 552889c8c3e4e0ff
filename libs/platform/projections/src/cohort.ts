import type { Page } from '@plumbline/platform/event-store';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { lockCheckpoints, moveCheckpoints, poison } from './checkpoints';
import { FoldFailed, foldPage, touchedKeys, touchesOf } from './fold-page';
import { loadOpen, writeChanges } from './row-writer';
import { quoted, type ReadModelTable } from './table';

/** Read models that stand at one position and are fed from one reading of the log. */
export interface Cohort {
  readonly tables: readonly ReadModelTable[];
  readonly position: bigint;
}

/** `lost`: another worker moved one of the checkpoints first; nothing was written. */
export type Advance =
  | { readonly outcome: 'lost' }
  | {
      readonly outcome: 'advanced';
      readonly cohort: Cohort;
      readonly poisoned: readonly { readonly table: string; readonly error: string }[];
    };

/** Cardinality, data, integrity and limit errors lie in the row; all others (connection, disk, shutdown, rights) in the world, and pass. */
const OF_THE_ROW = new Set(['21', '22', '23', '54']);
const liesInTheRow = (error: unknown): error is Error =>
  error instanceof FoldFailed ||
  error instanceof RangeError ||
  (error instanceof DatabaseError && OF_THE_ROW.has(error.code?.slice(0, 2) ?? ''));

/** A connection out of the pool is no longer listened to by it; an error that nobody listens to would end the process. The statement in hand fails with it too. */
export async function connectionOf(pool: Pool): Promise<PoolClient> {
  const client = await pool.connect();
  if (!client.listeners('error').includes(lost)) client.on('error', lost);
  return client;
}
const lost = (): void => undefined;

/** Runs `work` in a transaction on a connection of its own; a connection that failed is not used again. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await connectionOf(pool);
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollback: Error) => {
      broken = rollback;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Folds a page into one table. @throws FoldFailed, RangeError or DatabaseError; then the transaction stands as before */
async function advanceTable(client: PoolClient, table: ReadModelTable, page: Page): Promise<void> {
  const touches = touchesOf(table, page.events);
  if (touches.length === 0) return;
  const savepoint = quoted(table.name);
  await client.query(`SAVEPOINT ${savepoint}`);
  try {
    const standing = await loadOpen(client, table, [...touchedKeys(touches).values()]);
    await writeChanges(client, table, foldPage(table, standing, touches));
  } catch (error) {
    await client.query(`ROLLBACK TO SAVEPOINT ${savepoint}`);
    throw error;
  } finally {
    await client.query(`RELEASE SAVEPOINT ${savepoint}`);
  }
}

/**
 * Feeds one page to a cohort: all rows and all checkpoints in one transaction, and only if every checkpoint stands where this worker thinks. A model
 * that fails on the page is poisoned where it stands, the others go on.
 * @throws Error when the database failed; nothing was written then, or (a lost answer to COMMIT) all of it: the checkpoints say which
 */
export async function advance(pool: Pool, schema: string, cohort: Cohort, page: Page): Promise<Advance> {
  const last = page.events.at(-1);
  if (!last) return { outcome: 'advanced', cohort, poisoned: [] };
  const names = cohort.tables.map(({ name }) => name);
  return inTransaction(pool, async (client): Promise<Advance> => {
    const held = await lockCheckpoints(client, schema, names);
    const standing = held.filter(({ position, status }) => position === cohort.position && status !== 'poisoned');
    if (standing.length < names.length) return { outcome: 'lost' };

    const poisoned: { table: string; error: string }[] = [];
    for (const table of cohort.tables) {
      try {
        await advanceTable(client, table, page);
      } catch (error) {
        if (!liesInTheRow(error)) throw error;
        poisoned.push({ table: table.name, error: error.message });
        await poison(client, schema, table.name, error.message);
      }
    }
    const tables = cohort.tables.filter(({ name }) => !poisoned.some(({ table }) => table === name));
    const moved = tables.map(({ name }) => name);
    await moveCheckpoints(client, schema, moved, { position: last.position, event: last.event.id });
    return { outcome: 'advanced', cohort: { tables, position: last.position }, poisoned };
  });
}
