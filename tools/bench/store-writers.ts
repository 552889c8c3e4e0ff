import type { EventStore } from '@plumbline/platform/event-store';
import { sampleEvent } from './sample-events';

/** How many write at once, and for how long one measurement goes on. */
export const WRITERS = [1, 16, 64] as const;

/** Writers that each append one event after the other to a stream of their own, through a store of ours. */
export class StoreWriters {
  private readonly next = new Map<string, number>();

  constructor(
    private readonly store: EventStore,
    private readonly prefix: string,
  ) {}

  async append(who: number): Promise<void> {
    const stream = `${this.prefix}-${who}`;
    const revision = this.next.get(stream) ?? 0;
    this.next.set(stream, revision + 1);
    await this.store.append([{ stream, expected: revision === 0 ? 'none' : revision - 1, events: [sampleEvent()] }]);
  }
}

/** Reads everything after a position. @throws Error when not so many events are there */
export async function readAllOf(store: EventStore, after: bigint, count: number): Promise<void> {
  let read = 0;
  for await (const { event } of store.readAll(after)) if (event.id) read += 1;
  if (read !== count) throw new Error(`${read} events were read where ${count} are`);
}
