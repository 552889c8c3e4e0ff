import type { Instant, ReadModel } from '@plumbline/kernel';
import type { ProcessEvent } from './process.events';

/** One row a process: the version that acts and since when. */
export type ProcessRow = {
  readonly process: string;
  readonly version: number;
  readonly sinceEventId: string;
  readonly startedAt: Instant;
};

export const processRegister: ReadModel<ProcessRow, ProcessEvent> = {
  name: 'process_register',
  version: 1,
  key: ['process'],
  columns: { process: 'text', version: 'integer', sinceEventId: 'text', startedAt: 'instant' },
  on: {
    'organization.ProcessStarted.v1': {
      keys: ({ data }) => [{ process: data.process }],
      fold: (_row, { data, recordedAt }) => ({
        process: data.process,
        version: data.version,
        sinceEventId: data.sinceEventId,
        startedAt: recordedAt,
      }),
    },
    'organization.ProcessStepRefused.v1': 'ignored',
  },
};
