import { escapeIdentifier, Pool, type PoolClient, type QueryResultRow } from 'pg';
import { isUuid } from './ids';
import {
  EMPTY_HEAD,
  entriesFrom,
  type Identified,
  type IndexedEvent,
  type IndexEntry,
  type IndexHead,
  NEAR,
  type Place,
  type PositionIndex,
  type Run,
} from './kurrent-index';
import { StoreError } from './port';

export interface PostgresPositionIndexOptions {
  /** An address whose role may make a schema: that of the read models. */
  readonly url: string;
  /** One schema a log. */
  readonly schema?: string;
  readonly connections?: number;
}

const MAKING = 7_263_981_527;
const AT_ONCE = 2_000;

const createIn = (schema: string): string => `
  CREATE SCHEMA IF NOT EXISTS ${schema};
  CREATE TABLE IF NOT EXISTS ${schema}.head (one boolean PRIMARY KEY DEFAULT true CHECK (one), through bigint NOT NULL);
  INSERT INTO ${schema}.head (through) VALUES (0) ON CONFLICT DO NOTHING;
  CREATE TABLE IF NOT EXISTS ${schema}.events (
    position bigint PRIMARY KEY, ordinal bigint NOT NULL, id uuid NOT NULL, stream text COLLATE "C" NOT NULL, revision integer NOT NULL,
    type text COLLATE "C" NOT NULL, known_at timestamptz NOT NULL
  );
  CREATE INDEX IF NOT EXISTS events_by_id ON ${schema}.events (id);
  CREATE INDEX IF NOT EXISTS events_by_type ON ${schema}.events (type, position);
  CREATE INDEX IF NOT EXISTS events_by_stream ON ${schema}.events (stream, revision);
  CREATE INDEX IF NOT EXISTS events_by_known_at ON ${schema}.events (known_at, position);`;

interface PlaceRow extends QueryResultRow {
  readonly position: string;
  readonly ordinal: string;
}

const place = ({ position, ordinal }: PlaceRow): Place => ({ position: BigInt(position), ordinal: Number(ordinal) });

interface EntryRow extends PlaceRow {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly known_at: Date;
}

const entry = (row: EntryRow | undefined): IndexEntry | undefined =>
  row && {
    ...place(row),
    id: row.id,
    stream: row.stream,
    revision: row.revision,
    knownAt: row.known_at.toISOString(),
  };

const ENTRY = 'position, ordinal, id, stream, revision, known_at';

/** The index in the database of the read models, so that a start does not read the log again. Made when it is first used; `open` is tried again while the database is away. */
class PostgresPositionIndex implements PositionIndex {
  private made: Promise<void> | undefined;
  private readonly schema: string;

  constructor(
    private readonly pool: Pool,
    schema: string,
  ) {
    this.schema = escapeIdentifier(schema);
  }

  async head(): Promise<IndexHead> {
    return this.on((client) => this.headOn(client));
  }

  private async headOn(client: Pick<PoolClient, 'query'>, lock = ''): Promise<IndexHead> {
    const { rows } = await client.query<{ through: string }>(`SELECT through FROM ${this.schema}.head ${lock}`);
    if (!rows[0]) return EMPTY_HEAD;
    const last = await client.query<EntryRow>(
      `SELECT ${ENTRY} FROM ${this.schema}.events ORDER BY position DESC LIMIT 1`,
    );
    return { through: BigInt(rows[0].through), last: entry(last.rows[0]) };
  }

  async add(from: bigint, events: readonly IndexedEvent[], through: bigint): Promise<IndexHead> {
    return this.on(async (client) => {
      await client.query('BEGIN');
      const head = await this.headOn(client, 'FOR UPDATE');
      if (head.through !== from) {
        await client.query('ROLLBACK');
        return head;
      }
      const entries = entriesFrom(head, events);
      if (entries.length > 0)
        await client.query(
          `INSERT INTO ${this.schema}.events (position, ordinal, id, stream, revision, type, known_at)
             SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::text[], $5::integer[], $6::text[], $7::timestamptz[])`,
          [
            entries.map(({ position }) => position.toString()),
            entries.map(({ ordinal }) => ordinal),
            entries.map(({ id }) => id),
            entries.map(({ stream }) => stream),
            entries.map(({ revision }) => revision),
            entries.map(({ type }) => type),
            entries.map(({ knownAt }) => knownAt),
          ],
        );
      await client.query(`UPDATE ${this.schema}.head SET through = $1`, [through.toString()]);
      await client.query('COMMIT');
      return { through, last: entries.at(-1) ?? head.last };
    });
  }

  async rewind(through: bigint): Promise<void> {
    await this.rows(
      `UPDATE ${this.schema}.head SET through = coalesce((SELECT max(position) FROM ${this.schema}.events), 0) WHERE through = $1`,
      [through.toString()],
    );
  }

  async restart(last: bigint): Promise<void> {
    await this.on(async (client) => {
      await client.query('BEGIN');
      const head = await this.headOn(client, 'FOR UPDATE');
      if (head.last?.position === last) {
        await client.query(`TRUNCATE ${this.schema}.events`);
        await client.query(`UPDATE ${this.schema}.head SET through = 0`);
      }
      await client.query('COMMIT');
    });
  }

  async floor(position: bigint): Promise<IndexEntry | undefined> {
    return this.one('position <= $1 ORDER BY position DESC', [position.toString()]);
  }

