import type { Fold, RecordedEvent } from '@plumbline/kernel';
import type { ImportEvent } from './import.events';

export interface ImportFacts {
  readonly state: 'NONE' | 'RECORDED' | 'COMPLETED';
  readonly kind: string;
  readonly fileHash: string;
  readonly mapHash: string;
  readonly rows: number;
  /** Who sent it: may not verify it. */
  readonly importedBy: string | null;
  /** For whom, under a delegation: may not verify it either. */
  readonly importedFor: string | null;
}

const evolve = (state: ImportFacts, event: RecordedEvent<ImportEvent>): ImportFacts => {
  switch (event.type) {
    case 'organization.ImportRecorded.v1': {
      const { kind, fileHash, mapHash, rows } = event.data;
      return {
        state: 'RECORDED',
        kind,
        fileHash,
        mapHash,
        rows,
        importedBy: event.actor.id,
        importedFor: event.onBehalfOf ?? null,
      };
    }
    case 'organization.ImportReopened.v1':
      return { ...state, state: 'RECORDED' };
    case 'organization.ImportCompleted.v1':
      return { ...state, state: 'COMPLETED' };
  }
};

export const importFacts: Fold<ImportFacts, ImportEvent> = {
  concept: 'import',
  initial: { state: 'NONE', kind: '', fileHash: '', mapHash: '', rows: 0, importedBy: null, importedFor: null },
  evolve,
};
