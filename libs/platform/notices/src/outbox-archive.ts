import type { Pool } from 'pg';

/** What a backup holds of the outbox: the place in the log it was read up to, and each notice with what became of it. */
export interface ArchivedNotice {
  readonly table: 'notices_read_up_to' | 'notices_outbox';
  readonly row: Readonly<Record<string, unknown>>;
}

const ROWS_A_PAGE = 1_000;
const COLUMNS = [
  'id',
  'person_id',
  'date',
  'subject',
  'body',
  'state',
  'tries',
  'next_try',
  'settled',
  'problem',
] as const;
const AS_TEXT = new Set(['next_try', 'settled']);

/**
 * The outbox as it stood at one moment. Taken before the log's end is looked up, it holds no notice that lies after that end, so that a restored outbox goes
 * on with the first one it has not read.
 */
export async function* archiveOutbox(database: Pick<Pool, 'connect'>): AsyncGenerator<ArchivedNotice> {
  const client = await database.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows: places } = await client.query<Record<string, unknown>>(
      'SELECT position::text, event, event_position::text FROM notices.read_up_to',
    );
    for (const row of places) yield { table: 'notices_read_up_to', row };
    const columns = COLUMNS.map((column) => (AS_TEXT.has(column) ? `${column}::text` : column)).join(', ');
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const { rows } = await client.query<Record<string, unknown>>(
        `SELECT ${columns} FROM notices.outbox WHERE id > $1::uuid ORDER BY id LIMIT ${ROWS_A_PAGE}`,
        [after],
      );
      for (const row of rows) yield { table: 'notices_outbox', row };
      if (rows.length < ROWS_A_PAGE) break;
      after = String(rows.at(-1)?.['id']);
    }
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
    client.release();
  }
}

export const isArchivedNotice = (line: { readonly table: string }): line is ArchivedNotice =>
  line.table === 'notices_read_up_to' || line.table === 'notices_outbox';

/** Puts an archived row back. @throws Error when the tables hold such a row already */
export async function restoreOutbox(database: Pick<Pool, 'query'>, { table, row }: ArchivedNotice): Promise<void> {
  if (table === 'notices_read_up_to') {
    await database.query('INSERT INTO notices.read_up_to (position, event, event_position) VALUES ($1, $2, $3)', [
      row['position'],
      row['event'],
      row['event_position'],
    ]);
    return;
  }
  await database.query(
    `INSERT INTO notices.outbox (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((_, index) => `$${index + 1}`).join(', ')})`,
    COLUMNS.map((column) => row[column]),
  );
}
