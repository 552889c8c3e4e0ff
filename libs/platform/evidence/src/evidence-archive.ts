import type { Database } from './schema';

/** A row of stored evidence as a backup holds it: still encrypted. `bytea` as base64. */
export interface ArchivedEvidence {
  readonly table: 'evidence_files' | 'evidence_chunks';
  readonly row: Readonly<Record<string, unknown>>;
}

const FILE = [
  'file_id',
  'uploaded_by',
  'uploaded_at',
  'sha256',
  'size',
  'chunks',
  'media_type',
  'wrapped',
  'master',
] as const;
const CHUNK = ['file_id', 'number', 'sealed'] as const;
const BYTES = new Set(['wrapped', 'sealed']);
const base64 = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, Buffer.isBuffer(value) ? value.toString('base64') : value]),
  );

/** Every file whose upload ended, each followed by its pieces, one row at a time. */
export async function* archiveEvidence(database: Database): AsyncGenerator<ArchivedEvidence> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows: files } = await database.query<Record<string, unknown>>(
      `SELECT ${FILE.join(', ').replace('uploaded_at', 'uploaded_at::text')} FROM evidence.files
       WHERE file_id > $1::uuid AND sha256 IS NOT NULL ORDER BY file_id LIMIT 1`,
      [after],
    );
    const [file] = files;
    if (!file) return;
    yield { table: 'evidence_files', row: base64(file) };
    for (let number = 0; number < Number(file['chunks']); number += 1) {
      const { rows } = await database.query<Record<string, unknown>>(
        `SELECT ${CHUNK.join(', ')} FROM evidence.chunks WHERE file_id = $1 AND number = $2`,
        [file['file_id'], number],
      );
      if (rows[0]) yield { table: 'evidence_chunks', row: base64(rows[0]) };
    }
    after = String(file['file_id']);
  }
}

export const isArchivedEvidence = (line: { readonly table: string }): line is ArchivedEvidence =>
  line.table === 'evidence_files' || line.table === 'evidence_chunks';

/** Puts an archived row back. @throws Error when the tables hold such a row already */
export async function restoreEvidence(database: Database, { table, row }: ArchivedEvidence): Promise<void> {
  const columns: readonly string[] = table === 'evidence_files' ? FILE : CHUNK;
  const values = columns.map((column) =>
    BYTES.has(column) && row[column] !== null ? Buffer.from(String(row[column]), 'base64') : row[column],
  );
  await database.query(
    `INSERT INTO evidence.${table === 'evidence_files' ? 'files' : 'chunks'} (${columns.join(', ')})
     VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  );
}
