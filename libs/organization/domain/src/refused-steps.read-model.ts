import type { Instant, ReadModel } from '@plumbline/kernel';
import type { ProcessEvent } from './process.events';

/** One row a step of a process that was refused: what people have to see to. */
export type RefusedStepRow = {
  readonly process: string;
  readonly eventId: string;
  readonly step: number;
  readonly command: string;
  readonly about: string;
  readonly rule: string;
  readonly recordedAt: Instant;
};

export const refusedSteps: ReadModel<RefusedStepRow, ProcessEvent> = {
  name: 'refused_steps',
  version: 1,
  key: ['process', 'eventId', 'step'],
  columns: {
    process: 'text',
    eventId: 'text',
    step: 'integer',
    command: 'text',
    about: 'text',
    rule: 'text',
    recordedAt: 'instant',
  },
  on: {
    'organization.ProcessStarted.v1': 'ignored',
    'organization.ProcessStepRefused.v1': {
      keys: ({ data }) => [{ process: data.process, eventId: data.eventId, step: data.step }],
      fold: (_row, { data, recordedAt }) => ({ ...data, recordedAt }),
    },
  },
};
