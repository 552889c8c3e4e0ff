import type { AnyReadModel } from '@plumbline/kernel';
import { type ColumnType, DataSource, EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { type Column, READ_MODELS, type ReadModelTable, tablesOf } from './table';

/** Property names of what the platform adds to every row version. */
export const VERSION = { from: 'fromPosition', to: 'toPosition', events: 'events' } as const;

function columnOptions({ name, kind }: Column, primary: boolean): EntitySchemaColumnOptions {
  const array = kind.sql === 'text[]';
  const type = (array ? 'text' : kind.sql.split(' ')[0]) as ColumnType;
  const transformer = {
    from: (value: unknown) => (value === null || value === undefined ? value : kind.read(value as never)),
    to: (value: unknown) => value,
  };
  return { name, type, array, primary, nullable: kind.nullable, transformer };
}

/** TypeORM's view of a read model's table, from the same columns as the DDL: row properties, `fromPosition`, `toPosition` (bigint) and `events`. */
export function entityOf(table: ReadModelTable): EntitySchema {
  const position = { from: (value: unknown) => BigInt(value as string), to: (value: unknown) => String(value) };
  return new EntitySchema({
    name: table.name,
    tableName: table.name,
    schema: table.schema,
    synchronize: false,
    columns: {
      ...Object.fromEntries(
        table.columns.map((column) => [column.property, columnOptions(column, table.key.includes(column))]),
      ),
      [VERSION.from]: { name: 'from_position', type: 'bigint', primary: true, transformer: position },
      [VERSION.to]: { name: 'to_position', type: 'bigint', transformer: position },
      [VERSION.events]: { name: 'events', type: 'uuid', array: true },
    },
  });
}

export interface ReadDataSourceOptions {
  /** `postgres://…`, of a role that may read the schema. */
  readonly url: string;
  readonly models: readonly AnyReadModel[];
  readonly schema?: string;
  /** Connections at most; 10 unless said. */
  readonly connections?: number;
  /** How long a query may take, in milliseconds; 30 seconds unless said. */
  readonly statementTimeoutMs?: number;
  /** How long a question waits for a connection, in milliseconds; 30 seconds unless said. */
  readonly connectionTimeoutMs?: number;
}

/** A data source over the tables of these models, not yet initialized. TypeORM never makes or changes a table. @throws ReadModelMisdeclared */
export const readDataSource = (options: ReadDataSourceOptions): DataSource =>
  new DataSource({
    type: 'postgres',
    url: options.url,
    entities: tablesOf(options.models, options.schema ?? READ_MODELS).map(entityOf),
    synchronize: false,
    migrationsRun: false,
    logging: false,
    installExtensions: false,
    applicationName: 'plumbline read models',
    extra: {
      max: options.connections ?? 10,
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      connectionTimeoutMillis: options.connectionTimeoutMs ?? 30_000,
    },
  });
