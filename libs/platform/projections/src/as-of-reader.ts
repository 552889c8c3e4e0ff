import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnyReadModel } from '@plumbline/kernel';
import {
  endOfAct,
  type EventStore,
  lastWholeAct,
  type PartedAct,
  type PartedActs,
  StoreError,
  unfinished,
} from '@plumbline/platform/event-store';
import { type DataSource, QueryFailedError } from 'typeorm';
import { AsOfView, type KnownPosition } from './as-of-view';
import type { CheckpointWatch } from './checkpoint-watch';
import { type Checkpoint, checkpointsFrom, checkpointsSql } from './checkpoints';
import { type DeclaredReadModel, READ_MODELS, type ReadModelTable, tableOf } from './table';

/** Which position to answer for. Neither: the end of the last act that all tables asked for have read whole. */
export interface AsOf {
  /** Exactly this position; 0n is the empty log. Waited for if the tables have not read so far. */
  readonly position?: bigint;
  /** At least this position (what an append answered) and the act it lies in: waited for. Exactly it where an act is not finished there: decisions go on then, and see what is recorded. */
  readonly after?: bigint;
}

/** A read model did not come as far as asked in time: answer 503 with `Retry-After`. */
export class ReadModelLagging extends Error {
  override readonly name = 'ReadModelLagging';
  constructor(
    /** Table of the hindmost read model. */
    readonly model: string,
    readonly state: 'lagging' | 'building' | 'poisoned',
    /** Where it stands. */
    readonly position: bigint,
    readonly retryAfterSeconds: number,
  ) {
    const why = {
      lagging: 'has not read that far yet',
      building: 'is still being built',
      poisoned: 'stands still: it could not read an event and has to be mended',
    };
    super(`the read model ${model} ${why[state]} (position ${position}); ask again later`);
  }
}

export interface AsOfReaderOptions {
  /** Initialized, over the same models. */
  readonly dataSource: DataSource;
  readonly store: Pick<EventStore, 'at' | 'head' | 'headAt' | 'readPage' | 'readByIds'>;
  /** What is known of acts in parts; left out where every act is recorded whole. */
  readonly parted?: PartedActs;
  readonly watch: CheckpointWatch;
  readonly schema?: string;
  /** How long a position is waited for, in milliseconds; 10 seconds unless said. */
  readonly waitMs?: number;
  /** Told when a question has to wait for a read model: for whoever brings them up on demand. */
  readonly whenBehind?: () => void;
}

const WAIT_MS = 10_000;
const UNDEFINED_TABLE = '42P01';
const INVALID_SCHEMA = '3F000';

const isMissing = (error: unknown): boolean =>
  error instanceof QueryFailedError &&
  [UNDEFINED_TABLE, INVALID_SCHEMA].includes((error.driverError as { code?: string }).code ?? '');

/** A read may meet a build that makes its indexes: PostgreSQL ends one of the two, and reading again is safe. */
const isDeadlock = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '40P01';

/**
 * The one read path. Every question is answered at one position p, in one REPEATABLE READ READ ONLY transaction: the position asked, or the least
 * checkpoint of its tables, moved back to where no act is half read.
 */
export class AsOfReader {
  private readonly schema: string;
  private readonly waitMs: number;
  private readonly tables = new Map<DeclaredReadModel, ReadModelTable>();
  private readonly answering = new AsyncLocalStorage<true>();
  /** What is known of acts in parts, for whoever asks about a position before reading as of it. */
  readonly parted: PartedActs | undefined;

  constructor(private readonly options: AsOfReaderOptions) {
    this.schema = options.schema ?? READ_MODELS;
    this.waitMs = options.waitMs ?? WAIT_MS;
    this.parted = options.parted;
  }

  /**
   * Answers `question` with the models as they stood at one position.
   * A question asks nothing of another view: each holds a connection, and when all are held by questions that wait for a second one, none is ever let go.
   * @throws StoreError `unknown-position` when no event stands at the position asked, or `after` lies beyond the log
   * @throws ReadModelLagging when a model has not come that far in time, is being built (and no position was asked), or is poisoned before it
   */
  async at<T>(asOf: AsOf, models: readonly DeclaredReadModel[], question: (view: AsOfView) => Promise<T>): Promise<T> {
    if (models.length === 0) throw new RangeError('a view needs a read model');
    if (this.answering.getStore()) throw new Error('a question within a question would wait for a connection it holds');
    const wanted = await this.wanted(asOf);
    const tables = models.map((model) => this.tableOf(model));
    let answer = await this.attempt(wanted, tables, question);
    for (const deadline = performance.now() + this.waitMs; 'lagging' in answer;) {
      const left = deadline - performance.now();
      if (left <= 0 || answer.lagging.state === 'poisoned') throw answer.lagging;
      const waiting = this.options.watch.wait(left);
      this.options.whenBehind?.();
      try {
        answer = await this.attempt(wanted, tables, question);
        if ('lagging' in answer) await waiting.advanced;
      } finally {
        waiting.cancel();
      }
    }
    return answer.given;
  }

