// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, sealedText, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import {
  code,
  communityTags,
  componentTags,
  contexts,
  count,
  day,
  jurisdiction,
  localCode,
  person,
  pillarTags,
  sha256,
  STANCES,
  uuid,
  words,
} from './vocabulary';

const principle = z.strictObject({
  principleId: localCode,
  text: words(1000),
  componentTags,
  pillarTags,
  communityTags,
  signals: z.array(words(300)).min(1).max(20).describe('What anyone could see where the principle holds'),
});
const adoptedPrinciple = principle.extend({
  inheritedFrom: uuid.nullable().describe('Id of the charter it comes from; null for its own'),
});
export type Principle = z.infer<typeof principle>;
export type AdoptedPrinciple = z.infer<typeof adoptedPrinciple>;

const stances = z.strictObject(
  Object.fromEntries(STANCES.map((stance) => [stance, count])) as Record<(typeof STANCES)[number], typeof count>,
);
export type Stances = z.infer<typeof stances>;
const audience = z.strictObject({
  group: localCode,
  leadership: z.boolean().describe('Whether the group is of leaders'),
  people: z.int().min(1).describe('How many people are asked'),
});
export type AudienceGroup = z.infer<typeof audience>;

const version = z.strictObject({
  charterId: uuid,
  version: z.int().min(1),
  code,
  title: words(200),
  scopeUnitId: uuid,
  parent: z.strictObject({ charterId: uuid, version: z.int().min(1) }).nullable(),
  definitionOfBelonging: words(2000),
  principles: z.array(adoptedPrinciple).min(1).max(100),
  effectiveFrom: day,
  adoptedBy: person,
  consultation: z.int().min(1).nullable().describe('Round of consultation it rests on; null when it was waived'),
  consultationSummaryHash: sha256.nullable(),
  lateReason: sealedText.nullable().describe('Why it took effect long before it was recorded'),
});

const charterId = 'b3a1c5d7-2e4f-8a6b-9c8d-1e0f2a3b4c5d';
const scopeUnitId = 'a1b2c3d4-e5f6-8a7b-9c8d-0e1f2a3b4c5d';
const chair = '16fd2706-8baf-433b-82eb-8c7fada847da';
const drafter = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11';
const heard: Principle = {
  principleId: 'HEARD',
  text: 'Whoever speaks up is answered.',
  componentTags: ['OPPORTUNITY', 'PERCEPTION'],
  pillarTags: ['ACCEPTANCE'],
  communityTags: [],
  signals: ['Every concern has an answer within 14 days'],
};
const reason = {
  key: '9b2d1c5e-8f3a-4c6b-a1d0-2e4f6a8b0c1d',
  sealed: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  subjects: [drafter],
};
const adopted = {
  charterId,
  version: 1,
  code: 'BELONGING',
  title: 'Belonging at Eastmere',
  scopeUnitId,
  parent: null,
  definitionOfBelonging: 'To be met as someone who is expected, needed and free to differ.',
  principles: [{ ...heard, inheritedFrom: null }],
  effectiveFrom: '2025-03-01',
  adoptedBy: chair,
  consultation: 1,
  consultationSummaryHash: 'ab'.repeat(32),
  lateReason: null,
};

