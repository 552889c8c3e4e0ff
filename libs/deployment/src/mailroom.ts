import { setTimeout as delay } from 'node:timers/promises';
import type { NoticeEvent } from '@plumbline/organization/domain';
import type { EventStore } from '@plumbline/platform/event-store';
import type { Notice, Outbox } from '@plumbline/platform/notices';
import type { Log } from './log';
import { noticeInWords } from './notice-words';

const TYPES = ['organization.NoticeRecorded.v1'];
const PAGE_SIZE = 500;
const RETRY_MS = [250, 1_000, 5_000, 15_000];

/** Puts each recorded notice into the outbox, once: the outbox keeps how far the log was read in the same transaction. */
export class Mailroom {
  constructor(
    private readonly store: EventStore,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** Brings the outbox to the head of the log. */
  async catchUp(): Promise<void> {
    let from = await this.outbox.readUpTo(await this.store.head());
    for (;;) {
      const page = await this.store.readPage(from, PAGE_SIZE, { types: TYPES });
      if (page.through === from) return;
      const notices = page.events.map(({ event }) => noticeInWords(event.id, (event as unknown as NoticeEvent).data));
      from = await this.put(notices, from, page.through);
    }
  }

  /** Leaves out what was recorded by now: history that was written at once is not sent. */
  async skipToHead(): Promise<void> {
    const head = await this.store.head();
    for (let from = await this.outbox.readUpTo(head); from < head.position;)
      from = await this.put([], from, head.position);
  }

  /** @returns from where to go on: another worker may have been there first */
  private async put(notices: readonly Notice[], from: bigint, to: bigint): Promise<bigint> {
    const last = await this.store.headAt(to);
    return (await this.outbox.put(notices, from, to, last)) ? to : await this.outbox.readUpTo(last);
  }

  /** Follows the log until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await this.catchUp();
        const after = await this.outbox.readUpTo(await this.store.head());
        for await (const page of this.store.subscribe(after, { signal, filter: { types: TYPES } })) {
          if (page.events.length > 0) await this.catchUp();
          failures = 0;
        }
      } catch (error) {
        if (signal.aborted) return;
        const ms = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]!;
        this.log.warn({ err: error, retryInMs: ms }, 'notices stand still: the store or database failed');
        await delay(ms, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
