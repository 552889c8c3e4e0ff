import type { Row } from '@plumbline/kernel';
import type { ClientBase } from 'pg';
import { arrayLiteral } from './column-kind';
import type { ClosedVersion, PageChanges, RowVersion } from './fold-page';
import { rowKey } from '@plumbline/kernel';
import { type Column, OPEN, quoted, readRow, type ReadModelTable } from './table';

type Client = Pick<ClientBase, 'query'>;

const list = (columns: readonly Column[], write: (column: Column, at: number) => string): string =>
  columns.map(write).join(', ');

const carried = (columns: readonly Column[], first = 1): string =>
  list(columns, ({ kind }, at) => `$${at + first}::${kind.carrier}[]`);

/** A column's values of many rows, as one parameter. */
const parameters = (columns: readonly Column[], rows: readonly Partial<Row>[]): unknown[][] =>
  columns.map(({ property, kind }) =>
    rows.map((row) => {
      const value = row[property];
      return value === null ? null : kind.write(value as never);
    }),
  );

/** The open versions of the keys given, by row key, in one statement. */
export async function loadOpen(
  client: Client,
  table: ReadModelTable,
  keys: readonly Partial<Row>[],
): Promise<ReadonlyMap<string, Pick<RowVersion, 'row' | 'from'>>> {
  const { rows } = await client.query<Row & { from: string }>(
    [
      `SELECT ${list(table.columns, ({ name, property }) => `t.${quoted(name)} AS ${quoted(property)}`)},`,
      `       t."events", t."from_position" AS "from"`,
      `FROM unnest(${carried(table.key)}) AS k(${list(table.key, ({ name }) => quoted(name))})`,
      `JOIN ${table.sql} AS t ON ${table.key.map(({ name }) => `t.${quoted(name)} = k.${quoted(name)}`).join(' AND ')}`,
      `WHERE t."to_position" = ${OPEN}`,
    ].join('\n'),
    parameters(table.key, keys),
  );
  return new Map(
    rows.map((raw) => {
      const row = readRow(table, raw);
      return [rowKey(table.model, row), { row, from: BigInt(raw.from) }];
    }),
  );
}

/** Sets the end of versions that stood open. @throws Error when one of them did not */
async function close(client: Client, table: ReadModelTable, closed: readonly ClosedVersion[]): Promise<void> {
  if (closed.length === 0) return;
  const at = table.key.length;
  const { rowCount } = await client.query(
    [
      `UPDATE ${table.sql} AS t SET "to_position" = c."to_position"`,
      `FROM unnest(${carried(table.key)}, $${at + 1}::bigint[], $${at + 2}::bigint[])`,
      `  AS c(${list(table.key, ({ name }) => quoted(name))}, "from_position", "to_position")`,
      `WHERE ${table.key.map(({ name }) => `t.${quoted(name)} = c.${quoted(name)}`).join(' AND ')}`,
      `  AND t."from_position" = c."from_position" AND t."to_position" = ${OPEN}`,
    ].join('\n'),
    [
      ...parameters(
        table.key,
        closed.map(({ row }) => row),
      ),
      closed.map(({ from }) => from),
      closed.map(({ to }) => to),
    ],
  );
  if (rowCount !== closed.length)
    throw new RangeError(`${table.name}: ${closed.length} versions end, but only ${rowCount ?? 0} of them stood open`);
}

async function insert(client: Client, table: ReadModelTable, inserted: readonly RowVersion[]): Promise<void> {
  if (inserted.length === 0) return;
  const at = table.columns.length;
  const columns = list(table.columns, ({ name }) => quoted(name));
  await client.query(
    [
      `INSERT INTO ${table.sql} (${columns}, "from_position", "to_position", "events")`,
      `SELECT ${list(table.columns, ({ name, kind }) => (kind.sql === 'text[]' ? `r.${quoted(name)}::text[]` : `r.${quoted(name)}`))},`,
      `       r."from_position", r."to_position", r."events"::uuid[]`,
      `FROM unnest(${carried(table.columns)}, $${at + 1}::bigint[], $${at + 2}::bigint[], $${at + 3}::text[])`,
      `  AS r(${columns}, "from_position", "to_position", "events")`,
    ].join('\n'),
    [
      ...parameters(
        table.columns,
        inserted.map(({ row }) => row),
      ),
      inserted.map(({ from }) => from),
      inserted.map(({ to }) => to),
      inserted.map(({ row }) => arrayLiteral(row.events)),
    ],
  );
}

/** Writes what a page does to a table: ends first, so that a key never has two open versions. */
export async function writeChanges(client: Client, table: ReadModelTable, changes: PageChanges): Promise<void> {
  await close(client, table, changes.closed);
  await insert(client, table, changes.inserted);
}
