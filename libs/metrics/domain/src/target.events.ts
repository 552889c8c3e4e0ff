// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { count, decimalText, period, person, uuid, words } from './vocabulary';

/** LINEAR: strictly monotone in the metric's direction. RANGE: met from low to high, fading to nothing over the tolerance on either side. */
export const anchors = z.discriminatedUnion('curve', [
  z.strictObject({
    curve: z.literal('LINEAR'),
    threshold: decimalText,
    target: decimalText,
    stretch: decimalText,
  }),
  z.strictObject({ curve: z.literal('RANGE'), low: decimalText, high: decimalText, tolerance: decimalText }),
]);
export type Anchors = z.infer<typeof anchors>;

const baseline = z.strictObject({
  value: decimalText,
  basis: z.enum(['OBSERVED', 'ASSERTED']),
  obsId: uuid.nullable(),
  period: period.nullable(),
});
export type Baseline = z.infer<typeof baseline>;

const coordinates = { targetId: uuid, metricId: uuid, unitId: uuid, period };
const approval = { requestId: uuid, by: person, role: words(40), capacity: z.enum(['OUTSIDE_THE_LINE', 'PANEL']) };
/** How far the period had gone, in hundredths of a per cent of its days, and whether its result was already recorded. */
const timing = { periodGone: z.int().min(0).max(10_000), resultKnown: z.boolean() };

const place = {
  targetId: 'b5e8a7c4-0d7f-8f0e-8a55-c0a1e2d3f405',
  metricId: '0b6f3f0e-6a39-8f55-9d7f-0a4f6c1d2e30',
  unitId: '5d1f7c52-9f0f-8a51-8f35-54a0e1b0f8a4',
  period: '2026',
};
const from: Anchors = { curve: 'LINEAR', threshold: '64', target: '70', stretch: '76' };
const to: Anchors = { curve: 'LINEAR', threshold: '62', target: '68', stretch: '74' };
const asker = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const approver = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const requestId = 'e58ed763-928c-8155-b3d8-3a2f4c9f1d07';
const reason = {
  key: '9b2d1c5e-8f3a-4c6b-a1d0-2e4f6a8b0c1d',
  sealed: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  subjects: [asker],
};

export const targetEvents = {
  'metrics.TargetProposed.v1': defineEvent(
    'A target has been proposed for a metric, a unit and a period; a later proposal before approval replaces it',
    z.strictObject({
      ...coordinates,
      definitionVersion: z.int().min(1),
      baseline,
      anchors,
      rationale: words(2000),
      legalReviewId: uuid.nullable(),
      proposedBy: person,
    }),
    {
      ...place,
      definitionVersion: 1,
      baseline: { value: '61', basis: 'OBSERVED', obsId: '91e0c8a2-55a4-8c33-9c51-7d0f0a6f0b11', period: '2025' },
      anchors: from,
      rationale: 'Half the distance to the best comparable unit.',
      legalReviewId: null,
      proposedBy: asker,
    },
  ),
  'metrics.TargetDifficultyBackTested.v1': defineEvent(
    'How often the series itself would have reached each anchor in past periods',
    z.strictObject({
      ...coordinates,
      periods: z.array(period).min(6),
      obsIds: z.array(uuid).min(6),
      hits: z.strictObject({ threshold: count, target: count, stretch: count }),
      hitRates: z.strictObject({ threshold: decimalText, target: decimalText, stretch: decimalText }),
    }),
    {
      ...place,
      periods: ['2020', '2021', '2022', '2023', '2024', '2025'],
      obsIds: [
        '1a0d6c11-7f3e-8b02-9c41-5e2f7a90b311',
        '2b1e7d22-804f-8c13-8d52-6f308ba1c422',
        '3c2f8e33-9150-8d24-9e63-70419cb2d533',
        '4d309f44-a261-8e35-8f74-8152adc3e644',
        '5e41a055-b372-8f46-9085-9263bed4f755',
        '91e0c8a2-55a4-8c33-9c51-7d0f0a6f0b11',
      ],
      hits: { threshold: 3, target: 1, stretch: 0 },
      hitRates: { threshold: '0.5', target: '0.166667', stretch: '0' },
    },
  ),
  'metrics.TargetApproved.v1': defineEvent(
    'Someone other than its proposer and its beneficiary has approved a target',
    z.strictObject({ ...coordinates, by: person }),
    { ...place, by: approver },
  ),
  'metrics.TargetLocked.v1': defineEvent(
    'An approved target counts in a cycle from now on',
    z.strictObject({ ...coordinates, cycleId: uuid, definitionVersion: z.int().min(1), lockedBy: person }),
    { ...place, cycleId: '4e1243bd-22c6-8e76-82ba-9eddc1f91394', definitionVersion: 1, lockedBy: approver },
  ),
  'metrics.TargetAdjustmentRequested.v1': defineEvent(
    'Someone has asked for other anchors of a locked target',
    z.strictObject({
      ...coordinates,
      requestId: uuid,
      from: anchors,
      changes: anchors,
      ...timing,
      requestedBy: person,
      reason: sealedText,
    }),
    { ...place, requestId, from, changes: to, periodGone: 4500, resultKnown: false, requestedBy: asker, reason },
  ),
  'metrics.TargetAdjustmentApproved.v1': defineEvent(
    "One approver's own yes to a requested adjustment; it takes effect with the last one needed",
    z.strictObject({ ...coordinates, ...approval }),
    { ...place, requestId, by: approver, role: 'hr', capacity: 'OUTSIDE_THE_LINE' },
  ),
  'metrics.TargetAdjusted.v1': defineEvent(
    'A locked target has other anchors, approved by two outside its beneficiary’s line and late in the period by the panel too',
    z.strictObject({
      ...coordinates,
      requestId: uuid,
      from: anchors,
      to: anchors,
      approvedBy: z.array(person).length(2),
      panel: person.nullable(),
      ...timing,
    }),
    {
      ...place,
      requestId,
      from,
      to,
      approvedBy: [approver, '16fd2706-8baf-433b-82eb-8c7fada847da'],
      panel: null,
      periodGone: 5100,
      resultKnown: false,
    },
  ),
  'metrics.TargetAdjustmentRefused.v1': defineEvent(
    'An adjustment was refused, by a rule or by a person; the refusal stays on record',
    z.strictObject({
      ...coordinates,
      requestId: uuid,
      from: anchors,
      changes: anchors,
      rule: words(120),
      ...timing,
      requestedBy: person,
      refusedBy: person.nullable(),
      reason: sealedText.nullable(),
    }),
    {
      ...place,
      requestId,
      from,
      changes: to,
      rule: 'a-target-is-not-adjusted-after-its-period-has-ended',
      periodGone: 10000,
      resultKnown: true,
      requestedBy: asker,
      refusedBy: null,
      reason: null,
    },
  ),
  'metrics.TargetRetired.v1': defineEvent(
    'A target that was never locked has been given up',
    z.strictObject({ ...coordinates, retiredBy: person, reason: sealedText }),
    { ...place, retiredBy: asker, reason },
  ),
};
export type TargetEvent = EventOf<typeof targetEvents>;
