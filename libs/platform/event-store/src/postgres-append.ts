import { createHash } from 'node:crypto';
import type { Instant } from '@plumbline/kernel';
import type { ClientBase } from 'pg';
import { stamp } from './encode';
import type { EncodedAppend, EncodedEvent, RevisionStep } from './encode-append';
import type { Appended } from './port';

/** What goes into one call of `event_store.append`: one small append, several that leave together, or a part of a large one. */
export interface AppendCall {
  readonly events: readonly EncodedEvent[];
  readonly streams: ReadonlyMap<string, RevisionStep>;
  readonly unchanged: ReadonlyMap<string, number>;
}

/** One call takes this much: it bounds what is held twice on the way to the server, and how long a group makes others wait. */
export const CALL_BYTES = 4 * 1024 * 1024;
export const CALL_EVENTS = 5_000;

export const fitsOneCall = ({ events, byteLength }: EncodedAppend): boolean =>
  events.length <= CALL_EVENTS && byteLength <= CALL_BYTES;

/** Several appends as one, in their order: the first to touch a stream says where it must stand, the last where it is left. */
export function merged(appends: readonly EncodedAppend[]): AppendCall {
  const streams = new Map<string, RevisionStep>();
  const unchanged = new Map<string, number>();
  for (const append of appends) {
    for (const [stream, revision] of append.unchanged) if (!streams.has(stream)) unchanged.set(stream, revision);
    for (const [stream, step] of append.streams) {
      streams.set(stream, { expected: streams.get(stream)?.expected ?? step.expected, next: step.next });
    }
  }
  return { events: appends.flatMap(({ events }) => events), streams, unchanged };
}

/**
 * Whether an append may leave behind these in one call: the revisions it expects are those that they leave. One that cannot succeed behind them waits
 * for the next group, so that it does not make this one fail.
 */
export function goesBehind(group: ReadonlyMap<string, number>, append: EncodedAppend): boolean {
  for (const [stream, { expected }] of append.streams) if ((group.get(stream) ?? expected) !== expected) return false;
  for (const [stream, revision] of append.unchanged) if ((group.get(stream) ?? revision) !== revision) return false;
  return true;
}

/** A large append in parts, each its own call in one transaction. `unchanged` is asserted by the first, before anything is written. */
export function* parts({ events, streams, unchanged }: EncodedAppend): Generator<AppendCall> {
  const reached = new Map<string, number>();
  for (let from = 0; from < events.length;) {
    let bytes = 0;
    let to = from;
    const own = new Map<string, RevisionStep>();
    for (; to < events.length && to - from < CALL_EVENTS; to++) {
      const { stream, revision, unstamped } = events[to]!;
      bytes += unstamped.bytes.length;
      if (bytes > CALL_BYTES && to > from) break;
      own.set(stream, { expected: own.get(stream)?.expected ?? reached.get(stream) ?? revision - 1, next: revision });
    }
    for (const [stream, { next }] of own) reached.set(stream, next);
    yield {
      events: events.slice(from, to),
      streams: own,
      unchanged: from === 0 ? new Map([...named(streams), ...unchanged]) : new Map(),
    };
    from = to;
  }
}

/** Streams that the append only names: it writes nothing to them, so no part would assert where they stand. */
function named(streams: ReadonlyMap<string, RevisionStep>): (readonly [string, number])[] {
  return [...streams].filter(([, { expected, next }]) => expected === next).map(([stream, { next }]) => [stream, next]);
}

export const commitmentOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const SQL = `SELECT first, known FROM event_store.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;

/** Stamps and sends one call. Gives the position of its first event and the log's `knownAt` after it. */
export async function callAppend(
  client: ClientBase,
  { events, streams, unchanged }: AppendCall,
  recordedAt: Instant,
): Promise<{ readonly first: bigint; readonly known: Instant }> {
  const bytes = events.map(({ unstamped }) => stamp(unstamped, recordedAt));
  const lengths = bytes.map(({ length }) => length);
  let end = 1;
  const offsets = lengths.map((length) => (end += length) - length);
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
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map(({ stream }) => stream),
      events.map(({ revision }) => revision),
      offsets,
      lengths,
      Buffer.concat(bytes),
      Buffer.concat(bytes.map(commitmentOf)),
      recordedAt,
    ],
  });
  return { first: BigInt(rows[0]!.first), known: rows[0]!.known.toISOString() };
}

/** What an append answers, its first event standing at `first`. */
export function appendedAt(
  { events }: { readonly events: readonly EncodedEvent[] },
  first: bigint,
  recordedAt: Instant,
): Appended {
  return {
    first,
    last: first + BigInt(events.length - 1),
    events: events.map(({ id, stream, revision }, index) => ({
      id,
      stream,
      revision,
      position: first + BigInt(index),
      recordedAt,
    })),
  };
}
