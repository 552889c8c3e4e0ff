import { setTimeout as delay } from 'node:timers/promises';
import { recordAct, type RecordedAct, StoreError, takesActsWhole } from '@plumbline/platform/event-store';
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
/** How long a batch that is recorded in part waits for the log to be reached again, and between looks. */
const PATIENCE_MS = 600_000;
const LOOKS_MS = [250, 1_000, 5_000];

const inPart = (events: number, cause: StoreError): StoreError =>
  new StoreError(
    'unfinished-act',
    `${events} events are recorded and the rest is not (${cause.message}). Sent again, it is finished: nothing is recorded twice.`,
    undefined,
    { cause },
  );

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

/** What earlier attempts at a batch recorded, where the store takes it in several appends. */
interface Begun {
  first?: bigint;
  events: number;
}

/**
 * Many commands as one act: all decided in order, later ones on what earlier ones left; all or nothing unless the refused are skipped. Where the store does not
 * take them in one append, an act that is cut off goes on at the next attempt: what it recorded is found by its ids, the rest is decided on what there is.
 */
export class BatchHandler {
  constructor(
    private readonly parts: CommandHandlerParts,
    /** Milliseconds for which a batch recorded in part waits for the log. */
    private readonly patience = PATIENCE_MS,
  ) {}

  /**
   * @param commands walked again when the log changed meanwhile: an array or a re-iterable, no spent generator
   * @throws StoreError `stale-revision` when others kept writing the same streams, `too-large` (bytes), `unavailable`; `outcome-unknown` when the store did not
   * say whether it recorded the batch and it is not found either: sending it again is safe; `unfinished-act` when it is recorded in part: sending it again
   * finishes it
   */
  async handle(commands: Iterable<BatchCommand> | AsyncIterable<BatchCommand>, meta: BatchMeta): Promise<BatchResult> {
    const folds = new FoldsByConcept();
    const begun: Begun = { events: 0 };
    let [redecisions, discoveries, looks] = [0, 0, 0];
    let [since, recorded] = [performance.now(), 0];
    for (;;) {
      try {
        return await this.attempt(commands, meta, folds, begun);
      } catch (error) {
        if (error instanceof FoldDiscovered && discoveries++ < MOST_FOLDS) continue;
        if (!(error instanceof StoreError)) throw error;
        if (begun.events > recorded) [since, recorded, looks, redecisions] = [performance.now(), begun.events, 0, 0];
        const changed = ['stale-revision', 'duplicate-event'].includes(error.failure);
        if (changed && redecisions++ < MOST_REDECISIONS) continue;
        if (recorded === 0) throw error;
        const away = ['unavailable', 'outcome-unknown'].includes(error.failure);
        if (!away || performance.now() - since > this.patience) throw inPart(recorded, error);
        meta.progress?.({ phase: 'waiting', done: recorded });
        await delay(LOOKS_MS[Math.min(looks++, LOOKS_MS.length - 1)]);
      }
    }
  }

  private async attempt(
    commands: Iterable<BatchCommand> | AsyncIterable<BatchCommand>,
    meta: BatchMeta,
    folds: FoldsByConcept,
    begun: Begun,
  ): Promise<BatchResult> {
    const keys: string[] = [];
    const before = begun.events;
    let kept = false;
    try {
      const since = (await meta.goesOn?.()) ?? begun.first;
      const decided = await this.decide(commands, meta, folds, keys, since);
      const { tally, events, stands } = decided;
      if (!stands || meta.dryRun === true || events === 0)
        return this.told(tally, tally.result(stands, events, null, null));
      const { first, last } = await this.append(decided, meta, begun, since !== undefined);
      kept = true;
      return this.told(tally, tally.result(true, events, first, last));
    } catch (error) {
      kept = error instanceof StoreError && error.failure === 'outcome-unknown';
      throw error;
    } finally {
      // of a batch recorded in part some keys open texts that are in the log
      if (!kept && begun.events === before) await this.parts.sealer.discard(keys);
    }
  }

  /** Decides all. What it held for that (states, facts, ids) is let go with it, before the store makes its bytes. */
  private async decide(
    commands: Iterable<BatchCommand> | AsyncIterable<BatchCommand>,
    meta: BatchMeta,
    folds: FoldsByConcept,
    keys: string[],
    since: bigint | undefined,
  ): Promise<DecidedBatch> {
    const attempt = new BatchAttempt(this.parts, meta, await this.moment(meta), folds, keys, since);
    for await (const page of pages(commands)) {
      const goesOn = await attempt.take(page);
      meta.progress?.({ phase: 'deciding', done: attempt.tally.commands });
      if (!goesOn) return { ...attempt.decided(), stands: false };
    }
    const records = attempt.stands && meta.dryRun !== true;
    const first = records && !attempt.goesOn && attempt.inParts ? meta.opening?.() : undefined;
    if (first) await attempt.takeFirst(first);
    const last = records ? meta.closing?.() : undefined;
    if (last) await attempt.take([last]);
    return attempt.decided();
  }

  private async moment({ actor, onBehalfOf, correlationId, causationId }: BatchMeta): Promise<Moment> {
    const now = this.parts.clock.now();
    const policy = await this.parts.registry.policy.inForce(now);
    return { now, today: localDay(now, policy.timeZone), policy, actor, onBehalfOf, correlationId, causationId };
  }

  private async append(
    { writes: packed, unchanged, apart }: DecidedBatch,
    meta: BatchMeta,
    begun: Begun,
    goesOn: boolean,
  ): Promise<RecordedAct> {
    const { store } = this.parts;
    const whole = takesActsWhole(store.capabilities);
    const recording = (done: number): void => meta.progress?.({ phase: 'recording', done });
    try {
      return await recordAct(store, {
        act: meta.act,
        unchanged,
        apart,
        goesOn,
        writes: () => packed.writes(whole ? recording : () => undefined, !whole),
        onRecorded: (events, { first }) => {
          begun.first ??= first;
          begun.events += events;
          recording(begun.events);
        },
      });
    } catch (error) {
      const unknown = error instanceof StoreError && error.failure === 'outcome-unknown' && begun.events === 0;
      const settled = unknown ? await this.settle(packed, begun) : undefined;
      if (settled) return settled;
      throw error;
    }
  }

  /** Looks for the first and the last event of an append that was not answered. Both are there or none, unless it was the first of several. */
  private async settle(packed: PackedWrites, begun: Begun): Promise<RecordedAct | undefined> {
    const ids = [...new Set([packed.first!, packed.last!])];
    for (const pause of SETTLING_PAUSES) {
      await delay(pause);
      const found = (await this.parts.store.readByIds(ids).catch(unlessReached)) ?? [];
      const positions = found.map(({ position }) => position).sort((a, b) => (a < b ? -1 : 1));
      if (positions.length === ids.length) return { first: positions[0]!, last: positions.at(-1)! };
      if (positions.length === 0) continue;
      begun.first ??= positions[0]!;
      begun.events += 1;
      return undefined;
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
