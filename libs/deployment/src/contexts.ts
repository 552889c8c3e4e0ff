import { assuranceDeciders, assuranceReadModels } from '@plumbline/assurance/domain';
import { assuranceRegistration } from '@plumbline/assurance/server';
import { charterDeciders, charterReadModels } from '@plumbline/charter/domain';
import { charterRegistration, commitmentsImporter } from '@plumbline/charter/server';
import { evaluationsDeciders, evaluationsReadModels } from '@plumbline/evaluations/domain';
import { evaluationsRegistration } from '@plumbline/evaluations/server';
import type { AnyReadModel, EventDefinitions } from '@plumbline/kernel';
import { metricsDeciders, metricsReadModels } from '@plumbline/metrics/domain';
import { metricsRegistration, observationsImporter, targetsImporter } from '@plumbline/metrics/server';
import { organizationDeciders, organizationReadModels } from '@plumbline/organization/domain';
import { organizationRegistration, peopleImporter, unitsImporter } from '@plumbline/organization/server';
import type { CommandRegistry, StreamNames } from '@plumbline/platform/commands';
import type { ActBrackets, EventStore } from '@plumbline/platform/event-store';
import type { Importer } from '@plumbline/platform/imports';
import type { AsOfReader } from '@plumbline/platform/projections';
import { programsDeciders, programsReadModels } from '@plumbline/programs/domain';
import { actionsImporter, programsRegistration } from '@plumbline/programs/server';
import { reportingReadModels, reportingRegistration } from '@plumbline/reporting/server';

/** What a context's server is made of. */
export interface ContextParts {
  readonly store: EventStore;
  readonly names: StreamNames;
  readonly reader: AsOfReader;
}

/** The contexts of this product: a new one is added here, and nowhere else among the apps. */
export function registerContexts(registry: CommandRegistry, { store, names, reader }: ContextParts): void {
  registry.register(organizationRegistration(store, names, reader));
  registry.register(metricsRegistration(store, names, reader));
  registry.register(charterRegistration(store, names, reader));
  registry.register(programsRegistration(store, names, reader));
  registry.register(evaluationsRegistration(store, names, reader));
  registry.register(reportingRegistration(store, names, reader));
  registry.register(assuranceRegistration(reader));
}

/** Events that begin and end an import: where the store takes it in several appends, others may write between them. */
export const importBrackets: ActBrackets = {
  opens: ['organization.ImportRecorded.v1', 'organization.ImportReopened.v1'],
  closes: ['organization.ImportCompleted.v1'],
};

export const readModels: readonly AnyReadModel[] = [
  ...organizationReadModels,
  ...metricsReadModels,
  ...charterReadModels,
  ...programsReadModels,
  ...evaluationsReadModels,
  ...assuranceReadModels,
  ...reportingReadModels,
];

export const importers: readonly Importer[] = [
  observationsImporter,
  commitmentsImporter,
  targetsImporter,
  actionsImporter,
  unitsImporter,
  peopleImporter,
];

/** Every event type that this build writes. */
export const eventDefinitions: EventDefinitions = Object.assign(
  {},
  ...[
    ...organizationDeciders,
    ...metricsDeciders,
    ...charterDeciders,
    ...programsDeciders,
    ...evaluationsDeciders,
    ...assuranceDeciders,
  ].map(({ events }) => events),
) as EventDefinitions;
