import { type ReadModel, type RecordedEvent, actOf } from '@plumbline/kernel';
import type { SeriesEvent } from './series.events';

/** One row an act in which figures were recorded, superseded or taken back. Its first event tells acts apart in time. */
export type ObservationActRow = { readonly act: string };

const once = {
  keys: (event: RecordedEvent<SeriesEvent>) => [{ act: actOf(event) }],
  fold: (row: ObservationActRow | undefined, event: RecordedEvent<SeriesEvent>) => row ?? { act: actOf(event) },
};

export const observationActs: ReadModel<ObservationActRow, SeriesEvent> = {
  name: 'observation_acts',
  version: 1,
  key: ['act'],
  columns: { act: 'text' },
  on: {
    'metrics.ObservationRecorded.v1': once,
    'metrics.ObservationCorrected.v1': once,
    'metrics.ObservationRetracted.v1': once,
    'metrics.ObservationVerified.v1': 'ignored',
    'metrics.ObservationDisputed.v1': 'ignored',
  },
};