  /** How far each of these models has read, for health and progress; of those that have a table. */
  async checkpoints(models: readonly DeclaredReadModel[]): Promise<readonly Checkpoint[]> {
    return this.checkpointsOf(
      this.options.dataSource,
      models.map((model) => this.tableOf(model)),
    );
  }

  private tableOf(model: DeclaredReadModel): ReadModelTable {
    const table = this.tables.get(model) ?? tableOf(model as AnyReadModel, this.schema);
    this.tables.set(model, table);
    return table;
  }

  /** Refuses a position that the log does not have, before anything waits for it. */
  private async wanted({ position, after }: AsOf): Promise<Wanted> {
    const { store, parted } = this.options;
    if (after !== undefined) {
      const head = await store.head();
      if (after < 0n || after > head.position)
        throw new StoreError('unknown-position', `the log ends at position ${head.position}, before ${after}`);
    }
    const [open] = after === undefined ? [] : await this.openAt(after);
    if (after !== undefined && open) {
      const { position: at, ...known } = await store.headAt(after);
      return { least: at, exactly: { position: at, ...known }, whenLive: false };
    }
    const least = after === undefined || after === 0n ? 0n : await endOfAct(store, after, parted);
    if (position === undefined) return { least, whenLive: after === undefined };
    const exactly = position === 0n ? NOTHING_KNOWN : { position, ...(await store.at(position)) };
    return { least: position > least ? position : least, exactly, whenLive: false };
  }

  /** @throws StoreError `unfinished-act` when a position lies in an act that is recorded in part: for whoever must know it whole */
  async assertWhole(position: bigint): Promise<void> {
    const [open] = await this.openAt(position);
    if (open) throw unfinished(open.act);
  }

  private async openAt(position: bigint): Promise<readonly PartedAct[]> {
    return ((await this.parted?.openAt(position)) ?? []).filter(({ last }) => last === null);
  }

  private async attempt<T>(
    wanted: Wanted,
    tables: readonly ReadModelTable[],
    question: (view: AsOfView) => Promise<T>,
    retries = 3,
  ): Promise<{ readonly given: T } | { readonly lagging: ReadModelLagging }> {
    const runner = this.options.dataSource.createQueryRunner();
    try {
      await runner.query('START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const checkpoints = await this.checkpointsOf(runner, tables);
      const lagging = this.lagging(wanted, tables, checkpoints);
      if (lagging) return { lagging };
      const known = wanted.exactly ?? (await this.leastKnown(checkpoints));
      const view = new AsOfView(known, runner.manager, tables);
      return { given: await this.answering.run(true, () => question(view)) };
    } catch (error) {
      if (isDeadlock(error) && retries > 0) return await this.attempt(wanted, tables, question, retries - 1);
      throw error;
    } finally {
      await runner.query('ROLLBACK').catch(() => undefined);
      await runner.release();
    }
  }

  private async checkpointsOf(
    on: Pick<DataSource, 'query'>,
    tables: readonly ReadModelTable[],
  ): Promise<readonly Checkpoint[]> {
    try {
      const names = tables.map(({ name }) => name);
      return checkpointsFrom(await on.query<unknown[]>(checkpointsSql(this.schema), [names]));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  /** The hindmost of the models that are not ready for the question. */
  private lagging(
    { least, whenLive }: Wanted,
    tables: readonly ReadModelTable[],
    checkpoints: readonly Checkpoint[],
  ): ReadModelLagging | undefined {
    const seconds = Math.ceil(this.waitMs / 1000);
    const unready = tables
      .map(({ name }): Pick<Checkpoint, 'model' | 'position' | 'status'> => {
        const found = checkpoints.find(({ model }) => model === name);
        return found ?? { model: name, position: -1n, status: 'building' };
      })
      .filter(({ position, status }) => position < least || (whenLive && status === 'building'))
      .sort((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : 0));
    const poisoned = unready.find(({ status }) => status === 'poisoned');
    const hindmost = poisoned ?? unready[0];
    if (!hindmost) return undefined;
    const { model, position, status } = hindmost;
    return new ReadModelLagging(model, status === 'live' ? 'lagging' : status, position < 0n ? 0n : position, seconds);
  }

  private async leastKnown(checkpoints: readonly Checkpoint[]): Promise<KnownPosition> {
    const position = checkpoints.map((each) => each.position).reduce((a, b) => (a < b ? a : b));
    return await lastWholeAct(this.options.store, position, this.options.parted);
  }
}

const NOTHING_KNOWN: KnownPosition = { position: 0n, event: null, knownAt: null };

interface Wanted {
  /** The least position that every table must have read. */
  readonly least: bigint;
  readonly exactly?: KnownPosition;
  /** The answer is for now, so a model that is still being built must be waited for. */
  readonly whenLive: boolean;
}
