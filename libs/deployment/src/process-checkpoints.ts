import type { Pool } from 'pg';

type Database = Pick<Pool, 'query'>;

const SCHEMA_LOCK = 6_158_204;
const TABLES = `
CREATE SCHEMA IF NOT EXISTS processes;
CREATE TABLE IF NOT EXISTS processes.checkpoints (
  process text PRIMARY KEY, version integer NOT NULL, position bigint NOT NULL, updated timestamptz NOT NULL DEFAULT now());`;

/** Makes the table of checkpoints if it is not there; of several that do so at once, one does. */
export async function prepareProcessCheckpoints(database: Database): Promise<void> {
  // statements sent together without parameters are one transaction
  await database.query(`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK}); ${TABLES}`);
}

export interface ProcessCheckpoint {
  readonly version: number;
  readonly position: bigint;
}

/** How far each process has acted. Derived: without it a process acts again from where it started, and its commands are found recorded. */
export class ProcessCheckpoints {
  constructor(private readonly database: Database) {}

  async read(): Promise<ReadonlyMap<string, ProcessCheckpoint>> {
    const { rows } = await this.database.query<{ process: string; version: number; position: string }>(
      'SELECT process, version, position FROM processes.checkpoints',
    );
    return new Map(rows.map(({ process, version, position }) => [process, { version, position: BigInt(position) }]));
  }

  /** Forgets how far all have acted: the positions are another log's. */
  async forget(): Promise<void> {
    await this.database.query('DELETE FROM processes.checkpoints');
  }

  /** Begins a version of a process after a position; one that another worker began stays as it is. */
  async begin(process: string, version: number, position: bigint): Promise<void> {
    await this.database.query(
      `INSERT INTO processes.checkpoints (process, version, position) VALUES ($1, $2, $3)
       ON CONFLICT (process) DO UPDATE SET version = $2, position = $3, updated = now() WHERE processes.checkpoints.version < $2`,
      [process, version, position.toString()],
    );
  }

  /** Moves processes on, each from where its worker knows it to stand; one that another worker moved further stays there. */
  async move(processes: readonly { readonly name: string; readonly version: number }[], to: bigint): Promise<void> {
    await this.database.query(
      `UPDATE processes.checkpoints SET position = $3, updated = now()
       FROM unnest($1::text[], $2::integer[]) AS moved(name, of_version)
       WHERE process = name AND version = of_version AND position < $3`,
      [processes.map(({ name }) => name), processes.map(({ version }) => version), to.toString()],
    );
  }
}

/** How far a process had acted, as a backup holds it. */
export interface ArchivedCheckpoint {
  readonly table: 'process_checkpoints';
  readonly row: Readonly<Record<string, unknown>>;
}

/** All checkpoints as they stand; taken before the log's end is looked up, none lies after that end. */
export async function archiveCheckpoints(database: Database): Promise<readonly ArchivedCheckpoint[]> {
  const { rows } = await database.query<Record<string, unknown>>(
    'SELECT process, version, position::text FROM processes.checkpoints ORDER BY process',
  );
  return rows.map((row) => ({ table: 'process_checkpoints', row }));
}

export const isArchivedCheckpoint = (line: { readonly table: string }): line is ArchivedCheckpoint =>
  line.table === 'process_checkpoints';

/** Puts an archived row back. @throws Error when the table holds one of this process already */
export async function restoreCheckpoint(database: Database, { row }: ArchivedCheckpoint): Promise<void> {
  await database.query('INSERT INTO processes.checkpoints (process, version, position) VALUES ($1, $2, $3)', [
    row['process'],
    row['version'],
    row['position'],
  ]);
}
