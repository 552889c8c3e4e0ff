import type { PositionedEvent } from '@plumbline/kernel';
import type { Head, Page, ReadAllFilter } from './port';

/** Rings whenever the log may have grown. A listener that was not waiting when it rang does not miss it. */
export class Bell {
  private readonly listeners = new Set<BellListener>();

  ring(): void {
    for (const listener of this.listeners) listener.hear();
  }

  listen(): BellListener {
    const listener = new BellListener(() => this.listeners.delete(listener));
    this.listeners.add(listener);
    return listener;
  }
}

export class BellListener {
  private heard = false;
  private wake: () => void = () => undefined;
  constructor(readonly stop: () => void) {}

  hear(): void {
    this.heard = true;
    this.wake();
  }

  /** Forgets what rang so far: what comes next is newer than the read that follows. */
  reset(): void {
    this.heard = false;
  }

  /** Until it rings (at once if it rang since `reset`) or the signal aborts. */
  async rung(signal: AbortSignal): Promise<void> {
    if (this.heard || signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.wake = () => {
        signal.removeEventListener('abort', this.wake);
        resolve();
      };
      signal.addEventListener('abort', this.wake, { once: true });
    });
  }
}

/** A page, and whether it reaches the head (or `upTo`). A page that was cut for its size holds fewer events than asked and does not. */
export interface PageRead {
  readonly page: Page;
  readonly caughtUp: boolean;
}

type ReadPage = (after: bigint, limit: number, filter: ReadAllFilter) => Promise<PageRead>;

export const PAGE_SIZE = 500;

/** All events up to the head as it is now, a page at a time. */
export async function* readToHead(
  readPage: ReadPage,
  head: () => Promise<Head>,
  after: bigint,
  filter: ReadAllFilter = {},
  pageSize = PAGE_SIZE,
): AsyncGenerator<PositionedEvent> {
  const end = (await head()).position;
  const upTo = filter.upTo !== undefined && filter.upTo < end ? filter.upTo : end;
  for (let from = after; from < upTo;) {
    const { page } = await readPage(from, pageSize, { ...filter, upTo });
    yield* page.events;
    from = page.through;
  }
}

/** What `subscribe` does in every store: pages of history, an empty page when caught up, then pages as the bell rings, until abort or `upTo`. */
export async function* follow(
  readPage: ReadPage,
  bell: Bell,
  after: bigint,
  { signal, filter = {}, pageSize = PAGE_SIZE }: { signal: AbortSignal; filter?: ReadAllFilter; pageSize?: number },
): AsyncGenerator<Page> {
  const listener = bell.listen();
  try {
    let through = after;
    let announced = false;
    while (!signal.aborted) {
      listener.reset();
      const { page, caughtUp } = await readPage(through, pageSize, filter);
      if (signal.aborted) return;
      const moved = page.through > through;
      through = page.through;
      if (page.events.length > 0) yield page;
      if (caughtUp && (moved || !announced)) {
        announced = true;
        yield { events: [], through };
      }
      if (filter.upTo !== undefined && through >= filter.upTo) return;
      if (caughtUp) await listener.rung(signal);
    }
  } finally {
    listener.stop();
  }
}
