import { openPostgresEventStore } from './postgres';
import { type EventStore, StoreError } from './port';
import { newEvent } from './testing';

/** One append of a case. `read`: the writer reads where its streams stand; else it believes what it last saw of them. */
export interface ModelOperation {
  readonly command: string;
  readonly read: boolean;
  readonly writes: readonly { readonly stream: string; readonly events: number }[];
  readonly unchanged: readonly string[];
}

/** What a writer is told to do in one case: steps one after the other, the operations of a step at once. */
export type ModelPlan = readonly (readonly ModelOperation[])[];

/** What became of an operation. Positions as text, because they pass between processes. */
export interface ModelOutcome {
  readonly command: string;
  readonly writes: readonly {
    readonly stream: string;
    readonly expected: number | 'none';
    readonly ids: readonly string[];
  }[];
  readonly unchanged: readonly { readonly stream: string; readonly revision: number | 'none' }[];
  /** The head that the writer had seen before it began, and the one it saw when it was refused. */
  readonly seenBefore: string;
  readonly seenAfter?: string;
  readonly refused?: string;
  readonly events?: readonly {
    readonly id: string;
    readonly stream: string;
    readonly revision: number;
    readonly position: string;
  }[];
}

class Writer {
  private seen = 0n;
  private readonly believed = new Map<string, number | 'none'>();
  constructor(private readonly store: EventStore) {}

  async carryOut(plan: ModelPlan): Promise<readonly ModelOutcome[]> {
    const outcomes: ModelOutcome[] = [];
    for (const step of plan) outcomes.push(...(await Promise.all(step.map((operation) => this.operate(operation)))));
    return outcomes;
  }

  private async operate({ command, read, writes, unchanged }: ModelOperation): Promise<ModelOutcome> {
    const seenBefore = this.seen.toString();
    if (read) {
      const names = [...writes.map(({ stream }) => stream), ...unchanged];
      for (const { stream, revision } of await this.store.readMany(names)) this.believed.set(stream, revision);
    }
    const expected = (stream: string): number | 'none' => this.believed.get(stream) ?? 'none';
    let index = 0;
    const planned = writes.map(({ stream, events }) => ({
      stream,
      expected: expected(stream),
      events: Array.from({ length: events }, () => newEvent(command, index++)),
    }));
    const assertions = unchanged.map((stream) => ({ stream, revision: expected(stream) }));
    const told = {
      command,
      seenBefore,
      unchanged: assertions,
      writes: planned.map(({ events, ...write }) => ({ ...write, ids: events.map(({ id }) => id) })),
    };
    try {
      const { events, last } = await this.store.append(planned, assertions);
      for (const { stream, revision } of events) this.believed.set(stream, revision);
      if (last > this.seen) this.seen = last;
      return {
        ...told,
        events: events.map(({ id, stream, revision, position }) => ({
          id,
          stream,
          revision,
          position: position.toString(),
        })),
      };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const head = (await this.store.head()).position;
      if (head > this.seen) this.seen = head;
      return { ...told, refused: error.failure, seenAfter: head.toString() };
    }
  }
}

const store = await openPostgresEventStore({ url: process.argv[2]!, readConnections: 2 });
const writer = new Writer(store);
process.on('message', (plan: ModelPlan) => {
  writer.carryOut(plan).then(
    (outcomes) => process.send?.({ outcomes }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
