import type { DynamicModule, FactoryProvider, ModuleMetadata } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AskHandler } from './ask-handler';
import { BatchHandler } from './batch-handler';
import { AskOnBus, BatchOnBus, ExecuteOnBus } from './bus-handlers';
import { CommandHandler } from './command-handler';
import { CommandRegistry } from './command-registry';
import { type CommandHandlerParts, handlerParts } from './handler-parts';
import type { CommandPorts } from './ports';
import { StreamNames } from './stream-names';

/** Token of the ports that the app gives. */
export const COMMAND_PORTS = Symbol('COMMAND_PORTS');
const PARTS = Symbol('COMMAND_HANDLER_PARTS');

export interface CommandsModuleOptions extends Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider<CommandPorts>['inject'];
  readonly useFactory: FactoryProvider<CommandPorts>['useFactory'];
}

/** Handlers that stand already, with the registry they route by. */
export interface CommandDoors {
  readonly registry: CommandRegistry;
  readonly names: StreamNames;
  readonly commands: CommandHandler;
  readonly batches: BatchHandler;
  readonly asks: AskHandler;
}

/**
 * The doors for commands and questions. Global: a context's module injects `CommandRegistry` and registers itself when it starts
 * (`onModuleInit`); controllers, imports and processes inject `CommandBus` and `QueryBus` and send `Execute`, `Batch`, `Ask`.
 */
@Module({})
export class CommandsModule {
  /** The doors over handlers that the app has made itself. */
  static with({ registry, names, commands, batches, asks }: CommandDoors): DynamicModule {
    return {
      module: CommandsModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: CommandRegistry, useValue: registry },
        { provide: StreamNames, useValue: names },
        { provide: CommandHandler, useValue: commands },
        { provide: BatchHandler, useValue: batches },
        { provide: AskHandler, useValue: asks },
        ExecuteOnBus,
        BatchOnBus,
        AskOnBus,
      ],
      exports: [CommandRegistry, StreamNames],
    };
  }

  static forRoot(options: CommandsModuleOptions): DynamicModule {
    return {
      module: CommandsModule,
      global: true,
      imports: [CqrsModule.forRoot(), ...(options.imports ?? [])],
      providers: [
        { provide: COMMAND_PORTS, inject: options.inject ?? [], useFactory: options.useFactory },
        { provide: CommandRegistry, useFactory: () => new CommandRegistry() },
        { provide: PARTS, inject: [COMMAND_PORTS, CommandRegistry], useFactory: handlerParts },
        {
          provide: StreamNames,
          inject: [COMMAND_PORTS],
          useFactory: (ports: CommandPorts) => new StreamNames(ports.secret),
        },
        {
          provide: CommandHandler,
          inject: [PARTS],
          useFactory: (parts: CommandHandlerParts) => new CommandHandler(parts),
        },
        { provide: BatchHandler, inject: [PARTS], useFactory: (parts: CommandHandlerParts) => new BatchHandler(parts) },
        { provide: AskHandler, inject: [PARTS], useFactory: (parts: CommandHandlerParts) => new AskHandler(parts) },
        ExecuteOnBus,
        BatchOnBus,
        AskOnBus,
      ],
      exports: [CommandRegistry, COMMAND_PORTS, StreamNames],
    };
  }
}
