import { Command, Query } from '@nestjs/cqrs';
import type { Actor } from '@plumbline/kernel';
import type { BatchCommand, BatchMeta, CommandMeta } from './command-meta';
import type { BatchResult, CommandResult, Refused } from './command-result';

/** The one class that commands travel in: @nestjs/cqrs routes by class, the registry by `command.type`. */
export class Execute extends Command<CommandResult> {
  constructor(
    readonly command: { readonly type: string; readonly data: unknown },
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

/** Many commands as one append. `commands` is walked again when the log changed meanwhile: give an array or a re-iterable, no spent generator. */
export class Batch extends Command<BatchResult> {
  constructor(
    readonly commands: Iterable<BatchCommand> | AsyncIterable<BatchCommand>,
    readonly meta: BatchMeta,
  ) {
    super();
  }
}

/** The answer to a question: `position` and `event` say as of when, null for an empty log. */
export interface Reply<A = unknown> {
  readonly accepted: true;
  readonly answer: A;
  readonly position: bigint;
  readonly event: string | null;
}

/** The one class that questions travel in. */
export class Ask<A = unknown> extends Query<Reply<A> | Refused> {
  constructor(
    readonly question: string,
    readonly about: Readonly<Record<string, unknown>>,
    readonly actor: Actor,
    readonly asOf?: bigint,
  ) {
    super();
  }
}
