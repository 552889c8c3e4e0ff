import { CqrsModule } from '@nestjs/cqrs';
import { Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider, ModuleMetadata } from '@nestjs/common';
import { CommandRegistry } from './command-registry';
import type { CommandPorts } from './ports';

/** Token of the ports that commands need; the app provides them through `CommandsModule.forRoot`. */
export const COMMAND_PORTS = Symbol('COMMAND_PORTS');

export interface CommandsModuleOptions extends Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider<CommandPorts>['inject'];
  readonly useFactory: FactoryProvider<CommandPorts>['useFactory'];
}

/**
 * The doors for commands and questions. Global: a context's module injects `CommandRegistry` and registers itself when it starts
 * (`onModuleInit`); controllers, imports and processes inject `CommandBus` and `QueryBus` and send `Execute`, `Batch`, `Ask`.
 */
@Module({})
export class CommandsModule {
  static forRoot(options: CommandsModuleOptions): DynamicModule {
    return {
      module: CommandsModule,
      global: true,
      imports: [CqrsModule.forRoot(), ...(options.imports ?? [])],
      providers: [
        { provide: COMMAND_PORTS, inject: options.inject ?? [], useFactory: options.useFactory },
        { provide: CommandRegistry, useFactory: () => new CommandRegistry() },
      ],
      exports: [CommandRegistry, COMMAND_PORTS, CqrsModule],
    };
  }
}
