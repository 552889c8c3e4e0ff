import { setTimeout as sleep } from 'node:timers/promises';
import { binaryEvent, type KurrentDBClient, NO_STREAM } from '@kurrent/kurrentdb-client';
import { NO_REVISION, staleRevision } from './encode-append';
import { appendOn } from './kurrent-calls';
import { isLost, pauseBefore, type Patience, ReplaceableClient, within } from './kurrent-client';
import { deletedStream, type Fault, faultOf, nodesOf, unavailable } from './kurrent-faults';
import type { KurrentReader } from './kurrent-read';
import type { WireAppend } from './kurrent-wire';
import { StoreError } from './port';

/** Events for one stream by its name in the log. */
export type StreamSending = WireAppend;

export interface SendOptions {
  readonly url: string;
  readonly prefix: string;
  readonly patience: Patience;
  /** How long an append whose outcome is not clear is repeated. */
  readonly settleMs: number;
}

/**
 * Sends appends. What may or may not have been written is sent again, the same bytes under the same ids at the same revision, until that is known: the server
 * writes it once.
 */
export class KurrentSender {
  private readonly client: ReplaceableClient;
  /** The node has not been there for some time: do not wait for it at each append. */
  private away = false;

  constructor(
    private readonly options: SendOptions,
    private readonly reader: KurrentReader,
  ) {
    this.client = new ReplaceableClient(options.url, options.patience);
  }

  /**
   * All of it or nothing.
   * @returns the position of the last event
   * @throws StoreError `stale-revision` | `stream-deleted` | `too-large` | `outcome-unknown` | `unavailable`
   */
  async send(sendings: readonly StreamSending[]): Promise<bigint> {
    const { patience, settleMs } = this.options;
    let since = Date.now();
    const { away } = this;
    let unclear: unknown;
    for (let attempt = 0; ; attempt++) {
      let error: unknown;
      try {
        const position = await this.attempt(sendings, patience.answerMs * (attempt + 1));
        this.away = false;
        return position ?? (await this.whereRecorded(sendings));
      } catch (thrown) {
        error = thrown;
      }
      if (error instanceof StoreError) throw unclear === undefined ? error : unlessKnown(error);
      const fault = faultOf(error);
      const found = await this.refused(fault, sendings, unclear !== undefined, error);
      if (found !== undefined) return found;
      if (fault.kind === 'unclear' && unclear === undefined) {
        unclear = error;
        since = Date.now();
      }
      const patient = unclear === undefined ? patience.patienceMs : settleMs;
      const enough = away && attempt > 0 && unclear === undefined;
      const pause = pauseBefore(attempt, 1_000);
      if (fault.kind === 'denied' || enough || Date.now() + pause > since + patient) {
        this.away = isLost(fault);
        throw unclear === undefined ? unavailable(nodesOf(this.options.url), fault, error) : unknown(unclear);
      }
      await sleep(pause);
    }
  }

  /** What a refusal for good means; after an outcome that was not clear it may be that of our own earlier attempt. */
  private async refused(
    fault: Fault,
    sendings: readonly StreamSending[],
    wasUnclear: boolean,
    cause: unknown,
  ): Promise<bigint | undefined> {
    switch (fault.kind) {
      case 'wrong-revision':
        return (
          (wasUnclear ? await this.recorded(sendings).catch(unlessKnown) : undefined) ?? this.stale(sendings, cause)
        );
      case 'stream-not-found':
      case 'stream-deleted':
        throw deletedStream(this.streamNamed(cause, sendings));
      case 'too-large':
        throw new StoreError(
          'too-large',
          `one append takes at most ${fault.limit ?? 'what the server allows, in'} bytes; split it`,
          undefined,
          { cause },
        );
      case 'denied':
      case 'not-leader':
      case 'unreachable':
      case 'unclear':
        return undefined;
    }
  }

  private stale(sendings: readonly StreamSending[], cause: unknown): never {
    throw staleRevision(this.streamNamed(cause, sendings));
  }

  private streamNamed(error: unknown, sendings: readonly StreamSending[]): string {
    const { streamName } = error as { readonly streamName?: unknown };
    const own = typeof streamName === 'string' ? streamName.slice(this.options.prefix.length) : '';
    return sendings.some(({ stream }) => stream === own) ? own : sendings[0]!.stream;
  }

  /** The position of the last event of what the server says is recorded. */
  private async whereRecorded(sendings: readonly StreamSending[]): Promise<bigint> {
    const position = await this.recorded(sendings).catch(unlessKnown);
    if (position === undefined) throw deletedStream(sendings.at(-1)!.stream);
    return position;
  }

  /** The position of the last event, when what is written where it was to go is just this. */
  private async recorded(sendings: readonly StreamSending[]): Promise<bigint | undefined> {
    let last: bigint | undefined;
    for (const { stream, expected, events } of sendings) {
      const there = await this.reader.stream(stream, expected + 1, events.length);
      if (there === 'missing' || there.length < events.length) return undefined;
      if (!events.every(({ bytes }, n) => Buffer.from(bytes).equals(there[n]!.bytes))) return undefined;
      const { position } = there.at(-1)!;
      if (last === undefined || position > last) last = position;
    }
    return last;
  }

  /** @param answerMs longer each time: a server that is slow only must not be asked the same ever more often */
  private attempt(sendings: readonly StreamSending[], answerMs: number): Promise<bigint | undefined> {
    return this.client.using((client) => this.call(client, sendings, answerMs));
  }

  /** @returns the position of the last event; undefined when it is recorded and the server does not say where */
  private async call(
    client: KurrentDBClient,
    sendings: readonly StreamSending[],
    answerMs: number,
  ): Promise<bigint | undefined> {
    const { prefix } = this.options;
    if (sendings.length === 1) {
      const { stream, expected, events } = sendings[0]!;
      const appended = await appendOn(client, { stream: prefix + stream, expected, events }, answerMs);
      // Where a deleted stream goes on the server counts on from what was deleted.
      if (appended.revision !== BigInt(expected + events.length)) throw deletedStream(stream);
      return appended.position;
    }
    const several = client.multiStreamAppend(
      sendings.map(({ stream, expected, events }) => ({
        streamName: prefix + stream,
        expectedState: expected === NO_REVISION ? NO_STREAM : BigInt(expected),
        events: events.map(({ id, type, bytes }) => binaryEvent({ id, type, data: bytes })),
      })),
    );
    return (await within(answerMs, several)).position;
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

const unknown = (cause: unknown): StoreError =>
  new StoreError(
    'outcome-unknown',
    'KurrentDB did not say whether it recorded the append; read the stream to see whether it did',
    undefined,
    { cause },
  );

/** What may be recorded is not to be taken for what is not, though it cannot be looked for. */
function unlessKnown(error: unknown): never {
  throw error instanceof StoreError && error.failure === 'unavailable' ? unknown(error) : error;
}
