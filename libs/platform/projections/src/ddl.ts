import { type Column, OPEN, quoted, type ReadModelTable } from './table';

/** The statements that make a read model's table. */
export interface TableDdl {
  /** Table and the unique index on open rows: there before the first row. */
  readonly create: readonly string[];
  /** Made when a build has caught up: a third of the time is saved. */
  readonly primaryKey: string;
  /** Extra indexes, made with it. They may be run again. */
  readonly indexes: readonly string[];
}

const names = (columns: readonly Column[]): string => columns.map(({ name }) => quoted(name)).join(', ');

/**
 * SQL for a read model's table. The primary key (key …, from_position) carries `to_position`, so that one index serves both the key and the look-up of
 * a key as of a position; at most one version of a key is open.
 */
export function ddlOf(table: ReadModelTable): TableDdl {
  const columns = table.columns.map(
    ({ name, kind }) => `  ${quoted(name)} ${kind.sql}${kind.nullable ? '' : ' NOT NULL'},`,
  );
  return {
    create: [
      [
        `CREATE TABLE ${table.sql} (`,
        ...columns,
        '  "from_position" bigint NOT NULL,',
        `  "to_position" bigint NOT NULL DEFAULT ${OPEN},`,
        '  "events" uuid[] NOT NULL,',
        `  CONSTRAINT ${quoted(`${table.name}_order`)} CHECK ("from_position" < "to_position")`,
        ')',
      ].join('\n'),
      `CREATE UNIQUE INDEX ${quoted(`${table.name}_open`)} ON ${table.sql} (${names(table.key)}) WHERE "to_position" = ${OPEN}`,
    ],
    primaryKey: `ALTER TABLE ${table.sql} ADD CONSTRAINT ${quoted(`${table.name}_pkey`)} PRIMARY KEY (${names(table.key)}, "from_position") INCLUDE ("to_position")`,
    indexes: table.indexes.map(
      (index, at) =>
        `CREATE INDEX IF NOT EXISTS ${quoted(`${table.name}_${at + 1}`)} ON ${table.sql} (${names(index)}, "from_position", "to_position")`,
    ),
  };
}

/** SQL for the table of checkpoints: how far each read model has read the log. */
export const checkpointsDdl = (schema: string): readonly string[] => [
  `CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`,
  [
    `CREATE TABLE IF NOT EXISTS ${quoted(schema)}."checkpoints" (`,
    '  "model" text COLLATE "C" PRIMARY KEY,',
    '  "position" bigint NOT NULL DEFAULT 0,',
    '  "event" uuid,',
    `  "status" text NOT NULL DEFAULT 'building' CHECK ("status" IN ('building', 'live', 'poisoned')),`,
    '  "error" text,',
    '  "definition" text NOT NULL,',
    '  "updated" timestamptz NOT NULL DEFAULT now()',
    ')',
  ].join('\n'),
];
