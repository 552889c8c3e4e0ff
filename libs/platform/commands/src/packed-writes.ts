import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { NewEvent, StreamWrite } from '@plumbline/platform/event-store';

/** What all events of a batch have in common. */
export type SharedEnvelope = Pick<NewEvent, 'actor' | 'onBehalfOf' | 'correlationId' | 'policyVersion'>;
type OwnPart = Omit<NewEvent, keyof SharedEnvelope>;
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
 * Writes of a large batch kept as compressed bytes, not as objects, page by page; what is alike in all of them is kept once. Walked once: a page is let go as soon as
 * its writes have been handed over, so that the store's bytes take the place of these.
 */
export class PackedWrites {
  private readonly pages: (Buffer | undefined)[] = [];
  private eventCount = 0;
  private firstId: string | undefined;
  private lastId: string | undefined;

  constructor(private readonly shared: SharedEnvelope) {}

  get events(): number {
    return this.eventCount;
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
    this.eventCount += writes.reduce((count, { events }) => count + events.length, 0);
    const packed: readonly PackedWrite[] = writes.map(({ stream, expected, events }) => [
      stream,
      expected,
      events.map(ownPart),
    ]);
    this.pages.push(deflateRawSync(JSON.stringify(packed), { level: 1 }));
  }

  /** @param handed is told after each page how many events have been handed over */
  *writes(handed: (events: number) => void): Generator<StreamWrite> {
    let count = 0;
    const shared = sharing();
    for (const [index, page] of this.pages.entries()) {
      if (!page) throw new Error('packed writes are walked once');
      const writes = JSON.parse(inflateRawSync(page).toString('utf8')) as readonly PackedWrite[];
      this.pages[index] = undefined;
      for (const [stream, expected, events] of writes) {
        count += events.length;
        const whole = events.map((event) => ({ ...event, ...this.shared, type: shared(event.type) }) as NewEvent);
        yield { stream: shared(stream), expected, events: whole };
      }
      handed(count);
    }
  }
}
