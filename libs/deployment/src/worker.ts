import { DayKeeper } from './day-keeper';
import type { Deployment } from './deployment';

/** Keeps read models up with the log and lets days begin, until stopped. */
export class Worker {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly deployment: Deployment) {}

  start(): void {
    const { signal } = this.stopping;
    this.running = Promise.all([this.deployment.projections.run(signal), new DayKeeper(this.deployment).run(signal)]);
    this.running.catch((error: unknown) => this.deployment.log.fatal({ err: error }, 'the worker has ended'));
  }

  /** Resolves when the page and the day in hand are done. Throws what ended the worker, if anything did. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
