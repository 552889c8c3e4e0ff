import { type KurrentDBClient, type RecordedEvent, START, streamNameFilter } from '@kurrent/kurrentdb-client';
import type { PositionedEvent } from '@plumbline/kernel';
import { decodeEvent } from './encode';
import { readOn } from './kurrent-calls';
import type { Patience, ReplaceableClient } from './kurrent-client';
import { deletedStream, faultOf } from './kurrent-faults';
import { NEAR, type Place, type Run } from './kurrent-index';
import { SEARCH_WINDOW, type WireRead, type WireRecord } from './kurrent-wire';
import { StoreError } from './port';

/** An event as KurrentDB gives it, but with its stream's name in the log. */
export type FoundEvent = WireRecord;

/** Events that one read gave; cut when its bytes were too many for all that was asked for. */
export interface FoundPage {
  readonly events: readonly FoundEvent[];
  readonly isCut: boolean;
}

/** A page is cut when its bytes pass this, however many events were asked for. */
export const PAGE_BYTES = 8 * 1024 * 1024;
/** Events that are read and passed over, rather than asking anew for the next wanted one. */
const PASSED_OVER = 32;
const READS_AT_ONCE = 8;
/** Milliseconds after which what was looked through is kept. */
const MOMENT = 2_000;

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
    const from = fromRevision === 0 ? 'start' : BigInt(fromRevision);
    return this.ofStream({ stream: this.prefix + stream, from, backwards: false, maxCount });
  }

  /** The last event of a stream. */
  async lastOf(stream: string): Promise<FoundEvent | undefined> {
    const found = await this.ofStream({ stream: this.prefix + stream, from: 'end', backwards: true, maxCount: 1 });
    return found === 'missing' ? undefined : found[0];
  }

  private async ofStream(read: WireRead & { readonly stream: string }): Promise<readonly FoundEvent[] | 'missing'> {
    try {
      return (await this.client.ask((client) => this.readOn(client, read))).events;
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const { kind } = faultOf(error);
      if (kind === 'stream-not-found') return 'missing';
      if (kind === 'stream-deleted') throw deletedStream(read.stream.slice(this.prefix.length));
      throw error;
    }
  }

  /**
   * @param wanted only these positions are kept; the others count all the same
   * @param most bytes after which the page is cut
   */
  private async readOn(
    client: KurrentDBClient,
    read: WireRead,
    wanted?: ReadonlySet<bigint>,
    most = Infinity,
  ): Promise<FoundPage> {
    const events: FoundEvent[] = [];
    let bytes = 0;
    await readOn(client, read, this.patience.answerMs, (record) => {
      if (wanted && !wanted.has(record.position)) return true;
      const { stream, revision, type, position, bytes: own } = record;
      events.push({ stream: stream.slice(this.prefix.length), revision, type, position, bytes: own });
      bytes += own.length;
      return bytes < most;
    });
    return { events, isCut: bytes >= most };
  }

  /**
   * Where the log ends, and our next events from a record on, that one included. Both of one node: another may show less for a moment.
   * @param from 0n for the beginning; else the position of any record
   * @returns no page when there is nothing new, or more than `most` bytes of the log
   */
  async look(
    from: bigint,
    maxCount: number,
    most: bigint | undefined,
  ): Promise<{ readonly end: bigint; readonly page?: FoundPage }> {
    return this.client.ask(async (client) => {
      const last = await this.readOn(client, { prefix: undefined, from: 'end', backwards: true, maxCount: 1 });
      const end = last.events[0]?.position ?? 0n;
      if (end <= from || (most !== undefined && end - from > most)) return { end };
      return { end, page: await this.readOn(client, this.after(from, maxCount), undefined, PAGE_BYTES) };
    });
  }

  /** Our events among all. A server says after so many others' records how far it is. */
  filter(checkpointReached?: (position: bigint) => void) {
    return streamNameFilter({
      prefixes: [this.prefix],
      maxSearchWindow: SEARCH_WINDOW,
      checkpointReached: (_, { commit }) => checkpointReached?.(commit),
    });
  }

  /**
   * What comes after a record, as the server tells subscribers: for a moment, or until so many events came. Readers would hear nothing while millions of others' records
   * are looked through.
   * @param after 0n for the beginning; else the position of any record
   * @returns the events, and up to where there are no others of ours
   */
  async onward(after: bigint, maxCount: number): Promise<{ readonly events: readonly FoundEvent[]; through: bigint }> {
    return this.client.using(
      (client) =>
        new Promise((resolve) => {
          const found = { events: new Array<FoundEvent>(), through: after };
          let bytes = 0;
          const enough = Date.now() + MOMENT;
          const goOn = (position: bigint): void => {
            found.through = position;
            silence.refresh();
            if (found.events.length === maxCount || bytes >= PAGE_BYTES || Date.now() > enough) end();
          };
          const subscription = client.subscribeToAll({ fromPosition: placeOf(after), filter: this.filter(goOn) });
          const end = (): void => {
            clearTimeout(silence);
            resolve(found);
            subscription
              .removeAllListeners('data')
              .unsubscribe()
              .catch(() => undefined);
          };
          const silence = setTimeout(end, this.patience.answerMs);
          subscription.on('data', ({ event }) => {
            if (!event) return;
            const one = this.found(event);
            found.events.push(one);
            bytes += one.bytes.length;
            goOn(one.position);
          });
          for (const event of ['caughtUp', 'error', 'close'] as const) subscription.on(event, end);
        }),
    );
  }

  /**
   * Our next events from a record on, that one included: so many, or fewer when their bytes are many.
   * @param from 0n for the beginning; else the position of any record, whosoever it is
   * @param wanted only these positions are kept; the others count all the same
   */
  async from(from: bigint, maxCount: number, wanted?: ReadonlySet<bigint>): Promise<FoundPage> {
    return this.client.ask((client) => this.readOn(client, this.after(from, maxCount), wanted, PAGE_BYTES));
  }

  private after(from: bigint, maxCount: number): WireRead {
    return { prefix: this.prefix, from: from === 0n ? 'start' : from, backwards: false, maxCount };
  }

  /** The events at these places, in their order; as many as bytes allow. @throws StoreError `stream-deleted` when one is no longer there */
  async at(places: readonly Place[]): Promise<FoundPage> {
    return this.pieces(piecesOf(places));
  }

  /** The events of these runs, as many as bytes allow. @throws StoreError `stream-deleted` when one is no longer there */
  async runs(runs: readonly Run[]): Promise<FoundPage> {
    return this.pieces(runs.map((run) => ({ ...run, count: countOf(run) })));
  }

  private async pieces(pieces: readonly Piece[]): Promise<FoundPage> {
    const events: FoundEvent[] = [];
    let bytes = 0;
    for (let at = 0; at < pieces.length; at += READS_AT_ONCE) {
      const some = pieces.slice(at, at + READS_AT_ONCE);
      const pages = await Promise.all(some.map((piece) => this.piece(piece)));
      for (const [n, page] of pages.entries()) {
        for (const event of page) {
          events.push(event);
          bytes += event.bytes.length;
        }
        if (page.length < some[n]!.count) return { events, isCut: true };
      }
      if (bytes >= PAGE_BYTES) return { events, isCut: at + READS_AT_ONCE < pieces.length };
    }
    return { events, isCut: false };
  }

  private async piece({ first, last, count, places }: Piece): Promise<readonly FoundEvent[]> {
    const inAll = countOf({ first, last });
    const wanted = places && count < inAll ? new Set(places.map(({ position }) => position)) : undefined;
    const { events, isCut } = await this.from(first.position, inAll, wanted);
    const end = events.at(-1)?.position ?? 0n;
    const isShort = isCut && events.length < count;
    const isThere =
      events[0]?.position === first.position &&
      (isShort ? end < last.position : events.length === count && end === last.position) &&
      (!places || events.every(({ position }, n) => position === places[n]!.position));
    if (!isThere) throw missing(first.position, last.position);
    return events;
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
}

const placeOf = (position: bigint) => (position === 0n ? START : { commit: position, prepare: position });

export const missing = (first: bigint, last: bigint): StoreError =>
  new StoreError(
    'stream-deleted',
    `${first === last ? `the event at position ${first}` : `an event at a position from ${first} to ${last}`} is no longer in KurrentDB: somebody deleted it; put the log back from a backup`,
  );

/** What one read brings: all events of a run, or those of them that are wanted. */
interface Piece extends Run {
  /** Events that it brings. */
  readonly count: number;
  /** Where each of them stands, if only some of the run are wanted. */
  readonly places?: readonly Place[];
}

const countOf = ({ first, last }: Run): number => last.ordinal - first.ordinal + 1;

/** Places that one read each brings, those between them passed over. */
function piecesOf(places: readonly Place[]): readonly Piece[] {
  const runs: Place[][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    const isNear = before && place.ordinal - before.ordinal <= PASSED_OVER && place.position - before.position <= NEAR;
    if (run && isNear) run.push(place);
    else runs.push([place]);
  }
  return runs.map((run) => ({ first: run[0]!, last: run.at(-1)!, count: run.length, places: run }));
}
