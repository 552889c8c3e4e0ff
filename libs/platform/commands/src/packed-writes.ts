import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { NewEvent, StreamWrite } from '@plumbline/platform/event-store';

/** What all events of a batch have in common. */
export type SharedEnvelope = Pick<NewEvent, 'actor' | 'onBehalfOf' | 'correlationId' | 'policyVersion'>;
type OwnPart = Omit<NewEvent, keyof SharedEnvelope>;
/** Stream, revision, stamp, act and the punctuation of an event's JSON. */
const ENVELOPE_BYTES = 400;
type PackedWrite = readonly [stream: string, expected: number | 'none', events: readonly OwnPart[]];

/** Gives the same string for equal ones: names that thousands of events share are kept once. */
const sharing = (): ((text: string) => string) => {
  const known = new Map<string, string>();
  return (text) => {
    const first = known.get(text);
    if (first === undefined) known.set(text, text);
    return first ?? text;
  };
};

const ownPart = (event: NewEvent): OwnPart => {
  const { actor: _, onBehalfOf: __, correlationId: ___, policyVersion: ____, ...own } = event;
  return own;
};

/**
 * Writes of a large batch kept as compressed bytes, not as objects, page by page; what is alike in all of them is kept once. A page is let go as soon as its
 * writes have been handed over, so that the store's bytes take the place of these, unless they are walked again.
 */
export class PackedWrites {
  private readonly pages: (Buffer | undefined)[] = [];
  private eventCount = 0;
  private packedBytes = 0;
  private firstId: string | undefined;
  private lastId: string | undefined;

  constructor(private readonly shared: SharedEnvelope) {}

  get events(): number {
    return this.eventCount;
  }

  /** At least as many bytes as the events have in the log. */
  get atMostBytes(): number {
    return this.packedBytes + this.eventCount * (ENVELOPE_BYTES + Buffer.byteLength(JSON.stringify(this.shared)));
  }

  /** Id of the first event: whether it is recorded says whether the whole append was. */
  get first(): string | undefined {
    return this.firstId;
  }

  /** Id of the last event. */
  get last(): string | undefined {
    return this.lastId;
  }

  add(writes: readonly StreamWrite[]): void {
    if (writes.length === 0) return;
    this.firstId ??= writes[0]?.events[0]?.id;
    this.lastId = writes.at(-1)?.events.at(-1)?.id;
    this.pages.push(this.pack(writes));
  }

  /** Puts writes before all others. */
  addFirst(writes: readonly StreamWrite[]): void {
    if (writes.length === 0) return;
    this.firstId = writes[0]?.events[0]?.id;
    this.lastId ??= writes.at(-1)?.events.at(-1)?.id;
    this.pages.unshift(this.pack(writes));
  }

  private pack(writes: readonly StreamWrite[]): Buffer {
    this.eventCount += writes.reduce((count, { events }) => count + events.length, 0);
    const packed: readonly PackedWrite[] = writes.map(({ stream, expected, events }) => [
      stream,
      expected,
      events.map(ownPart),
    ]);
    const text = JSON.stringify(packed);
    this.packedBytes += Buffer.byteLength(text);
    return deflateRawSync(text, { level: 1 });
  }

  /**
   * @param handed is told after each page how many events have been handed over
   * @param keep the writes will be walked again
   */
  *writes(handed: (events: number) => void, keep = false): Generator<StreamWrite> {
    let count = 0;
    const shared = sharing();
    for (const [index, page] of this.pages.entries()) {
      if (!page) throw new Error('packed writes are walked once');
      const writes = JSON.parse(inflateRawSync(page).toString('utf8')) as readonly PackedWrite[];
      if (!keep) this.pages[index] = undefined;
      for (const [stream, expected, events] of writes) {
        count += events.length;
        const whole = events.map((event) => ({ ...event, ...this.shared, type: shared(event.type) }) as NewEvent);
        yield { stream: shared(stream), expected, events: whole };
      }
      handed(count);
    }
  }
}
