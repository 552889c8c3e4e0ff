import type { ReadModel } from '@plumbline/kernel';
import type { ReleaseEvent } from './release.events';

/** Results that others published. `sourceMinN` is an assertion, to be read "as declared by <declaredRole>". */
export type ReleaseRow = {
  readonly releaseId: string;
  readonly code: string;
  readonly source: string;
  readonly instrument: string;
  readonly fieldworkFrom: string | null;
  readonly fieldworkTo: string | null;
  readonly sourceMinN: number | null;
  readonly fileHash: string;
  readonly declaredBy: string;
  readonly declaredRole: string;
  readonly recordedAt: string;
};

export const releaseRegister: ReadModel<ReleaseRow, ReleaseEvent> = {
  name: 'release_register',
  version: 1,
  key: ['releaseId'],
  columns: {
    releaseId: 'text',
    code: 'text',
    source: 'text',
    instrument: 'text',
    fieldworkFrom: 'date?',
    fieldworkTo: 'date?',
    sourceMinN: 'integer?',
    fileHash: 'text',
    declaredBy: 'text',
    declaredRole: 'text',
    recordedAt: 'instant',
  },
  on: {
    'metrics.ExternalReleaseRecorded.v1': {
      keys: ({ data }) => [{ releaseId: data.releaseId }],
      fold: (_row, { data, recordedAt }) => ({
        releaseId: data.releaseId,
        code: data.code,
        source: data.source,
        instrument: data.instrument,
        fieldworkFrom: data.fieldwork?.from ?? null,
        fieldworkTo: data.fieldwork?.to ?? null,
        sourceMinN: data.sourceMinN,
        fileHash: data.fileHash,
        declaredBy: data.declaredBy,
        declaredRole: data.declaredRole,
        recordedAt,
      }),
    },
  },
};
