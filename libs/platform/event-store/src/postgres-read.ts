import type { PositionedEvent } from '@plumbline/kernel';
import { DatabaseError, type Pool, type QueryResultRow } from 'pg';
import { decodeEvent } from './encode';
import type { PageRead } from './follow';
import { isUuid } from './ids';
import { type Head, type LoadedStream, type ReadAllFilter, StoreError } from './port';

/** A page is cut when its bytes pass this, however many events were asked for. */
const PAGE_BYTES = 8 * 1024 * 1024;
/** Streams or ids asked for in one statement. */
const AT_ONCE = 2_000;

interface EventRow extends QueryResultRow {
  readonly position: string;
  readonly bytes: Buffer;
}

const positioned = ({ position, bytes }: EventRow): PositionedEvent => ({
  position: BigInt(position),
  event: decodeEvent(bytes),
  bytes,
});

/** Window sums cut a page by size; the size of a value is known without fetching it. `$1` after, `$2` up to, `$3` limit. */
const cut = (found: string): string => `
  SELECT position, bytes FROM (
    SELECT position, bytes, sum(octet_length(bytes)) OVER (ORDER BY position) - octet_length(bytes) AS before FROM (${found}) AS found
  ) AS sized WHERE before < ${PAGE_BYTES} ORDER BY position`;

const EVERY_TYPE = cut(
  'SELECT position, bytes FROM event_store.events WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3',
);

/** Each type by its own index range, so that rare types among many events are found without reading those. */
const SOME_TYPES = cut(`
  SELECT e.position, e.bytes FROM event_store.events e JOIN (
    SELECT of_type.position FROM unnest($4::text[]) AS wanted(type) CROSS JOIN LATERAL (
      SELECT position FROM event_store.events WHERE type = wanted.type AND position > $1 AND position <= $2 ORDER BY position LIMIT $3
    ) AS of_type ORDER BY of_type.position LIMIT $3
  ) AS chosen USING (position) ORDER BY e.position`);

const STREAMS = `
  SELECT s.stream, s.revision, e.position, e.bytes FROM event_store.streams s
  LEFT JOIN event_store.events e ON e.stream = s.stream AND e.revision >= $2
  WHERE s.stream = ANY($1) ORDER BY s.stream, e.revision`;

/** Everything that reads the log in PostgreSQL. @throws StoreError `unavailable` when the database does not answer */
export class PostgresReader {
  constructor(private readonly pool: Pool) {}

  async page(after: bigint, limit: number, filter: ReadAllFilter = {}): Promise<PageRead> {
    if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError('a page has at least one event');
    // The head first: positions become visible in their order, so all events up to it are there for the second statement.
    const head = (await this.head()).position;
    const upTo = filter.upTo !== undefined && filter.upTo < head ? filter.upTo : head;
    if (upTo <= after) return { page: { events: [], through: after }, caughtUp: true };
    const range = [after.toString(), upTo.toString(), limit];
    const rows = filter.types
      ? await this.ask<EventRow>('event_store.page-of-types', SOME_TYPES, [...range, [...new Set(filter.types)]])
      : await this.ask<EventRow>('event_store.page', EVERY_TYPE, range);
    const events = rows.map(positioned);
    const bytes = rows.reduce((sum, row) => sum + row.bytes.length, 0);
    const whole = events.length < limit && bytes < PAGE_BYTES;
    const through = whole ? upTo : events.at(-1)!.position;
    return { page: { events, through }, caughtUp: through === upTo };
  }

  async streams(names: readonly string[], fromRevision: number): Promise<readonly LoadedStream[]> {
    const loaded = new Map<string, { revision: number; events: PositionedEvent[] }>();
    const distinct = [...new Set(names)];
    for (let at = 0; at < distinct.length; at += AT_ONCE) {
      const rows = await this.ask<{ stream: string; revision: number; position: string | null; bytes: Buffer | null }>(
        'event_store.streams',
        STREAMS,
        [distinct.slice(at, at + AT_ONCE), fromRevision],
      );
      for (const { stream, revision, position, bytes } of rows) {
        const own = loaded.get(stream) ?? { revision, events: [] };
        if (position !== null && bytes !== null) own.events.push(positioned({ position, bytes }));
        loaded.set(stream, own);
      }
    }
    return names.map((stream) => {
      const { revision = 'none' as const, events = [] } = loaded.get(stream) ?? {};
      return { stream, revision, events };
    });
  }

  async byIds(ids: readonly string[]): Promise<readonly PositionedEvent[]> {
    const found = new Map<string, PositionedEvent>();
    const distinct = [...new Set(ids)].filter(isUuid);
    for (let at = 0; at < distinct.length; at += AT_ONCE) {
      const rows = await this.ask<EventRow & { id: string }>(
        'event_store.by-ids',
        'SELECT id, position, bytes FROM event_store.events WHERE id = ANY($1::uuid[])',
        [distinct.slice(at, at + AT_ONCE)],
      );
      for (const row of rows) found.set(row.id, positioned(row));
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  async head(): Promise<Head> {
    const [row] = await this.ask<{ position: string; event: string | null; known_at: Date }>(
      'event_store.head',
      'SELECT position, event, known_at FROM event_store.head',
      [],
    );
    if (!row) throw new StoreError('unavailable', 'the log has no head: its tables were not made by migrateEventStore');
    const { position, event, known_at } = row;
    return { position: BigInt(position), event, knownAt: event === null ? null : known_at.toISOString() };
  }

  async at(position: bigint): Promise<{ readonly event: string; readonly knownAt: string }> {
    const [row] = await this.ask<{ id: string; known_at: Date }>(
      'event_store.at',
      'SELECT id, known_at FROM event_store.events WHERE position = $1',
      [position.toString()],
    );
    if (!row) throw new StoreError('unknown-position', `no event stands at position ${position}`);
    return { event: row.id, knownAt: row.known_at.toISOString() };
  }

  async headAt(position: bigint): Promise<Head> {
    const [row] = await this.ask<{ position: string; id: string; known_at: Date }>(
      'event_store.head-at',
      'SELECT position, id, known_at FROM event_store.events WHERE position <= $1 ORDER BY position DESC LIMIT 1',
      [position.toString()],
    );
    if (!row) return { position: 0n, event: null, knownAt: null };
    return { position: BigInt(row.position), event: row.id, knownAt: row.known_at.toISOString() };
  }

  async positionBefore(instant: string): Promise<bigint> {
    const [row] = await this.ask<{ position: string }>(
      'event_store.before',
      'SELECT event_store.position_before($1) AS position',
      [instant],
    );
    return BigInt(row!.position);
  }

  private async ask<R extends QueryResultRow>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<readonly R[]> {
    try {
      return (await this.pool.query<R>({ name, text, values: [...values] })).rows;
    } catch (error) {
      if (error instanceof DatabaseError && error.severity === 'ERROR') throw error;
      throw new StoreError('unavailable', 'the event store cannot be reached', undefined, { cause: error });
    }
  }
}
