import { hash } from 'node:crypto';
import type { Instant } from '@plumbline/kernel';
import {
  appendedAt,
  duplicateEvent,
  type EncodedAppend,
  eventBytes,
  NO_REVISION,
  staleRevision,
  stampPart,
} from './encode-append';
import { uuidV8 } from './ids';
import { deletedStream } from './kurrent-faults';
import type { PositionIndex } from './kurrent-index';
import type { KurrentReader } from './kurrent-read';
import type { KurrentSender, StreamSending } from './kurrent-send';
import type { KurrentTail } from './kurrent-tail';
import { Turns } from './kurrent-turns';
import type { WireEvent } from './kurrent-wire';
import { type Appended, type AppendedEvent, StoreError } from './port';

/**
 * The id under which KurrentDB keeps an event: made of its bytes, not the event's own. The server tells repetitions by ids alone; so only the very same bytes
 * are a repetition, and another event with the same id is the conflict that it is.
 */
export const wireId = (bytes: Uint8Array): string => uuidV8(hash('sha256', bytes, 'buffer'));

const ASKED_AT_ONCE = 16;

/** Appending to KurrentDB: what it does not check itself (ids, streams that must stand) is checked just before. */
export class KurrentAppender {
  private readonly turns = new Turns();
  private seen: Instant = '';
  private asking: { readonly streams: string[]; readonly known: Promise<ReadonlySet<string>> } | undefined;

  constructor(
    private readonly sender: KurrentSender,
    private readonly reader: KurrentReader,
    private readonly index: PositionIndex,
    private readonly tail: KurrentTail,
    private readonly clock: () => Instant,
  ) {}

  async append(append: EncodedAppend): Promise<Appended> {
    const ids = append.parts.flatMap((part) => part.ids);
    const endTurn = await this.turns.take([...append.streams.keys(), ...append.unchanged.keys(), ...ids]);
    try {
      await this.tail.begun();
      if (append.unchanged.size > 0) await this.assertUnchanged(append);
      const doubtful = ids.filter((id) => this.tail.ids.mayHave(id));
      if (doubtful.length > 0) await this.assertNew(append, doubtful);
      const begun = [...append.streams].flatMap(([stream, { expected }]) => (expected === NO_REVISION ? [stream] : []));
      if (begun.length > 0) await this.assertNotDeleted(begun);
      const recordedAt = this.now();
      const sendings = sendingsOf(append, recordedAt);
      this.tail.ids.add(ids); // before they are sent: an append whose outcome nobody knows may be recorded
      const last = await this.sender.send(sendings);
      const appended = await this.told(append, sendings, last, recordedAt);
      this.tail.wake();
      return appended;
    } finally {
      endTurn();
    }
  }

  private now(): Instant {
    for (const instant of [this.clock(), this.tail.head.last?.knownAt ?? ''])
      if (instant > this.seen) this.seen = instant;
    return this.seen;
  }

  private async assertUnchanged({ unchanged }: EncodedAppend): Promise<void> {
    const asserted = [...unchanged];
    for (let at = 0; at < asserted.length; at += ASKED_AT_ONCE)
      await Promise.all(
        asserted.slice(at, at + ASKED_AT_ONCE).map(async ([stream, revision]) => {
          if ((await this.revisionOf(stream)) !== revision) throw staleRevision(stream);
        }),
      );
  }

  private async revisionOf(stream: string): Promise<number> {
    return (await this.reader.lastOf(stream))?.revision ?? NO_REVISION;
  }

  /** No id twice. A stream that stands elsewhere than expected is said first: then it may be this very append that was recorded before. */
  private async assertNew({ streams }: EncodedAppend, ids: readonly string[]): Promise<void> {
    await this.tail.advance();
    const [twice] = await this.index.byIds(ids);
    if (!twice) return;
    for (const [stream, { expected }] of streams)
      if ((await this.revisionOf(stream)) !== expected) throw staleRevision(stream);
    throw duplicateEvent(twice.id);
  }

  /** To the server a deleted stream is one that is not there yet, whose revisions go on: events would be recorded under the wrong ones. */
  private async assertNotDeleted(streams: readonly string[]): Promise<void> {
    const known = await this.ask(streams);
    for (const stream of streams)
      if (known.has(stream)) {
        if ((await this.reader.lastOf(stream)) === undefined) throw deletedStream(stream);
        throw staleRevision(stream);
      }
  }

  /** Which of these streams the index knows; appends of one turn of the process ask it together. */
  private ask(streams: readonly string[]): Promise<ReadonlySet<string>> {
    this.asking ??= this.beginAsking();
    this.asking.streams.push(...streams);
    return this.asking.known;
  }

  private beginAsking(): NonNullable<typeof this.asking> {
    const streams: string[] = [];
    const known = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      this.asking = undefined;
      return new Set((await this.index.revisions(streams)).keys());
    });
    return { streams, known };
  }

  /** The server tells where the last event stands only; where others do is read. */
  private async told(
    append: EncodedAppend,
    sendings: readonly StreamSending[],
    last: bigint,
    recordedAt: Instant,
  ): Promise<Appended> {
    if (append.count === 1) return appendedAt(append, last, recordedAt);
    const positions = new Map<string, bigint>();
    for (const { stream, expected, events } of sendings) {
      const there = await this.reader.stream(stream, expected + 1, events.length).catch(unclear);
      if (there === 'missing' || there.length < events.length)
        throw new StoreError(
          'outcome-unknown',
          'KurrentDB recorded the append but does not show it; read the stream again',
          stream,
        );
      for (const { revision, position } of there) positions.set(`${revision} ${stream}`, position);
    }
    const events = append.parts.flatMap(({ ids, streams, revisions }) =>
      ids.map((id, at): AppendedEvent => {
        const stream = streams[at]!;
        const revision = revisions[at]!;
        return { id, stream, revision, position: positions.get(`${revision} ${stream}`)!, recordedAt };
      }),
    );
    const ordered = events.map(({ position }) => position).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return { first: ordered[0]!, last: ordered.at(-1)!, events };
  }
}

/** It is recorded; whoever cannot be told where looks for it. */
const unclear = (cause: unknown): never => {
  throw new StoreError(
    'outcome-unknown',
    'KurrentDB recorded the append but went away before it said where; read the stream',
    undefined,
    { cause },
  );
};

/** An append stream by stream, in the order in which each occurs first. */
function sendingsOf({ parts, streams }: EncodedAppend, recordedAt: Instant): readonly StreamSending[] {
  const events = new Map<string, WireEvent[]>();
  for (const part of parts) {
    stampPart(part, recordedAt);
    for (const [at, stream] of part.streams.entries()) {
      const bytes = eventBytes(part, at);
      const own = events.get(stream) ?? [];
      own.push({ id: wireId(bytes), type: part.types[at]!, bytes });
      events.set(stream, own);
    }
  }
  return [...events].map(([stream, own]) => ({ stream, expected: streams.get(stream)!.expected, events: own }));
}
