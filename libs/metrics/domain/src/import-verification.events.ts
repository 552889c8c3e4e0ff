// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { count, person, uuid, words } from './vocabulary';

export const importVerificationEvents = {
  'metrics.ObservationBatchVerified.v1': defineEvent(
    'Someone other than the importer has checked a seeded sample of an import; all figures of the import that still stand are verified by it',
    z.strictObject({
      importId: uuid,
      sampleSeed: words(100),
      sampleSize: count.min(1),
      by: person,
      method: words(300),
    }),
    {
      importId: 'c1f4a3c6-7f6a-8b65-bb52-6c1d9f3f7a20',
      sampleSeed: '2026-11-23/4711',
      sampleSize: 60,
      by: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      method: 'compared with the published table',
    },
  ),
};
export type ImportVerificationEvent = EventOf<typeof importVerificationEvents>;
