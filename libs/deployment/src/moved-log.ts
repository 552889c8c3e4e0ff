import { type EventStore, StoreError } from '@plumbline/platform/event-store';
import type { LastEvent, Outbox } from '@plumbline/platform/notices';
import type { Log } from './log';
import type { ProcessCheckpoints } from './process-checkpoints';

async function standsThere(store: EventStore, { position, event }: LastEvent): Promise<boolean> {
  if (position === 0n) return event === null;
  try {
    return (await store.at(position)).event === event;
  } catch (error) {
    if (error instanceof StoreError && error.failure === 'unknown-position') return false;
    throw error;
  }
}

/**
 * Brings what knows places in the log, and is no read model, onto this log: it may have been copied from another store or restored, and positions are a
 * store's own. Notices go on after the last event that was read for them; where that is not in this log, from its end: none is sent twice. Processes act again
 * from where they started: what they did is found recorded.
 */
export async function standOnThisLog(
  store: EventStore,
  outbox: Outbox,
  checkpoints: ProcessCheckpoints,
  log: Log,
): Promise<void> {
  const head = await store.head();
  const { position, last } = await outbox.place(head);
  if (await standsThere(store, last)) return;
  const [found] = last.event === null ? [] : await store.readByIds([last.event]);
  const place: LastEvent = found ? { position: found.position, event: found.event.id } : head;
  await checkpoints.forget();
  await outbox.put([], position, place.position, place);
  log.warn({ position: place.position.toString() }, 'notices and processes stood on another log and go on in this one');
}
