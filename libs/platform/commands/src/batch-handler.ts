import { StoreError, type Unchanged } from '@plumbline/platform/event-store';
import { BatchAttempt, type DecidedBatch } from './batch-attempt';
import type { BatchTally } from './batch-tally';
import { MOST_REDECISIONS, SETTLING_PAUSES, unlessReached } from './command-handler';
import type { CommandHandlerParts } from './handler-parts';
import type { BatchCommand, BatchMeta } from './command-meta';
import type { BatchResult } from './command-result';
import type { Moment } from './deciding';
import type { PackedWrites } from './packed-writes';
import { FoldDiscovered, FoldsByConcept } from './stream-states';
import { localDay } from './valid-time';

/** Commands that are read, decided and sealed at a time. */
const COMMANDS_PER_PAGE = 500;
/** A decider that makes its fact folds anew at each call would begin anew for ever. */
const MOST_FOLDS = 50;

async function* pages(commands: Iterable<BatchCommand> | AsyncIterable<BatchCommand>): AsyncGenerator<BatchCommand[]> {
  let page: BatchCommand[] = [];
  for await (const command of commands) {
    page.push(command);
    if (page.length < COMMANDS_PER_PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** Many commands as one append: all decided in order, later ones on what earlier ones left; all or nothing unless the refused are skipped. */
export class BatchHandler {
  constructor(private readonly parts: CommandHandlerParts) {}

  /**
   * @param commands walked again when the log changed meanwhile: an array or a re-iterable, no spent generator
   * @throws StoreError `stale-revision` when others kept writing the same streams, `too-large` (bytes), `unavailable`; `outcome-unknown` when the store did not
   * say whether it recorded the batch and it is not found either: sending it again is safe
   */
  async handle(commands: Iterable<BatchCommand> | AsyncIterable<BatchCommand>, meta: BatchMeta): Promise<BatchResult> {
    const folds = new FoldsByConcept();
    let [redecisions, discoveries] = [0, 0];
    for (;;) {
      try {
        return await this.attempt(commands, meta, folds);
      } catch (error) {
        const changed = error instanceof StoreError && ['stale-revision', 'duplicate-event'].includes(error.failure);
        if (changed && redecisions++ < MOST_REDECISIONS) continue;
        if (error instanceof FoldDiscovered && discoveries++ < MOST_FOLDS) continue;
        throw error;
      }
    }
  }

  private async attempt(
    commands: Iterable<BatchCommand> | AsyncIterable<BatchCommand>,
    meta: BatchMeta,
    folds: FoldsByConcept,
  ): Promise<BatchResult> {
    const keys: string[] = [];
    let kept = false;
    try {
      const decided = await this.decide(commands, meta, folds, keys);
      const { tally, events, stands, writes, unchanged } = decided;
      if (!stands || meta.dryRun === true || events === 0)
        return this.told(tally, tally.result(stands, events, null, null));
      const { first, last } = await this.append(writes, unchanged, meta);
      kept = true;
      return this.told(tally, tally.result(true, events, first, last));
    } catch (error) {
      kept = error instanceof StoreError && error.failure === 'outcome-unknown';
      throw error;
    } finally {
      if (!kept) await this.parts.sealer.discard(keys);
    }
  }

  /** Decides all. What it held for that (states, facts, ids) is let go with it, before the store makes its bytes. */
  private async decide(
    commands: Iterable<BatchCommand> | AsyncIterable<BatchCommand>,
    meta: BatchMeta,
    folds: FoldsByConcept,
    keys: string[],
  ): Promise<DecidedBatch> {
    const attempt = new BatchAttempt(this.parts, meta, await this.moment(meta), folds, keys);
    for await (const page of pages(commands)) {
      const goesOn = await attempt.take(page);
      meta.progress?.({ phase: 'deciding', done: attempt.tally.commands });
      if (!goesOn) return { ...attempt.decided(), stands: false };
    }
    const last = attempt.stands && meta.dryRun !== true ? meta.closing?.() : undefined;
    if (last) await attempt.take([last]);
    return attempt.decided();
  }

  private async moment({ actor, onBehalfOf, correlationId, causationId }: BatchMeta): Promise<Moment> {
    const now = this.parts.clock.now();
    const policy = await this.parts.registry.policy.inForce(now);
    return { now, today: localDay(now, policy.timeZone), policy, actor, onBehalfOf, correlationId, causationId };
  }

  private async append(
    packed: PackedWrites,
    unchanged: readonly Unchanged[],
    meta: BatchMeta,
  ): Promise<{ readonly first: bigint; readonly last: bigint }> {
    try {
      const writes = packed.writes((done) => meta.progress?.({ phase: 'recording', done }));
      const { first, last } = await this.parts.store.append(writes, unchanged);
      return { first, last };
    } catch (error) {
      const unknown = error instanceof StoreError && error.failure === 'outcome-unknown';
      const settled = unknown ? await this.settle(packed) : undefined;
      if (settled) return settled;
      throw error;
    }
  }

  /** Looks for the first event of an append that was not answered; one append is recorded whole or not at all. */
  private async settle(packed: PackedWrites): Promise<{ readonly first: bigint; readonly last: bigint } | undefined> {
    for (const pause of SETTLING_PAUSES) {
      await new Promise((resume) => setTimeout(resume, pause));
      const found = await this.parts.store.readByIds([packed.first!, packed.last!]).catch(unlessReached);
      const positions = (found ?? []).map(({ position }) => position).sort((a, b) => (a < b ? -1 : 1));
      if (positions.length > 0) return { first: positions[0]!, last: positions.at(-1)! };
    }
    return undefined;
  }

  private told(tally: BatchTally, result: BatchResult): BatchResult {
    const { log, meter } = this.parts;
    for (const { type, outcome, count } of tally.counts()) {
      // what was decided in a batch that recorded nothing is no record
      if (result.accepted || outcome !== 'recorded') meter.count(type, outcome, count);
    }
    if (result.refusedCount > 0) {
      const { commands, refusedCount } = result;
      log.info(
        { commands, refusedCount, rules: [...new Set(result.refused.map(({ refused }) => refused))] },
        'batch refused',
      );
    }
    return result;
  }
}
