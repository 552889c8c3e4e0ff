import { setTimeout as sleep } from 'node:timers/promises';
import { END } from '@kurrent/kurrentdb-client';
import { decodeEvent } from './encode';
import { Bell } from './follow';
import { pauseBefore, type ReplaceableClient } from './kurrent-client';
import { EMPTY_HEAD, type IndexedEvent, type IndexEntry, type IndexHead, type PositionIndex } from './kurrent-index';
import type { FoundEvent, KurrentReader } from './kurrent-read';
import { KnownIds } from './kurrent-seen';
import { StoreError } from './port';

const EVENTS_AT_ONCE = 1_000;
const LONGEST_PAUSE = 5_000;
const LOOK_AFTER = 5;
/** So many bytes ahead there may be millions of others' records. */
const FAR = 64n * 1024n * 1024n;

/** Follows the end of the log: keeps the index up to it and rings when it has moved. */
export class KurrentTail {
  readonly bell = new Bell();
  readonly ids: KnownIds;
  /** As far as this process knows; an append is in it only after the next look. */
  head: IndexHead = EMPTY_HEAD;
  private known = false;
  private looked = false;
  private running: Promise<IndexHead> | undefined;
  private queued: Promise<IndexHead> | undefined;
  private readonly stopping = new AbortController();
  private following: Promise<void> | undefined;
  private poll: NodeJS.Timeout | undefined;
  private soon: NodeJS.Timeout | undefined;

  constructor(
    private readonly client: ReplaceableClient,
    private readonly reader: KurrentReader,
    private readonly index: PositionIndex,
    private readonly pollMs: number,
  ) {
    this.ids = new KnownIds(index);
  }

  /** From now on somebody waits for what comes: the server is to tell it, and it is looked at from time to time besides. */
  listenFor(): void {
    if (this.stopping.signal.aborted || this.following) return;
    this.poll = setInterval(() => this.look(), this.pollMs).unref();
    this.following = this.follow();
  }

  async stop(): Promise<void> {
    clearInterval(this.poll);
    clearTimeout(this.soon);
    this.stopping.abort();
    this.bell.ring();
    await this.following;
    await this.running?.catch(() => undefined);
    await this.ids.stop();
  }

