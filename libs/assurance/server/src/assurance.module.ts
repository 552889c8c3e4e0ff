import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { assuranceDeciders } from '@plumbline/assurance/domain';
import { CommandRegistry, type ContextRegistration } from '@plumbline/platform/commands';
import { AsOfReader } from '@plumbline/platform/projections';
import { assuranceAsks } from './assurance.queries';

/** What this context gives to the registry: its deciders and its question. */
export const assuranceRegistration = (reader: AsOfReader): ContextRegistration => ({
  context: 'assurance',
  deciders: assuranceDeciders,
  asks: assuranceAsks(reader),
});

/** Needs `AsOfReader` from a global module of the app, beside what `CommandsModule` exports. */
@Module({})
export class AssuranceModule implements OnModuleInit {
  constructor(
    @Inject(CommandRegistry) private readonly registry: CommandRegistry,
    @Inject(AsOfReader) private readonly reader: AsOfReader,
  ) {}

  onModuleInit(): void {
    this.registry.register(assuranceRegistration(this.reader));
  }
}
