import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { DoubleLog, DoubleRecord } from './kurrent-double-log.testing';
import {
  callError,
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  filterOf,
  notFoundMessage,
  streamDeleted,
  streamNameOf,
} from './kurrent-double-messages.testing';

type ReadCall = grpc.ServerWritableStream<streams.ReadReq, streams.ReadResp>;

const { status } = grpc;
const LIVE_BUFFER = 32;
const SEARCH_WINDOW = 32;
const tooSlow = () =>
  callError(
    status.ABORTED,
    'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.',
  );

/** Until the line takes more, or nobody listens any longer. */
function drained(call: ReadCall): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const name of ['drain', 'cancelled', 'close']) call.off(name, done);
      resolve();
    };
    for (const name of ['drain', 'cancelled', 'close']) call.on(name, done);
  });
}

/** Everything that the double reads out: a stream or the log, forwards and backwards, and subscriptions. */
export class DoubleReader {
  /** After how many events the next reads are cut. */
  readonly cutReadAfter: number[] = [];
  cutSubscriptionAfter: number | undefined;
  /** Milliseconds that looking through five hundred records of others takes. */
  searchMs = 0;
  private searched = 0;
  /** Lines on which reads fail for ever. */
  readonly refused = new Set<number>();
  private readonly drops = new Set<() => void>();

  constructor(
    private readonly log: DoubleLog,
    private readonly cut: (peer: string) => void,
  ) {}

  get live(): number {
    return this.drops.size;
  }

  dropSlowConsumers(): void {
    for (const drop of [...this.drops]) drop();
  }

  read(call: ReadCall, peer: number): void {
    const options = call.request.getOptions()!;
    const work = options.hasSubscription() ? this.subscribe(call, options) : this.once(call, options, peer);
    work.catch((error: unknown) => call.emit('error', error));
  }

  private async once(call: ReadCall, options: streams.ReadReq.Options, peer: number): Promise<void> {
    if (this.refused.has(peer)) throw callError(status.UNAVAILABLE, 'Server Is Not Ready');
    const count = BigInt(options.getCount());
    if (count === 0n) throw callError(status.UNAVAILABLE, 'maxCount must be positive');
    const cutAfter = this.cutReadAfter.shift();
    const records = options.hasAll() ? this.ofLog(options) : this.ofStream(options);
    if (records === 'missing') {
      call.write(notFoundMessage(streamNameOf(options.getStream()!.getStreamIdentifier())));
      return void call.end();
    }
    const matches = filterOf(options);
    let sent = 0;
    for (const record of records) {
      if (cutAfter !== undefined && sent >= cutAfter) break;
      if (BigInt(sent) >= count || call.cancelled) break;
      if (!matches(record)) {
        await this.search();
        continue;
      }
      sent += 1;
      if (!call.write(eventMessage(record, true))) await drained(call);
    }
    if (cutAfter === undefined) call.end();
    else setTimeout(() => this.cut(call.getPeer()), 5); // what was sent before is on its way
  }

  private ofStream(options: streams.ReadReq.Options): readonly DoubleRecord[] | 'missing' {
    const at = options.getStream()!;
    const name = streamNameOf(at.getStreamIdentifier());
    const records = this.log.read(name);
    if (records === 'tombstoned') throw streamDeleted(name);
    if (records === 'missing') return 'missing';
    const revision = at.hasRevision() ? BigInt(at.getRevision()) : undefined;
    if (options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS)
      return at.hasEnd() ? [] : records.filter((record) => record.revision >= (revision ?? 0n));
    return records.filter((record) => at.hasEnd() || record.revision <= (revision ?? 0n)).reverse();
  }

  private *ofLog(options: streams.ReadReq.Options): Generator<DoubleRecord> {
    const at = options.getAll()!;
    const position = at.hasPosition() ? BigInt(at.getPosition()!.getCommitPosition()) : undefined;
    if (position !== undefined && this.log.indexOf(position) < 0)
      throw callError(status.UNAVAILABLE, 'the position is not that of a record');
    const { records } = this.log;
    if (options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS) {
      const end = records.length;
      for (let index = at.hasEnd() ? end : this.log.indexFrom(position ?? 0n); index < end; index++)
        yield records[index]!;
      return;
    }
    const before = at.hasEnd() ? records.length : this.log.indexFrom(position ?? 0n);
    for (let index = before - 1; index >= 0; index--) yield records[index]!;
  }

  private async search(): Promise<void> {
    this.searched += 1;
    if (this.searchMs > 0 && this.searched % 500 === 0) await sleep(this.searchMs);
  }

  private async subscribe(call: ReadCall, options: streams.ReadReq.Options): Promise<void> {
    const stream = options.hasStream() ? streamNameOf(options.getStream()!.getStreamIdentifier()) : undefined;
    if (stream !== undefined && this.log.read(stream) === 'tombstoned') throw streamDeleted(stream);
    const ofFilter = filterOf(options);
    const matches = (record: DoubleRecord): boolean =>
      (stream === undefined || record.stream === stream) && ofFilter(record);
    const filter = options.getFilter();
    const window = (filter?.getMax() || SEARCH_WINDOW) * (filter?.getCheckpointintervalmultiplier() || 1);
    call.write(confirmationMessage(randomUUID()));
    let considered = 0;
    const send = (record: DoubleRecord): boolean => {
      considered += 1;
      let goesOn = true;
      if (matches(record)) {
        if (this.cutSubscriptionAfter !== undefined && this.cutSubscriptionAfter-- <= 0) {
          this.cutSubscriptionAfter = undefined;
          this.cut(call.getPeer());
          return true;
        }
        goesOn = call.write(eventMessage(record, false));
      }
      if (filter && considered % window === 0) call.write(checkpointMessage(record.position));
      return goesOn;
    };
    let index = this.startOf(options);
    for (; index < this.log.records.length && !call.cancelled; index++) {
      if (!send(this.log.records[index]!)) await drained(call);
      await this.search();
    }
    if (call.cancelled) return;
    call.write(caughtUpMessage());
    this.goLive(call, send);
  }

  /** Index of the first record to send: a subscription begins after the position or revision that it names. */
  private startOf(options: streams.ReadReq.Options): number {
    const all = options.getAll();
    if (all) {
      if (all.hasEnd()) return this.log.records.length;
      return all.hasPosition() ? this.log.indexFrom(BigInt(all.getPosition()!.getCommitPosition()) + 1n) : 0;
    }
    const at = options.getStream()!;
    if (at.hasEnd()) return this.log.records.length;
    if (at.hasStart()) return 0;
    const name = streamNameOf(at.getStreamIdentifier());
    const index = this.log.records.findIndex(
      ({ stream, revision }) => stream === name && revision > BigInt(at.getRevision()),
    );
    return index < 0 ? this.log.records.length : index;
  }

  /** Live: who does not take what is sent for longer than the buffer lasts is dropped. */
  private goLive(call: ReadCall, send: (record: DoubleRecord) => boolean): void {
    const waiting: DoubleRecord[] = [];
    let blocked = false;
    const pump = (): void => {
      blocked = false;
      while (!blocked && waiting.length > 0) blocked = !send(waiting.shift()!);
    };
    const drop = (): void => {
      end();
      call.emit('error', tooSlow());
    };
    const stop = this.log.onWritten((record) => {
      waiting.push(record);
      if (!blocked) pump();
      if (waiting.length > LIVE_BUFFER) drop();
    });
    const end = (): void => {
      stop();
      this.drops.delete(drop);
    };
    this.drops.add(drop);
    call.on('drain', pump);
    call.on('cancelled', end);
    call.on('close', end);
  }
}
