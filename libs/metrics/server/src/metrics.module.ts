import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { metricsDeciders, metricsRecordedRefusals } from '@plumbline/metrics/domain';
import {
  COMMAND_PORTS,
  CommandRegistry,
  StreamNames,
  type CommandPorts,
  type ContextRegistration,
} from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import { AsOfReader } from '@plumbline/platform/projections';
import { metricsAsks } from './metrics.queries';

/** What this context gives to the registry: its deciders, the refusals they record, and its questions. */
export function metricsRegistration(_store: EventStore, names: StreamNames, reader: AsOfReader): ContextRegistration {
  return {
    context: 'metrics',
    deciders: metricsDeciders,
    recordedRefusals: metricsRecordedRefusals,
    asks: metricsAsks(names, reader),
  };
}

/** Needs `AsOfReader` from a global module of the app, beside what `CommandsModule` exports. */
@Module({})
export class MetricsModule implements OnModuleInit {
  constructor(
    @Inject(CommandRegistry) private readonly registry: CommandRegistry,
    @Inject(COMMAND_PORTS) private readonly ports: CommandPorts,
    @Inject(StreamNames) private readonly names: StreamNames,
    @Inject(AsOfReader) private readonly reader: AsOfReader,
  ) {}

  onModuleInit(): void {
    this.registry.register(metricsRegistration(this.ports.store, this.names, this.reader));
  }
}
