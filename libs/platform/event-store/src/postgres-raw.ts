import { createHash } from 'node:crypto';
import type { RecordedEvent } from '@plumbline/kernel';
import { Pool, type PoolClient } from 'pg';
import { decodeEvent } from './encode';
import { NO_REVISION, staleRevision } from './encode-append';
import type { RawLog } from './raw-log';

/**
 * The log in PostgreSQL as a target of copies.
 * @param ownerUrl the owner's address: the writer may only append events of its own
 */
export function openPostgresRawLog(ownerUrl: string): RawLog {
  const pool = new Pool({ connectionString: ownerUrl, max: 1, application_name: 'plumbline copy' });
  pool.on('error', () => undefined);
  return {
    append: async (events) => {
      if (events.length === 0) return;
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await appendPage(client, events);
        await client.query('COMMIT');
        client.release();
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        client.release(true);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

async function appendPage(client: PoolClient, all: readonly Uint8Array[]): Promise<void> {
  const { rows } = await client.query<{ position: string; known_at: Date }>(
    `SELECT position, CASE WHEN position = 0 THEN 'epoch' ELSE known_at END AS known_at FROM event_store.head FOR UPDATE`,
  );
  const events = all.map((bytes) => ({ bytes, event: decodeEvent(bytes) }));
  const revisions = await assertGoingOn(
    client,
    events.map(({ event }) => event),
  );
  const before = BigInt(rows[0]!.position);
  let known = rows[0]!.known_at.toISOString();
  const knownAts = events.map(({ event }) => (known = event.recordedAt > known ? event.recordedAt : known));
  await client.query(
    `INSERT INTO event_store.events (position, stream, revision, id, type, recorded_at, known_at, bytes, commitment)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::uuid[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::bytea[], $9::bytea[])`,
    [
      events.map((_, n) => (before + BigInt(n + 1)).toString()),
      events.map(({ event }) => event.stream),
      events.map(({ event }) => event.revision),
      events.map(({ event }) => event.id),
      events.map(({ event }) => event.type),
      events.map(({ event }) => event.recordedAt),
      knownAts,
      events.map(({ bytes }) => Buffer.from(bytes)),
      events.map(({ bytes }) => createHash('sha256').update(bytes).digest()),
    ],
  );
  await client.query(
    `INSERT INTO event_store.streams (stream, revision) SELECT * FROM unnest($1::text[], $2::integer[])
     ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision`,
    [[...revisions.keys()], [...revisions.values()]],
  );
  await client.query('UPDATE event_store.head SET position = $1, event = $2, known_at = $3', [
    (before + BigInt(events.length)).toString(),
    events.at(-1)!.event.id,
    known,
  ]);
}

/** Revisions that the streams have afterwards. */
async function assertGoingOn(
  client: PoolClient,
  events: readonly RecordedEvent[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ stream: string; revision: number }>(
    'SELECT stream, revision FROM event_store.streams WHERE stream = ANY($1)',
    [[...new Set(events.map(({ stream }) => stream))]],
  );
  const revisions = new Map(rows.map(({ stream, revision }) => [stream, revision]));
  for (const { stream, revision } of events) {
    if (revision !== (revisions.get(stream) ?? NO_REVISION) + 1) throw staleRevision(stream);
    revisions.set(stream, revision);
  }
  return revisions;
}
