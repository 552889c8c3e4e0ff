import { setImmediate as nextTurn } from 'node:timers/promises';
import { encodeUnstamped, stamp, type UnstampedEvent } from './encode';
import {
  type Appended,
  MAX_APPEND_BYTES,
  MAX_APPEND_EVENTS,
  type NewEvent,
  StoreError,
  type StreamWrite,
  type Unchanged,
} from './port';

/** Revision of a stream without events, where revisions are counted in numbers. */
export const NO_REVISION = -1;

/**
 * Encoded events side by side, in columns: as many as one statement takes. A large append holds hundreds of thousands; an object for each would cost more
 * than their bytes.
 */
export interface EncodedPart {
  readonly ids: readonly string[];
  readonly types: readonly string[];
  readonly streams: readonly string[];
  readonly revisions: readonly number[];
  /** All events' bytes one after the other, and where each ends. A part of a large append lets go of them once they are staged. */
  bytes: Buffer;
  readonly ends: readonly number[];
  /** Where each event's stamp goes, counted in `bytes`. */
  readonly stampsAt: readonly number[];
}

/** Bounds what is held twice on the way to a server, and how long a group of appends makes others wait. */
export const PART_BYTES = 4 * 1024 * 1024;
export const PART_EVENTS = 5_000;

/** The revision at which a stream must stand before the append, and the one at which the append leaves it. */
export interface RevisionStep {
  readonly expected: number;
  readonly next: number;
}

/** An append whose bytes are all made; only the stamp is missing. */
export interface EncodedAppend {
  /** Of a large append that was staged only the first still has its bytes: they tell whether a lost answer was yes. */
  readonly parts: readonly EncodedPart[];
  /** Under which id its events lie staged. */
  readonly staged?: string;
  readonly count: number;
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

export const tooLarge = (what: string): StoreError =>
  new StoreError('too-large', `one append takes at most ${what}; split it`);

const LET_GO = Buffer.alloc(0);

/** Collects encoded events until a part is full: a single event in memory of just its size, more in memory that is used again for the next part. */
class PartBuilder {
  private ids: string[] = [];
  private types: string[] = [];
  private streams: string[] = [];
  private revisions: number[] = [];
  private ends: number[] = [];
  private stampsAt: number[] = [];
  private bytes = LET_GO;
  private length = 0;

  fits(added: number): boolean {
    return this.ids.length === 0 || (this.ids.length < PART_EVENTS && this.length + added <= PART_BYTES);
  }

  add({ id, type }: NewEvent, stream: string, revision: number, { text, byteLength, stampAt }: UnstampedEvent): void {
    this.makeRoom(byteLength);
    this.bytes.write(text, this.length, 'utf8');
    this.ids.push(id);
    this.types.push(type);
    this.streams.push(stream);
    this.revisions.push(revision);
    this.stampsAt.push(this.length + stampAt);
    this.length += byteLength;
    this.ends.push(this.length);
  }

