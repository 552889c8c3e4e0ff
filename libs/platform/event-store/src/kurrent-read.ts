import { BACKWARDS, END, FORWARDS, type RecordedEvent, START, streamNameFilter } from '@kurrent/kurrentdb-client';
import type { PositionedEvent } from '@plumbline/kernel';
import { decodeEvent } from './encode';
import { eachWithin, type Patience, type ReplaceableClient } from './kurrent-client';
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

/** Events that one read gave; cut when its bytes were too many for all that was asked for. */
export interface FoundPage {
  readonly events: readonly FoundEvent[];
  readonly isCut: boolean;
}

/** A page is cut when its bytes pass this, however many events were asked for. */
export const PAGE_BYTES = 8 * 1024 * 1024;
/** Events that are read and passed over, rather than asking anew for the next wanted one. */
const PASSED_OVER = 32;
/** Bytes of the log, others' records among them, that are looked through in no time. */
const NEAR = 16n * 1024n * 1024n;
const READS_AT_ONCE = 8;
/** Others' records that the server looks through before it says how far it is. */
const SEARCH_WINDOW = 1_000;
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
        await eachWithin(this.patience.answerMs, client.readStream(this.prefix + stream, options), ({ event }) => {
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
      await eachWithin(
        this.patience.answerMs,
        client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }),
        (record) => {
          end = record.event?.position?.commit ?? record.commitPosition ?? 0n;
          return true;
        },
      );
      return end;
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
   * What comes after a record, as the server tells subscribers: for a moment, or until so many events came. Readers would hear nothing before many of our events are together, and
   * millions of others' records may lie between them.
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
    return this.client.ask(async (client) => {
      const events: FoundEvent[] = [];
      let bytes = 0;
      const filter = streamNameFilter({ prefixes: [this.prefix] });
      const answers = client.readAll({ direction: FORWARDS, fromPosition: placeOf(from), maxCount, filter });
      await eachWithin(this.patience.answerMs, answers, ({ event }) => {
        if (!event) return true;
        const one = this.found(event);
        if (wanted && !wanted.has(one.position)) return true;
        events.push(one);
        bytes += one.bytes.length;
        return bytes < PAGE_BYTES;
      });
      return { events, isCut: bytes >= PAGE_BYTES };
    });
  }

  /** The events at these places, in their order; as many as bytes allow. @throws StoreError `stream-deleted` when one is no longer there */
  async at(places: readonly Place[]): Promise<FoundPage> {
    const runs = runsOf(places);
    const events: FoundEvent[] = [];
    let bytes = 0;
    for (let at = 0; at < runs.length; at += READS_AT_ONCE) {
      const some = runs.slice(at, at + READS_AT_ONCE);
      const pages = await Promise.all(some.map((run) => this.run(run)));
      for (const [n, page] of pages.entries()) {
        events.push(...page);
        for (const event of page) bytes += event.bytes.length;
        if (page.length < some[n]!.length) return { events, isCut: true };
      }
      if (bytes >= PAGE_BYTES) break;
    }
    return { events, isCut: events.length < places.length };
  }

  private async run(run: readonly Place[]): Promise<readonly FoundEvent[]> {
    const [first, last] = [run[0]!, run.at(-1)!];
    const count = last.ordinal - first.ordinal + 1;
    const wanted = count === run.length ? undefined : new Set(run.map(({ position }) => position));
    const { events, isCut } = await this.from(first.position, count, wanted);
    const missing = run.find(({ position }, n) => (n < events.length || !isCut) && events[n]?.position !== position);
    if (missing) throw missingAt(missing.position);
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
    const before = run?.at(-1);
    const isNear = before && place.ordinal - before.ordinal <= PASSED_OVER && place.position - before.position <= NEAR;
    if (run && isNear) run.push(place);
    else runs.push([place]);
  }
  return runs;
}
