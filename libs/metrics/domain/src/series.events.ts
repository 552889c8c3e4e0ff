// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { count, decimalText, period, person, uuid, words } from './vocabulary';

/** Either `value`, or `num` and `den` of a share. A null n, base or eligible is unknown, not zero. */
const figureFields = {
  value: decimalText.nullable(),
  num: decimalText.nullable(),
  den: decimalText.nullable(),
  n: count.nullable(),
  base: count.nullable(),
  eligible: count.nullable(),
  s: decimalText.nullable(),
};
const sourceFields = {
  source: words(300),
  method: words(300),
  releaseId: uuid.nullable(),
  importId: uuid.nullable(),
  evidenceRefs: z.array(words(300)).max(50),
};
const coordinates = { metricId: uuid, unitId: uuid, period, definitionVersion: z.int().min(1), obsId: uuid };

export const observedFigure = z.strictObject(figureFields);
export type ObservedFigure = z.infer<typeof observedFigure>;
export const observedValue = z.strictObject({ ...figureFields, ...sourceFields });
export type ObservedValue = z.infer<typeof observedValue>;

const place = {
  metricId: '0b6f3f0e-6a39-8f55-9d7f-0a4f6c1d2e30',
  unitId: '5d1f7c52-9f0f-8a51-8f35-54a0e1b0f8a4',
  period: '2020',
  definitionVersion: 1,
  obsId: '91e0c8a2-55a4-8c33-9c51-7d0f0a6f0b11',
};
const figure: ObservedValue = {
  value: '58',
  num: null,
  den: null,
  n: null,
  base: null,
  eligible: null,
  s: null,
  source: 'Civil Service People Survey 2020',
  method: 'published aggregate',
  releaseId: '2c7c7c0b-51bd-8a35-a0a5-0d7c2f7f6c5e',
  importId: 'c1f4a3c6-7f6a-8b65-bb52-6c1d9f3f7a20',
  evidenceRefs: [],
};
const reason = {
  key: '9b2d1c5e-8f3a-4c6b-a1d0-2e4f6a8b0c1d',
  sealed: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  subjects: ['7c9e6679-7425-40de-944b-e07fc1f90ae7'],
};

export const seriesEvents = {
  'metrics.ObservationRecorded.v1': defineEvent(
    'A figure for a metric, a unit and a period has been recorded',
    z.strictObject({ ...coordinates, ...figureFields, ...sourceFields, recordedBy: person }),
    { ...place, ...figure, recordedBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7' },
  ),
  'metrics.ObservationVerified.v1': defineEvent(
    'Someone other than its recorder has checked a figure against its source; open disputes about it are answered',
    z.strictObject({ ...coordinates, by: person, method: words(300) }),
    { ...place, by: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', method: 'compared with the published table' },
  ),
  'metrics.ObservationDisputed.v1': defineEvent(
    'Someone has said that a figure is wrong; it stands, flagged',
    z.strictObject({ ...coordinates, by: person, reason: sealedText }),
    { ...place, by: '16fd2706-8baf-433b-82eb-8c7fada847da', reason },
  ),
  'metrics.ObservationCorrected.v1': defineEvent(
    'A new figure supersedes an earlier one, which stays in the log',
    z.strictObject({
      ...coordinates,
      supersedes: uuid,
      newValue: observedValue,
      recordedBy: person,
      reason: sealedText,
    }),
    {
      ...place,
      obsId: 'a7b0f3de-1c1e-8d52-8a0e-95c8f5a0d1f2',
      supersedes: place.obsId,
      newValue: { ...figure, value: '57.5', importId: null },
      recordedBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      reason,
    },
  ),
  'metrics.ObservationRetracted.v1': defineEvent(
    'A figure has been taken back; the period may be observed anew',
    z.strictObject({ ...coordinates, by: person, reason: sealedText }),
    { ...place, by: '7c9e6679-7425-40de-944b-e07fc1f90ae7', reason },
  ),
};
export type SeriesEvent = EventOf<typeof seriesEvents>;
