import { longRun } from '@plumbline/platform/postgres/testing';
import fc from 'fast-check';
import { eventId } from './ids';
import { doubleLog, type KurrentUnderTest } from './kurrent.testing';
import type { KurrentEventStore } from './kurrent-store';
import type { KurrentProtocolDouble } from './kurrent-protocol-double.testing';
import { StoreError } from './port';
import { idFor, newEvent } from './testing';

const { runs, seed, timeout, progress, record } = longRun(
  'Connections to KurrentDB cut during appends, reads and subscriptions',
  {
    usual: 10,
    full: 1_000, // more than 200 of each kind
  },
);

const CUTS = ['before write', 'after write', 'mid-read', 'mid-subscription'] as const;
type Cut = (typeof CUTS)[number];

const WRITERS = 8;
const stream = (writer: number): string => `cut-${idFor(`writer ${writer}`)}`;
const command = (writer: number, n: number): string => `cut ${writer}/${n}`;

describe('connections to KurrentDB that are cut', () => {
  let log: KurrentUnderTest & { readonly double: KurrentProtocolDouble };
  let store: KurrentEventStore;
  const abort = new AbortController();
  const seen: string[] = [];
  let following: Promise<void>;
  /** Of each stream the next command and the revision at which it stands, as its writer knows. */
  const writers = Array.from({ length: WRITERS }, () => ({ next: 0, revision: -1 }));
  const acknowledged = new Map<string, bigint>();
  const refused = new Set<string>();
  const outcomes = { acknowledged: 0, 'found after an unknown outcome': 0, unavailable: 0 };
  const cuts = Object.fromEntries(CUTS.map((cut) => [cut, 0])) as Record<Cut, number>;

  beforeAll(async () => {
    log = await doubleLog();
    store = await log.open();
    following = (async () => {
      for await (const { events } of store.subscribe(0n, { signal: abort.signal, pageSize: 7 }))
        seen.push(...events.map(({ event }) => event.id));
    })();
  }, 60_000);
  afterAll(async () => {
    abort.abort();
    await following;
    await log.end();
  }, 60_000);

  /** One command after the other, as the handler does: what is not known is looked for, never written again under another revision. */
  async function write(w: number, commands: number): Promise<void> {
    const writer = writers[w]!;
    for (let n = 0; n < commands; n++) {
      const id = command(w, writer.next++);
      const events = Array.from({ length: 1 + (writer.next % 3) }, (_, index) => newEvent(id, index));
      const expected = writer.revision < 0 ? ('none' as const) : writer.revision;
      try {
        const appended = await store.append([{ stream: stream(w), expected, events }]);
        for (const one of appended.events) acknowledged.set(one.id, one.position);
        writer.revision += events.length;
        outcomes.acknowledged += 1;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        if (error.failure === 'unavailable') {
          for (const event of events) refused.add(event.id);
          outcomes.unavailable += 1;
          continue;
        }
        expect(error.failure).toBe('outcome-unknown');
        const loaded = await store.read(stream(w));
        const found = loaded.events.filter(({ event }) => event.commandId === id);
        expect([0, events.length]).toContain(found.length);
        writer.revision += found.length;
        for (const { event, position } of found) acknowledged.set(event.id, position);
        if (found.length > 0) outcomes['found after an unknown outcome'] += 1;
      }
    }
  }

  const found = new Map<string, bigint>();
  const revisions = new Map<string, number>();
  let end = 0n;

  /** Reads on where the last look ended: each event once, and after the one before in its stream. */
  async function readOn(): Promise<void> {
    for await (const { event, position } of store.readAll(end)) {
      expect(found.has(event.id)).toBe(false);
      expect(event.revision).toBe((revisions.get(event.stream) ?? -1) + 1);
      found.set(event.id, position);
      revisions.set(event.stream, event.revision);
      end = position;
    }
    for (const id of refused) expect(found.has(id)).toBe(false);
    for (const [id, position] of acknowledged) expect(found.get(id)).toBe(position);
  }

  it(
    `lose and double nothing that was acknowledged (${runs} cuts)`,
    async () => {
      const cases = fc.sample(fc.record({ cut: fc.constantFrom(...CUTS), after: fc.integer({ min: 0, max: 20 }) }), {
        numRuns: runs,
        seed,
      });
      for (const [n, { cut, after }] of cases.entries()) {
        cuts[cut] += 1;
        progress(n + 1);
        const writing = Promise.all(writers.map((_, w) => write(w, 4)));
        if (cut === 'mid-read') log.double.cutReadAfter(after);
        else if (cut === 'mid-subscription') log.double.cutSubscriptionAfter(after);
        else log.double.cutAppendsAfter(after, cut === 'before write' ? 'before-write' : 'after-write');
        await writing;
        await readOn();
      }
      const whole = [];
      for await (const { event } of store.readAll(0n)) whole.push(event.id);
      expect(whole).toEqual([...found.keys()]);
      while (seen.length < found.size) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(seen).toEqual(whole);
      const first = writers.flatMap(({ next }, w) => Array.from({ length: next }, (_, n) => eventId(command(w, n), 0)));
      expect(first.filter((id) => found.has(id)).length).toBeGreaterThan(runs);
      record({ ...cuts, ...outcomes, events: found.size, lost: 0, doubled: 0 });
    },
    timeout,
  );
});