  /** Each type by its own index range, so that rare types among many events are found without reading those. */
  async ofTypes(types: readonly string[], after: bigint, upTo: bigint, limit: number): Promise<readonly Place[]> {
    const rows = await this.rows<PlaceRow>(
      `SELECT of_type.position, of_type.ordinal FROM unnest($4::text[]) AS wanted(type) CROSS JOIN LATERAL (
         SELECT position, ordinal FROM ${this.schema}.events WHERE type = wanted.type AND position > $1 AND position <= $2 ORDER BY position LIMIT $3
       ) AS of_type ORDER BY of_type.position LIMIT $3`,
      [after.toString(), upTo.toString(), limit, [...new Set(types)]],
    );
    return rows.map(place);
  }

  /** Only where a run begins or ends leaves the database. */
  async runs(after: bigint, upTo: bigint, limit: number): Promise<readonly Run[]> {
    const rows = await this.rows<PlaceRow & { readonly begins: boolean; readonly ends: boolean }>(
      `SELECT * FROM (
         SELECT position, ordinal, coalesce(position - lag(position) OVER near > $4, true) AS begins, coalesce(lead(position) OVER near - position > $4, true) AS ends
         FROM (${this.range('position, ordinal')}) AS events WINDOW near AS (ORDER BY position)
       ) AS edges WHERE begins OR ends ORDER BY position`,
      [`${after}`, `${upTo}`, limit, `${NEAR}`],
    );
    const ends = rows.filter((row) => row.ends).map(place);
    return rows.filter((row) => row.begins).map((row, n) => ({ first: place(row), last: ends[n]! }));
  }

  async ids(after: bigint, upTo: bigint, limit: number): Promise<readonly Identified[]> {
    const range = [`${after}`, `${upTo}`, limit];
    const rows = await this.rows<{ position: string; id: string }>(this.range('position, id'), range);
    return rows.map(({ position, id }) => ({ position: BigInt(position), id }));
  }

  private range(columns: string): string {
    return `SELECT ${columns} FROM ${this.schema}.events WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3`;
  }

  async byIds(ids: readonly string[]): Promise<readonly IndexEntry[]> {
    const distinct = [...new Set(ids)].filter(isUuid);
    const found: IndexEntry[] = [];
    for (let at = 0; at < distinct.length; at += AT_ONCE) {
      const rows = await this.rows<EntryRow>(
        `SELECT DISTINCT ON (id) ${ENTRY} FROM ${this.schema}.events WHERE id = ANY($1::uuid[]) ORDER BY id, position`,
        [distinct.slice(at, at + AT_ONCE)],
      );
      found.push(...rows.map((row) => entry(row)!));
    }
    return found;
  }

  async revisions(streams: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const distinct = [...new Set(streams)];
    const found = new Map<string, number>();
    for (let at = 0; at < distinct.length; at += AT_ONCE) {
      const rows = await this.rows<{ stream: string; revision: number }>(
        `SELECT asked.stream, there.revision FROM unnest($1::text[]) AS asked(stream) CROSS JOIN LATERAL (
           SELECT revision FROM ${this.schema}.events WHERE stream = asked.stream ORDER BY revision DESC LIMIT 1
         ) AS there`,
        [distinct.slice(at, at + AT_ONCE)],
      );
      for (const { stream, revision } of rows) found.set(stream, revision);
    }
    return found;
  }

  async before(instant: string): Promise<IndexEntry | undefined> {
    return this.one('known_at < $1 ORDER BY known_at DESC, position DESC', [instant]);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async one(where: string, values: readonly unknown[]): Promise<IndexEntry | undefined> {
    const rows = await this.rows<EntryRow>(`SELECT ${ENTRY} FROM ${this.schema}.events WHERE ${where} LIMIT 1`, values);
    return entry(rows[0]);
  }

  private async rows<R extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<readonly R[]> {
    return this.on(async (client) => (await client.query<R>(text, [...values])).rows);
  }

  private async on<T>(ask: (client: PoolClient) => Promise<T>): Promise<T> {
    try {
      await (this.made ??= this.make());
      return await this.connected(ask);
    } catch (error) {
      throw new StoreError(
        'unavailable',
        `the index of the log in PostgreSQL cannot be used: ${(error as Error).message}`,
        undefined,
        { cause: error },
      );
    }
  }

  /** A connection on which something failed is not used again. */
  private async connected<T>(ask: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      const answer = await ask(client);
      client.release();
      return answer;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  private async make(): Promise<void> {
    try {
      await this.connected(async (client) => {
        await client.query('BEGIN');
        await client.query('SELECT pg_advisory_xact_lock($1)', [MAKING]);
        await client.query(createIn(this.schema));
        await client.query('COMMIT');
      });
    } catch (error) {
      this.made = undefined;
      throw error;
    }
  }
}

/** Opens the index; it is made when first used. The database may be away: then it is `unavailable` until it is back. */
export async function openPostgresPositionIndex(options: PostgresPositionIndexOptions): Promise<PositionIndex> {
  const { url, schema = 'kurrent_index', connections = 4 } = options;
  const pool = new Pool({
    connectionString: url,
    max: connections,
    // a process that is frozen within a transaction holds the row that all others wait for
    idle_in_transaction_session_timeout: 5_000,
    lock_timeout: 5_000,
    statement_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'plumbline log index',
  });
  pool.on('error', () => undefined); // an idle connection that broke is replaced by the next query
  return new PostgresPositionIndex(pool, schema);
}
