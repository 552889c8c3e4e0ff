import { DayKeeper } from './day-keeper';
import type { Deployment } from './deployment';
import { FileEraser } from './file-eraser';

/** Keeps read models up with the log, lets days begin and processes act, and sends notices, until stopped. */
export class Worker {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly deployment: Deployment) {}

  /** @throws Error in words when the log is a demonstration and this is not its one process */
  start(): void {
    if (this.deployment.clock.simulated && !this.deployment.options.standalone)
      throw new Error('This log is a demonstration under a simulated clock: start it with plumbline up.');
    const { signal } = this.stopping;
    const { projections, processes, mailroom, delivery, clock, store, evidence, log } = this.deployment;
    this.running = Promise.all([
      projections.run(signal),
      // in a demonstration days pass when they are told to
      ...(clock.simulated ? [] : [new DayKeeper(this.deployment).run(signal)]),
      processes.run(signal),
      mailroom.run(signal),
      delivery.run(signal),
      new FileEraser(store, evidence, log).run(signal),
    ]);
    this.running.catch((error: unknown) => this.deployment.log.fatal({ err: error }, 'the worker has ended'));
  }

  /** Resolves when the page and the day in hand are done. Throws what ended the worker, if anything did. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
