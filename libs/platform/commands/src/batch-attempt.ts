import type { EventBody, RecordedEvent } from '@plumbline/kernel';
import {
  canAppendWhole,
  MAX_APPEND_EVENTS,
  type NewEvent,
  type StreamWrite,
  streamParts,
  type Unchanged,
} from '@plumbline/platform/event-store';
import { AskedFacts } from './asked-facts';
import { BatchScreening } from './batch-screening';
import { BatchTally } from './batch-tally';
import type { ReadCommand } from './command-form';
import type { CommandHandlerParts } from './handler-parts';
import type { BatchCommand, BatchMeta } from './command-meta';
import type { Refused } from './command-result';
import { Deciding, type Moment } from './deciding';
import { PackedWrites } from './packed-writes';
import { refusalIn } from './recorded-refusals';
import { checkEvents, sealEvents, stampEvents } from './stamping';
import { StreamNames } from './stream-names';
import { type FoldsByConcept, StreamStates } from './stream-states';

/** A command's events before they are sealed. */
interface Draft {
  readonly command: ReadCommand;
  readonly expected: number | 'none';
  readonly events: readonly NewEvent[];
}

/** What a batch comes to before it is recorded. */
export interface DecidedBatch {
  readonly tally: BatchTally;
  readonly writes: PackedWrites;
  /** Events decided, whether or not they are going to be recorded. */
  readonly events: number;
  /** Whether what is decided may be recorded: nothing is refused, or what is refused is left out. */
  readonly stands: boolean;
  /** What the append asserts beside the revisions it writes at. */
  readonly unchanged: readonly Unchanged[];
  /** Concepts of which no decision rested on another stream of the same. */
  readonly apart: ReadonlySet<string>;
}

const TOO_MANY: Refused = {
  accepted: false,
  kind: 'too-large',
  refused: 'a-batch-records-no-more-than-one-append-takes',
  detail: `one batch records at most ${MAX_APPEND_EVENTS} events; split it`,
};

/** One attempt at deciding a batch, page by page, each command on what the earlier ones left. */
export class BatchAttempt {
  readonly tally: BatchTally;
  private readonly packed: PackedWrites;
  private readonly screening: BatchScreening;
  private readonly states: StreamStates;
  private readonly asks: AskedFacts;
  private readonly deciding: Deciding;
  /** Concepts written to, and those of which some stream rests on another. */
  private readonly written = new Set<string>();
  private readonly entwined = new Set<string>();
  private drafts: Draft[] = [];
  private count = 0;
  private full = false;

  constructor(
    private readonly parts: CommandHandlerParts,
    private readonly meta: BatchMeta,
    private readonly moment: Moment,
    folds: FoldsByConcept,
    /** Takes the keys of the texts that are sealed. */
    private readonly keys: string[],
    /** Where the batch began to be recorded, when it was cut off and goes on. */
    private readonly since: bigint | undefined,
  ) {
    const { secret, store, facts, standalone } = parts;
    const { actor, onBehalfOf, correlationId, policy } = moment;
    const names = new StreamNames(secret);
    this.tally = new BatchTally(meta.decided);
    this.screening = new BatchScreening(parts, meta, moment, names, since);
    this.states = new StreamStates(store, folds);
    this.asks = new AskedFacts(facts, store);
    this.deciding = new Deciding(names, standalone, this.states, this.asks);
    const shared = { actor, correlationId, policyVersion: policy.version };
    this.packed = new PackedWrites(onBehalfOf === undefined ? shared : { ...shared, onBehalfOf });
  }

  /** What has been decided so far. @throws StoreError `stale-revision` when what it rests on contradicts itself already */
  decided(): DecidedBatch {
    const { tally, packed: writes, count: events, stands } = this;
    const apart = new Set([...this.written].filter((concept) => !this.entwined.has(concept)));
    return { tally, writes, events, stands, unchanged: this.states.unchanged(this.screening.unchanged()), apart };
  }

  get stands(): boolean {
    const { refusedCount, firstRefused } = this.tally;
    return refusedCount === 0 || (this.meta.skipRefused === true && firstRefused >= (this.meta.firm ?? 0));
  }

