import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { organizationDeciders } from '@plumbline/organization/domain';
import {
  COMMAND_PORTS,
  CommandRegistry,
  StreamNames,
  type CommandPorts,
  type ContextRegistration,
} from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import { AsOfReader } from '@plumbline/platform/projections';
import { AuthorityFromLog } from './authority-from-log';
import { organizationAsks } from './organization.queries';

/** What this context gives to the registry: its deciders and questions, the role book and the policy in force. */
export function organizationRegistration(
  store: EventStore,
  names: StreamNames,
  reader: AsOfReader,
): ContextRegistration {
  const authority = new AuthorityFromLog(store, names);
  return {
    context: 'organization',
    deciders: organizationDeciders,
    asks: organizationAsks(store, reader),
    roleBook: authority,
    policy: authority,
  };
}

/** Needs `AsOfReader` from a global module of the app, beside what `CommandsModule` exports. */
@Module({})
export class OrganizationModule implements OnModuleInit {
  constructor(
    @Inject(CommandRegistry) private readonly registry: CommandRegistry,
    @Inject(COMMAND_PORTS) private readonly ports: CommandPorts,
    @Inject(StreamNames) private readonly names: StreamNames,
    @Inject(AsOfReader) private readonly reader: AsOfReader,
  ) {}

  onModuleInit(): void {
    this.registry.register(organizationRegistration(this.ports.store, this.names, this.reader));
  }
}
