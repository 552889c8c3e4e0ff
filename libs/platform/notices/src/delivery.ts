import { setTimeout as delay } from 'node:timers/promises';
import type { Addressee, Post } from './notice';
import type { Outbox } from './outbox';

export interface DeliveryParts {
  readonly outbox: Outbox;
  readonly post: Post;
  /** Who the person is by the directory; null when it knows nobody by this id (any more). */
  readonly addressee: (personId: string) => Promise<Addressee | null>;
  readonly log: { warn(details: object, message: string): void };
}

const LOOK_EVERY_MS = 5_000;

/** Sends what is in the outbox, one after another. */
export class Delivery {
  constructor(private readonly parts: DeliveryParts) {}

  /** Sends all whose turn it is. */
  async deliver(signal?: AbortSignal): Promise<void> {
    const { outbox, post, addressee, log } = this.parts;
    const sendOne = (): Promise<boolean> =>
      outbox.sendNext(async (notice) => {
        const to = await addressee(notice.personId);
        if (to === null || (post.needsAddress && to.email === undefined)) return 'unaddressed';
        await post.send(notice, to).catch((error: unknown) => {
          log.warn({ err: error, notice: notice.id }, 'a notice did not leave; it is tried again');
          throw error;
        });
        return 'sent';
      });
    while (signal?.aborted !== true && (await sendOne()));
  }

  /** Looks every few seconds until the signal aborts; a failing database is tried again. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.deliver(signal);
      } catch (error) {
        this.parts.log.warn({ err: error }, 'the outbox could not be read; it is tried again');
      }
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
