import type { AnyReadModel } from '@plumbline/kernel';
import type { EventStore } from '@plumbline/platform/event-store';
import type { Pool } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { readCheckpoints } from './checkpoints';
import { advance, type Cohort } from './cohort';
import { finishBuild, prepareTables } from './prepare';
import { READ_MODELS, ReadModelMisdeclared, type ReadModelTable, tablesOf } from './table';

/** Where the runner says what happens; a pino logger is one. */
export interface RunnerLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** How far a build has come; told after every page. */
export interface BuildProgress {
  readonly models: readonly string[];
  readonly position: bigint;
  /** The log's head when the build began. */
  readonly head: bigint;
}

export interface RunnerOptions {
  readonly store: EventStore;
  /** Connections as a role that may create the schema and write in it. */
  readonly pool: Pool;
  readonly models: readonly AnyReadModel[];
  readonly log: RunnerLog;
  readonly schema?: string;
  /** Events a page at most; 5,000 unless said. Rows do not depend on it. */
  readonly pageSize?: number;
  readonly onProgress?: (progress: BuildProgress) => void;
}

const PAGE_SIZE = 5_000;
const RETRY_MS = [250, 1_000, 5_000, 15_000];

/**
 * Keeps read models up with the log. What is in service goes on together, from one reading of the log, all rows and checkpoints of a page in one
 * transaction; what is being built catches up apart and joins. Any number of runners may run on one database: a page is written once, by the one whose
 * checkpoints still stand.
 */
export class ProjectionRunner {
  private readonly tables: readonly ReadModelTable[];
  private readonly schema: string;
  private readonly pageSize: number;
  /** A build has come up to the front: the next round begins by bringing both to one position. */
  private meeting = false;

  /** @throws ReadModelMisdeclared */
  constructor(private readonly options: RunnerOptions) {
    this.schema = options.schema ?? READ_MODELS;
    this.pageSize = options.pageSize ?? PAGE_SIZE;
    this.tables = tablesOf(options.models, this.schema);
  }

  /** Makes the tables that are missing. @throws ReadModelMisdeclared when a table changed without its version */
  async prepare(): Promise<void> {
    const { store, pool, log } = this.options;
    const { created, retried, restarted } = await prepareTables(store, pool, this.schema, this.tables);
    if (created.length > 0) log.info({ models: created }, 'read models to build');
    if (restarted.length > 0) log.warn({ models: restarted }, 'read models stood on another log and are built anew');
    for (const { model, error } of retried) log.warn({ model, error }, 'a poisoned read model is tried again');
  }

  /**
   * Brings all models to the head of the log (or exactly to `upTo`), puts those being built into service, and ends. Poisoned models stay behind.
   * @throws whatever store and database throw
   */
  async catchUp(upTo?: bigint, signal: AbortSignal = new AbortController().signal): Promise<void> {
    await this.prepare();
    await this.raise((await this.standing()).cohorts, () => upTo, signal);
    if (!signal.aborted && upTo === undefined) await finishBuild(this.options.pool, this.schema, this.tables);
  }

