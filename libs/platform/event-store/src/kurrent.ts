import type { Instant } from '@plumbline/kernel';
import type { PositionIndex } from './kurrent-index';
import type { KurrentEventStore } from './kurrent-store';

export interface KurrentEventStoreOptions {
  /** `kurrentdb://…` as KurrentDB's documentation has it, with user, password and TLS options; `esdb://` is taken with a hint. */
  readonly url: string;
  /** The store closes it. */
  readonly index: PositionIndex;
  /** Stamps appends; the machine's clock unless given. */
  readonly clock?: () => Instant;
  /** What names of streams begin with in KurrentDB, so that a server may hold other systems' streams and other logs of ours; `plumbline.` unless given. */
  readonly streamPrefix?: string;
  /** How long an append whose outcome is not clear is repeated before it is `outcome-unknown`. */
  readonly settleMs?: number;
  /** How long an operation tries to get through before it is `unavailable`. */
  readonly patienceMs?: number;
  /** How long one answer may take. */
  readonly answerMs?: number;
  /** How often the end of the log is looked at, beside the subscription. */
  readonly pollMs?: number;
  /** Told what whoever runs the product should know. */
  readonly warn?: (message: string) => void;
}

export const DEFAULT_STREAM_PREFIX = 'plumbline.';

/**
 * No prefix may begin another log's: the server is asked for streams by it.
 * @throws Error in words
 */
export function checkStreamPrefix(prefix: string): void {
  if (!/^[A-Za-z0-9_-]+\.$/.test(prefix))
    throw new Error(
      `The prefix of a log in KurrentDB (EVENT_STORE_PREFIX) is letters, digits, - and _ with one dot, at its end, as in plumbline-staging. (${prefix} is not): then none begins another.`,
    );
}

const KURRENT_URL = /^(kurrentdb|kurrent|kdb|esdb)(\+discover)?:\/\//;

/** Whether an address is one of KurrentDB (or EventStoreDB). */
export const isKurrentUrl = (url: string): boolean => KURRENT_URL.test(url);

/**
 * Opens the log in KurrentDB. The server may be away: then everything is `unavailable` until it is back. Its client is loaded here only: who keeps the log
 * in PostgreSQL does without it.
 * @throws Error in words when the address is none of KurrentDB, or the prefix may begin another's
 */
export async function openKurrentEventStore(options: KurrentEventStoreOptions): Promise<KurrentEventStore> {
  if (!isKurrentUrl(options.url))
    throw new Error('the address of a KurrentDB begins with kurrentdb:// or kurrentdb+discover://');
  checkStreamPrefix(options.streamPrefix ?? DEFAULT_STREAM_PREFIX);
  const { KurrentEventStore: store } = await import('./kurrent-store');
  return await store.open(options);
}
