import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { evaluationsDeciders, evaluationsRecordedRefusals } from '@plumbline/evaluations/domain';
import {
  COMMAND_PORTS,
  CommandRegistry,
  StreamNames,
  type CommandPorts,
  type ContextRegistration,
} from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import { AsOfReader } from '@plumbline/platform/projections';
import { evaluationsAsks } from './evaluations.queries';

/** What this context gives to the registry: its deciders, the refusals they record, and its questions. */
export const evaluationsRegistration = (
  store: EventStore,
  names: StreamNames,
  reader: AsOfReader,
): ContextRegistration => ({
  context: 'evaluations',
  deciders: evaluationsDeciders,
  recordedRefusals: evaluationsRecordedRefusals,
  asks: evaluationsAsks(store, names, reader),
});

/** Needs `AsOfReader` from a global module of the app, beside what `CommandsModule` exports. */
@Module({})
export class EvaluationsModule implements OnModuleInit {
  constructor(
    @Inject(CommandRegistry) private readonly registry: CommandRegistry,
    @Inject(COMMAND_PORTS) private readonly ports: CommandPorts,
    @Inject(StreamNames) private readonly names: StreamNames,
    @Inject(AsOfReader) private readonly reader: AsOfReader,
  ) {}

  onModuleInit(): void {
    this.registry.register(evaluationsRegistration(this.ports.store, this.names, this.reader));
  }
}
