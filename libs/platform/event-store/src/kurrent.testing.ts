import { randomUUID } from 'node:crypto';
import type { LogUnderTest } from './contract.testing';
import { type KurrentEventStoreOptions, openKurrentEventStore } from './kurrent';
import type { KurrentEventStore } from './kurrent-store';
import { MemoryPositionIndex, type PositionIndex } from './kurrent-index';
import type { DoubleOptions, KurrentProtocolDouble } from './kurrent-protocol-double.testing';

/** A real server that specs of KurrentDB run on too, when its address is given. */
export const REAL_KURRENTDB = process.env['KURRENTDB_URL'];

/** A log of one's own in a server that may hold others'. */
export const freshPrefix = (): string => `plumbline-test-${randomUUID()}.`;

export interface KurrentUnderTest extends LogUnderTest {
  readonly prefix: string;
  open(clock?: () => string, options?: Partial<KurrentEventStoreOptions>): Promise<KurrentEventStore>;
}

/** An empty log under a prefix of its own; stores that are opened on it behave as processes of their own. */
export function kurrentLog(
  url: string,
  {
    index = async () => new MemoryPositionIndex(),
    end = async () => undefined,
  }: { index?: () => Promise<PositionIndex>; end?: () => Promise<unknown> } = {},
): KurrentUnderTest {
  const prefix = freshPrefix();
  const opened: KurrentEventStore[] = [];
  return {
    prefix,
    async open(clock, options = {}) {
      const store = await openKurrentEventStore({
        url,
        index: await index(),
        streamPrefix: prefix,
        pollMs: 200,
        ...(clock ? { clock } : {}),
        ...options,
      });
      opened.push(store);
      return store;
    },
    async end() {
      await Promise.all(opened.map((store) => store.close()));
      await end();
    },
  };
}

/** Starts a stand-in for a node of KurrentDB. It is loaded when it is asked for: most specs do without. */
export async function startKurrentDouble(options?: DoubleOptions): Promise<KurrentProtocolDouble> {
  const { KurrentProtocolDouble: double } = await import('./kurrent-protocol-double.testing');
  return await double.start(options);
}

/** A log in a double of its own. */
export async function doubleLog(
  options: DoubleOptions = {},
): Promise<KurrentUnderTest & { readonly double: KurrentProtocolDouble }> {
  const double = await startKurrentDouble(options);
  return { ...kurrentLog(double.url, { end: () => double.stop() }), double };
}
