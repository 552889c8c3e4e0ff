import type { Envelope, EventBody, PositionedEvent } from '@plumbline/kernel';

/** An event on its way in: everything but what the store gives it (stream, revision, the stamp `recordedAt` and the act). Sealed fields are already ciphertext. */
export type NewEvent<E extends EventBody = EventBody> = Omit<Envelope, 'stream' | 'revision' | 'recordedAt' | 'act'> &
  E;

/** Events for one stream, at an exact revision. There is no "any". */
export interface StreamWrite {
  readonly stream: string;
  /** Revision of the stream's last event as the writer knows it, or `'none'` when it has none. */
  readonly expected: number | 'none';
  readonly events: readonly NewEvent[];
}

/** A stream that must stand exactly at this revision when the append commits, though nothing is written to it. */
export interface Unchanged {
  readonly stream: string;
  readonly revision: number | 'none';
}

export interface AppendedEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly recordedAt: string;
}

/** What an append answers: the positions of first and last event, and each event's coordinates in the order given. */
export interface Appended {
  readonly first: bigint;
  readonly last: bigint;
  readonly events: readonly AppendedEvent[];
}

export interface LoadedStream {
  readonly stream: string;
  /** `'none'` when the stream has no event. */
  readonly revision: number | 'none';
  readonly events: readonly PositionedEvent[];
}

export interface ReadAllFilter {
  /** Only these types; left out: every type. */
  readonly types?: readonly string[];
  /** Only up to and including this position. */
  readonly upTo?: bigint;
}

/** A page of the log. `through` is how far it was read, past filtered events too: the next page's `after` and a reader's checkpoint. */
export interface Page {
  readonly events: readonly PositionedEvent[];
  readonly through: bigint;
}

export interface Head {
  /** 0n for an empty log; positions are greater than 0n. */
  readonly position: bigint;
  /** Id of the last event, null for an empty log. */
  readonly event: string | null;
  /** Running maximum of `recordedAt` up to the head, null for an empty log. */
  readonly knownAt: string | null;
}

export interface Capabilities {
  /** Positions are 1, 2, 3 … without gaps. */
  readonly densePositions: boolean;
  /** Several streams in one append commit together or not at all. */
  readonly atomicMultiStream: boolean;
  /** `unchanged` is asserted in the same commit (else checked just before). */
  readonly assertsUnchanged: boolean;
  /** What one append takes at most. */
  readonly maxAppendEvents: number;
  readonly maxAppendBytes: number;
}

/**
 * How an append or read can fail, beside programming errors. Nothing was written, except for `outcome-unknown`, which a caller settles by reloading.
 * `stream-deleted`: someone deleted a stream of the log by other means, which no repetition cures. `unfinished-act`: an act recorded in parts still lacks its end.
 */
export type StoreFailure =
  | 'stale-revision'
  | 'duplicate-event'
  | 'too-large'
  | 'outcome-unknown'
  | 'unavailable'
  | 'unknown-position'
  | 'stream-deleted'
  | 'unfinished-act';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly failure: StoreFailure,
    message: string,
    readonly stream?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** One append's limits: more is refused with the limit in the message. */
export const MAX_APPEND_EVENTS = 250_000;
export const MAX_APPEND_BYTES = 256 * 1024 * 1024;
/** One event's limit, the same in every store (KurrentDB's default is 1 MiB an append call). */
export const MAX_EVENT_BYTES = 1_000_000;

/** The log. Memory, Postgres and KurrentDB are independent adapters under one contract suite. */
export interface EventStore {
  readonly capabilities: Capabilities;
  /**
   * Appends to one or several streams, all or nothing. `writes` is consumed once, lazily, and every event is encoded before anything is locked: an
   * iterable that throws appends nothing. A stream may occur several times; later writes then expect the revision that earlier ones leave.
   * More than one stream where the store cannot take several at once is `too-large`, and appends nothing: `recordAct` records it in parts.
   * @param act names the act that this append is a part of, a uuid that is no event's id; left out, the append is an act of its own
   * @throws StoreError `stale-revision` | `duplicate-event` | `too-large` | `outcome-unknown` | `unavailable`
   */
  append(writes: Iterable<StreamWrite>, unchanged?: readonly Unchanged[], act?: string): Promise<Appended>;
  /** One stream, oldest first, from `fromRevision` (0 unless said). */
  read(stream: string, fromRevision?: number): Promise<LoadedStream>;
  /** Many streams at once, in the order asked; missing ones come with revision `'none'`. */
  readMany(streams: readonly string[]): Promise<readonly LoadedStream[]>;
  /** One page of at most `limit` events after a position, in order of position. Bounded memory. */
  readPage(after: bigint, limit: number, filter?: ReadAllFilter): Promise<Page>;
  /** All events after a position, page by page, up to the head as it was when the first page was read. */
  readAll(after: bigint, filter?: ReadAllFilter): AsyncIterable<PositionedEvent>;
  /** Pages after a position for as long as the signal allows: history, then live. Yields an empty page (with `through`) when caught up to the head. */
  subscribe(
    after: bigint,
    options: { readonly signal: AbortSignal; readonly filter?: ReadAllFilter; readonly pageSize?: number },
  ): AsyncIterable<Page>;
  /** In the order asked; ids that no event has are left out. */
  readByIds(ids: readonly string[]): Promise<readonly PositionedEvent[]>;
  head(): Promise<Head>;
  /** The event at exactly this position with its `knownAt`. @throws StoreError `unknown-position` */
  at(position: bigint): Promise<{ readonly event: string; readonly knownAt: string }>;
  /** The head of the log as it was up to a position, whether or not an event stands there. */
  headAt(position: bigint): Promise<Head>;
  /** The last position whose `knownAt` is before this instant; 0n when there is none. */
  positionBefore(instant: string): Promise<bigint>;
  close(): Promise<void>;
}
