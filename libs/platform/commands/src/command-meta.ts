import type { Actor, Instant } from '@plumbline/kernel';

/** Who sends a command and under which id; everything about it that is not its data. */
export interface CommandMeta {
  /** The `Idempotency-Key`: sent again, the same command is answered from what it recorded. 1–200 characters. */
  readonly commandId: string;
  readonly actor: Actor;
  /** Person id of the one acted for; needs a live delegation that covers the command. */
  readonly onBehalfOf?: string;
  /** Left out: the command's own id. */
  readonly correlationId?: string;
  /** The event or command that led to this one. Left out: the command's own id. */
  readonly causationId?: string;
  /** Valid time. Left out: now. In the future it is refused; long past it needs a reason. */
  readonly occurredAt?: Instant;
  /** Why, in the actor's words: stored sealed in the envelope. */
  readonly reason?: string;
  readonly evidence?: readonly string[];
  /** `If-Match`: the revision the sender saw. Then a stream that stands elsewhere is refused at once. */
  readonly ifMatch?: number | 'none';
}

/** One command of a batch: what differs from row to row. */
export interface BatchCommand {
  readonly commandId: string;
  readonly type: string;
  readonly data: unknown;
  readonly occurredAt?: Instant;
  readonly reason?: string;
  readonly evidence?: readonly string[];
}

/** Who sends a batch, and how it is to be taken. */
export interface BatchMeta {
  readonly actor: Actor;
  readonly onBehalfOf?: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** Records the commands that are not refused. Left out: all or nothing. */
  readonly skipRefused?: boolean;
  /** So many commands at the beginning are not skipped: when one of them is refused, nothing is recorded. */
  readonly firm?: number;
  /** Decides everything and records nothing. */
  readonly dryRun?: boolean;
  readonly progress?: (progress: BatchProgress) => void;
  /** Told of each command in order; begins again at index 0 when the log changed meanwhile. */
  readonly decided?: (index: number, outcome: BatchOutcome) => void;
  /** Asked for the batch's last command when all others are decided and stand: it may say what became of them. Not asked in a dry run. */
  readonly closing?: () => BatchCommand | undefined;
  /** Names what the batch records where the store takes it in several appends: a uuid that is no event's id, of a batch that is bracketed in the log. Left out, each append is an act of its own. */
  readonly act?: string;
  /** Asked for a command that is recorded before all others where several appends are needed, unless the batch goes on with one that was cut off. */
  readonly opening?: () => BatchCommand | undefined;
  /** Asked at each attempt: where the batch began to be recorded when it was cut off. Commands recorded from there on count as recorded by this sending. */
  readonly goesOn?: () => Promise<bigint | undefined>;
}

/** What became of one command of a batch, before anything is recorded. */
export type BatchOutcome = 'recorded' | 'unchanged' | 'repeated' | 'refused';

/**
 * `deciding`: commands decided so far (begins anew when the log changed meanwhile). `recording`: events handed to the store. `waiting`: so many events are
 * recorded, and the log cannot be reached for the others.
 */
export interface BatchProgress {
  readonly phase: 'deciding' | 'recording' | 'waiting';
  readonly done: number;
}
