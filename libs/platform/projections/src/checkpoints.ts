import type { ClientBase, Pool } from 'pg';
import { quoted } from './table';

/** `building` until it has caught up once; `poisoned` when its fold failed on an event and it stands still. */
export type ReadModelStatus = 'building' | 'live' | 'poisoned';

/** How far a read model's table has read the log. */
export interface Checkpoint {
  /** The table's name: `<name>_v<version>`. */
  readonly model: string;
  /** Position of the last event read, 0n before the first. Events that the model ignores are passed over. */
  readonly position: bigint;
  /** That event's id. */
  readonly event: string | null;
  readonly status: ReadModelStatus;
  /** Why it is poisoned. */
  readonly error: string | null;
}

type Client = Pick<ClientBase | Pool, 'query'>;

/** Channel on which advances are announced, with the new position. */
export const ADVANCED = 'read_models_advanced';

const checkpoints = (schema: string): string => `${quoted(schema)}."checkpoints"`;

interface Stored extends Omit<Checkpoint, 'position'> {
  readonly position: string;
}
const COLUMNS = '"model", "position", "event", "status", "error"';
const checkpoint = (stored: Stored): Checkpoint => ({ ...stored, position: BigInt(stored.position) });

/** SQL that reads the checkpoints of the models named in `$1`, in the order of their names. */
export const checkpointsSql = (schema: string): string =>
  `SELECT ${COLUMNS} FROM ${checkpoints(schema)} WHERE "model" = ANY($1) ORDER BY "model"`;

export const checkpointsFrom = (rows: readonly unknown[]): readonly Checkpoint[] =>
  rows.map((row) => checkpoint(row as Stored));

/** Checkpoints of the models named; of those that have one. */
export async function readCheckpoints(
  client: Client,
  schema: string,
  models: readonly string[],
): Promise<readonly Checkpoint[]> {
  const { rows } = await client.query<Stored>(checkpointsSql(schema), [models]);
  return rows.map(checkpoint);
}

/** The same, held against other workers until the transaction ends. One order of names, so that two workers never wait for each other. */
export async function lockCheckpoints(
  client: Client,
  schema: string,
  models: readonly string[],
): Promise<readonly Checkpoint[]> {
  const { rows } = await client.query<Stored>(`${checkpointsSql(schema)} FOR UPDATE`, [models]);
  return rows.map(checkpoint);
}

/** Moves checkpoints on and announces it when the transaction commits. */
export async function moveCheckpoints(
  client: Client,
  schema: string,
  models: readonly string[],
  to: { readonly position: bigint; readonly event: string },
): Promise<void> {
  if (models.length === 0) return;
  await client.query(
    `UPDATE ${checkpoints(schema)} SET "position" = $2, "event" = $3, "updated" = now() WHERE "model" = ANY($1)`,
    [models, to.position, to.event],
  );
  await client.query('SELECT pg_notify($1, $2)', [ADVANCED, to.position.toString()]);
}

/** Takes a model out of service where it stands. */
export async function poison(client: Client, schema: string, model: string, error: string): Promise<void> {
  await client.query(
    `UPDATE ${checkpoints(schema)} SET "status" = 'poisoned', "error" = $2, "updated" = now() WHERE "model" = $1`,
    [model, error],
  );
  await client.query('SELECT pg_notify($1, $2)', [ADVANCED, 'poisoned']);
}

/** Puts models into service. */
export async function enliven(client: Client, schema: string, models: readonly string[]): Promise<void> {
  await client.query(`UPDATE ${checkpoints(schema)} SET "status" = 'live', "updated" = now() WHERE "model" = ANY($1)`, [
    models,
  ]);
  await client.query('SELECT pg_notify($1, $2)', [ADVANCED, 'live']);
}
