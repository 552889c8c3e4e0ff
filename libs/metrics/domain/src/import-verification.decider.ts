import { accept, idKey, refuse, streamFact, type Decider, type StreamKey } from '@plumbline/kernel';
import { importFacts } from '@plumbline/organization/facts';
import { importVerificationCommands, type ImportVerificationCommand } from './import-verification.commands';
import { importVerificationEvents, type ImportVerificationEvent } from './import-verification.events';
import { importVerificationFacts, type ImportVerificationFacts } from './import-verification.facts';
import { EVERYONE_WHO_LEADS, everyoneWhoLeads } from './organization-facts';
import { importVerificationKey } from './streams.facts';

const importKey = (importId: string): StreamKey => idKey('import', importId);

export const importVerificationDecider: Decider<
  ImportVerificationFacts,
  ImportVerificationCommand,
  ImportVerificationEvent
> = {
  ...importVerificationFacts,
  commands: importVerificationCommands,
  events: importVerificationEvents,
  stream: ({ data }) => importVerificationKey(data.importId),
  facts: ({ data }) => [streamFact(importFacts, importKey(data.importId)), everyoneWhoLeads],
  decide({ data }, state, context) {
    const its = context.facts.stream(importFacts, importKey(data.importId));
    if (its.kind !== 'observations' || its.state !== 'COMPLETED')
      return refuse(
        'only-a-completed-import-of-figures-is-verified',
        'No import of figures with this id is completed.',
      );
    const self = [context.actor.id, context.onBehalfOf].filter((person) => person !== undefined);
    if (self.some((person) => person === its.importedBy || person === its.importedFor))
      return refuse('whoever-imports-figures-does-not-verify-the-import', 'Ask another person to verify it.');
    const leading = context.facts.ask<readonly string[]>(EVERYONE_WHO_LEADS, {});
    if (self.some((person) => leading.includes(person)))
      return refuse(
        'nobody-who-leads-a-unit-verifies-an-import-as-a-whole',
        'It may hold figures of your own line. Verify single figures outside it, or ask someone who leads no unit.',
      );
    if (data.sampleSize > its.rows)
      return refuse('a-sample-is-no-larger-than-its-import', `The import has ${its.rows} rows.`);
    return state.verified
      ? accept()
      : accept<ImportVerificationEvent>({
          type: 'metrics.ObservationBatchVerified.v1',
          data: {
            importId: data.importId,
            sampleSeed: data.sampleSeed,
            sampleSize: data.sampleSize,
            by: context.actor.id,
            method: data.method,
          },
        });
  },
};
