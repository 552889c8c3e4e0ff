import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bundleForSpec, type FreshDatabase, freshDatabase, longRun } from '@plumbline/platform/postgres/testing';
import fc from 'fast-check';
import { migrateEventStore } from './migrate';
import type { ModelOperation, ModelOutcome, ModelPlan } from './model-writer.testing';
import type { PositionedEvent } from '@plumbline/kernel';
import { openPostgresEventStore, type PostgresEventStore } from './postgres';
import { idFor } from './testing';

const WRITERS = 3;
const { runs, seed, timeout, progress, record } = longRun(
  'Concurrent writers from several processes against a plain model',
  {
    usual: 10,
    full: 10_000,
  },
);

/** A case in numbers: streams are few, so that writers meet. */
interface Drawn {
  readonly read: boolean;
  readonly writes: readonly { readonly stream: number; readonly events: number }[];
  readonly unchanged: readonly number[];
}
const stream = fc.integer({ min: 0, max: 3 });
const operation: fc.Arbitrary<Drawn> = fc.record({
  read: fc.boolean(),
  writes: fc.uniqueArray(fc.record({ stream, events: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 2,
    selector: (write) => write.stream,
  }),
  unchanged: fc.oneof(
    { weight: 3, arbitrary: fc.constant<number[]>([]) },
    { weight: 1, arbitrary: fc.uniqueArray(stream, { minLength: 1, maxLength: 2 }) },
  ),
});
const plan = fc.array(fc.array(operation, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
const scenario = fc.array(plan, { minLength: WRITERS, maxLength: WRITERS });

/** The plain model: revisions of streams as the log is replayed, remembered at every position. */
class Model {
  private readonly history = new Map<string, { readonly position: bigint; readonly revision: number }[]>();

  record(stream: string, revision: number, position: bigint): void {
    this.history.set(stream, [...(this.history.get(stream) ?? []), { position, revision }]);
  }

  revisionAt(stream: string, position: bigint): number | 'none' {
    return this.history.get(stream)?.findLast((entry) => entry.position <= position)?.revision ?? 'none';
  }
}

class WriterProcess {
  constructor(private readonly child: ChildProcess) {}

  async carryOut(steps: ModelPlan): Promise<readonly ModelOutcome[]> {
    this.child.send(steps);
    const [answer] = (await once(this.child, 'message')) as [{ outcomes?: readonly ModelOutcome[]; error?: string }];
    if (!answer.outcomes) throw new Error(`a writer failed: ${answer.error}`);
    return answer.outcomes;
  }

  async end(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.disconnect();
    await exit;
  }
}

describe('concurrent writers from several processes', () => {
  let database: FreshDatabase;
  let store: PostgresEventStore;
  let writers: readonly WriterProcess[];
  const abort = new AbortController();
  const seen: PositionedEvent[] = [];
  let reading: Promise<void>;
  let cases = 0;
  const found = { appends: 0, refusals: 0, events: 0 };
  const known = new Set<string>();

  beforeAll(async () => {
    database = await freshDatabase();
    const { writerUrl } = await migrateEventStore(database.url);
    store = await openPostgresEventStore({ url: writerUrl });
    const module = fileURLToPath(bundleForSpec('libs/platform/event-store/src/model-writer.testing.ts'));
    writers = await Promise.all(
      Array.from({ length: WRITERS }, async () => {
        const child = fork(module, [writerUrl], { execArgv: [] });
        await once(child, 'message');
        return new WriterProcess(child);
      }),
    );
    reading = (async () => {
      for await (const page of store.subscribe(0n, { signal: abort.signal })) seen.push(...page.events);
    })();
  }, 60_000);

  afterAll(async () => {
    abort.abort();
    await reading;
    await Promise.all(writers.map((writer) => writer.end()));
    await store.close();
    await database.drop();
  });

  /** What a subscriber saw of this case: all up to the head, once the writers are done. */
  async function seenAfter(from: number): Promise<readonly PositionedEvent[]> {
    const head = (await store.head()).position;
    while ((seen.at(-1)?.position ?? 0n) < head) await new Promise((resolve) => setTimeout(resolve, 1));
    return seen.slice(from);
  }

  async function check(drawn: readonly (readonly (readonly Drawn[])[])[]): Promise<void> {
    const name = `case-${++cases}`;
    const word = (n: number): string => `model-${idFor(`${name}/${n}`)}`;
    const from = seen.length;
    const start = seen.at(-1)?.position ?? 0n;
    const concrete = ({ read, writes, unchanged }: Drawn, id: string): ModelOperation => ({
      command: `${name}/${id}`,
      read,
      writes: writes.map(({ stream: n, events }) => ({ stream: word(n), events })),
      unchanged: unchanged.filter((n) => !writes.some((write) => write.stream === n)).map(word),
    });
    const outcomes = (
      await Promise.all(
        drawn.map((steps, w) =>
          writers[w]!.carryOut(steps.map((step, s) => step.map((one, o) => concrete(one, `${w}.${s}.${o}`)))),
        ),
      )
    ).flat();
    const log = await seenAfter(from);

    // No gaps, nothing twice, nothing out of order: positions are the next ones, revisions of each stream 0, 1, 2 …
    expect(log.map(({ position }) => position)).toEqual(log.map((_, n) => start + BigInt(n + 1)));
    const model = new Model();
    for (const { event, position } of log) {
      const before = model.revisionAt(event.stream, position);
      expect(event.revision).toBe(before === 'none' ? 0 : before + 1);
      model.record(event.stream, event.revision, position);
    }

    // No lost updates: the log holds what was acknowledged and nothing else, where and as it was acknowledged.
    const accepted = outcomes.filter(({ events }) => events !== undefined);
    const acknowledged = accepted
      .flatMap(({ events }) => events!)
      .sort((a, b) => Number(BigInt(a.position) - BigInt(b.position)));
    expect(
      log.map(({ event: { id, stream: own, revision }, position }) => ({
        id,
        stream: own,
        revision,
        position: position.toString(),
      })),
    ).toEqual(acknowledged);

    const head = start + BigInt(log.length);
    for (const { writes, unchanged, events, refused, seenBefore, seenAfter: after } of outcomes) {
      const expectations = [
        ...writes.map(({ stream: own, expected }) => [own, expected] as const),
        ...unchanged.map(({ stream: own, revision }) => [own, revision] as const),
      ];
      if (events) {
        // Whoever was accepted stood at what it expected, just before its first event, and its events stand together.
        const first = BigInt(events[0]!.position);
        expect(expectations.map(([own]) => model.revisionAt(own, first - 1n))).toEqual(
          expectations.map(([, expected]) => expected),
        );
        expect(events.map(({ id }) => id)).toEqual(writes.flatMap(({ ids }) => ids));
        expect(BigInt(events.at(-1)!.position) - first).toBe(BigInt(events.length - 1));
      } else {
        // Whoever was refused was refused for a reason: some stream stood elsewhere at some moment while it tried.
        expect(refused).toBe('stale-revision');
        const [earliest, latest] = [BigInt(seenBefore), after === undefined ? head : BigInt(after)];
        expect(
          expectations.some(
            ([own, expected]) =>
              model.revisionAt(own, earliest) !== expected || model.revisionAt(own, latest) !== expected,
          ),
        ).toBe(true);
      }
    }
    for (const { id } of acknowledged) known.add(id);
    found.appends += accepted.length;
    found.refusals += outcomes.length - accepted.length;
    found.events += log.length;
    progress(cases);
  }

  it(
    `lose no update, leave no gap and stand in order (${runs} cases)`,
    async () => {
      await fc.assert(fc.asyncProperty(scenario, check), { numRuns: runs, seed, endOnFailure: true });
      const whole = { lost: known.size, unknown: 0, gaps: 0, outOfOrder: 0 };
      const revisions = new Map<string, number>();
      let last = 0n;
      for await (const { event, position } of store.readAll(0n)) {
        if (known.has(event.id)) whole.lost -= 1;
        else whole.unknown += 1;
        const revision = (revisions.get(event.stream) ?? -1) + 1;
        if (position > last + 1n) whole.gaps += 1;
        if (position <= last || event.revision !== revision) whole.outOfOrder += 1;
        revisions.set(event.stream, revision);
        last = position;
      }
      expect(whole).toEqual({ lost: 0, unknown: 0, gaps: 0, outOfOrder: 0 });
      expect(found.refusals).toBeGreaterThan(0);
      const { lost, unknown, gaps, outOfOrder } = whole;
      record({
        processes: WRITERS,
        ...found,
        'lost updates': lost,
        'events nobody was told of': unknown,
        gaps,
        'out of order': outOfOrder,
      });
    },
    timeout,
  );
});
