import type { EventBody, Fold, RecordedEvent } from '@plumbline/kernel';
import {
  type EventStore,
  type LoadedStream,
  StoreError,
  streamParts,
  type Unchanged,
} from '@plumbline/platform/event-store';

export type AnyFold = Fold<unknown, never>;

/** A stream and the fold it is wanted under. */
export interface Wanted {
  readonly stream: string;
  readonly fold: AnyFold;
}

/** A fold was first asked for after its stream had been written to: begin anew, knowing the fold from the start. */
export class FoldDiscovered extends Error {
  override readonly name = 'FoldDiscovered';
}

/** Streams that a read takes in at once. */
const STREAMS_PER_READ = 200;

interface Held {
  readonly loaded: number | 'none';
  revision: number | 'none';
  /** One for each fold of the concept, in the order of `FoldsByConcept`. */
  readonly states: unknown[];
}

/** Folds by concept, in the order they were met. Outlives an attempt, so that the next one folds each stream under all of them at once. */
export class FoldsByConcept {
  private readonly folds = new Map<string, AnyFold[]>();

  indexOf(fold: AnyFold): number {
    const known = this.of(fold.concept);
    const index = known.indexOf(fold);
    return index >= 0 ? index : known.push(fold) - 1;
  }

  of(concept: string): AnyFold[] {
    const known = this.folds.get(concept);
    if (known) return known;
    const empty: AnyFold[] = [];
    this.folds.set(concept, empty);
    return empty;
  }
}

const conflict = (stream: string): StoreError =>
  new StoreError('stale-revision', `${stream} changed while its facts were gathered`, stream);

/** States of streams as one attempt at deciding sees them: read once, then evolved by what the attempt itself decides. Holds states, not events. */
export class StreamStates {
  private readonly held = new Map<string, Held>();
  private readonly written = new Set<string>();
  private readonly asserted = new Map<string, number | 'none'>();

  constructor(
    private readonly store: EventStore,
    private readonly folds: FoldsByConcept = new FoldsByConcept(),
  ) {}

  /** Loads what is not held yet, many streams a read. @throws FoldDiscovered | StoreError `stale-revision` when a stream changed between two reads */
  async need(wanted: readonly Wanted[]): Promise<void> {
    const missing = new Set<string>();
    for (const { stream, fold } of wanted) {
      const index = this.folds.indexOf(fold);
      if ((this.held.get(stream)?.states.length ?? 0) > index) continue;
      if (this.written.has(stream)) throw new FoldDiscovered(`${fold.concept} is asked under a fold not met before`);
      missing.add(stream);
    }
    const streams = [...missing];
    for (let from = 0; from < streams.length; from += STREAMS_PER_READ) {
      for (const loaded of await this.store.readMany(streams.slice(from, from + STREAMS_PER_READ))) this.take(loaded);
    }
  }

  /** Takes in a stream that was read already. @throws StoreError `stale-revision` when it was held at another revision */
  take(loaded: LoadedStream, under?: AnyFold): void {
    if (under) this.folds.indexOf(under);
    const { stream, revision } = loaded;
    const before = this.held.get(stream);
    if (before && before.loaded !== revision) throw conflict(stream);
    const states = this.folds
      .of(streamParts(stream).concept)
      .map((fold) =>
        loaded.events.reduce((state, { event }) => fold.evolve(state, event as RecordedEvent<never>), fold.initial),
      );
    this.held.set(stream, { loaded: revision, revision, states });
  }

  /** The state of a stream that `need` has loaded under this fold. */
  state({ stream, fold }: Wanted): unknown {
    const states = this.held.get(stream)?.states ?? [];
    const index = this.folds.indexOf(fold);
    if (index >= states.length) throw new Error(`${stream} was not loaded under this fold of ${fold.concept}`);
    return states[index];
  }

  revision(stream: string): number | 'none' {
    const held = this.held.get(stream);
    if (!held) throw new Error(`${stream} was not loaded`);
    return held.revision;
  }

  /** Evolves a stream by events just decided. */
  apply(stream: string, events: readonly RecordedEvent[]): void {
    const held = this.held.get(stream);
    if (!held) throw new Error(`${stream} was not loaded`);
    const folds = this.folds.of(streamParts(stream).concept);
    held.states.forEach((state, index) => {
      const fold = folds[index] as unknown as Fold<unknown, EventBody>;
      held.states[index] = events.reduce((before, event) => fold.evolve(before, event), state);
    });
    held.revision = events.at(-1)?.revision ?? held.revision;
    this.written.add(stream);
  }

  /** How many streams the attempt writes to. */
  get writtenTo(): number {
    return this.written.size;
  }

  /** The append must find this stream as it was loaded. */
  assert(stream: string): void {
    const held = this.held.get(stream);
    if (!held) throw new Error(`${stream} was not loaded`);
    this.asserted.set(stream, held.loaded);
  }

  /** What the append asserts: facts and authority of streams that it does not write; those it writes are asserted by the write. */
  unchanged(authority: readonly Unchanged[]): readonly Unchanged[] {
    const all = new Map(this.asserted);
    for (const { stream, revision } of authority) {
      const known = this.held.get(stream)?.loaded ?? all.get(stream);
      if (known !== undefined && known !== revision) throw conflict(stream);
      all.set(stream, revision);
    }
    return [...all].filter(([stream]) => !this.written.has(stream)).map(([stream, revision]) => ({ stream, revision }));
  }
}
