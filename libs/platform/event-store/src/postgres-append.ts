import { createHash } from 'node:crypto';
import type { Instant } from '@plumbline/kernel';
import type { ClientBase } from 'pg';
import { type EncodedAppend, type EncodedPart, eventBytes, type RevisionStep, stampPart } from './encode-append';

/** What goes into one call of `event_store.append`: one small append, or several that leave together. */
export interface AppendCall {
  readonly parts: readonly EncodedPart[];
  readonly streams: ReadonlyMap<string, RevisionStep>;
  readonly unchanged: ReadonlyMap<string, number>;
}

/** Several appends as one, in their order: the first to touch a stream says where it must stand, the last where it is left. */
export function merged(appends: readonly EncodedAppend[]): AppendCall {
  const streams = new Map<string, RevisionStep>();
  const unchanged = new Map<string, number>();
  for (const append of appends) {
    for (const [stream, revision] of append.unchanged) if (!streams.has(stream)) unchanged.set(stream, revision);
    for (const [stream, { expected, next }] of append.streams) {
      streams.set(stream, { expected: streams.get(stream)?.expected ?? expected, next });
    }
  }
  return { parts: appends.flatMap(({ parts }) => parts), streams, unchanged };
}

/** Notes where an append leaves the streams that it writes, and where those stand that it asserts. */
export function leaves(reached: Map<string, number>, { streams, unchanged }: EncodedAppend): void {
  for (const [stream, revision] of unchanged) reached.set(stream, revision);
  for (const [stream, { next }] of streams) reached.set(stream, next);
}

/**
 * Whether an append may leave behind others in one call: what it expects of every stream is what those leave or assert. One that cannot succeed behind
 * them waits for the next group: it must neither make this one fail nor take an assertion's place.
 */
export function goesBehind(reached: ReadonlyMap<string, number>, append: EncodedAppend): boolean {
  for (const [stream, { expected }] of append.streams) if ((reached.get(stream) ?? expected) !== expected) return false;
  for (const [stream, revision] of append.unchanged) if ((reached.get(stream) ?? revision) !== revision) return false;
  return true;
}

export const commitmentOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const SQL = `SELECT first, known FROM event_store.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;

/** Stamps and sends one call. Gives the position of its first event and the log's `knownAt` after it. */
export async function callAppend(
  client: ClientBase,
  { parts, streams, unchanged }: AppendCall,
  recordedAt: Instant,
): Promise<{ readonly first: bigint; readonly known: Instant }> {
  const offsets: number[] = [];
  const lengths: number[] = [];
  const commitments: Buffer[] = [];
  let begin = 1; // SQL counts from one
  for (const part of parts) {
    stampPart(part, recordedAt);
    for (const at of part.ids.keys()) {
      const bytes = eventBytes(part, at);
      offsets.push(begin);
      lengths.push(bytes.length);
      commitments.push(commitmentOf(bytes));
      begin += bytes.length;
    }
  }
  const steps = [...streams.values()];
  const { rows } = await client.query<{ first: string; known: Date }>({
    name: 'event_store.append',
    text: SQL,
    values: [
      [...streams.keys()],
      steps.map(({ expected }) => expected),
      steps.map(({ next }) => next),
      [...unchanged.keys()],
      [...unchanged.values()],
      parts.flatMap(({ ids }) => ids),
      parts.flatMap(({ types }) => types),
      parts.flatMap((part) => part.streams),
      parts.flatMap(({ revisions }) => revisions),
      offsets,
      lengths,
      parts.length === 1 ? parts[0]!.bytes : Buffer.concat(parts.map(({ bytes }) => bytes)),
      Buffer.concat(commitments),
      recordedAt,
    ],
  });
  return { first: BigInt(rows[0]!.first), known: rows[0]!.known.toISOString() };
}

/** Puts a part of a large append where it waits for the others. */
export async function stagePart(
  pool: Pick<ClientBase, 'query'>,
  append: string,
  part: EncodedPart,
  before: number,
): Promise<void> {
  const starts = part.ids.map((_, at) => part.ends[at - 1] ?? 0);
  await pool.query({
    name: 'event_store.stage',
    text: 'SELECT event_store.stage($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    values: [
      append,
      before,
      part.ids,
      part.types,
      part.streams,
      part.revisions,
      starts.map((start) => start + 1), // SQL counts from one
      starts.map((start, at) => part.ends[at]! - start),
      starts.map((start, at) => part.stampsAt[at]! - start),
      part.bytes,
    ],
  });
}

/** Lets go of what was staged of an append that came to nothing. */
export async function unstage(pool: Pick<ClientBase, 'query'>, append: string): Promise<void> {
  await pool.query('SELECT event_store.unstage($1)', [append]);
}

/** Stamps and records a staged append, in one statement. Gives the position of its first event and the log's `knownAt` after it. */
export async function callAppendStaged(
  client: ClientBase,
  { staged, count, streams, unchanged }: EncodedAppend,
  recordedAt: Instant,
): Promise<{ readonly first: bigint; readonly known: Instant }> {
  const steps = [...streams.values()];
  const { rows } = await client.query<{ first: string; known: Date }>({
    name: 'event_store.append-staged',
    text: 'SELECT first, known FROM event_store.append_staged($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    values: [
      [...streams.keys()],
      steps.map(({ expected }) => expected),
      steps.map(({ next }) => next),
      [...unchanged.keys()],
      [...unchanged.values()],
      staged,
      count,
      recordedAt,
      Buffer.from(recordedAt, 'latin1'),
    ],
  });
  return { first: BigInt(rows[0]!.first), known: rows[0]!.known.toISOString() };
}
