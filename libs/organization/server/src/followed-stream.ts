import type { Fold, RecordedEvent, StreamKey } from '@plumbline/kernel';
import type { EventBody } from '@plumbline/kernel';
import type { StreamNames } from '@plumbline/platform/commands';
import type { EventStore, Unchanged } from '@plumbline/platform/event-store';

/** A stream's state as it stands now: the events since the last look are read, never those before. */
export class FollowedStream<S, E extends EventBody> {
  private readonly stream: string;
  private state: S;
  private revision: number | 'none' = 'none';

  constructor(
    private readonly store: EventStore,
    private readonly fold: Fold<S, E>,
    names: StreamNames,
    key: StreamKey,
  ) {
    this.stream = names.of(key);
    this.state = fold.initial;
  }

  /** The state, and the revision it stands at. */
  async now(): Promise<{ readonly state: S; readonly at: Unchanged }> {
    const from = this.revision === 'none' ? 0 : this.revision + 1;
    const { events } = await this.store.read(this.stream, from);
    for (const { event } of events) {
      const next = this.revision === 'none' ? 0 : this.revision + 1;
      if (event.revision !== next) continue;
      this.state = this.fold.evolve(this.state, event as RecordedEvent<E>);
      this.revision = next;
    }
    return { state: this.state, at: { stream: this.stream, revision: this.revision } };
  }
}
