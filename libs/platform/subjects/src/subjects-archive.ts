import type { Pool } from 'pg';

type Database = Pick<Pool, 'query'>;

/** A row of the directory or a text's key as a backup holds it: still wrapped by the master key. `bytea` as base64. */
export interface ArchivedRow {
  readonly table: 'text_keys' | 'persons';
  readonly row: Readonly<Record<string, unknown>>;
}

const ROWS_A_PAGE = 5_000;
const TABLES = {
  text_keys: { key: 'key_id', columns: ['key_id', 'event_id', 'field', 'subjects', 'wrapped', 'master', 'withheld'] },
  persons: { key: 'person_id', columns: ['person_id', 'sealed', 'wrapped', 'master'] },
} as const;
const BYTES = new Set(['wrapped', 'sealed']);

/** Every row, table by table in the order of its key, page by page. */
export async function* archiveSubjects(database: Database): AsyncGenerator<ArchivedRow> {
  for (const [table, { key, columns }] of Object.entries(TABLES) as [
    ArchivedRow['table'],
    (typeof TABLES)[ArchivedRow['table']],
  ][]) {
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const { rows } = await database.query<Record<string, unknown>>(
        `SELECT ${columns.join(', ')} FROM subjects.${table} WHERE ${key} > $1::uuid ORDER BY ${key} LIMIT ${ROWS_A_PAGE}`,
        [after],
      );
      for (const row of rows)
        yield {
          table,
          row: Object.fromEntries(
            Object.entries(row).map(([column, value]) => [
              column,
              Buffer.isBuffer(value) ? value.toString('base64') : value,
            ]),
          ),
        };
      if (rows.length < ROWS_A_PAGE) break;
      after = String(rows.at(-1)?.[key]);
    }
  }
}

/** Puts archived rows back. @throws Error when the tables hold such a row already, or the row is of no known table */
export async function restoreSubjects(database: Database, { table, row }: ArchivedRow): Promise<void> {
  const known = TABLES[table] as (typeof TABLES)[ArchivedRow['table']] | undefined;
  if (!known) throw new Error(`the backup holds rows of an unknown table ${table}`);
  const values = known.columns.map((column) =>
    BYTES.has(column) ? Buffer.from(String(row[column]), 'base64') : row[column],
  );
  await database.query(
    `INSERT INTO subjects.${table} (${known.columns.join(', ')}) VALUES (${known.columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  );
}
