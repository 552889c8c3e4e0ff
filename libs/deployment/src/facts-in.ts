import type { EventBody, Fold, RecordedEvent, StreamKey } from '@plumbline/kernel';
import type { StreamNames } from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';

/** The fold of one stream as it stands now. */
export async function factsIn<S, E extends EventBody>(
  store: Pick<EventStore, 'read'>,
  names: StreamNames,
  fold: Fold<S, E>,
  key: StreamKey,
): Promise<S> {
  const { events } = await store.read(names.of(key));
  return events.reduce((state, { event }) => fold.evolve(state, event as RecordedEvent<E>), fold.initial);
}
