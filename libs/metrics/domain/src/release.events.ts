// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { code, count, day, decimalText, person, uuid, words } from './vocabulary';

export const MAX_RELEASE_UNITS = 10_000;
const atMost = (entries: Record<string, unknown>): boolean => Object.keys(entries).length <= MAX_RELEASE_UNITS;
const tooMany = `a release names at most ${MAX_RELEASE_UNITS} units`;

export const releaseEvents = {
  'metrics.ExternalReleaseRecorded.v1': defineEvent(
    'Results that another system has published, and what their publisher says about them',
    z.strictObject({
      releaseId: uuid,
      code,
      source: words(300),
      instrument: words(300),
      fieldwork: z.strictObject({ from: day, to: day }).nullable(),
      sourceMinN: count.min(1).nullable(),
      eligibleByUnit: z.record(uuid, count).refine(atMost, tooMany),
      responseRateByUnit: z.record(uuid, decimalText).refine(atMost, tooMany),
      fileHash: z.string().regex(/^[0-9a-f]{64}$/),
      declaredBy: person,
      declaredRole: words(40),
    }),
    {
      releaseId: '2c7c7c0b-51bd-8a35-a0a5-0d7c2f7f6c5e',
      code: 'CSPS-2020',
      source: 'Civil Service People Survey 2020, benchmark scores',
      instrument: 'Civil Service People Survey',
      fieldwork: { from: '2020-10-01', to: '2020-11-02' },
      sourceMinN: 10,
      eligibleByUnit: {},
      responseRateByUnit: { '5d1f7c52-9f0f-8a51-8f35-54a0e1b0f8a4': '80' },
      fileHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      declaredBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      declaredRole: 'hr',
    },
  ),
};
export type ReleaseEvent = EventOf<typeof releaseEvents>;
