// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, evidenceRef, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import {
  amount,
  code,
  count,
  currency,
  day,
  DECISION_RIGHTS,
  HYPOTHESIS_VERDICTS,
  LABOUR_KINDS,
  OUTCOME_VERDICTS,
  period,
  person,
  RECOGNITIONS,
  uuid,
  words,
} from './vocabulary';

const actionId = uuid;
const deliveryId = uuid;
const evidenceId = uuid;

/** What the type's entry in the catalogue says of an action, copied when it was planned. */
export const actionTags = z.strictObject({
  component: code,
  moment: code.nullable(),
  structure: code.nullable(),
  structureKind: code.nullable(),
});
export type ActionTags = z.infer<typeof actionTags>;

/** A number of people. What lies between 0 and the smallest group shown is never stored. */
export const people = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('COUNT'), count }),
  z.strictObject({ kind: z.literal('FEWER_THAN'), than: z.int().min(2) }),
  z.strictObject({ kind: z.literal('ALL_BUT_FEWER_THAN'), than: z.int().min(2) }),
]);
export type People = z.infer<typeof people>;

export const programsEvents = {
  'programs.ActionPlanned.v1': defineEvent(
    'An action is planned: what it is, for which promise, what it should move and who decides',
    z.strictObject({
      actionId,
      code,
      title: words(200),
      program: code.nullable(),
      type: code,
      tags: actionTags,
      overridden: z.enum(['component', 'moment', 'structure', 'structureKind']).nullable(),
      recurring: z.boolean(),
      needsLegalReview: z.boolean(),
      structuralChange: z.boolean(),
      unitId: uuid,
      commitmentIds: z.array(uuid).max(50),
      leadingMetricIds: z.array(uuid).max(50),
      livedExperienceMetricId: uuid.nullable(),
      hypothesisId: uuid.nullable(),
      decisionRight: z.enum(DECISION_RIGHTS),
      plannedDeliveries: z.int().min(1).max(1_000_000),
      plannedFrom: day,
      plannedTo: day,
      lead: person,
      plannedBy: person,
    }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      code: 'BUDDY-2026',
      title: 'A buddy for everyone who joins',
      program: 'WELCOME',
      type: 'BUDDY',
      tags: { component: 'OPPORTUNITY', moment: 'JOINING', structure: 'RELATIONSHIPS', structureKind: 'PRACTICE' },
      overridden: null,
      recurring: true,
      needsLegalReview: false,
      structuralChange: false,
      unitId: '0b6f3f0e-6a39-8f55-9d7f-0a4f6c1d2e30',
      commitmentIds: ['5d9f7a3e-8c21-8b64-a0f3-7e1d2c4b6a95'],
      leadingMetricIds: ['1f8a6c10-2b75-8d14-b7a3-6b0de1f2c9a7'],
      livedExperienceMetricId: null,
      hypothesisId: 'd3b07384-d113-8ec1-8a4e-2f3c0d1b5a60',
      decisionRight: 'CO_DECIDE',
      plannedDeliveries: 12,
      plannedFrom: '2026-01-01',
      plannedTo: '2026-12-31',
      lead: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      plannedBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
  'programs.ActionEligibilityDeclared.v1': defineEvent(
    'Who may take part, by which rule; whether that is everyone, or only people of one class',
    z.strictObject({
      actionId,
      rule: words(500),
      openToAll: z.boolean(),
      classLimited: z.boolean(),
      legalReviewId: uuid.nullable(),
      declaredBy: person,
    }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      rule: 'Everyone in their first ninety days',
      openToAll: true,
      classLimited: false,
      legalReviewId: null,
      declaredBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
  'programs.ActionResourced.v1': defineEvent(
    'The money, posts and protected time an action has from now on, in place of what it had before',
    z.strictObject({
      actionId,
      budget: z.strictObject({ amount, currency }).nullable(),
      fte: amount.nullable(),
      protectedHours: amount.nullable(),
      source: words(300),
      resourcedBy: person,
    }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      budget: { amount: '12000', currency: 'GBP' },
      fte: '0.2',
      protectedHours: '240',
      source: 'Wellbeing fund',
      resourcedBy: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    },
  ),
  'programs.ActionStarted.v1': defineEvent(
    'An action has begun',
    z.strictObject({ actionId, on: day, lateReason: sealedText.nullable(), startedBy: person }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      on: '2026-01-12',
      lateReason: null,
      startedBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
  'programs.ActionDelivered.v1': defineEvent(
    'Something was delivered on a day; post hoc when the hypothesis was registered only afterwards',
    z.strictObject({
      actionId,
      deliveryId,
      date: day,
      session: code,
      unitIds: z.array(uuid).min(1).max(500),
      count: z.int().min(1).max(1_000_000),
      hours: amount.nullable(),
      postHoc: z.boolean().nullable().describe('null when the action names no hypothesis'),
      lateReason: sealedText.nullable(),
      deliveredBy: person,
    }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      deliveryId: '2c5ea4c0-4067-8fe9-8bad-9b1deb4d3b7d',
      date: '2026-02-02',
      session: '1',
      unitIds: ['0b6f3f0e-6a39-8f55-9d7f-0a4f6c1d2e30'],
      count: 1,
      hours: '1.5',
      postHoc: false,
      lateReason: null,
      deliveredBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
  'programs.ActionDeliveryWithdrawn.v1': defineEvent(
    'A delivery was recorded in error and counts no more',
    z.strictObject({ actionId, deliveryId, reason: sealedText, withdrawnBy: person }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      deliveryId: '2c5ea4c0-4067-8fe9-8bad-9b1deb4d3b7d',
      reason: {
        key: '9b2f8f0e-5d0a-4f3b-8a51-3f4f2f8a7c11',
        sealed: 'q83vEjRWeJCrze8SNFZ4kA',
        subjects: ['7c9e6679-7425-40de-944b-e07fc1f90ae7'],
      },
      withdrawnBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
  'programs.ActionParticipationRecorded.v1': defineEvent(
    'How many took part in a delivery and how many could have; small numbers are never stored',
    z.strictObject({
      actionId,
      deliveryId,
      participants: people,
      eligible: people,
      smallestGroup: z.int().min(2).describe('The smallest group that was stored as a number when this was recorded'),
      recordedBy: person,
    }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      deliveryId: '2c5ea4c0-4067-8fe9-8bad-9b1deb4d3b7d',
      participants: { kind: 'FEWER_THAN', than: 5 },
      eligible: { kind: 'COUNT', count: 14 },
      smallestGroup: 5,
      recordedBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
  'programs.ActionEvidenceAttached.v1': defineEvent(
    'Evidence of an action: a stored file or an address, with its hash, who keeps it and how long it proves anything',
    z.strictObject({ actionId, title: words(200), evidence: evidenceRef, attachedBy: person }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      title: 'List of pairs by month, without names',
      evidence: {
        evidenceId: '6fa459ea-ee8a-8ca4-894e-db77e160355e',
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        custodian: 'Office of staff development',
        attestor: null,
        uri: 'https://records.example.org/buddy/2026',
        fileId: null,
        periodFrom: '2026-01-01',
        periodTo: '2026-06-30',
        expiresAt: '2027-06-30',
      },
      attachedBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
  'programs.ActionEvidenceAttested.v1': defineEvent(
    'Someone other than who attached it has looked at the evidence and vouches for it',
    z.strictObject({ actionId, evidenceId, attestor: person }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      evidenceId: '6fa459ea-ee8a-8ca4-894e-db77e160355e',
      attestor: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    },
  ),
  'programs.ActionEvidenceWithdrawn.v1': defineEvent(
    'A piece of evidence counts no more',
    z.strictObject({ actionId, evidenceId, reason: sealedText, withdrawnBy: person }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      evidenceId: '6fa459ea-ee8a-8ca4-894e-db77e160355e',
      reason: {
        key: '9b2f8f0e-5d0a-4f3b-8a51-3f4f2f8a7c11',
        sealed: 'q83vEjRWeJCrze8SNFZ4kA',
        subjects: ['7c9e6679-7425-40de-944b-e07fc1f90ae7'],
      },
      withdrawnBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
  'programs.ActionCompleted.v1': defineEvent(
    'An action is done',
    z.strictObject({ actionId, on: day, completedBy: person }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      on: '2026-12-15',
      completedBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
  'programs.ActionCancelled.v1': defineEvent(
    'An action is given up',
    z.strictObject({ actionId, on: day, reason: sealedText, cancelledBy: person }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      on: '2026-05-04',
      reason: {
        key: '9b2f8f0e-5d0a-4f3b-8a51-3f4f2f8a7c11',
        sealed: 'q83vEjRWeJCrze8SNFZ4kA',
        subjects: ['7c9e6679-7425-40de-944b-e07fc1f90ae7'],
      },
      cancelledBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
  'programs.ActionOutcomeReviewed.v1': defineEvent(
    'Whether an action goes on, grows, changes or stops, and the verdict that this rests on',
    z.strictObject({
      actionId,
      verdict: z.enum(OUTCOME_VERDICTS),
      basis: z.strictObject({
        source: z.enum(['HYPOTHESIS', 'ASSERTED']),
        hypothesisId: uuid.nullable(),
        finding: z.enum(HYPOTHESIS_VERDICTS).nullable().describe('null while the hypothesis has no verdict'),
        cannotTell: z.boolean(),
        reference: words(500).nullable(),
      }),
      note: words(2000),
      on: day,
      reviewedBy: person,
    }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      verdict: 'CONTINUE',
      basis: {
        source: 'HYPOTHESIS',
        hypothesisId: 'd3b07384-d113-8ec1-8a4e-2f3c0d1b5a60',
        finding: 'LEADS',
        cannotTell: false,
        reference: null,
      },
      note: 'Pairs met monthly; reported belonging of joiners followed a half-year later.',
      on: '2026-12-20',
      reviewedBy: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    },
  ),
  'programs.InvisibleLabourRecorded.v1': defineEvent(
    'Hours that people gave beside their job for an action in a period, and how that was recognised',
    z.strictObject({
      actionId,
      unitId: uuid,
      period,
      kind: z.enum(LABOUR_KINDS),
      hours: amount,
      fte: amount.nullable(),
      people,
      recognised: z.enum(RECOGNITIONS),
      recordedBy: person,
    }),
    {
      actionId: 'a6c0f0de-31f4-8e0b-9f1c-5b7e6a2d4c18',
      unitId: '0b6f3f0e-6a39-8f55-9d7f-0a4f6c1d2e30',
      period: '2026-Q1',
      kind: 'COORDINATION',
      hours: '78',
      fte: '0.14',
      people: { kind: 'FEWER_THAN', than: 5 },
      recognised: 'NONE',
      recordedBy: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    },
  ),
};
export type ProgramsEvent = EventOf<typeof programsEvents>;