  private makeRoom(added: number): void {
    if (this.length + added <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.length + added, Math.min(8 * this.length, PART_BYTES)));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  /** The part as it is, in memory of just its size; the next one begins. */
  take(): EncodedPart {
    const { ids, types, streams, revisions, ends, stampsAt } = this;
    let { bytes } = this;
    if (this.length === bytes.length) this.bytes = LET_GO;
    else bytes = Buffer.from(bytes.subarray(0, this.length));
    [this.ids, this.types, this.streams, this.revisions, this.ends, this.stampsAt] = [[], [], [], [], [], []];
    this.length = 0;
    return { ids, types, streams, revisions, ends, stampsAt, bytes };
  }
}

interface PlacedEvent {
  readonly event: NewEvent;
  readonly stream: string;
  readonly revision: number;
}

/** Where the bytes of an append too large for one part go as they are made. */
export interface Staging {
  readonly id: string;
  /** @param before events of the append before this part */
  readonly take: (part: EncodedPart, before: number) => Promise<void>;
}

/** What an append may hold in a store. */
export interface AppendLimits {
  readonly maxAppendEvents: number;
  readonly maxAppendBytes: number;
}
export const LARGE_APPENDS: AppendLimits = { maxAppendEvents: MAX_APPEND_EVENTS, maxAppendBytes: MAX_APPEND_BYTES };

export interface EncodeOptions {
  readonly staging?: Staging;
  readonly limits?: AppendLimits;
  /** The act that this append is a part of. */
  readonly act?: string | undefined;
}

/**
 * Consumes the writes once, in order, keeping nothing of them but bytes and what finds them; with `staging`, of a large append not the bytes either.
 * @throws StoreError `stale-revision` when a later write to a stream does not go on from an earlier one, `duplicate-event`, `too-large`; TypeError for an
 *   append of nothing; whatever the iterable throws
 */
export async function encodeAppend(
  writes: Iterable<StreamWrite>,
  unchanged: readonly Unchanged[] = [],
  { staging, limits = LARGE_APPENDS, act: partOf }: EncodeOptions = {},
): Promise<EncodedAppend> {
  const parts: EncodedPart[] = [];
  const ids = new Set<string>();
  const streams = new Map<string, RevisionStep>();
  const part = new PartBuilder();
  let byteLength = 0;
  let first: PlacedEvent | undefined;
  let closed = 0;
  const close = async (): Promise<void> => {
    const full = part.take();
    parts.push(full);
    if (!staging) return;
    await staging.take(full, closed);
    closed += full.ids.length;
    if (parts.length > 1) full.bytes = LET_GO;
  };
  const put = ({ event, stream, revision }: PlacedEvent, act?: string): Promise<void> | undefined => {
    const unstamped = encodeUnstamped(event, stream, revision, act);
    byteLength += unstamped.byteLength;
    if (byteLength > limits.maxAppendBytes) throw tooLarge(`${limits.maxAppendBytes} bytes`);
    const add = (): void => part.add(event, stream, revision, unstamped);
    if (!part.fits(unstamped.byteLength))
      return close()
        .then(() => nextTurn()) // long appends leave the process its other work
        .then(add);
    add();
    return undefined;
  };
  for (const { stream, expected, events } of writes) {
    const before = streams.get(stream);
    const from = asNumber(expected);
    if (before !== undefined && before.next !== from) throw staleRevision(stream);
    if (ids.size + events.length > limits.maxAppendEvents) throw tooLarge(`${limits.maxAppendEvents} events`);
    let next = from;
    for (const event of events) {
      next += 1;
      if (ids.has(event.id)) throw duplicateEvent(event.id);
      ids.add(event.id);
      const placed = { event, stream, revision: next };
      if (partOf !== undefined) await put(placed, partOf);
      if (!first) first = placed;
      else if (partOf === undefined) {
        if (ids.size === 2) await put(first, first.event.id);
        await put(placed, first.event.id);
      }
    }
    streams.set(stream, { expected: before?.expected ?? from, next });
  }
  if (!first) throw new TypeError('an append needs at least one event');
  if (ids.size === 1 && partOf === undefined) await put(first);
  if (parts.length === 0) parts.push(part.take());
  else await close();
  const staged = staging && parts.length > 1 ? { staged: staging.id } : {};
  return { parts, ...staged, count: ids.size, streams, unchanged: asMap(unchanged, streams), byteLength };
}

/** The bytes of a part's event. */
export const eventBytes = ({ bytes, ends }: EncodedPart, index: number): Buffer =>
  bytes.subarray(ends[index - 1] ?? 0, ends[index]);

/** Stamps every event of a part, in place. */
export function stampPart({ bytes, stampsAt }: EncodedPart, recordedAt: string): void {
  for (const stampAt of stampsAt) stamp(bytes, stampAt, recordedAt);
}

/** What an append answers when its first event stands at `first` and each next one `step` further. Its events are told one by one only to whoever asks. */
export function appendedAt({ parts, count }: EncodedAppend, first: bigint, recordedAt: string, step = 1n): Appended {
  let told: Appended['events'] | undefined;
  const tell = (): Appended['events'] => {
    let position = first - step;
    return parts.flatMap(({ ids, streams, revisions }) =>
      ids.map((id, index) => ({
        id,
        stream: streams[index]!,
        revision: revisions[index]!,
        position: (position += step),
        recordedAt,
      })),
    );
  };
  return {
    first,
    last: first + step * BigInt(count - 1),
    get events() {
      return (told ??= tell());
    },
  };
}

/** @throws StoreError `stale-revision` when the append itself contradicts an assertion: both cannot hold */
function asMap(
  unchanged: readonly Unchanged[],
  streams: ReadonlyMap<string, RevisionStep>,
): ReadonlyMap<string, number> {
  const map = new Map<string, number>();
  for (const { stream, revision } of unchanged) {
    const stands = asNumber(revision);
    if ((map.get(stream) ?? streams.get(stream)?.expected ?? stands) !== stands) throw staleRevision(stream);
    map.set(stream, stands);
  }
  return map;
}
