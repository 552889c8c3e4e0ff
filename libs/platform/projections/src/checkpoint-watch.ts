import { Client } from 'pg';
import { ADVANCED } from './checkpoints';

export interface CheckpointWatchOptions {
  /** A direct connection: behind a transaction pooler nothing is heard, and waiting falls back to asking again. */
  readonly url: string;
  /** How often a waiter asks again though nothing was heard, in milliseconds; 250 unless said. */
  readonly pollMs?: number;
}

const RECONNECT_MS = 1_000;

/** Hears when read models advance: one connection for all who wait. Whoever waits asks again after `pollMs` at the latest, so that nothing depends on being heard. */
export class CheckpointWatch {
  private readonly listeners = new Set<() => void>();
  private client: Client | undefined;
  private stopped = false;
  private reconnect: NodeJS.Timeout | undefined;
  private readonly pollMs: number;

  constructor(private readonly options: CheckpointWatchOptions) {
    this.pollMs = options.pollMs ?? 250;
  }

  /** Starts to listen; a connection that cannot be made or is lost is tried again. */
  async start(): Promise<void> {
    const client = new Client({ connectionString: this.options.url, application_name: 'plumbline checkpoint watch' });
    const lost = () => {
      if (this.client !== client) return;
      this.client = undefined;
      void client.end().catch(() => undefined);
      if (this.stopped) return;
      this.reconnect = setTimeout(() => void this.start(), RECONNECT_MS);
      this.reconnect.unref();
    };
    this.client = client;
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', () => {
      for (const listener of [...this.listeners]) listener();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${ADVANCED}`);
    } catch {
      lost();
    }
  }

  /** Calls `listener` whenever a read model has advanced, until the returned function is called. For live views. */
  onAdvance(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Until something advances, `pollMs` or `atMost` milliseconds have passed. Call `wait` before looking, await its answer after. */
  wait(atMost: number): { readonly advanced: Promise<void>; readonly cancel: () => void } {
    const { promise, resolve } = pending();
    const timer = setTimeout(resolve, Math.min(atMost, this.pollMs));
    const off = this.onAdvance(resolve);
    const cancel = () => {
      clearTimeout(timer);
      off();
      resolve();
    };
    return { advanced: promise.finally(cancel), cancel };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.reconnect);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }
}

function pending(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
