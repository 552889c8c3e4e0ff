import type { AnyReadModel } from '@plumbline/kernel';
import type { EventStore } from '@plumbline/platform/event-store';
import type { Pool } from 'pg';
import { type Checkpoint, readCheckpoints } from './checkpoints';
import { connectionOf } from './cohort';
import { type BuildProgress, ProjectionRunner, type RunnerLog } from './projection-runner';
import { OPEN, quoted, READ_MODELS, type ReadModelTable, tablesOf } from './table';

/** A row version on which the live table and the replay do not agree. Columns are named, values never. */
export interface RowDifference {
  /** The key's values, in the order of the model's key. */
  readonly key: readonly string[];
  readonly from: bigint;
  /** `missing` in the live table, `unexpected` there, or `different`. */
  readonly kind: 'missing' | 'unexpected' | 'different';
  /** Which columns differ (`to_position` and `events` among them). */
  readonly columns: readonly string[];
}

export interface TableCheck {
  readonly table: string;
  /** All row versions up to here were compared. */
  readonly position: bigint;
  readonly versions: number;
  readonly differences: number;
  /** The first hundred, by position. */
  readonly first: readonly RowDifference[];
  /** Why less than asked was compared: the live table is behind, or poisoned, or the replay failed. */
  readonly problem: string | null;
}

export interface RebuildCheck {
  readonly upTo: bigint;
  readonly agrees: boolean;
  readonly tables: readonly TableCheck[];
}

export interface RebuildCheckOptions {
  /** Compare up to this event's position; left out: the last one that every table which is not poisoned has read. */
  readonly upTo?: bigint;
  readonly log: RunnerLog;
  readonly schema?: string;
  readonly pageSize?: number;
  readonly onProgress?: (progress: BuildProgress) => void;
}

/** Another check is running on this database. */
export class RebuildCheckRunning extends Error {
  override readonly name = 'RebuildCheckRunning';
}

const FIRST = 100;

/**
 * Replays the log aside, into a schema of its own that is dropped afterwards, and compares every row version with the live tables, which go on meanwhile.
 * Memory is that of one page; the disk holds the read models twice.
 * @param pool of a role that may make a schema
 * @throws RebuildCheckRunning
 */
export async function rebuildCheck(
  store: EventStore,
  pool: Pool,
  models: readonly AnyReadModel[],
  options: RebuildCheckOptions,
): Promise<RebuildCheck> {
  const schema = options.schema ?? READ_MODELS;
  const aside = `${schema}_check`;
  const holder = await connectionOf(pool);
  try {
    const { rows } = await holder.query<{ held: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
      [aside],
    );
    if (!rows[0]?.held) throw new RebuildCheckRunning('another rebuild --check is running on this database');
    try {
      await holder.query(`DROP SCHEMA IF EXISTS ${quoted(aside)} CASCADE`);
      return await replayAndCompare(store, pool, models, schema, aside, options);
    } finally {
      await holder.query(`DROP SCHEMA IF EXISTS ${quoted(aside)} CASCADE`);
      await holder.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [aside]);
    }
  } finally {
    holder.release();
  }
}

const least = (positions: readonly bigint[]): bigint => positions.reduce((a, b) => (a < b ? a : b));

async function replayAndCompare(
  store: EventStore,
  pool: Pool,
  models: readonly AnyReadModel[],
  schema: string,
  aside: string,
  { log, pageSize, onProgress, ...options }: RebuildCheckOptions,
): Promise<RebuildCheck> {
  const tables = tablesOf(models, schema);
  const names = tables.map(({ name }) => name);
  const live = await readCheckpoints(pool, schema, names);
  const going = live.filter(({ status }) => status !== 'poisoned').map(({ position }) => position);
  const upTo = options.upTo ?? (going.length > 0 ? least(going) : 0n);
  if (upTo > 0n) await store.at(upTo);

  const runner = new ProjectionRunner({
    store,
    pool,
    models,
    log,
    schema: aside,
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(onProgress ? { onProgress } : {}),
  });
  await runner.catchUp(upTo);
  const replayed = await readCheckpoints(pool, aside, names);

  const checks: TableCheck[] = [];
  for (const table of tables) checks.push(await check(pool, table, aside, upTo, live, replayed));
  return {
    upTo,
    agrees: checks.every(({ differences, problem }) => differences === 0 && problem === null),
    tables: checks,
  };
}

