import type { Fold, RecordedEvent } from '@plumbline/kernel';
import type { FileErasureEvent } from './file-erasure.events';
import type { ErasureGround } from './vocabulary';

export interface FileErasureFacts {
  readonly request: {
    readonly ground: ErasureGround;
    readonly by: string;
    /** For whom, under a delegation, else null. */
    readonly for: string | null;
  } | null;
  readonly erased: boolean;
}

const evolve = (state: FileErasureFacts, event: RecordedEvent<FileErasureEvent>): FileErasureFacts => {
  switch (event.type) {
    case 'organization.FileErasureRequested.v1': {
      const { ground, requestedBy: by } = event.data;
      return { ...state, request: { ground, by, for: event.onBehalfOf ?? null } };
    }
    case 'organization.EvidenceFileErased.v1':
      return { ...state, erased: true };
  }
};

export const fileErasureFacts: Fold<FileErasureFacts, FileErasureEvent> = {
  concept: 'file-erasure',
  initial: { request: null, erased: false },
  evolve,
};
