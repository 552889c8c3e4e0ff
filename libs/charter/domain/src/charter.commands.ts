import { defineCommand, type CommandOf, type Role } from '@plumbline/kernel';
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
  pillarTags,
  sha256,
  STANCES,
  words,
} from './vocabulary';

const charter = code.describe('Code of the charter');
const principleId = localCode.describe('Id of the principle within the charter, as HEARD');
const reason = words(2000).describe('Why, in your words; kept under a key of its own');
const drafters: readonly Role[] = ['hr', 'executive', 'board'];
const adopters: readonly Role[] = ['board', 'executive'];

const adoption = z.strictObject({
  charter,
  effectiveFrom: day.describe('First day on which it is in force'),
  consultationSummaryHash: sha256
    .optional()
    .describe('SHA-256 of the published summary of the consultation; left out only when it was waived'),
  reason: words(2000).optional().describe('Why it is recorded so long after it took effect; stored sealed'),
});
const adoptionExample = {
  charter: 'BELONGING',
  effectiveFrom: '2025-03-01',
  consultationSummaryHash: 'ab'.repeat(32),
};

export const charterCommands = {
  'charter.DraftCharter': defineCommand(
    'Draft a charter, or a local variant of an adopted one that inherits its principles',
    drafters,
    z.strictObject({
      charter,
      title: words(200).describe('What it is called'),
      unit: code.describe('Code of the unit it is for, with all below'),
      parent: code.optional().describe('Code of the charter whose principles a local variant inherits'),
      definitionOfBelonging: words(2000).describe('What belonging means here, in a sentence or two'),
      belongingContexts: contexts.describe('What the definition speaks of: groups, places, experiences'),
      jurisdiction: jurisdiction.optional().describe('Country or part of it for which it is written'),
    }),
    {
      charter: 'BELONGING',
      title: 'Belonging at Eastmere',
      unit: 'HOSPITAL',
      definitionOfBelonging: 'To be met as someone who is expected, needed and free to differ.',
      belongingContexts: ['GROUP', 'PLACE', 'EXPERIENCE'],
      jurisdiction: 'GB',
    },
  ),
  'charter.AddPrinciple': defineCommand(
    'Add a principle to the draft; it counts from the next version on',
    drafters,
    z.strictObject({
      charter,
      principleId,
      text: words(1000).describe('What it says'),
      componentTags: componentTags.optional().describe('Components of belonging that it speaks to'),
      pillarTags: pillarTags.optional().describe('Pillars of belonging that it rests on'),
      communityTags: communityTags.optional().describe('Principles of community that it follows'),
      signals: z.array(words(300)).max(20).describe('What anyone could see where it holds; at least one'),
    }),
    {
      charter: 'BELONGING',
      principleId: 'HEARD',
      text: 'Whoever speaks up is answered.',
      componentTags: ['OPPORTUNITY', 'PERCEPTION'],
      signals: ['Every concern has an answer within 14 days'],
    },
  ),
  'charter.RewordPrinciple': defineCommand(
    'Reword a principle of the draft; it counts from the next version on',
    drafters,
    z.strictObject({ charter, principleId, text: words(1000).describe('What it says instead'), reason }),
    {
      charter: 'BELONGING',
      principleId: 'HEARD',
      text: 'Whoever speaks up is answered.',
      reason: 'To be heard and left without an answer is what staff complain of.',
    },
  ),
  'charter.WithdrawPrinciple': defineCommand(
    'Take a principle out of the draft; versions that have it keep it',
    drafters,
    z.strictObject({ charter, principleId, reason }),
    { charter: 'BELONGING', principleId: 'HEARD', reason: 'It is said twice.' },
  ),
  'charter.OpenConsultation': defineCommand(
    'Open the draft for consultation',
    ['hr', 'board'],
    z.strictObject({
      charter,
      audience: z
        .array(
          z.strictObject({
            group: localCode.describe('Code of the group'),
            leadership: z.boolean().describe('Whether the group is of leaders'),
            people: z.int().min(1).describe('How many people are asked'),
          }),
        )
        .min(1)
        .max(50)
        .describe('Who is asked, by group'),
      closesAt: day.describe('Last day of the consultation'),
    }),
    {
      charter: 'BELONGING',
      audience: [
        { group: 'NURSES', leadership: false, people: 410 },
        { group: 'HEADS', leadership: true, people: 14 },
      ],
      closesAt: '2025-02-21',
    },
  ),
  'charter.TallyConsultation': defineCommand(
    'Record how a group answered on a day, in counts; hold fewer answers than the smallest group until there are more',
    ['hr', 'data-steward', 'process'],
    z.strictObject({
      charter,
      group: localCode.describe('Code of the group'),
      day: day.describe('The day on which the answers came in'),
      stances: z
        .strictObject(
          Object.fromEntries(STANCES.map((stance) => [stance, count])) as Record<
            (typeof STANCES)[number],
            typeof count
          >,
        )
        .describe('How many took which stance'),
    }),
    {
      charter: 'BELONGING',
      group: 'NURSES',
      day: '2025-02-12',
      stances: { SUPPORT: 31, SUPPORT_WITH_CHANGES: 12, OPPOSE: 4, UNDECIDED: 3 },
    },
  ),
  'charter.CloseConsultation': defineCommand(
    'Close the consultation on its last day or after',
    ['hr', 'board', 'process'],
    z.strictObject({ charter }),
    { charter: 'BELONGING' },
  ),
  'charter.RequestConsultationWaiver': defineCommand(
    'Ask that the next version be adopted without a consultation; a second person decides',
    ['hr', 'executive'],
    z.strictObject({ charter, reason }),
    { charter: 'BELONGING', reason: 'One word is corrected.' },
  ),
  'charter.WaiveConsultation': defineCommand(
    'Decide, as the second person, that the next version may be adopted without a consultation',
    ['hr', 'board', 'legal'],
    z.strictObject({ charter, reason }),
    { charter: 'BELONGING', reason: 'Nothing of substance changes.' },
  ),
  'charter.AdoptCharter': defineCommand(
    'Adopt the draft as the first version of the charter',
    adopters,
    adoption,
    adoptionExample,
  ),
  'charter.AmendCharter': defineCommand('Put the changed draft in force as the next version', adopters, adoption, {
    ...adoptionExample,
    effectiveFrom: '2026-03-01',
  }),
  'charter.RetireCharter': defineCommand(
    'Put a charter out of force; what was promised under it stays promised',
    adopters,
    z.strictObject({ charter, reason }),
    { charter: 'BELONGING', reason: 'A charter of the whole region takes its place.' },
  ),
};
export type CharterCommand = CommandOf<typeof charterCommands>;
