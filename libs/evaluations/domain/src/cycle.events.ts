// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { ruleSets, ruleSetSchema } from './rule-sets';
import { code, day, period, person, sha256, uuid, words } from './vocabulary';

export const leaderGroup = z.strictObject({
  group: code,
  leaders: z.array(person).max(20_000),
});
export const cycleCalendar = z.strictObject({ acceptBy: day, freezeFrom: day, acknowledgeBy: day });
export type CycleCalendar = z.infer<typeof cycleCalendar>;

const cycle = { cycleId: uuid };
const exampleId = '4e1243bd-22c6-8e76-82ba-9eddc1f91394';
const hr = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const leader = '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55';
const anEvent = '0f3d9a52-1b7e-8c44-9e61-5a2b7c8d9e10';

export const cycleEvents = {
  'evaluations.CycleOpened.v1': defineEvent(
    'An evaluation cycle has been opened: whom it is about, over which period, under which rules',
    z.strictObject({
      ...cycle,
      code,
      period,
      periodStart: day,
      periodEnd: day,
      population: z.array(leaderGroup).max(1000),
      ruleSetVersion: z.string(),
      ruleSet: ruleSetSchema,
      calendar: cycleCalendar,
      consultations: z.array(uuid).max(10),
      openedBy: person,
    }),
    {
      ...{ cycleId: exampleId, code: 'C2026', period: '2026', periodStart: '2026-01-01', periodEnd: '2026-12-31' },
      population: [{ group: 'HEADS', leaders: [leader] }],
      ruleSetVersion: '1',
      ruleSet: ruleSets['1'],
      calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-11-01', acknowledgeBy: '2027-01-31' },
      consultations: [],
      openedBy: hr,
    },
  ),
  'evaluations.LeaderAdmitted.v1': defineEvent(
    'A leader has joined the population of an open cycle',
    z.strictObject({ ...cycle, group: code, leader: person, by: person }),
    { cycleId: exampleId, group: 'HEADS', leader, by: hr },
  ),
  'evaluations.OrgSnapshotTaken.v1': defineEvent(
    'The structure by which the cycle names its scopes is that of this event',
    z.strictObject({ ...cycle, asOf: uuid, by: z.string() }),
    { cycleId: exampleId, asOf: anEvent, by: hr },
  ),
  'evaluations.CycleFrozen.v1': defineEvent(
    'The cycle has been frozen: only what the log holds up to this event counts',
    z.strictObject({
      ...cycle,
      asOf: uuid.describe('The last event that counts: this one'),
      day: day.describe('The last day that had begun'),
      measuredOn: day.describe('That day, or the last of the period if it is earlier'),
      by: z.string(),
    }),
    { cycleId: exampleId, asOf: anEvent, day: '2026-11-12', measuredOn: '2026-11-12', by: hr },
  ),
  'evaluations.ScorecardsComputed.v1': defineEvent(
    'Every accepted scorecard has been scored as of the freeze; the hash is over all results',
    z.strictObject({
      ...cycle,
      asOf: uuid,
      codeVersion: words(40),
      resultHash: sha256,
      scorecards: z.int().min(0),
    }),
    { cycleId: exampleId, asOf: anEvent, codeVersion: 'scorecard@1', resultHash: 'ab'.repeat(32), scorecards: 12 },
  ),
  'evaluations.CycleClosed.v1': defineEvent(
    'Every scorecard of the cycle is final',
    z.strictObject({ ...cycle, by: person }),
    { cycleId: exampleId, by: hr },
  ),
  'evaluations.CycleReopeningRequested.v1': defineEvent(
    'One person asks that a frozen or closed cycle be reopened; it takes a second one',
    z.strictObject({ ...cycle, reason: sealedText, by: person }),
    {
      cycleId: exampleId,
      reason: { key: exampleId, sealed: 'c2VhbGVk', subjects: [hr] },
      by: hr,
    },
  ),
  'evaluations.CycleReopened.v1': defineEvent(
    'Two people have reopened the cycle; it is frozen and computed anew',
    z.strictObject({ ...cycle, approvers: z.tuple([person, person]) }),
    { cycleId: exampleId, approvers: [hr, leader] },
  ),
};
export type CycleEvent = EventOf<typeof cycleEvents>;
