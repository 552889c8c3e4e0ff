import { setImmediate as nextTurn } from 'node:timers/promises';
import { encodeUnstamped } from './encode';
import { streamParts } from './ids';
import { duplicateEvent, NO_REVISION, staleRevision, tooLarge } from './encode-append';
import {
  type Capabilities,
  type EventStore,
  MAX_APPEND_BYTES,
  MAX_APPEND_EVENTS,
  type NewEvent,
  type StreamWrite,
  type Unchanged,
} from './port';

/** What one batch records at once, in one append or in several. */
export interface Act {
  /** Names it where it takes several appends: a uuid that is no event's id, of an act with brackets (`ActBrackets`). Left out, each of several appends is an act of its own. */
  readonly act?: string | undefined;
  /** Walked once where the store takes every act whole, else two times or more: the same writes each time. */
  readonly writes: () => Iterable<StreamWrite>;
  readonly unchanged?: readonly Unchanged[];
  /** Concepts whose streams, in this act, rest on no other stream of their own concept: in parts, many of them are appended at once. */
  readonly apart?: ReadonlySet<string>;
  /** A part of it is recorded already: what is left says so too, though one append may take it. */
  readonly goesOn?: boolean;
  /** In parts, told after each append how many events it recorded, and where. */
  readonly onRecorded?: (events: number, at: RecordedAct) => void;
}

export interface RecordedAct {
  readonly first: bigint;
  readonly last: bigint;
}

export interface ActSize {
  readonly streams: number;
  readonly events: number;
  readonly bytes: number;
}

/** Whether a store takes any act in one append. */
export const takesActsWhole = ({ atomicMultiStream, maxAppendEvents, maxAppendBytes }: Capabilities): boolean =>
  atomicMultiStream && maxAppendEvents >= MAX_APPEND_EVENTS && maxAppendBytes >= MAX_APPEND_BYTES;

/** Whether a store takes an act of this size in one append. */
export const canAppendWhole = (
  { atomicMultiStream, maxAppendEvents, maxAppendBytes }: Capabilities,
  { streams, events, bytes }: ActSize,
): boolean => (atomicMultiStream || streams === 1) && events <= maxAppendEvents && bytes <= maxAppendBytes;

/** Bytes of an act that are held at a time when it is recorded in parts. */
const PORTION_BYTES = 16 * 1024 * 1024;
/** Streams whose revisions are looked at, or that are appended to, at a time. */
const STREAMS_AT_ONCE = 64;

type Recording = Pick<EventStore, 'capabilities' | 'append' | 'read'>;

/**
 * Records an act: in one append where the store takes it, else stream by stream. In parts every event says to which act it belongs, if that has a name; the
 * first write is appended first and alone, the last one last and alone, those between by stream, streams in the order in which they are met, but neighbours of
 * one concept that is `apart` at once and in any order. Everything is encoded and every revision looked at before anything is appended.
 * @throws StoreError as `append`; once `onRecorded` was told, the act is recorded in part: recording what is left of it under the same act finishes it
 */
export async function recordAct(
  store: Recording,
  { act, writes, unchanged = [], apart = new Set(), goesOn = false, onRecorded = () => undefined }: Act,
): Promise<RecordedAct> {
  const whole = async (): Promise<RecordedAct> => {
    const { first, last } = await store.append(writes(), unchanged);
    return { first, last };
  };
  if (takesActsWhole(store.capabilities)) return await whole();
  const measured = await measure(writes(), act);
  const size = { ...measured, streams: measured.streams.size };
  if ((!goesOn || act === undefined) && canAppendWhole(store.capabilities, size)) return await whole();
  await assertRevisions(store, measured.streams);
  const parts = new Parts(store, { act, apart, onRecorded }, measured);
  await parts.take(writes(), (index) => index === 0, unchanged);
  for (const portion of portionsOf(measured))
    await parts.take(writes(), (index, stream) => index > 0 && index < measured.writes - 1 && portion.has(stream));
  if (measured.writes > 1) await parts.take(writes(), (index) => index === measured.writes - 1);
  return parts.recorded;
}

interface StreamMeasure {
  readonly expected: number;
  next: number;
  /** Of the writes between the first and the last. */
  bytes: number;
}

interface Measured {
  readonly writes: number;
  readonly events: number;
  readonly bytes: number;
  /** Of each event, in order. */
  readonly sizes: readonly number[];
  /** In the order in which they are met. */
  readonly streams: ReadonlyMap<string, StreamMeasure>;
}

const asNumber = (revision: number | 'none'): number => (revision === 'none' ? NO_REVISION : revision);

/** @throws whatever `append` throws before it appends anything */
async function measure(writes: Iterable<StreamWrite>, act: string | undefined): Promise<Measured> {
  const streams = new Map<string, StreamMeasure>();
  const ids = new Set<string>();
  const sizes: number[] = [];
  let [count, bytes, ofLast] = [0, 0, 0];
  let last: StreamMeasure | undefined;
  for (const { stream, expected, events } of writes) {
    const measure = streams.get(stream) ?? { expected: asNumber(expected), next: asNumber(expected), bytes: 0 };
    if (measure.next !== asNumber(expected)) throw staleRevision(stream);
    if (ids.size + events.length > MAX_APPEND_EVENTS) throw tooLarge(`${MAX_APPEND_EVENTS} events`);
    ofLast = 0;
    for (const event of events) {
      if (ids.has(event.id)) throw duplicateEvent(event.id);
      ids.add(event.id);
      measure.next += 1;
      const { byteLength } = encodeUnstamped(event, stream, measure.next, act ?? event.id); // of several events each names the first
      sizes.push(byteLength);
      bytes += byteLength;
      ofLast += byteLength;
      if (bytes > MAX_APPEND_BYTES) throw tooLarge(`${MAX_APPEND_BYTES} bytes`);
      if (sizes.length % 1_000 === 0) await nextTurn();
    }
    if (count > 0) measure.bytes += ofLast;
    streams.set(stream, measure);
    last = measure;
    count += 1;
  }
  if (last && count > 1) last.bytes -= ofLast;
  return { writes: count, events: ids.size, bytes, sizes, streams };
}

