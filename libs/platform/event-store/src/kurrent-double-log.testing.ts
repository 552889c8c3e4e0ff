/** What KurrentDB keeps of an event. */
export interface DoubleRecord {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export type ProposedRecord = Pick<DoubleRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type ExpectedState = bigint | 'no-stream' | 'stream-exists' | 'any';

/** How an append ends; everything but `written` left the log as it was. */
export type DoubleAppend =
  | { readonly outcome: 'written' | 'already-written'; readonly revision: bigint; readonly position: bigint }
  | { readonly outcome: 'wrong-expected-version'; readonly current: bigint | 'no-stream' }
  | { readonly outcome: 'stream-deleted' }
  | { readonly outcome: 'too-large' };

interface StreamState {
  readonly records: DoubleRecord[];
  /** Revisions below are deleted: they stay in `$all`, but no read of the stream gives them. */
  truncateBefore: bigint;
  tombstoned: boolean;
}

export const MAX_APPEND_SIZE = 1_048_576;
const DELETED_REVISION = 9_223_372_036_854_775_807n;
const NOTHING = new Uint8Array();

/** The log behind the protocol double: positions with gaps, revisions, idempotence and deletions as an EventStoreDB 23.10 shows them. */
export class DoubleLog {
  readonly records: DoubleRecord[] = [];
  readonly streams = new Map<string, StreamState>();
  /** A repetition whose event the server cannot read any more is told without a position. */
  repetitionsHaveNoPosition = false;
  private next = 1_000n;
  private readonly listeners = new Set<(record: DoubleRecord) => void>();

  /** Appends to several streams, all or none; `already-written` when every one of them holds just these ids where they were to go. */
  append(
    writes: readonly {
      readonly stream: string;
      readonly expected: ExpectedState;
      readonly records: readonly ProposedRecord[];
    }[],
  ): DoubleAppend & { readonly stream: string } {
    const outcomes = writes.map(({ stream, expected, records }) => ({
      stream,
      ...this.check(stream, expected, records),
    }));
    const failed = outcomes.find(({ outcome }) => outcome !== 'written' && outcome !== 'already-written');
    if (failed) return failed;
    if (outcomes.every(({ outcome }) => outcome === 'already-written')) return outcomes.at(-1)!;
    let last: DoubleRecord | undefined;
    for (const { stream, records } of writes) for (const record of records) last = this.write(stream, record);
    return {
      stream: writes.at(-1)!.stream,
      outcome: 'written',
      revision: last?.revision ?? 0n,
      position: last?.position ?? 0n,
    };
  }

  /** Ids are compared, data is not; a stream that stands elsewhere is looked through from the expected revision on. */
  private check(stream: string, expected: ExpectedState, records: readonly ProposedRecord[]): DoubleAppend {
    const state = this.streams.get(stream);
    if (state?.tombstoned === true) return { outcome: 'stream-deleted' };
    const size = records.reduce(
      (sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length,
      0,
    );
    if (size > MAX_APPEND_SIZE) return { outcome: 'too-large' };
    const current = BigInt(state?.records.length ?? 0) - 1n;
    const deleted = state !== undefined && current < state.truncateBefore;
    const written = { outcome: 'written', revision: 0n, position: 0n } as const;
    if (expected === 'any') return written;
    if (expected === 'stream-exists')
      return deleted ? { outcome: 'stream-deleted' } : current >= 0n ? written : wrong(current);
    if (deleted && expected === 'no-stream') return written;
    const from = expected === 'no-stream' ? -1n : expected;
    if (from === current) return written;
    if (from > current) return wrong(current);
    const there = records.map((_, n) => state!.records[Number(from) + 1 + n]);
    const last = there.at(-1);
    if (last && there.every((record, n) => record?.id === records[n]!.id))
      return {
        outcome: 'already-written',
        revision: last.revision,
        position: this.repetitionsHaveNoPosition ? -1n : last.position,
      };
    return wrong(current);
  }

  private write(stream: string, record: ProposedRecord): DoubleRecord {
    const state = this.streamState(stream);
    const written = this.record(stream, BigInt(state.records.length), record);
    state.records.push(written);
    return written;
  }

  private record(stream: string, revision: bigint, record: ProposedRecord): DoubleRecord {
    const written = { ...record, stream, revision, position: this.next, created: Date.now() };
    this.next += BigInt(150 + stream.length + record.data.length);
    this.records.push(written);
    for (const listener of this.listeners) listener(written);
    return written;
  }

  private streamState(stream: string): StreamState {
    const state = this.streams.get(stream) ?? { records: [], truncateBefore: 0n, tombstoned: false };
    this.streams.set(stream, state);
    return state;
  }

  /** A record is gone from `$all`, as after a scavenge. */
  remove(position: bigint): void {
    this.records.splice(this.indexOf(position), 1);
  }

  /** As if others had written so many bytes here. */
  skip(bytes: bigint): void {
    this.next += bytes;
  }

  /** What the server itself writes, between the events of its users. */
  system(stream: string, type: string): void {
    this.write(stream, {
      id: '00000000-0000-4000-8000-000000000000',
      type,
      contentType: 'application/json',
      data: NOTHING,
      metadata: NOTHING,
    });
  }

  /** Soft: what was there stays in `$all`, and revisions go on when the stream is written to again. */
  delete(stream: string): void {
    const state = this.streamState(stream);
    state.truncateBefore = BigInt(state.records.length);
    this.system(`$$${stream}`, '$metadata');
  }

  tombstone(stream: string): void {
    this.streamState(stream).tombstoned = true;
    this.record(stream, DELETED_REVISION, {
      id: '00000000-0000-4000-8000-000000000001',
      type: '$streamDeleted',
      contentType: 'application/json',
      data: NOTHING,
      metadata: NOTHING,
    });
  }

  /** What a read of a stream gives, oldest first; `missing` also for a deleted one. */
  read(stream: string): readonly DoubleRecord[] | 'missing' | 'tombstoned' {
    const state = this.streams.get(stream);
    if (state?.tombstoned === true) return 'tombstoned';
    if (!state || BigInt(state.records.length) <= state.truncateBefore) return 'missing';
    return state.records.slice(Number(state.truncateBefore));
  }

  /** Index of the record at a position, or -1 where none stands. */
  indexOf(position: bigint): number {
    const index = this.indexFrom(position);
    return this.records[index]?.position === position ? index : -1;
  }

  /** Index of the first record at a position or after it. */
  indexFrom(position: bigint): number {
    let [low, high] = [0, this.records.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.records[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  onWritten(listener: (record: DoubleRecord) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

const wrong = (current: bigint): DoubleAppend => ({
  outcome: 'wrong-expected-version',
  current: current < 0n ? 'no-stream' : current,
});
