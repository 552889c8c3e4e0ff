import type { AnyReadModel, CitedRow, ColumnKind, Row } from '@plumbline/kernel';
import { type KindOfColumn, kindOfColumn } from './column-kind';

/** `to_position` of a row version that still stands: the greatest bigint. */
export const OPEN = 9223372036854775807n;

/** The schema read models live in. */
export const READ_MODELS = 'read_models';

/** A read model without its fold: enough to read its rows. */
export type DeclaredReadModel = Omit<AnyReadModel, 'on'>;

export interface Column {
  /** As rows name it: `metricId`. */
  readonly property: string;
  /** As the table names it: `metric_id`. */
  readonly name: string;
  readonly kind: KindOfColumn;
}

/** Where and how a read model's rows are kept. */
export interface ReadModelTable {
  readonly model: AnyReadModel;
  readonly schema: string;
  /** `<name>_v<version>`; also the model's name among the checkpoints. */
  readonly name: string;
  /** Schema and name, quoted for SQL. */
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly key: readonly Column[];
  readonly indexes: readonly (readonly Column[])[];
}

/** A read model's declaration cannot be kept in a table, or changed without its version. */
export class ReadModelMisdeclared extends Error {
  override readonly name = 'ReadModelMisdeclared';
}

const OWN_COLUMNS = ['from_position', 'to_position', 'events'];
/** PostgreSQL cuts names at 63 bytes; indexes add a few letters to the table's. */
const MAX_NAME = 55;

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `metricId` → `metric_id` */
const snake = (property: string): string => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The table of a read model. @throws ReadModelMisdeclared when its declaration cannot be kept in a table */
export function tableOf(model: AnyReadModel, schema: string = READ_MODELS): ReadModelTable {
  const name = `${model.name}_v${model.version}`;
  const misdeclared = (problem: string) => new ReadModelMisdeclared(`read model ${name}: ${problem}`);
  if (!/^[a-z][a-z0-9_]*$/.test(model.name)) throw misdeclared('its name is snake case, starting with a letter');
  if (!Number.isSafeInteger(model.version) || model.version < 1) throw misdeclared('its version is 1, 2, 3 …');
  if (name.length > MAX_NAME) throw misdeclared(`its table's name has more than ${MAX_NAME} letters`);

  const columns = Object.entries<ColumnKind>(model.columns).map(([property, kind]): Column => {
    if (!/^[a-z][A-Za-z0-9]*$/.test(property)) throw misdeclared(`column "${property}" is not camel case`);
    return { property, name: snake(property), kind: kindOfColumn(kind) };
  });
  const names = new Set(columns.map((column) => column.name));
  if (names.size < columns.length) throw misdeclared('two columns have the same name in SQL');
  const reserved = OWN_COLUMNS.find((own) => names.has(own));
  if (reserved) throw misdeclared(`column ${reserved} is the platform's own`);

  const named = (property: string): Column => {
    const column = columns.find((candidate) => candidate.property === property);
    if (!column) throw misdeclared(`"${property}" is not one of its columns`);
    return column;
  };
  const key = model.key.map(named);
  if (key.length === 0) throw misdeclared('it has no key');
  for (const column of key)
    if (column.kind.nullable || !column.kind.keyable)
      throw misdeclared(`column ${column.property} cannot be part of the key`);
  return {
    model,
    schema,
    name,
    sql: `${quoted(schema)}.${quoted(name)}`,
    columns,
    key,
    indexes: (model.indexes ?? []).map((index) => index.map(named)),
  };
}

/** The tables of several models. @throws ReadModelMisdeclared also when two models have the same table */
export function tablesOf(models: readonly AnyReadModel[], schema: string = READ_MODELS): readonly ReadModelTable[] {
  const tables = models.map((model) => tableOf(model, schema));
  const names = new Set<string>();
  for (const { name } of tables) {
    if (names.has(name)) throw new ReadModelMisdeclared(`two read models are named ${name}`);
    names.add(name);
  }
  return tables;
}

/** A row as it is kept: the declared columns and no others. @throws RangeError naming column and kind when a value does not fit */
export function keptRow(table: ReadModelTable, row: Row): Row {
  const kept: Record<string, unknown> = {};
  for (const { property, kind } of table.columns) {
    const value = row[property];
    if (value === null ? !kind.nullable : !kind.holds(value))
      throw new RangeError(`column ${property} of ${table.name} takes ${kind.words}${kind.nullable ? ' or null' : ''}`);
    kept[property] = value;
  }
  return kept;
}

/** A row as PostgreSQL gives it, its columns named as properties, in the fold's own values. */
export function readRow(columns: readonly Column[], raw: Row): CitedRow {
  const row: Record<string, unknown> = {};
  for (const { property, kind } of columns) {
    const value = raw[property];
    row[property] = value === null ? null : kind.read(value as never);
  }
  row['events'] = raw['events'];
  return row as CitedRow;
}
