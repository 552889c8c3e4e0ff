import { setImmediate as nextTurn } from 'node:timers/promises';
import { encodeUnstamped, type UnstampedEvent } from './encode';
import { MAX_APPEND_BYTES, MAX_APPEND_EVENTS, StoreError, type StreamWrite, type Unchanged } from './port';

/** Revision of a stream without events, where revisions are counted in numbers. */
export const NO_REVISION = -1;

export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly unstamped: UnstampedEvent;
}

/** The revision at which a stream must stand before the append, and the one at which the append leaves it. */
export interface RevisionStep {
  readonly expected: number;
  readonly next: number;
}

/** An append whose bytes are all made; only the stamp is missing. */
export interface EncodedAppend {
  readonly events: readonly EncodedEvent[];
  readonly streams: ReadonlyMap<string, RevisionStep>;
  /** Streams that must stand where they stand, as they were before this append. */
  readonly unchanged: ReadonlyMap<string, number>;
  readonly byteLength: number;
}

const asNumber = (revision: number | 'none'): number => (revision === 'none' ? NO_REVISION : revision);

export const staleRevision = (stream: string): StoreError =>
  new StoreError(
    'stale-revision',
    `the stream ${stream} does not stand at the revision that the append expects`,
    stream,
  );

export const duplicateEvent = (id?: string): StoreError =>
  new StoreError(
    'duplicate-event',
    id === undefined ? 'an event with this id is already recorded' : `the event ${id} is already recorded`,
  );

const tooLarge = (what: string): StoreError =>
  new StoreError('too-large', `one append takes at most ${what}; split it`);

/** Bytes encoded between two breaths: long appends leave the process its other work. */
const BREATH = 512 * 1024;

/**
 * Consumes the writes once, in order, keeping nothing of them but bytes.
 * @throws StoreError `stale-revision` when a later write to a stream does not go on from an earlier one, `too-large`; TypeError for an append of nothing;
 *   whatever the iterable throws
 */
export async function encodeAppend(
  writes: Iterable<StreamWrite>,
  unchanged: readonly Unchanged[] = [],
): Promise<EncodedAppend> {
  const events: EncodedEvent[] = [];
  const streams = new Map<string, RevisionStep>();
  let byteLength = 0;
  let breath = BREATH;
  for (const { stream, expected, events: added } of writes) {
    const before = streams.get(stream);
    const from = asNumber(expected);
    if (before !== undefined && before.next !== from) throw staleRevision(stream);
    if (events.length + added.length > MAX_APPEND_EVENTS) throw tooLarge(`${MAX_APPEND_EVENTS} events`);
    let next = from;
    for (const event of added) {
      next += 1;
      const unstamped = encodeUnstamped(event, stream, next);
      byteLength += unstamped.bytes.length;
      if (byteLength > MAX_APPEND_BYTES) throw tooLarge(`${MAX_APPEND_BYTES} bytes`);
      events.push({ id: event.id, type: event.type, stream, revision: next, unstamped });
      if (byteLength > breath) {
        breath = byteLength + BREATH;
        await nextTurn();
      }
    }
    streams.set(stream, { expected: before?.expected ?? from, next });
  }
  if (events.length === 0) throw new TypeError('an append needs at least one event');
  const ids = new Set<string>();
  for (const { id } of events) {
    if (ids.has(id)) throw duplicateEvent(id);
    ids.add(id);
  }
  return { events, streams, unchanged: asMap(unchanged), byteLength };
}

function asMap(unchanged: readonly Unchanged[]): ReadonlyMap<string, number> {
  const map = new Map<string, number>();
  for (const { stream, revision } of unchanged) {
    if (map.has(stream) && map.get(stream) !== asNumber(revision)) throw staleRevision(stream);
    map.set(stream, asNumber(revision));
  }
  return map;
}
