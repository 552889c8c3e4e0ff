import { Inject } from '@nestjs/common';
import { CommandHandler as HandlesCommand, type ICommandHandler, type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AskHandler } from './ask-handler';
import { BatchHandler } from './batch-handler';
import { Ask, Batch, Execute, type Reply } from './buses';
import { CommandHandler } from './command-handler';
import type { BatchResult, CommandResult, Refused } from './command-result';

/** The one handler of commands on the command bus. */
@HandlesCommand(Execute)
export class ExecuteOnBus implements ICommandHandler<Execute, CommandResult> {
  constructor(@Inject(CommandHandler) private readonly handler: CommandHandler) {}

  execute({ command, meta }: Execute): Promise<CommandResult> {
    return this.handler.handle(command, meta);
  }
}

/** The one handler of batches on the command bus. */
@HandlesCommand(Batch)
export class BatchOnBus implements ICommandHandler<Batch, BatchResult> {
  constructor(@Inject(BatchHandler) private readonly handler: BatchHandler) {}

  execute({ commands, meta }: Batch): Promise<BatchResult> {
    return this.handler.handle(commands, meta);
  }
}

/** The one handler of questions on the query bus. */
@QueryHandler(Ask)
export class AskOnBus implements IQueryHandler<Ask, Reply | Refused> {
  constructor(@Inject(AskHandler) private readonly handler: AskHandler) {}

  execute({ question, about, actor, asOf }: Ask): Promise<Reply | Refused> {
    return this.handler.handle(question, about, actor, asOf);
  }
}
