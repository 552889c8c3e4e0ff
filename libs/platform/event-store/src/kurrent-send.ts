import { setTimeout as sleep } from 'node:timers/promises';
import { type EventData, type KurrentDBClient, NO_STREAM } from '@kurrent/kurrentdb-client';
import { NO_REVISION, staleRevision } from './encode-append';
import { isLost, pauseBefore, type Patience, ReplaceableClient, within } from './kurrent-client';
import { deletedStream, type Fault, faultOf, nodesOf, unavailable } from './kurrent-faults';
import type { KurrentReader } from './kurrent-read';
import { StoreError } from './port';

/** Events for one stream, with the revision at which it must stand (-1 for none) and their bytes. */
export interface StreamSending {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly { readonly data: EventData; readonly bytes: Uint8Array }[];
}

/**
 * Appends on their way on one client. The client awaits writes inside a promise whose failure nobody can catch, once sixteen of them wait for the line: so no
 * more than this many share one.
 */
const ON_A_LINE = 15;
const LINES = 6;

class Line {
  onTheWay = 0;
  constructor(readonly client: ReplaceableClient) {}
}

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
  private readonly lines: Line[] = [];
  private readonly waiting: ((line: Line) => void)[] = [];
  /** The node has not been there for some time: do not wait for it at each append. */
  private away = false;

  constructor(
    private readonly options: SendOptions,
    private readonly reader: KurrentReader,
  ) {}

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
        return position;
      } catch (thrown) {
        error = thrown;
      }
      if (error instanceof StoreError) throw error;
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
        return (wasUnclear ? await this.recorded(sendings) : undefined) ?? this.stale(sendings, cause);
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
  private async attempt(sendings: readonly StreamSending[], answerMs: number): Promise<bigint> {
    const line = await this.line();
    try {
      return await line.client.using((client) => within(answerMs, this.call(client, sendings)));
    } finally {
      const next = this.waiting.shift();
      if (next) next(line);
      else line.onTheWay -= 1;
    }
  }

  private async call(client: KurrentDBClient, sendings: readonly StreamSending[]): Promise<bigint> {
    const [only] = sendings;
    if (sendings.length === 1) {
      const { position, nextExpectedRevision } = await client.appendToStream(
        this.options.prefix + only!.stream,
        only!.events.map(({ data }) => data),
        { streamState: stateOf(only!.expected) },
      );
      // Where a deleted stream goes on the server counts on from what was deleted.
      if (nextExpectedRevision !== BigInt(only!.expected + only!.events.length)) throw deletedStream(only!.stream);
      return position!.commit;
    }
    const { position } = await client.multiStreamAppend(
      sendings.map(({ stream, expected, events }) => ({
        streamName: this.options.prefix + stream,
        expectedState: stateOf(expected),
        events: events.map(({ data }) => data),
      })),
    );
    return position;
  }

  private line(): Promise<Line> | Line {
    const freest = this.lines.reduce<Line | undefined>(
      (best, line) => (best && best.onTheWay <= line.onTheWay ? best : line),
      undefined,
    );
    if (freest && freest.onTheWay < ON_A_LINE) {
      freest.onTheWay += 1;
      return freest;
    }
    if (this.lines.length < LINES) {
      const line = new Line(new ReplaceableClient(this.options.url, this.options.patience));
      line.onTheWay = 1;
      this.lines.push(line);
      return line;
    }
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.lines.map(({ client }) => client.close()));
  }
}

const stateOf = (expected: number): bigint | typeof NO_STREAM =>
  expected === NO_REVISION ? NO_STREAM : BigInt(expected);

const unknown = (cause: unknown): StoreError =>
  new StoreError(
    'outcome-unknown',
    'KurrentDB did not say whether it recorded the append; read the stream to see whether it did',
    undefined,
    { cause },
  );
