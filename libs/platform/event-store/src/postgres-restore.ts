import { createHash } from 'node:crypto';
import type { Instant } from '@plumbline/kernel';
import { Client } from 'pg';
import { decodeEvent } from './encode';

/** An event as a backup holds it: its coordinate and its bytes, nothing else. */
export interface RawEvent {
  readonly position: bigint;
  readonly bytes: Uint8Array;
}

const ROWS_A_STATEMENT = 2_000;

/**
 * Puts events with their positions and bytes into an empty store, in one transaction: all of them or none. Everything beside the bytes is worked out from them.
 * @param ownerUrl the owner's address: the writer may only append
 * @throws Error in words when the store holds events, a position does not rise, or a revision does not follow its stream's last
 */
export async function restoreEvents(
  ownerUrl: string,
  events: AsyncIterable<RawEvent>,
  onProgress: (done: number) => void = () => undefined,
): Promise<number> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ position: string }>('SELECT position FROM event_store.head FOR UPDATE');
    if (rows[0]?.position !== '0') throw new Error('the database holds a log already; restore into an empty one');
    const writing = new Writing(client);
    let page: RawEvent[] = [];
    for await (const event of events) {
      page.push(event);
      if (page.length < ROWS_A_STATEMENT) continue;
      await writing.write(page);
      onProgress(writing.count);
      page = [];
    }
    await writing.write(page);
    await writing.finish();
    await client.query('COMMIT');
    onProgress(writing.count);
    return writing.count;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

class Writing {
  count = 0;
  private last: { readonly position: bigint; readonly event: string } | undefined;
  private known: Instant = '';
  private readonly revisions = new Map<string, number>();

  constructor(private readonly client: Client) {}

  async write(page: readonly RawEvent[]): Promise<void> {
    if (page.length === 0) return;
    const rows = page.map(({ position, bytes }) => {
      const event = decodeEvent(bytes);
      const next = (this.revisions.get(event.stream) ?? -1) + 1;
      if (event.revision !== next)
        throw new Error(
          `at position ${position} the stream ${event.stream} goes on with revision ${event.revision}, not ${next}`,
        );
      if (this.last && position <= this.last.position)
        throw new Error(`position ${position} follows position ${this.last.position}`);
      this.revisions.set(event.stream, next);
      this.last = { position, event: event.id };
      if (event.recordedAt > this.known) this.known = event.recordedAt;
      return { position, bytes, event, known: this.known };
    });
    await this.client.query(
      `INSERT INTO event_store.events (position, stream, revision, id, type, recorded_at, known_at, bytes, commitment)
       SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::uuid[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::bytea[], $9::bytea[])`,
      [
        rows.map(({ position }) => position.toString()),
        rows.map(({ event }) => event.stream),
        rows.map(({ event }) => event.revision),
        rows.map(({ event }) => event.id),
        rows.map(({ event }) => event.type),
        rows.map(({ event }) => event.recordedAt),
        rows.map(({ known }) => known),
        rows.map(({ bytes }) => Buffer.from(bytes)),
        rows.map(({ bytes }) => createHash('sha256').update(bytes).digest()),
      ],
    );
    this.count += rows.length;
  }

  async finish(): Promise<void> {
    if (!this.last) return;
    const streams = [...this.revisions];
    for (let from = 0; from < streams.length; from += ROWS_A_STATEMENT) {
      const some = streams.slice(from, from + ROWS_A_STATEMENT);
      await this.client.query(
        'INSERT INTO event_store.streams (stream, revision) SELECT * FROM unnest($1::text[], $2::integer[])',
        [some.map(([stream]) => stream), some.map(([, revision]) => revision)],
      );
    }
    await this.client.query('UPDATE event_store.head SET position = $1, event = $2, known_at = $3', [
      this.last.position.toString(),
      this.last.event,
      this.known,
    ]);
  }
}
