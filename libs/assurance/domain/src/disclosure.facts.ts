import type { Fold, RecordedEvent } from '@plumbline/kernel';
import type { DisclosureEvent } from './disclosure.events';

/** What was recorded of one person on one day. */
export interface DisclosureFacts {
  readonly recorded: ReadonlySet<string>;
}

/** What is recorded once: the event without the position it was as of. Codes match without regard to case. */
export function disclosureKey({ type, data }: DisclosureEvent): string {
  const about = [data.day, data.viewer, data.report, data.leader];
  const place = (text: string | null): string | null => text && text.normalize('NFC').toUpperCase();
  switch (type) {
    case 'assurance.RestrictedReportViewed.v1':
      return JSON.stringify(['viewed', ...about, data.role, place(data.cycle), place(data.unit)]);
    case 'assurance.DisclosureRefused.v1':
      return JSON.stringify(['refused', ...about, data.rule]);
    case 'assurance.ExportGenerated.v1':
      return JSON.stringify([
        'exported',
        ...[...about, data.role, place(data.cycle), place(data.unit)],
        ...[data.format, data.manifestHash],
      ]);
  }
}

const evolve = ({ recorded }: DisclosureFacts, event: RecordedEvent<DisclosureEvent>): DisclosureFacts => ({
  recorded: new Set([...recorded, disclosureKey(event)]),
});

export const disclosureFacts: Fold<DisclosureFacts, DisclosureEvent> = {
  concept: 'disclosure',
  initial: { recorded: new Set() },
  evolve,
};
