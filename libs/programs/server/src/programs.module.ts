import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import {
  COMMAND_PORTS,
  CommandRegistry,
  StreamNames,
  type CommandPorts,
  type ContextRegistration,
} from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import { AsOfReader } from '@plumbline/platform/projections';
import { programsDeciders } from '@plumbline/programs/domain';
import { programsAsks } from './programs.queries';

/** What this context gives to the registry: its decider and its questions. */
export const programsRegistration = (
  store: EventStore,
  names: StreamNames,
  reader: AsOfReader,
): ContextRegistration => ({
  context: 'programs',
  deciders: programsDeciders,
  asks: programsAsks(store, names, reader),
});

/** Needs `AsOfReader` from a global module of the app, beside what `CommandsModule` exports. */
@Module({})
export class ProgramsModule implements OnModuleInit {
  constructor(
    @Inject(CommandRegistry) private readonly registry: CommandRegistry,
    @Inject(COMMAND_PORTS) private readonly ports: CommandPorts,
    @Inject(StreamNames) private readonly names: StreamNames,
    @Inject(AsOfReader) private readonly reader: AsOfReader,
  ) {}

  onModuleInit(): void {
    this.registry.register(programsRegistration(this.ports.store, this.names, this.reader));
  }
}