  /** Follows the log until the signal aborts; a failing store or database is tried again. @throws ReadModelMisdeclared */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    let prepared = false;
    while (!signal.aborted) {
      try {
        if (!prepared) await this.prepare();
        prepared = true;
        await this.follow(signal, () => {
          failures = 0;
        });
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ReadModelMisdeclared) throw error;
        const ms = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]!;
        this.options.log.warn({ err: error, retryInMs: ms }, 'read models stand still: the store or database failed');
        await delay(ms, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** The models that go on, by where they stand, hindmost first; and which of them are still being built. */
  private async standing(among: readonly ReadModelTable[] = this.tables): Promise<Standing> {
    const names = among.map(({ name }) => name);
    const read = () => readCheckpoints(this.options.pool, this.schema, names);
    let checkpoints = await read();
    if (checkpoints.length < among.length) {
      await this.prepare();
      checkpoints = await read();
    }
    const positions = new Map<bigint, ReadModelTable[]>();
    for (const { model, position, status } of checkpoints) {
      if (status === 'poisoned') continue;
      const together = positions.get(position) ?? [];
      positions.set(position, together);
      together.push(...among.filter(({ name }) => name === model));
    }
    const cohorts = [...positions].map(([position, tables]): Cohort => ({ position, tables }));
    return {
      cohorts: cohorts.sort((a, b) => (a.position < b.position ? -1 : 1)),
      building: new Set(checkpoints.filter(({ status }) => status === 'building').map(({ model }) => model)),
    };
  }

  /** One page for a cohort; undefined when another worker was first. */
  private async step(cohort: Cohort, page: Parameters<typeof advance>[3]): Promise<Cohort | undefined> {
    const { pool, log } = this.options;
    const done = await advance(pool, this.schema, cohort, page);
    if (done.outcome === 'lost') return undefined;
    for (const { table, error } of done.poisoned)
      log.error(
        { model: table, error },
        'a read model is poisoned: it stands still until it is mended, the others go on',
      );
    return done.cohort;
  }

  /**
   * Brings cohorts up, hindmost first, each joining the next where that one stands, until all that are left stand at `target()` (undefined: the head).
   */
  private async raise(
    cohorts: readonly Cohort[],
    target: () => bigint | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, onProgress } = this.options;
    const head = (await store.head()).position;
    const among = cohorts.flatMap(({ tables }) => tables);
    let [hindmost, ...others] = cohorts;
    while (hindmost && hindmost.tables.length > 0 && !signal.aborted) {
      const next = others[0];
      if (next && next.position === hindmost.position) {
        hindmost = { position: next.position, tables: [...hindmost.tables, ...next.tables] };
        others = others.slice(1);
        continue;
      }
      const end = target();
      const upTo = next && (end === undefined || next.position < end) ? next.position : end;
      if (upTo !== undefined && upTo <= hindmost.position) return;
      const page = await store.readPage(hindmost.position, this.pageSize, upTo === undefined ? {} : { upTo });
      if (page.events.length === 0) return;
      const risen: Cohort | undefined = await this.step(hindmost, page);
      if (risen) {
        hindmost = risen.tables.length > 0 ? risen : others.shift();
        const models = risen.tables.map(({ name }) => name);
        if (models.length > 0) onProgress?.({ models, position: risen.position, head });
      } else [hindmost, ...others] = (await this.standing(among)).cohorts;
    }
  }

  /**
   * One round: the foremost models follow the log while the others catch up apart. It ends when those have come up, or another worker was first; then
   * they are brought together while nobody moves.
   */
  private async follow(signal: AbortSignal, onPage: () => void): Promise<void> {
    const { store, pool, log, onProgress } = this.options;
    if (this.meeting) {
      const { cohorts } = await this.standing();
      const meetingPoint = cohorts.at(-1)?.position;
      await this.raise(cohorts, () => meetingPoint, signal);
      this.meeting = false;
    }
    const { cohorts, building } = await this.standing();
    let front = cohorts.at(-1);
    if (!front) {
      log.error({}, 'every read model is poisoned');
      await delay(RETRY_MS.at(-1)!, undefined, { signal }).catch(() => undefined);
      return;
    }
    const head = (await store.head()).position;
    const round = new AbortController();
    const end = () => round.abort();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    const behind = cohorts.slice(0, -1);
    let foremost = front.position;
    const build = behind.length > 0 ? this.build(behind, () => foremost, round) : Promise.resolve();
    build.catch(end);

    try {
      let unfinished = front.tables.some(({ name }) => building.has(name));
      for await (const page of store.subscribe(front.position, { signal: round.signal, pageSize: this.pageSize })) {
        if (page.events.length > 0) front = await this.step(front, page);
        else if (unfinished) {
          await finishBuild(pool, this.schema, front.tables);
          unfinished = false;
        }
        onPage();
        if (!front || front.tables.length === 0) break;
        foremost = front.position;
        if (unfinished) onProgress?.({ models: front.tables.map(({ name }) => name), position: front.position, head });
      }
    } finally {
      end();
      signal.removeEventListener('abort', end);
      await build;
    }
  }

  /** Catches up apart, then ends the round so that all go on together. */
  private async build(behind: readonly Cohort[], front: () => bigint, round: AbortController): Promise<void> {
    try {
      await this.raise(behind, front, round.signal);
      if (!round.signal.aborted) this.meeting = true;
    } finally {
      round.abort();
    }
  }
}

/** Where the read models stand. */
interface Standing {
  readonly cohorts: readonly Cohort[];
  readonly building: ReadonlySet<string>;
}
