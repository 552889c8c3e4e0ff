import { createHash } from 'node:crypto';
import type { Instant } from '@plumbline/kernel';
import type { ClientBase } from 'pg';
import { type EncodedAppend, type EncodedPart, eventBytes, type RevisionStep, stampPart } from './encode-append';

/** What goes into one call of `event_store.append`: one small append, several that leave together, or a part of a large one. */
export interface AppendCall {
  readonly parts: readonly EncodedPart[];
  readonly streams: ReadonlyMap<string, RevisionStep>;
  readonly unchanged: ReadonlyMap<string, number>;
}

export const fitsOneCall = ({ parts }: EncodedAppend): boolean => parts.length === 1;

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

/** A large append as one call a part, in one transaction. `unchanged` is asserted by the first, before anything is written. */
export function* callsOf({ parts, streams, unchanged }: EncodedAppend): Generator<AppendCall> {
  for (const [index, part] of parts.entries()) {
    const own = new Map<string, RevisionStep>();
    for (const [at, stream] of part.streams.entries()) {
      const next = part.revisions[at]!;
      own.set(stream, { expected: own.get(stream)?.expected ?? next - 1, next });
    }
    yield {
      parts: [part],
      streams: own,
      unchanged: index === 0 ? new Map([...named(streams), ...unchanged]) : new Map(),
    };
  }
}

/** Streams that the append only names: it writes nothing to them, so no part would assert where they stand. */
const named = (streams: ReadonlyMap<string, RevisionStep>): (readonly [string, number])[] =>
  [...streams].filter(([, { expected, next }]) => expected === next).map(([stream, { next }]) => [stream, next]);

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
