import { setTimeout as delay } from 'node:timers/promises';
import type { FileErasureEvent } from '@plumbline/organization/domain';
import type { EventStore } from '@plumbline/platform/event-store';
import type { EvidenceFiles } from '@plumbline/platform/evidence';
import type { Log } from './log';

type Erased = Extract<FileErasureEvent, { type: 'organization.EvidenceFileErased.v1' }>;
const TYPES: readonly Erased['type'][] = ['organization.EvidenceFileErased.v1'];
const RETRY_MS = [250, 1_000, 5_000, 15_000];

/**
 * Destroys the key of each file that two people have erased. It begins with the log every time: a file that a restore has brought back goes again, and one
 * that is gone is left alone.
 */
export class FileEraser {
  constructor(
    private readonly store: Pick<EventStore, 'subscribe'>,
    private readonly files: Pick<EvidenceFiles, 'erase'>,
    private readonly log: Log,
  ) {}

  /** Follows the log until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    let after = 0n;
    while (!signal.aborted) {
      try {
        for await (const page of this.store.subscribe(after, { signal, filter: { types: [...TYPES] } })) {
          for (const { event } of page.events) await this.files.erase((event as unknown as Erased).data.fileId);
          after = page.through;
          failures = 0;
        }
      } catch (error) {
        if (signal.aborted) return;
        const ms = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]!;
        this.log.warn({ err: error, retryInMs: ms }, 'erasing files stands still: the store or database failed');
        await delay(ms, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
