import { naturalKey, type Fold, type RecordedEvent, type StreamKey } from '@plumbline/kernel';
import type { ProcessEvent } from './process.events';

export interface ProcessFacts {
  /** The version that acts; 0 before the first start. */
  readonly version: number;
  /** Last event that the version does not act on; null before the first start. */
  readonly sinceEventId: string | null;
  /** Refused steps as `<event id>/<step>`. */
  readonly refused: readonly string[];
}

export const processKey = (process: string): StreamKey => naturalKey('process', process);

const evolve = (state: ProcessFacts, event: RecordedEvent<ProcessEvent>): ProcessFacts => {
  switch (event.type) {
    case 'organization.ProcessStarted.v1':
      return { ...state, version: event.data.version, sinceEventId: event.data.sinceEventId };
    case 'organization.ProcessStepRefused.v1':
      return { ...state, refused: [...state.refused, `${event.data.eventId}/${event.data.step}`] };
  }
};

export const processFacts: Fold<ProcessFacts, ProcessEvent> = {
  concept: 'process',
  initial: { version: 0, sinceEventId: null, refused: [] },
  evolve,
};
