import type { Fold, RecordedEvent } from '@plumbline/kernel';
import type { ImportVerificationEvent } from './import-verification.events';

export interface ImportVerificationFacts {
  readonly verified: boolean;
  readonly by: string;
}

const initial: ImportVerificationFacts = { verified: false, by: '' };

const evolve = (
  _state: ImportVerificationFacts,
  { data }: RecordedEvent<ImportVerificationEvent>,
): ImportVerificationFacts => ({ verified: true, by: data.by });

export const importVerificationFacts: Fold<ImportVerificationFacts, ImportVerificationEvent> = {
  concept: 'import-verification',
  initial,
  evolve,
};