  /** Whether the store takes what is decided, and a closing event in a stream of its own, in several appends only. */
  get inParts(): boolean {
    const { events, atMostBytes: bytes } = this.packed;
    if (events === 0) return false;
    const streams = this.states.writtenTo + (this.meta.closing ? 1 : 0);
    return !canAppendWhole(this.parts.store.capabilities, { streams, events: events + 2, bytes });
  }

  /** Whether the batch goes on with one that was cut off. */
  get goesOn(): boolean {
    return this.since !== undefined;
  }

  /** Decides a command that is recorded before all others. */
  async takeFirst(command: BatchCommand): Promise<void> {
    await this.take([command], 'first');
  }

  /** @returns false when the batch is too large to go on */
  async take(page: readonly BatchCommand[], place: 'first' | 'last' = 'last'): Promise<boolean> {
    const screened = await this.screening.screen(page);
    await this.deciding.prefetch(
      screened.filter((each): each is ReadCommand => typeof each === 'object' && 'body' in each),
    );
    for (const [at, sent] of page.entries()) {
      const index = this.tally.commands++;
      const outcome = screened[at]!;
      const type = this.parts.registry.command(sent.type) ? sent.type : 'unknown';
      if (outcome === 'recorded') this.tally.record(type);
      else if (outcome === 'repeated') this.tally.leave(type, true);
      else if ('refused' in outcome) this.tally.refuse(index, sent.commandId, type, outcome);
      else await this.decide(index, outcome);
      if (this.full) return false;
    }
    await this.pack(place);
    return true;
  }

  private async decide(index: number, command: ReadCommand): Promise<void> {
    const { registry, limit } = this.parts;
    const { type } = command.registered;
    const { decision, factStreams, asked } = await this.deciding.decide(command, this.moment);
    const refusal = refusalIn(decision, registry);
    if (refusal) this.tally.refuse(index, command.commandId, type, refusal.answer);
    const bodies = refusal?.events ?? decision.events ?? [];
    if (refusal && !(bodies.length > 0 && this.records && limit.take(this.moment.actor.id, this.moment.now))) return;
    if (bodies.length === 0) return this.tally.leave(type, false);
    if (this.count + bodies.length > MAX_APPEND_EVENTS) {
      this.full = true;
      return this.tally.refuse(index, command.commandId, type, TOO_MANY);
    }
    if (!refusal) this.tally.record(type);
    const { concept } = streamParts(command.stream);
    this.written.add(concept);
    for (const stream of factStreams) {
      this.states.assert(stream);
      if (stream !== command.stream && streamParts(stream).concept === concept) this.entwined.add(concept);
    }
    this.draft(command, bodies, asked ? this.asks.factsAt : undefined);
  }

  private get records(): boolean {
    return this.stands && this.meta.dryRun !== true;
  }

  private draft(command: ReadCommand, bodies: readonly EventBody[], factsAt: string | undefined): void {
    const { stream } = command;
    const expected = this.states.revision(stream);
    const first = expected === 'none' ? 0 : expected + 1;
    const events = stampEvents(bodies, command, this.moment, factsAt);
    const recordedAt = this.moment.now;
    this.states.apply(
      stream,
      events.map((event, offset): RecordedEvent => ({ ...event, stream, revision: first + offset, recordedAt })),
    );
    this.count += events.length;
    if (this.records) this.drafts.push({ command, expected, events });
  }

  /** Seals a page's texts in one go, checks its events and packs them. */
  private async pack(place: 'first' | 'last'): Promise<void> {
    const drafts = this.records ? this.drafts : [];
    this.drafts = [];
    const { events, keys } = await sealEvents(
      drafts.flatMap((draft) => draft.events),
      this.parts.sealer,
    );
    for (const key of keys) this.keys.push(key);
    let from = 0;
    const writes = drafts.map(({ command, expected, events: drafted }): StreamWrite => {
      const own = events.slice(from, (from += drafted.length));
      checkEvents(own, command.registered.decider);
      return { stream: command.stream, expected, events: own };
    });
    if (place === 'first') this.packed.addFirst(writes);
    else this.packed.add(writes);
  }
}
