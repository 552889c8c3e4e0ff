import type { Fold, RecordedEvent } from '@plumbline/kernel';
import type { ReleaseEvent } from './release.events';

export interface ReleaseFacts {
  readonly recorded: boolean;
  readonly releaseId: string;
  readonly code: string;
  /** Smallest group that the publisher shows, as the declarer says; null when nobody said. */
  readonly sourceMinN: number | null;
  readonly declaredBy: string;
  readonly content: Omit<ReleaseEvent['data'], 'declaredBy' | 'declaredRole'> | null;
}

const initial: ReleaseFacts = {
  recorded: false,
  releaseId: '',
  code: '',
  sourceMinN: null,
  declaredBy: '',
  content: null,
};

function evolve(_state: ReleaseFacts, event: RecordedEvent<ReleaseEvent>): ReleaseFacts {
  const { declaredBy, declaredRole: _role, ...content } = event.data;
  return {
    recorded: true,
    releaseId: content.releaseId,
    code: content.code,
    sourceMinN: content.sourceMinN,
    declaredBy,
    content,
  };
}

export const releaseFacts: Fold<ReleaseFacts, ReleaseEvent> = { concept: 'release', initial, evolve };
