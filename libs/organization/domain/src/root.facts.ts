import { naturalKey, type Fold, type StreamKey } from '@plumbline/kernel';
import type { RootEvent } from './root.events';

/** The unit at the head of the tree; nulls until it is named. */
export interface RootFacts {
  readonly unitId: string | null;
  readonly code: string | null;
}

export const rootKey: StreamKey = naturalKey('root', 'root');

export const rootFacts: Fold<RootFacts, RootEvent> = {
  concept: 'root',
  initial: { unitId: null, code: null },
  evolve: (_state, { data }) => ({ unitId: data.unitId, code: data.code }),
};
