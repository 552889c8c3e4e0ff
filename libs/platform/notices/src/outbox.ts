import type { Pool, PoolClient } from 'pg';
import type { Notice } from './notice';

/** What became of a notice. `unaddressed`: nobody knows where to send it. `given-up`: it did not leave in all its tries. */
export type NoticeState = 'waiting' | 'sent' | 'unaddressed' | 'given-up';

/** How often a notice is tried before it is given up: with pauses that double up to an hour, about half a day. */
export const MOST_TRIES = 18;

const SCHEMA_LOCK = 6_158_203;
const TABLES = `
CREATE SCHEMA IF NOT EXISTS notices;
CREATE TABLE IF NOT EXISTS notices.outbox (
  id uuid PRIMARY KEY, person_id uuid NOT NULL, date text NOT NULL, subject text NOT NULL, body text NOT NULL,
  state text NOT NULL DEFAULT 'waiting', tries integer NOT NULL DEFAULT 0, next_try timestamptz NOT NULL DEFAULT now(),
  settled timestamptz, problem text);
CREATE INDEX IF NOT EXISTS outbox_waiting ON notices.outbox (next_try) WHERE state = 'waiting';
CREATE TABLE IF NOT EXISTS notices.read_up_to (
  single boolean PRIMARY KEY DEFAULT true CHECK (single), position bigint NOT NULL, event uuid, event_position bigint NOT NULL DEFAULT 0);`;

/** The last event up to a place in the log: by it the place is found again in a log that was moved, whose positions are others. */
export interface LastEvent {
  readonly position: bigint;
  readonly event: string | null;
}

/** Makes the outbox's tables if they are not there; of several that do so at once, one does. */
export async function prepareOutbox(database: Pick<Pool, 'query'>): Promise<void> {
  // statements sent together without parameters are one transaction
  await database.query(`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK}); ${TABLES}`);
}

interface StoredNotice {
  readonly id: string;
  readonly person_id: string;
  readonly date: string;
  readonly subject: string;
  readonly body: string;
  readonly tries: number;
}

/** Notices that are to leave, kept until they have; and how far the log was read for them. */
export class Outbox {
  constructor(private readonly pool: Pool) {}

  /**
   * How far the log was read for notices. At the very first start it stands where the log ends: what was recorded before has gone out, or will not any more.
   */
  async readUpTo(head: LastEvent): Promise<bigint> {
    return (await this.place(head)).position;
  }

  /** The same, with the last event up to there. */
  async place(head: LastEvent): Promise<{ readonly position: bigint; readonly last: LastEvent }> {
    await this.pool.query(
      'INSERT INTO notices.read_up_to (position, event, event_position) VALUES ($1, $2, $1) ON CONFLICT DO NOTHING',
      [head.position.toString(), head.event],
    );
    const { rows } = await this.pool.query<{ position: string; event: string | null; event_position: string }>(
      'SELECT position, event, event_position FROM notices.read_up_to',
    );
    const { position, event, event_position } = rows[0]!;
    return { position: BigInt(position), last: { position: BigInt(event_position), event } };
  }

  /** Puts notices in and moves on, both or neither. @returns false when another worker was there first; then nothing was put in */
  async put(notices: readonly Notice[], from: bigint, to: bigint, last: LastEvent): Promise<boolean> {
    return await this.inTransaction(async (client) => {
      const moved = await client.query(
        'UPDATE notices.read_up_to SET position = $2, event = $3, event_position = $4 WHERE position = $1',
        [from.toString(), to.toString(), last.event, last.position.toString()],
      );
      if (moved.rowCount !== 1) return false;
      for (const { id, personId, date, subject, text } of notices)
        await client.query(
          'INSERT INTO notices.outbox (id, person_id, date, subject, body) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
          [id, personId, date, subject, text],
        );
      return true;
    });
  }

  /**
   * Takes one notice whose turn it is, held against other workers, and keeps what became of it. A worker that is killed between sending and keeping sends
   * the same message again, under the same message id.
   * @returns whether there was one
   */
  async sendNext(send: (notice: Notice) => Promise<Exclude<NoticeState, 'waiting' | 'given-up'>>): Promise<boolean> {
    return await this.inTransaction(async (client) => {
      const { rows } = await client.query<StoredNotice>(
        `SELECT id, person_id, date, subject, body, tries FROM notices.outbox
         WHERE state = 'waiting' AND next_try <= now() ORDER BY next_try, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      );
      const [row] = rows;
      if (!row) return false;
      const { id, person_id: personId, date, subject, body: text, tries } = row;
      try {
        const state = await send({ id, personId, date, subject, text });
        await client.query(
          'UPDATE notices.outbox SET state = $2, tries = tries + 1, settled = now(), problem = NULL WHERE id = $1',
          [id, state],
        );
      } catch (error) {
        const givenUp = tries + 1 >= MOST_TRIES;
        await client.query(
          `UPDATE notices.outbox SET state = $2, tries = tries + 1, problem = $3, settled = CASE WHEN $4 THEN now() END,
             next_try = now() + least(interval '1 hour', interval '5 seconds' * power(2, tries)) WHERE id = $1`,
          [id, givenUp ? 'given-up' : 'waiting', error instanceof Error ? error.message : String(error), givenUp],
        );
      }
      return true;
    });
  }

  /** How many notices are in each state. */
  async count(): Promise<Readonly<Partial<Record<NoticeState, number>>>> {
    const { rows } = await this.pool.query<{ state: NoticeState; count: number }>(
      'SELECT state, count(*)::int AS count FROM notices.outbox GROUP BY state',
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  private async inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const answer = await work(client);
      await client.query('COMMIT');
      return answer;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }
}
