import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { charterDeciders } from '@plumbline/charter/domain';
import {
  COMMAND_PORTS,
  CommandRegistry,
  StreamNames,
  type CommandPorts,
  type ContextRegistration,
} from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import { AsOfReader } from '@plumbline/platform/projections';
import { charterAsks } from './charter.queries';

/** What this context gives to the registry: its deciders and its questions. */
export function charterRegistration(store: EventStore, names: StreamNames, reader: AsOfReader): ContextRegistration {
  return { context: 'charter', deciders: charterDeciders, asks: charterAsks(names, reader, store) };
}

/** Needs `AsOfReader` from a global module of the app, beside what `CommandsModule` exports. */
@Module({})
export class CharterModule implements OnModuleInit {
  constructor(
    @Inject(CommandRegistry) private readonly registry: CommandRegistry,
    @Inject(COMMAND_PORTS) private readonly ports: CommandPorts,
    @Inject(StreamNames) private readonly names: StreamNames,
    @Inject(AsOfReader) private readonly reader: AsOfReader,
  ) {}

  onModuleInit(): void {
    this.registry.register(charterRegistration(this.ports.store, this.names, this.reader));
  }
}
