import type { ClientBase } from 'pg';
import { appendedAt, type EncodedAppend, eventBytes, stampPart } from './encode-append';
import type { Appended } from './port';
import { commitmentOf } from './postgres-append';

/** The server's process that works for a connection. Process ids come again; with its start it is one process for ever. */
export interface Backend {
  readonly pid: number;
  readonly startedAt: string;
}

export async function backendOf(client: ClientBase): Promise<Backend> {
  const { rows } = await client.query<{ pid: number; started: string }>(
    'SELECT pid, backend_start::text AS started FROM pg_stat_activity WHERE pid = pg_backend_pid()',
  );
  return { pid: rows[0]!.pid, startedAt: rows[0]!.started };
}

/** Ends the server's process of a connection that broke: it may still be about to commit. @throws Error when it is still there at the end */
export async function endBackend(client: ClientBase, { pid, startedAt }: Backend, end: number): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND backend_start = $2::timestamptz',
      [pid, startedAt],
    );
    if (rowCount === 0) return;
    if (Date.now() > end) throw new Error('the server still works for the broken connection');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether an append is in the log: all of it or nothing is, so its first event tells. Another append may have recorded an event with this id. */
export async function recordedAs(
  client: ClientBase,
  append: EncodedAppend,
): Promise<Appended | 'not-recorded' | 'recorded-by-another'> {
  const first = append.parts[0]!;
  const { rows } = await client.query<{ position: string; recorded_at: Date; commitment: Buffer }>(
    'SELECT position, recorded_at, commitment FROM event_store.events WHERE id = $1',
    [first.ids[0]],
  );
  const found = rows[0];
  if (!found) return 'not-recorded';
  const recordedAt = found.recorded_at.toISOString();
  stampPart(first, recordedAt);
  if (!commitmentOf(eventBytes(first, 0)).equals(found.commitment)) return 'recorded-by-another';
  return appendedAt(append, BigInt(found.position), recordedAt);
}
