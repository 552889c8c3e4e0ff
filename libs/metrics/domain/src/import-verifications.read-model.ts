import type { ReadModel } from '@plumbline/kernel';
import type { ImportVerificationEvent } from './import-verification.events';

/** Imports whose figures have been verified by a sample. A figure still bearing this import's id is verified by `by`. */
export type ImportVerificationRow = {
  readonly importId: string;
  readonly by: string;
  readonly sampleSeed: string;
  readonly sampleSize: number;
  readonly method: string;
  readonly verifiedAt: string;
};

export const importVerifications: ReadModel<ImportVerificationRow, ImportVerificationEvent> = {
  name: 'import_verifications',
  version: 1,
  key: ['importId'],
  columns: {
    importId: 'text',
    by: 'text',
    sampleSeed: 'text',
    sampleSize: 'integer',
    method: 'text',
    verifiedAt: 'instant',
  },
  on: {
    'metrics.ObservationBatchVerified.v1': {
      keys: ({ data }) => [{ importId: data.importId }],
      fold: (_row, { data, recordedAt }) => ({
        importId: data.importId,
        by: data.by,
        sampleSeed: data.sampleSeed,
        sampleSize: data.sampleSize,
        method: data.method,
        verifiedAt: recordedAt,
      }),
    },
  },
};
