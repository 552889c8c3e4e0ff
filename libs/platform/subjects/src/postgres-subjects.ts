import { ROLE_NAMES } from '@plumbline/platform/postgres';
import type { Pool } from 'pg';
import type { PersonRow, PersonRows } from './person-directory';
import type { TextKey, TextKeys } from './text-keys';

type Database = Pick<Pool, 'query'>;

const TABLES = `
CREATE SCHEMA IF NOT EXISTS subjects;
CREATE TABLE IF NOT EXISTS subjects.text_keys (
  key_id uuid PRIMARY KEY,
  event_id uuid NOT NULL,
  field text NOT NULL,
  subjects text[] NOT NULL,
  wrapped bytea NOT NULL,
  master text NOT NULL,
  withheld boolean NOT NULL DEFAULT false
);
CREATE INDEX IF NOT EXISTS text_keys_event ON subjects.text_keys (event_id, field);
CREATE INDEX IF NOT EXISTS text_keys_subjects ON subjects.text_keys USING gin (subjects);
CREATE TABLE IF NOT EXISTS subjects.persons (
  person_id uuid PRIMARY KEY,
  sealed bytea NOT NULL,
  wrapped bytea NOT NULL,
  master text NOT NULL
);
`;

const GRANTS = `
GRANT USAGE ON SCHEMA subjects TO ${ROLE_NAMES.writer};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA subjects TO ${ROLE_NAMES.writer};
`;

/** Any number that nothing else locks by: two starts make the schema one after the other. */
const SCHEMA_LOCK = 7_305_001;

/**
 * Makes the schema `subjects` if it is not there, and lets the writer's role use it where that role exists; the reader's role sees nothing of it.
 * @param owner a connection that may make schemas
 */
export async function prepareSubjects(owner: Database): Promise<void> {
  const { rows } = await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE_NAMES.writer]);
  // Statements sent together without parameters are one transaction.
  await owner.query(`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK}); ${TABLES} ${rows.length > 0 ? GRANTS : ''}`);
}

const column = <T, V>(rows: readonly T[], value: (row: T) => V): V[] => rows.map(value);

/** Keys of texts in PostgreSQL, each call one statement however many keys. */
export class PostgresTextKeys implements TextKeys {
  constructor(private readonly database: Database) {}

  async insert(keys: readonly TextKey[]): Promise<void> {
    await this.database.query(
      `INSERT INTO subjects.text_keys (key_id, event_id, field, subjects, wrapped, master, withheld)
       SELECT key_id, event_id, field, ARRAY(SELECT jsonb_array_elements_text(about)), wrapped, master, withheld
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $5::bytea[], $6::text[], $7::boolean[])
         AS t (key_id, event_id, field, about, wrapped, master, withheld)`,
      [
        column(keys, ({ keyId }) => keyId),
        column(keys, ({ eventId }) => eventId),
        column(keys, ({ field }) => field),
        column(keys, ({ subjects }) => JSON.stringify(subjects)),
        column(keys, ({ wrapped }) => wrapped),
        column(keys, ({ master }) => master),
        column(keys, ({ withheld }) => withheld),
      ],
    );
  }

  async find(keyIds: readonly string[]): Promise<ReadonlyMap<string, TextKey>> {
    const { rows } = await this.database.query<TextKey>(
      `SELECT key_id AS "keyId", event_id AS "eventId", field, subjects, wrapped, master, withheld
       FROM subjects.text_keys WHERE key_id = ANY($1::uuid[])`,
      [keyIds],
    );
    return new Map(rows.map((row) => [row.keyId, row]));
  }

  async remove(keyIds: readonly string[]): Promise<void> {
    await this.database.query('DELETE FROM subjects.text_keys WHERE key_id = ANY($1::uuid[])', [keyIds]);
  }

  async setWithheld(eventId: string, field: string, withheld: boolean): Promise<boolean> {
    const { rowCount } = await this.database.query(
      'UPDATE subjects.text_keys SET withheld = $3 WHERE event_id = $1::uuid AND field = $2',
      [eventId, field, withheld],
    );
    return (rowCount ?? 0) > 0;
  }
}

/** Rows of the directory in PostgreSQL. */
export class PostgresPersonRows implements PersonRows {
  constructor(private readonly database: Database) {}

  async upsert(rows: readonly PersonRow[]): Promise<void> {
    await this.database.query(
      `INSERT INTO subjects.persons (person_id, sealed, wrapped, master)
       SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::text[])
       ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed, wrapped = excluded.wrapped, master = excluded.master`,
      [
        column(rows, ({ personId }) => personId),
        column(rows, ({ sealed }) => sealed),
        column(rows, ({ wrapped }) => wrapped),
        column(rows, ({ master }) => master),
      ],
    );
  }

  async find(personIds: readonly string[]): Promise<readonly PersonRow[]> {
    const { rows } = await this.database.query<PersonRow>(
      'SELECT person_id AS "personId", sealed, wrapped, master FROM subjects.persons WHERE person_id = ANY($1::uuid[])',
      [personIds],
    );
    return rows;
  }

  async list(): Promise<readonly PersonRow[]> {
    const { rows } = await this.database.query<PersonRow>(
      'SELECT person_id AS "personId", sealed, wrapped, master FROM subjects.persons ORDER BY person_id',
    );
    return rows;
  }
}