export const charterEvents = {
  'charter.CharterDrafted.v1': defineEvent(
    'A charter has been drafted; a local variant inherits the principles of its parent',
    z.strictObject({
      charterId: uuid,
      code,
      title: words(200),
      scopeUnitId: uuid,
      parentCharterId: uuid.nullable(),
      definitionOfBelonging: words(2000),
      belongingContexts: contexts,
      jurisdiction: jurisdiction.nullable(),
      draftedBy: person,
    }),
    {
      charterId,
      code: 'BELONGING',
      title: 'Belonging at Eastmere',
      scopeUnitId,
      parentCharterId: null,
      definitionOfBelonging: 'To be met as someone who is expected, needed and free to differ.',
      belongingContexts: ['GROUP', 'PLACE', 'EXPERIENCE'],
      jurisdiction: 'GB',
      draftedBy: drafter,
    },
  ),
  'charter.CharterPrincipleAdded.v1': defineEvent(
    'A principle stands in the draft, with the signals by which it can be observed',
    principle.extend({ charterId: uuid, addedBy: person }),
    { charterId, ...heard, addedBy: drafter },
  ),
  'charter.CharterPrincipleReworded.v1': defineEvent(
    'A principle of the draft says something else',
    z.strictObject({
      charterId: uuid,
      principleId: localCode,
      from: words(1000),
      to: words(1000),
      reason: sealedText,
      rewordedBy: person,
    }),
    {
      charterId,
      principleId: 'HEARD',
      from: 'Whoever speaks up is heard.',
      to: 'Whoever speaks up is answered.',
      reason,
      rewordedBy: drafter,
    },
  ),
  'charter.CharterPrincipleWithdrawn.v1': defineEvent(
    'A principle no longer stands in the draft; adopted versions keep it',
    z.strictObject({ charterId: uuid, principleId: localCode, reason: sealedText, withdrawnBy: person }),
    { charterId, principleId: 'HEARD', reason, withdrawnBy: drafter },
  ),
  'charter.CharterConsultationOpened.v1': defineEvent(
    'The draft is open for consultation; it does not change meanwhile',
    z.strictObject({
      charterId: uuid,
      round: z.int().min(1),
      audience: z.array(audience).min(1).max(50),
      opensOn: day,
      closesAt: day.describe('Last day of the consultation'),
    }),
    {
      charterId,
      round: 1,
      audience: [
        { group: 'NURSES', leadership: false, people: 410 },
        { group: 'HEADS', leadership: true, people: 14 },
      ],
      opensOn: '2025-02-05',
      closesAt: '2025-02-21',
    },
  ),
  'charter.CharterConsultationTallied.v1': defineEvent(
    'The stances of a group on a day, counted; what was written stays elsewhere and is linked to nobody',
    z.strictObject({ charterId: uuid, round: z.int().min(1), group: localCode, day, stances }),
    {
      charterId,
      round: 1,
      group: 'NURSES',
      day: '2025-02-12',
      stances: { SUPPORT: 31, SUPPORT_WITH_CHANGES: 12, OPPOSE: 4, UNDECIDED: 3 },
    },
  ),
  'charter.CharterConsultationClosed.v1': defineEvent(
    'The consultation has closed, with the counts of each group',
    z.strictObject({
      charterId: uuid,
      round: z.int().min(1),
      closedOn: day,
      counts: z.array(z.strictObject({ group: localCode, leadership: z.boolean(), stances })).max(50),
    }),
    {
      charterId,
      round: 1,
      closedOn: '2025-02-21',
      counts: [
        {
          group: 'NURSES',
          leadership: false,
          stances: { SUPPORT: 120, SUPPORT_WITH_CHANGES: 41, OPPOSE: 9, UNDECIDED: 12 },
        },
      ],
    },
  ),
  'charter.CharterConsultationWaiverRequested.v1': defineEvent(
    'Someone has asked that a version be adopted without a consultation',
    z.strictObject({ charterId: uuid, requestedBy: person, reason: sealedText }),
    { charterId, requestedBy: drafter, reason },
  ),
  'charter.CharterConsultationWaived.v1': defineEvent(
    'The next version may be adopted without a consultation, as two people have decided',
    z.strictObject({ charterId: uuid, approvers: z.tuple([person, person]), reason: sealedText }),
    { charterId, approvers: [drafter, chair], reason },
  ),
  'charter.CharterAdopted.v1': defineEvent(
    'The first version of a charter has been adopted; what it says never changes',
    version,
    adopted,
  ),
  'charter.CharterAmended.v1': defineEvent(
    'A new version of a charter is in force; the versions before it stay as they were',
    version.extend({
      diff: z.strictObject({
        added: z.array(localCode),
        reworded: z.array(localCode),
        withdrawn: z.array(localCode),
      }),
    }),
    {
      ...adopted,
      version: 2,
      effectiveFrom: '2026-03-01',
      consultation: 2,
      diff: { added: [], reworded: ['HEARD'], withdrawn: [] },
    },
  ),
  'charter.CharterRetired.v1': defineEvent(
    'A charter is no longer in force; what was promised under it stays promised',
    z.strictObject({
      charterId: uuid,
      version: count.describe('The last version that was adopted; 0 when none was'),
      retiredBy: person,
      reason: sealedText,
    }),
    { charterId, version: 2, retiredBy: chair, reason },
  ),
};
export type CharterEvent = EventOf<typeof charterEvents>;
