import type { Instant, ReadModel } from '@plumbline/kernel';
import type { ImportEvent } from './import.events';

/** One row an import; the counts are null until it has ended. `completedAt` is null while it goes on. A file imported again adds to `recorded`; the other counts are those of the last time. */
export type ImportRegisterRow = {
  readonly importId: string;
  readonly kind: string;
  readonly fileHash: string;
  readonly mapHash: string;
  readonly rows: number;
  readonly importedBy: string;
  readonly recordedAt: Instant;
  readonly completedAt: Instant | null;
  readonly recorded: number | null;
  readonly unchanged: number | null;
  readonly refused: number | null;
};

export const importRegister: ReadModel<ImportRegisterRow, ImportEvent> = {
  name: 'import_register',
  version: 1,
  key: ['importId'],
  columns: {
    importId: 'text',
    kind: 'text',
    fileHash: 'text',
    mapHash: 'text',
    rows: 'integer',
    importedBy: 'text',
    recordedAt: 'instant',
    completedAt: 'instant?',
    recorded: 'integer?',
    unchanged: 'integer?',
    refused: 'integer?',
  },
  on: {
    'organization.ImportRecorded.v1': {
      keys: ({ data }) => [{ importId: data.importId }],
      fold: (_row, { data, actor, recordedAt }) => ({
        importId: data.importId,
        kind: data.kind,
        fileHash: data.fileHash,
        mapHash: data.mapHash,
        rows: data.rows,
        importedBy: actor.id,
        recordedAt,
        completedAt: null,
        recorded: null,
        unchanged: null,
        refused: null,
      }),
    },
    'organization.ImportReopened.v1': {
      keys: ({ data }) => [{ importId: data.importId }],
      fold: (row) => (row ? { ...row, completedAt: null } : null),
    },
    'organization.ImportCompleted.v1': {
      keys: ({ data }) => [{ importId: data.importId }],
      fold: (row, { data, recordedAt }) =>
        row
          ? {
              ...row,
              completedAt: recordedAt,
              recorded: (row.recorded ?? 0) + data.recorded,
              unchanged: data.unchanged,
              refused: data.refused,
            }
          : null,
    },
  },
};