async function check(
  pool: Pool,
  table: ReadModelTable,
  aside: string,
  upTo: bigint,
  live: readonly Checkpoint[],
  replayed: readonly Checkpoint[],
): Promise<TableCheck> {
  const here = live.find(({ model }) => model === table.name);
  const there = replayed.find(({ model }) => model === table.name);
  if (!here || !there)
    return {
      table: table.name,
      position: 0n,
      versions: 0,
      differences: 0,
      first: [],
      problem: 'it has not been built',
    };
  const position = least([upTo, here.position, there.position]);
  const problem =
    here.status === 'poisoned'
      ? `it is poisoned: ${here.error}`
      : there.status === 'poisoned'
        ? `the replay failed: ${there.error}`
        : here.position < upTo
          ? `it has read up to ${here.position} only`
          : null;
  return { table: table.name, position, problem, ...(await compare(pool, table, aside, position)) };
}

async function compare(
  pool: Pool,
  table: ReadModelTable,
  aside: string,
  position: bigint,
): Promise<Pick<TableCheck, 'versions' | 'differences' | 'first'>> {
  const upTo = (from: string) =>
    [
      `(SELECT ${table.columns.map(({ name }) => quoted(name)).join(', ')}, "events", "from_position",`,
      `  CASE WHEN "to_position" > $1 THEN ${OPEN} ELSE "to_position" END AS "to_position"`,
      `  FROM ${from} WHERE "from_position" <= $1)`,
    ].join('\n');
  const key = [...table.key.map(({ name }) => name), 'from_position'].map(quoted);
  const rest = [
    ...table.columns.filter((column) => !table.key.includes(column)).map(({ name }) => name),
    'to_position',
    'events',
  ];
  const differs = (name: string) => `l.${quoted(name)} IS DISTINCT FROM r.${quoted(name)}`;
  const joined = [
    `FROM ${upTo(table.sql)} AS l`,
    `FULL JOIN ${upTo(`${quoted(aside)}.${quoted(table.name)}`)} AS r`,
    `ON ${key.map((name) => `l.${name} = r.${name}`).join(' AND ')}`,
  ].join('\n');
  const disagree = `l."from_position" IS NULL OR r."from_position" IS NULL OR ${rest.map(differs).join(' OR ')}`;

  const counted = await pool.query<{ versions: string; differences: string }>(
    `SELECT count(*) AS "versions", count(*) FILTER (WHERE ${disagree}) AS "differences"\n${joined}`,
    [position],
  );
  const { versions, differences } = counted.rows[0]!;
  if (differences === '0') return { versions: Number(versions), differences: 0, first: [] };
  const { rows } = await pool.query<{ key: string[]; from: string; kind: RowDifference['kind']; columns: string[] }>(
    [
      `SELECT ARRAY[${table.key.map(({ name }) => `coalesce(l.${quoted(name)}, r.${quoted(name)})::text`).join(', ')}] AS "key",`,
      '  coalesce(l."from_position", r."from_position") AS "from",',
      `  CASE WHEN l."from_position" IS NULL THEN 'missing' WHEN r."from_position" IS NULL THEN 'unexpected' ELSE 'different' END AS "kind",`,
      `  array_remove(ARRAY[${rest.map((name) => `CASE WHEN ${differs(name)} THEN '${name}' END`).join(', ')}], NULL) AS "columns"`,
      joined,
      `WHERE ${disagree}`,
      `ORDER BY 2, 1 LIMIT ${FIRST}`,
    ].join('\n'),
    [position],
  );
  return {
    versions: Number(versions),
    differences: Number(differences),
    first: rows.map(({ from, kind, columns, ...row }) => ({
      key: row.key,
      from: BigInt(from),
      kind,
      columns: kind === 'different' ? columns : [],
    })),
  };
}
