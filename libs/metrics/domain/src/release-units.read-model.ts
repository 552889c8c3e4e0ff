import type { ReadModel } from '@plumbline/kernel';
import type { ReleaseEvent } from './release.events';

/** What a release says about one unit: whom it asked, and the share that answered in per cent (above 100: POPULATION_MISMATCH). */
export type ReleaseUnitRow = {
  readonly releaseId: string;
  readonly unitId: string;
  readonly eligible: number | null;
  readonly responseRate: string | null;
};

export const releaseUnits: ReadModel<ReleaseUnitRow, ReleaseEvent> = {
  name: 'release_units',
  version: 1,
  key: ['releaseId', 'unitId'],
  columns: { releaseId: 'text', unitId: 'text', eligible: 'integer?', responseRate: 'decimal?' },
  on: {
    'metrics.ExternalReleaseRecorded.v1': {
      keys: ({ data }) =>
        [...new Set([...Object.keys(data.eligibleByUnit), ...Object.keys(data.responseRateByUnit)])]
          .sort()
          .map((unitId) => ({ releaseId: data.releaseId, unitId })),
      fold: (_row, { data }, { unitId = '' }) => ({
        releaseId: data.releaseId,
        unitId,
        eligible: data.eligibleByUnit[unitId] ?? null,
        responseRate: data.responseRateByUnit[unitId] ?? null,
      }),
    },
  },
};