  /** The log may have grown. If somebody waits for it, a look soon: one for all that comes meanwhile. */
  wake(): void {
    if (this.following === undefined || this.stopping.signal.aborted) return;
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.look();
    }, LOOK_AFTER).unref();
  }

  /** What goes wrong shows to whoever asks. */
  private look(): void {
    if (!this.stopping.signal.aborted && !this.queued) this.advance().catch(() => undefined);
  }

  /** Until the log has been looked at once. @throws StoreError `unavailable` */
  async begun(): Promise<void> {
    if (!this.looked) await (this.running ?? this.advance());
  }

  /** Where the log ends, by a look that begins after this call. @throws StoreError `unavailable` */
  advance(): Promise<IndexHead> {
    if (!this.running) {
      const running = this.lookNow().finally(() => {
        this.running = undefined;
      });
      this.running = running;
      return running;
    }
    this.queued ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.queued = undefined;
        return this.advance();
      });
    return this.queued;
  }

  private async lookNow(): Promise<IndexHead> {
    if (!this.known) await this.recognize();
    let most: bigint | undefined = FAR;
    for (let more = true; more;) {
      const { end, page } = await this.lookFromHere(most);
      const { through } = this.head;
      if (end < through && (await this.endsBefore(end))) continue;
      if (end <= through) break;
      if (page) {
        more = page.events.length === EVENTS_AT_ONCE || page.isCut;
        // A page that was not cut reaches the end as it was, past everything that is not ours.
        const last = page.events.at(-1)?.position ?? 0n;
        // Another process that was first may have seen less.
        if (!(await this.lookedThrough(more || last > end ? last : end, page.events))) more = true;
      } else {
        const onward = await this.reader.onward(through, EVENTS_AT_ONCE);
        await this.lookedThrough(onward.through, onward.events);
        if (this.head.through === through) most = undefined;
      }
    }
    this.looked = true;
    this.ids.fill();
    return this.head;
  }

  /**
   * The log ends before it was looked through: KurrentDB was put back from a backup, and what is written there from now on must not be taken for known.
   * @returns whether to look again, from the last event
   */
  private async endsBefore(end: bigint): Promise<boolean> {
    const { through, last } = this.head;
    if (last && last.position > end) await this.recognize();
    await this.rewind();
    return this.head.through < through;
  }

  /** Nothing beyond our last event counts as looked through. */
  private async rewind(): Promise<void> {
    await this.index.rewind(this.head.through);
    this.moved(await this.index.head());
  }

  /** @returns whether it was this process that went on; else the head is where another has come to */
  private async lookedThrough(reached: bigint, events: readonly FoundEvent[]): Promise<boolean> {
    const { through } = this.head;
    if (reached <= through) return true;
    const found = events.filter(({ position }) => position > through).flatMap(indexed);
    const head = await this.index.add(through, found, reached);
    const isOurs = head.through === reached;
    if (isOurs) this.ids.add(found.map(({ id }) => id));
    else this.missed(head);
    this.moved(head);
    return isOurs;
  }

  /** From how far the log was looked through. Where that is no record any more (it was others' and is gone, or the log was put back from a backup): from our own last. */
  private async lookFromHere(most: bigint | undefined): ReturnType<KurrentReader['look']> {
    const { through, last } = this.head;
    try {
      return await this.reader.look(through, EVENTS_AT_ONCE, most);
    } catch (error) {
      const own = last?.position ?? 0n;
      if (through === own) throw error;
      const found = await this.reader.look(own, EVENTS_AT_ONCE, most);
      await this.rewind();
      return found;
    }
  }

  private moved(head: IndexHead): void {
    const grown = head.last?.position !== this.head.last?.position;
    this.head = head;
    if (grown) this.bell.ring();
  }

  /**
   * The index must be of this log: what it ends with stands here. Where that stands at another position, the log was copied here from another KurrentDB, and
   * the index is made anew. Asked by stream and revision: a position on which no record stands is answered as if the server were away.
   */
  private async recognize(): Promise<void> {
    const { last } = await this.index.head();
    if (last) {
      const found = await this.reader.stream(last.stream, last.revision, 1);
      const there = found === 'missing' ? undefined : found[0];
      if (there?.revision !== last.revision || decodeEvent(there.bytes).id !== last.id) throw endsElsewhere(last);
      if (there.position !== last.position) await this.index.restart(last.position);
    }
    const head = await this.index.head();
    this.known = true;
    this.missed(head);
    this.moved(head);
  }

  private missed({ last }: IndexHead): void {
    if (last) this.ids.missed(this.head.last?.position ?? 0n, last.position);
  }

  /** A live subscription that tells when there is something new. It never reconnects by itself, so it is made again, from where the log ends then. */
  private async follow(): Promise<void> {
    const { signal } = this.stopping;
    for (let attempt = 0; !signal.aborted; attempt++) {
      const since = Date.now();
      await this.listen(signal).catch(() => undefined);
      if (Date.now() - since > LONGEST_PAUSE) attempt = 0;
      await sleep(pauseBefore(attempt, LONGEST_PAUSE), undefined, { signal }).catch(() => undefined);
    }
  }

  private listen(signal: AbortSignal): Promise<void> {
    return this.client.using(async (client) => {
      const filter = this.reader.filter();
      const subscription = client.subscribeToAll({ fromPosition: END, filter });
      let leave: () => void = () => undefined;
      const left = new Promise<void>((resolve) => {
        leave = resolve;
      });
      signal.addEventListener('abort', leave);
      try {
        const ended = new Promise<void>((resolve, reject) => {
          subscription.on('confirmation', () => this.wake());
          subscription.on('data', () => this.wake());
          subscription.on('error', reject);
          subscription.on('close', resolve);
        });
        if (!signal.aborted) await Promise.race([ended, left]);
      } finally {
        signal.removeEventListener('abort', leave);
        subscription.on('error', () => undefined);
        subscription.unsubscribe().catch(() => undefined);
      }
    });
  }
}

/** What the index keeps of an event; nothing of what the server itself writes into a stream (that it was deleted). */
function indexed({ position, stream, revision, type, bytes }: FoundEvent): readonly IndexedEvent[] {
  if (type.startsWith('$')) return [];
  let event;
  try {
    event = decodeEvent(bytes);
  } catch (error) {
    throw notOurs(position, stream, error);
  }
  if (event.stream !== stream || event.revision !== revision || event.type !== type) throw notOurs(position, stream);
  return [{ position, stream, revision, type, id: event.id, recordedAt: event.recordedAt }];
}

const endsElsewhere = ({ id, stream, revision }: IndexEntry): StoreError =>
  new StoreError(
    'stream-deleted',
    `this KurrentDB does not hold, under this prefix, the last event that the index in PostgreSQL knows (${id}, event ${revision} of ${stream}). Either this is another log: look at the address and at EVENT_STORE_PREFIX, and copy the log before you move it; or somebody deleted the event: put the log back from a backup; or the log was put back from a backup that ends before it: what came after is lost, drop the schema of the index (kurrent_index) and start again`,
    stream,
  );

const notOurs = (position: bigint, stream: string, cause?: unknown): StoreError =>
  new StoreError(
    'unavailable',
    `the event at position ${position} in ${stream} was not written by Plumbline: no other system may write under its prefix`,
    stream,
    { cause },
  );
