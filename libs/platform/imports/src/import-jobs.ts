import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '@plumbline/kernel';
import { storeProblem } from '@plumbline/platform/http';
import { FileRefused } from './file';
import type { Importer } from './importer';
import type { ImportOutcome, ImportPorts, ImportProgress, ImportRequest } from './import-request';
import { ImportRun } from './run-import';

/** An import as its sender follows it. `failed`: an error of the product, not of the file; nothing was recorded beyond what the log holds. */
export interface ImportJob {
  readonly job: string;
  readonly kind: string;
  readonly fileName: string;
  readonly startedBy: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  progress: ImportProgress | null;
  outcome: ImportOutcome | null;
  /** Why the file as a whole was refused, or what failed. */
  refusal: { readonly rule: string; readonly detail: string; readonly line?: number } | null;
}

const KEPT_JOBS = 200;
const WAITING_JOBS = 20;

/** How long the end of a service waits for an import that is being recorded. */
const STOP_WITHIN_MS = 60_000;

/** Ends an import of which nothing is recorded. */
class Stopping extends Error {
  override readonly name = 'Stopping';
}

export class TooManyImports extends Error {
  override readonly name = 'TooManyImports';
}

/** Runs imports one after the other: each may hold one batch in memory. Jobs live as long as the process; what they recorded is in the log. */
export class ImportJobs {
  private readonly jobs = new Map<string, ImportJob>();
  private last: Promise<void> = Promise.resolve();
  private stopping = false;
  private readonly importers: ReadonlyMap<string, Importer>;

  constructor(
    importers: readonly Importer[],
    private readonly ports: ImportPorts,
    private readonly failed: (job: ImportJob, error: unknown) => void,
    /** Called when a job no longer needs its file. */
    private readonly release: (path: string) => Promise<void>,
  ) {
    this.importers = new Map(importers.map((importer) => [importer.kind, importer]));
  }

  kinds(): readonly Importer[] {
    return [...this.importers.values()];
  }

  find(job: string): ImportJob | undefined {
    return this.jobs.get(job);
  }

  /** @throws TooManyImports when twenty wait already. */
  start(request: ImportRequest, actor: Actor): ImportJob {
    const importer = this.importers.get(request.kind);
    if (!importer)
      throw new FileRefused(
        'an-import-is-of-a-known-kind',
        `There is no import of "${request.kind}"; there is ${[...this.importers.keys()].join(', ')}.`,
      );
    if ([...this.jobs.values()].filter(({ state }) => state === 'waiting').length >= WAITING_JOBS)
      throw new TooManyImports();
    const job: ImportJob = {
      job: randomUUID(),
      kind: request.kind,
      fileName: request.fileName,
      startedBy: actor.id,
      state: 'waiting',
      progress: null,
      outcome: null,
      refusal: null,
    };
    this.jobs.set(job.job, job);
    for (const [id, old] of this.jobs)
      if (this.jobs.size > KEPT_JOBS && (old.state === 'done' || old.state === 'failed')) this.jobs.delete(id);
    this.last = this.last.then(async () => {
      await this.run(job, importer, request, actor);
      // a file that cannot be removed stays until the next start; the imports that wait go on
      await this.release(request.path).catch((error: unknown) => this.failed(job, error));
    });
    return job;
  }

  /** Resolves when every job started so far has ended. */
  async idle(): Promise<void> {
    await this.last;
  }

  /**
   * Begins nothing more and breaks off what has recorded nothing. Resolves when the import that is being recorded has ended: a log that does not take it whole
   * would hold a part of it, and reports would stand before that. Waits so long at most.
   */
  async stop(withinMs = STOP_WITHIN_MS): Promise<void> {
    this.stopping = true;
    const tooLong = new AbortController();
    const waited = delay(withinMs, undefined, tooLong).catch(() => undefined);
    await Promise.race([this.last, waited]);
    tooLong.abort();
  }

  /** Called by Nest while requests are still answered, so that whoever waits for an import hears of its end. */
  async onModuleDestroy(): Promise<void> {
    await this.stop();
  }

  private async run(job: ImportJob, importer: Importer, request: ImportRequest, actor: Actor): Promise<void> {
    job.state = 'running';
    let recording = false;
    const goOn = (): void => {
      if (this.stopping && !recording) throw new Stopping();
    };
    try {
      goOn();
      const run = await ImportRun.open(importer, request, this.ports, (progress) => {
        recording ||= progress.phase === 'recording';
        goOn();
        job.progress = progress;
      });
      job.outcome = await run.run(actor);
      job.state = 'done';
    } catch (error) {
      if (error instanceof FileRefused) {
        job.refusal = {
          rule: error.rule,
          detail: error.message,
          ...(error.line === undefined ? {} : { line: error.line }),
        };
        job.state = 'done';
        return;
      }
      if (error instanceof Stopping) {
        job.refusal = {
          rule: 'an-import-begins-while-the-service-goes-on',
          detail: 'The service ends before this import recorded anything: send it again when the service is back.',
        };
        job.state = 'failed';
        return;
      }
      const known = storeProblem(error);
      job.refusal = {
        rule: known?.rule ?? 'this-should-not-have-happened',
        detail: `${known?.options.detail ?? 'The cause is in the log of the server.'} Send the same import again: what is recorded already stays once.`,
      };
      job.state = 'failed';
      this.failed(job, error);
    }
  }
}