async function assertRevisions(store: Recording, streams: ReadonlyMap<string, StreamMeasure>): Promise<void> {
  const all = [...streams];
  for (let from = 0; from < all.length; from += STREAMS_AT_ONCE)
    await Promise.all(
      all.slice(from, from + STREAMS_AT_ONCE).map(async ([stream, { expected }]) => {
        const { revision } = await store.read(stream, expected + 1);
        if (asNumber(revision) !== expected) throw staleRevision(stream);
      }),
    );
}

/** The streams between first and last write, so many at a time that their events may be held. */
function* portionsOf({ streams }: Measured): Generator<ReadonlySet<string>> {
  let portion = new Set<string>();
  let held = 0;
  for (const [stream, { bytes }] of streams) {
    if (bytes === 0) continue;
    if (held > 0 && held + bytes > PORTION_BYTES) {
      yield portion;
      [portion, held] = [new Set(), 0];
    }
    portion.add(stream);
    held += bytes;
  }
  if (held > 0) yield portion;
}

/** What is to be appended to a stream, and how large each event is. */
interface Held {
  expected: number | 'none';
  events: NewEvent[];
  sizes: number[];
}

/** Appends what it is given stream by stream, as much at a time as one append takes. */
class Parts {
  private first: bigint | undefined;
  private last = 0n;

  constructor(
    private readonly store: Recording,
    private readonly act: Pick<Act, 'act'> & Required<Pick<Act, 'apart' | 'onRecorded'>>,
    private readonly measured: Measured,
  ) {}

  get recorded(): RecordedAct {
    return { first: this.first ?? this.last, last: this.last };
  }

  /** Takes the writes wanted. Of the stream met first, which may be larger than what is to be held, the beginning is appended while the rest is read. */
  async take(
    writes: Iterable<StreamWrite>,
    wanted: (index: number, stream: string) => boolean,
    unchanged: readonly Unchanged[] = [],
  ): Promise<void> {
    const held = new Map<string, Held>();
    let first: Held | undefined;
    let [index, at] = [0, 0];
    for (const { stream, expected, events } of writes) {
      const own = wanted(index, stream);
      index += 1;
      if (!own) {
        at += events.length;
        continue;
      }
      const part = held.get(stream) ?? { expected, events: [], sizes: [] };
      held.set(stream, part);
      first ??= part;
      for (const event of events) {
        part.events.push(event);
        part.sizes.push(this.measured.sizes[at]!);
        at += 1;
        if (part === first && this.fitting(part) < part.events.length) await this.appendOnce(stream, part, unchanged);
      }
    }
    for (const group of this.groupsOf(held))
      await allOf(group.map(([stream, part]) => this.append(stream, part, unchanged)));
  }

  /** What may be appended at once. */
  private *groupsOf(held: ReadonlyMap<string, Held>): Generator<readonly (readonly [string, Held])[]> {
    let group: (readonly [string, Held])[] = [];
    let ofGroup: string | undefined;
    for (const [stream, part] of held) {
      const { concept } = streamParts(stream);
      const joins = concept === ofGroup && this.act.apart.has(concept) && group.length < STREAMS_AT_ONCE;
      if (group.length > 0 && !joins) {
        yield group;
        group = [];
      }
      group.push([stream, part]);
      ofGroup = concept;
    }
    if (group.length > 0) yield group;
  }

  private async append(stream: string, part: Held, unchanged: readonly Unchanged[]): Promise<void> {
    while (part.events.length > 0) await this.appendOnce(stream, part, unchanged);
  }

  /** Appends as many events of a stream as one append takes. */
  private async appendOnce(stream: string, part: Held, unchanged: readonly Unchanged[]): Promise<void> {
    const { expected } = part;
    const count = this.fitting(part);
    const events = part.events.splice(0, count);
    part.sizes.splice(0, count);
    part.expected = asNumber(expected) + count;
    const { first, last } = await this.store.append([{ stream, expected, events }], unchanged, this.act.act);
    this.act.onRecorded(count, { first, last });
    this.first ??= first;
    if (last > this.last) this.last = last;
  }

  /** How many events one append takes: one at least. */
  private fitting({ sizes }: Held): number {
    const { maxAppendEvents, maxAppendBytes } = this.store.capabilities;
    let [count, bytes] = [0, 0];
    while (count < sizes.length && count < maxAppendEvents && (bytes += sizes[count]!) <= maxAppendBytes) count += 1;
    return Math.max(count, 1);
  }
}

/** Waits for all, and only then fails as the first of them that failed. */
async function allOf(appends: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(appends)) if (outcome.status === 'rejected') throw outcome.reason;
}
