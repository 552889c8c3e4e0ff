import { setTimeout as sleep } from 'node:timers/promises';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { type Fault, faultOf, nodesOf, saysWhy, unavailable } from './kurrent-faults';
import { StoreError } from './port';

/** How long an operation goes on trying before it says `unavailable`, and how long one answer may take. */
export interface Patience {
  readonly patienceMs: number;
  readonly answerMs: number;
}

/** A node that is frozen, or a network that swallows everything. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
  }
}

/** An answer within so many milliseconds: a frozen node keeps every promise open. @throws NoAnswer */
export function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswer(ms)), ms);
    const settled =
      <A>(settle: (with_: A) => void) =>
      (with_: A): void => {
        clearTimeout(timer);
        settle(with_);
      };
    answer.then(settled(resolve), settled(reject));
  });
}

/** Longer from time to time, and never for many at once. */
export const pauseBefore = (attempt: number, most: number): number =>
  Math.min(most, 50 * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2);

interface Held {
  readonly client: KurrentDBClient;
  users: number;
  retired: boolean;
}

let lines = 0;
const KEEP_ALIVE_TIMEOUT = /([?&]keep[-_]?alive[-_]?timeout=)(\d+)/i;
const USUAL_KEEP_ALIVE_TIMEOUT = 10_000;

/**
 * gRPC lets all channels with the same settings share one line, and after a failure makes all of them wait before it is tried again, longer each time. A client
 * whose settings differ from all others' by a few milliseconds has its own, and tries at once.
 */
export function withLineOfItsOwn(url: string): string {
  lines = (lines + 1) % 5_000;
  if (KEEP_ALIVE_TIMEOUT.test(url))
    return url.replace(KEEP_ALIVE_TIMEOUT, (_, name: string, ms: string) => `${name}${Number(ms) + lines}`);
  return `${url}${url.includes('?') ? '&' : '?'}keepAliveTimeout=${USUAL_KEEP_ALIVE_TIMEOUT + lines}`;
}

/** What the client does not show: its channel stays open when its streams are disposed of. */
interface WithChannel {
  getChannel(): Promise<{ close(): void }>;
}

/** The client asks for itself only. */
interface WithFeatures {
  supports(method: { readonly path: string }): Promise<boolean>;
}

async function dispose(client: KurrentDBClient): Promise<void> {
  const channel = (client as unknown as WithChannel).getChannel();
  channel.catch(() => undefined);
  await within(1_000, client.dispose()).catch(() => undefined);
  const closed = channel.then(
    (open) => open.close(), // also when it is found later than anybody waits
    () => undefined,
  );
  await within(1_000, closed).catch(() => undefined);
}

/**
 * A client that is replaced when it fails: its reads never recover after their node is gone, a new one's do at once. Who still uses the old one finishes
 * with it; then it is let go.
 */
export class ReplaceableClient {
  readonly nodes: string;
  private held: Held | undefined;
  /** Nothing has worked for so long that trying again for long is no use: it is tried twice. */
  private away = false;
  private closing = false;
  private readonly disposals = new Set<Promise<void>>();

  constructor(
    private readonly url: string,
    private readonly patience: Patience,
  ) {
    this.nodes = nodesOf(url);
  }

  /** The present client for as long as `use` takes. */
  async using<T>(use: (client: KurrentDBClient) => Promise<T>): Promise<T> {
    const held = this.take();
    try {
      return await use(held.client);
    } catch (error) {
      if (!(error instanceof StoreError) && isLost(faultOf(error))) this.retire(held);
      throw error;
    } finally {
      held.users -= 1;
      this.letGo(held);
    }
  }

  /**
   * Asks, on a new client after each failure, until it is answered or patience ends. What the server answers for good is thrown as the client throws it.
   * @throws StoreError `unavailable`
   */
  async ask<T>(question: (client: KurrentDBClient) => Promise<T>): Promise<T> {
    const end = Date.now() + this.patience.patienceMs;
    const { away } = this;
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await this.using(question);
        this.away = false;
        return answer;
      } catch (error) {
        if (error instanceof StoreError) throw error;
        const fault = faultOf(error);
        if (!isLost(fault) && fault.kind !== 'denied') throw error;
        const pause = pauseBefore(attempt, 1_000);
        const enough = away && attempt > 0; // the client at hand may be one that lost its line while the node was away
        if (fault.kind === 'denied' || this.closing || enough || Date.now() + pause > end) {
          this.away = fault.kind !== 'denied';
          throw unavailable(this.nodes, fault, saysWhy(error) ? error : await this.reason(error));
        }
        await sleep(pause);
      }
    }
  }

  /** Whether the server knows a method. */
  async supports(path: string): Promise<boolean> {
    const { answerMs } = this.patience;
    return this.ask((client) => within(answerMs, (client as unknown as WithFeatures).supports({ path })));
  }

  /** What fails without a word is followed by a question whose failure says why. */
  private async reason(silent: unknown): Promise<unknown> {
    const asking = this.using((client) => within(1_000, (client as unknown as WithFeatures).supports({ path: '' })));
    return asking.then(
      () => silent,
      (error: unknown) => (error instanceof StoreError ? silent : error),
    );
  }

  private take(): Held {
    if (this.closing) throw new StoreError('unavailable', 'the event store is closed');
    this.held ??= { client: KurrentDBClient.connectionString(withLineOfItsOwn(this.url)), users: 0, retired: false };
    this.held.users += 1;
    return this.held;
  }

  private retire(held: Held): void {
    held.retired = true;
    if (this.held === held) this.held = undefined;
  }

  private letGo(held: Held): void {
    if (!held.retired || held.users > 0) return;
    const disposal = dispose(held.client).finally(() => this.disposals.delete(disposal));
    this.disposals.add(disposal);
  }

  async close(): Promise<void> {
    this.closing = true;
    const { held } = this;
    if (held) {
      this.retire(held);
      this.letGo(held);
    }
    await Promise.all(this.disposals);
  }
}

/** Whether a call failed for reasons that lie between client and server, so that another client may fare better. */
export const isLost = ({ kind }: Fault): boolean =>
  kind === 'unreachable' || kind === 'unclear' || kind === 'not-leader';
