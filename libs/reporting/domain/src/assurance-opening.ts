import type { DisclosureEvent } from '@plumbline/assurance/domain';
import type { ActorRole } from '@plumbline/kernel';
import type { RulesOver } from './opening-rules';
import type { Viewer } from './report';

const READERS: readonly ActorRole[] = ['auditor', 'legal', 'process'];

/** Who read what: open to those who watch over it, and to each person about themselves. */
export function assuranceRules({ id, role }: Viewer): RulesOver<DisclosureEvent> {
  const toReader = ({ viewer }: { readonly viewer: string }): boolean => viewer === id || READERS.includes(role);
  return {
    'assurance.RestrictedReportViewed.v1': toReader,
    'assurance.DisclosureRefused.v1': toReader,
    'assurance.ExportGenerated.v1': toReader,
  };
}
