import { anyDecider, anyReadModel, type AnyDecider, type AnyReadModel } from '@plumbline/kernel';
import { disclosureDecider } from './disclosure.decider';
import { disclosureRefusals } from './disclosure-refusals.read-model';
import { exportsMade } from './exports.read-model';
import { restrictedViews } from './restricted-views.read-model';

export { disclosureCommands, type DisclosureCommand } from './disclosure.commands';
export { calendarKey, lastDayOf } from './disclosure-day';
export { disclosureDecider } from './disclosure.decider';
export { disclosureEvents, type DisclosureEvent } from './disclosure.events';
export { disclosureRefusals, type DisclosureRefusalRow } from './disclosure-refusals.read-model';
export { exportsMade, type ExportRow } from './exports.read-model';
export { restrictedViews, type RestrictedViewRow } from './restricted-views.read-model';
export { EXPORT_FORMATS } from './vocabulary';

/** For the registry: every stream of this context. */
export const assuranceDeciders: readonly AnyDecider[] = [anyDecider(disclosureDecider)];

/** For the projections. */
export const assuranceReadModels: readonly AnyReadModel[] = [
  anyReadModel(restrictedViews),
  anyReadModel(disclosureRefusals),
  anyReadModel(exportsMade),
];
