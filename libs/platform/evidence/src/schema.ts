import { ROLE_NAMES } from '@plumbline/platform/postgres';
import type { Pool } from 'pg';

export type Database = Pick<Pool, 'query'>;

const TABLES = `
CREATE SCHEMA IF NOT EXISTS evidence;
CREATE TABLE IF NOT EXISTS evidence.files (
  file_id uuid PRIMARY KEY,
  uploaded_by text NOT NULL,
  uploaded_at timestamptz NOT NULL DEFAULT now(),
  sha256 text,
  size integer,
  chunks integer,
  media_type text,
  wrapped bytea,
  master text NOT NULL
);
CREATE INDEX IF NOT EXISTS files_sender ON evidence.files (uploaded_by, uploaded_at);
CREATE TABLE IF NOT EXISTS evidence.chunks (
  file_id uuid NOT NULL REFERENCES evidence.files ON DELETE CASCADE,
  number integer NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (file_id, number)
);
ALTER TABLE evidence.chunks ALTER COLUMN sealed SET STORAGE EXTERNAL;
`;

const GRANTS = `
GRANT USAGE ON SCHEMA evidence TO ${ROLE_NAMES.writer};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA evidence TO ${ROLE_NAMES.writer};
`;

/** Any number that nothing else locks by: two starts make the schema one after the other. */
const SCHEMA_LOCK = 7_305_002;

/**
 * Makes the schema `evidence` if it is not there, lets the writer's role use it where that role exists (the reader's role sees nothing of it), and removes
 * what uploads that broke off more than a day ago have left.
 * @param owner a connection that may make schemas
 */
export async function prepareEvidence(owner: Database): Promise<void> {
  const { rows } = await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE_NAMES.writer]);
  // Statements sent together without parameters are one transaction.
  await owner.query(`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK}); ${TABLES} ${rows.length > 0 ? GRANTS : ''}`);
  await owner.query(`DELETE FROM evidence.files WHERE sha256 IS NULL AND uploaded_at < now() - interval '1 day'`);
}
