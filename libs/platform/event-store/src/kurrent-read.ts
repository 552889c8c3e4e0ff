import { BACKWARDS, END, FORWARDS, type RecordedEvent, START, streamNameFilter } from '@kurrent/kurrentdb-client';
import type { PositionedEvent } from '@plumbline/kernel';
import { decodeEvent } from './encode';
import { type Patience, type ReplaceableClient, within } from './kurrent-client';
import { deletedStream, faultOf } from './kurrent-faults';
import type { Place } from './kurrent-index';
import { StoreError } from './port';

/** An event as KurrentDB gives it, with its stream's name in the log. */
export interface FoundEvent {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A page is cut when its bytes pass this, however many events were asked for. */
export const PAGE_BYTES = 8 * 1024 * 1024;
/** Events that are read and passed over, rather than asking anew for the next wanted one. */
const PASSED_OVER = 32;
const READS_AT_ONCE = 8;

/** Whether a page ends where it does because its bytes are many. */
export const isCut = (page: readonly FoundEvent[]): boolean =>
  page.reduce((sum, { bytes }) => sum + bytes.length, 0) >= PAGE_BYTES;

export const positioned = ({ position, bytes }: FoundEvent): PositionedEvent => ({
  position,
  event: decodeEvent(bytes),
  bytes,
});

/** Reading in KurrentDB. Stream names begin with a prefix there: a server may hold other systems' events too. @throws StoreError `unavailable` */
export class KurrentReader {
  constructor(
    private readonly client: ReplaceableClient,
    private readonly prefix: string,
    private readonly patience: Patience,
  ) {}

  /** The events of a stream from a revision on; `missing` when there is no such stream, or all of it was deleted. @throws StoreError `stream-deleted` */
  async stream(
    stream: string,
    fromRevision = 0,
    maxCount = Number.MAX_SAFE_INTEGER,
  ): Promise<readonly FoundEvent[] | 'missing'> {
    const fromRevisionOrStart = fromRevision === 0 ? START : BigInt(fromRevision);
    return this.ofStream(stream, { direction: FORWARDS, fromRevision: fromRevisionOrStart, maxCount });
  }

  /** The last event of a stream. */
  async lastOf(stream: string): Promise<FoundEvent | undefined> {
    const found = await this.ofStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 });
    return found === 'missing' ? undefined : found[0];
  }

  private async ofStream(
    stream: string,
    options: {
      direction: typeof FORWARDS | typeof BACKWARDS;
      fromRevision: bigint | typeof START | typeof END;
      maxCount: number;
    },
  ): Promise<readonly FoundEvent[] | 'missing'> {
    try {
      return await this.client.ask(async (client) => {
        const found: FoundEvent[] = [];
        await this.each(client.readStream(this.prefix + stream, options), ({ event }) => {
          if (event) found.push(this.found(event));
          return true;
        });
        return found;
      });
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const { kind } = faultOf(error);
      if (kind === 'stream-not-found') return 'missing';
      if (kind === 'stream-deleted') throw deletedStream(stream);
      throw error;
    }
  }

  /** Where the last record of the whole log stands, whosoever it is; 0n for an empty log. */
  async end(): Promise<bigint> {
    return this.client.ask(async (client) => {
      let end = 0n;
      await this.each(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }), (record) => {
        end = record.event?.position?.commit ?? record.commitPosition ?? 0n;
        return true;
      });
      return end;
    });
  }

  /**
   * Our next events from a record on, that one included: so many, or fewer when their bytes are many.
   * @param from 0n for the beginning; else the position of any record, whosoever it is
   * @param wanted only these positions are kept; the others count all the same
   */
  async from(from: bigint, maxCount: number, wanted?: ReadonlySet<bigint>): Promise<readonly FoundEvent[]> {
    return this.client.ask(async (client) => {
      const found: FoundEvent[] = [];
      let bytes = 0;
      const fromPosition = from === 0n ? START : { commit: from, prepare: from };
      const filter = streamNameFilter({ prefixes: [this.prefix] });
      await this.each(client.readAll({ direction: FORWARDS, fromPosition, maxCount, filter }), ({ event }) => {
        if (!event) return true;
        const one = this.found(event);
        if (wanted && !wanted.has(one.position)) return true;
        found.push(one);
        bytes += one.bytes.length;
        return bytes < PAGE_BYTES;
      });
      return found;
    });
  }

  /** The events at these places, in their order; as many as bytes allow when `cut`, else all. @throws StoreError `stream-deleted` when one is no longer there */
  async at(places: readonly Place[], cut: boolean): Promise<readonly FoundEvent[]> {
    const runs = runsOf(places);
    const found: FoundEvent[] = [];
    let bytes = 0;
    for (let at = 0; at < runs.length && !(cut && bytes >= PAGE_BYTES); at += READS_AT_ONCE) {
      const pages = await Promise.all(runs.slice(at, at + READS_AT_ONCE).map((run) => this.run(run)));
      for (const page of pages) for (const event of page) bytes += event.bytes.length;
      found.push(...pages.flat());
    }
    return found;
  }

  private async run(run: readonly Place[]): Promise<readonly FoundEvent[]> {
    const found: FoundEvent[] = [];
    while (found.length < run.length) {
      const rest = run.slice(found.length);
      const span = rest.at(-1)!.ordinal - rest[0]!.ordinal + 1;
      const page = await this.from(rest[0]!.position, span, new Set(rest.map(({ position }) => position)));
      if (page[0]?.position !== rest[0]!.position) throw missingAt(rest[0]!.position);
      found.push(...page);
    }
    return found;
  }

  private found({ streamId, revision, type, data, position }: RecordedEvent): FoundEvent {
    return {
      position: position?.commit ?? 0n,
      stream: streamId.slice(this.prefix.length),
      revision: Number(revision),
      type,
      bytes: data instanceof Uint8Array ? data : Buffer.from(JSON.stringify(data)),
    };
  }

  /** Takes answers for as long as they come in time and `take` goes on. */
  private async each<T>(answers: AsyncIterable<T>, take: (answer: T) => boolean): Promise<void> {
    const iterator = answers[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await within(this.patience.answerMs, iterator.next());
      if (done === true) return;
      if (!take(value)) return void (await iterator.return?.());
    }
  }
}

export const missingAt = (position: bigint): StoreError =>
  new StoreError(
    'stream-deleted',
    `the event at position ${position} is no longer in KurrentDB: somebody deleted it; put the log back from a backup`,
  );

/** Places that one read each brings, those between them passed over. */
function runsOf(places: readonly Place[]): readonly (readonly Place[])[] {
  const runs: Place[][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run && place.ordinal - run.at(-1)!.ordinal <= PASSED_OVER) run.push(place);
    else runs.push([place]);
  }
  return runs;
}
