/**
 * Why a command was not done, mapped once to a status by the API: `invalid` (400: its form), `unknown` (404: no such command or question), `forbidden` (403: role or
 * delegation), `rule` (422: what the domain forbids), `precondition` (412: `If-Match`), `conflict` (409: others write the same stream), `too-large` (413).
 */
export type RefusalKind = 'invalid' | 'unknown' | 'forbidden' | 'rule' | 'precondition' | 'conflict' | 'too-large';

/** One thing wrong with a command's form: `{path: 'periods[0].start', message: 'expected a date'}`. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

export interface Accepted {
  readonly accepted: true;
  readonly stream: string;
  /** Revision after the command: the next `If-Match`. `none` when nothing was recorded on an empty stream. */
  readonly revision: number | 'none';
  /** Of the command's last event; of the stream's last event when the command recorded none; null on an empty stream. */
  readonly position: bigint | null;
  /** Ids of the events that the command recorded, in order. */
  readonly events: readonly string[];
  /** Whether the answer is that of an earlier sending. */
  readonly repeated: boolean;
}

export interface Refused {
  readonly accepted: false;
  readonly kind: RefusalKind;
  /** The rule as a kebab-case sentence. */
  readonly refused: string;
  readonly detail?: string;
  readonly problems?: readonly Problem[];
  /** Ids of the events that record the refusal, where it is one of those that are recorded. */
  readonly recordedEvents?: readonly string[];
}

export type CommandResult = Accepted | Refused;

/** A command of a batch that was refused: `index` counts from 0 in the order given. */
export interface RefusedCommand {
  readonly index: number;
  readonly commandId: string;
  readonly kind: RefusalKind;
  readonly refused: string;
  readonly detail?: string;
  readonly problems?: readonly Problem[];
}

/** What became of a batch. `accepted: false`: nothing was recorded. */
export interface BatchResult {
  readonly accepted: boolean;
  /** Commands given. */
  readonly commands: number;
  /** Commands that recorded events (in a dry run or a refused batch: would have). */
  readonly recorded: number;
  readonly events: number;
  /** Commands that had nothing to say: nothing to change, or recorded by an earlier sending. */
  readonly unchanged: number;
  /** Of the unchanged, those recorded by an earlier sending. */
  readonly repeated: number;
  readonly refusedCount: number;
  /** The first refusals in order, at most `MAX_LISTED_REFUSALS`. */
  readonly refused: readonly RefusedCommand[];
  /** Positions of the first and the last event recorded, null when none was. */
  readonly first: bigint | null;
  readonly last: bigint | null;
}

/** A file with more bad rows than this names the first ones and says how many there are. */
export const MAX_LISTED_REFUSALS = 10_000;
