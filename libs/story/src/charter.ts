import { ROOT } from './hospital';
import { type Act, by, type StoryIds } from './telling';

export const CHARTER = 'BELONGING';

const principles = [
  {
    principleId: 'HEARD',
    text: 'Whoever speaks up is answered.',
    componentTags: ['OPPORTUNITY', 'PERCEPTION'],
    signals: ['Every concern has an answer within 14 days', 'Each ward has a listening hour a month'],
  },
  {
    principleId: 'EXPECTED',
    text: 'Everyone is expected: there is a place, a name and a time for them.',
    componentTags: ['OPPORTUNITY'],
    signals: ['New starters meet a buddy in week one', 'Rotas are out six weeks ahead'],
  },
  {
    principleId: 'DIFFER',
    text: 'One may differ, disagree and say no without paying for it.',
    componentTags: ['MOTIVATION', 'PERCEPTION'],
    signals: ['Decisions name what was said against them'],
  },
  {
    principleId: 'FAIR',
    text: 'Time, rooms and chances are shared by rules that everyone can read.',
    componentTags: ['OPPORTUNITY', 'COMPETENCY'],
    signals: ['Pay bands and posts are published', 'Promised hours are used hours'],
  },
] as const;

const answered = (support: number, changes: number, oppose: number, undecided: number) => ({
  SUPPORT: support,
  SUPPORT_WITH_CHANGES: changes,
  OPPOSE: oppose,
  UNDECIDED: undecided,
});

/** The charter: drafted with two groups of staff, consulted on, adopted. */
export function charter(_ids: StoryIds): readonly Act[] {
  const drafts = by('head-of-people-analytics', 'hr');
  const tallies = by('hr-analyst', 'data-steward');
  const adopts = by('board-secretary', 'board');
  return [
    drafts('2025-02-05', 'charter.DraftCharter', {
      charter: CHARTER,
      title: 'Belonging at Eastmere',
      unit: ROOT,
      definitionOfBelonging: 'To be met as someone who is expected, needed and free to differ.',
      belongingContexts: ['GROUP', 'PLACE', 'EXPERIENCE'],
      jurisdiction: 'GB',
    }),
    ...principles.map((principle) =>
      drafts('2025-02-05', 'charter.AddPrinciple', {
        charter: CHARTER,
        ...principle,
        componentTags: [...principle.componentTags],
        signals: [...principle.signals],
      }),
    ),
    adopts(
      '2025-02-06',
      'charter.AdoptCharter',
      { charter: CHARTER, effectiveFrom: '2025-03-01', consultationSummaryHash: 'c5'.repeat(32) },
      { refusedBy: 'a-charter-is-adopted-after-a-consultation' },
    ),
    drafts('2025-02-06', 'charter.OpenConsultation', {
      charter: CHARTER,
      audience: [
        { group: 'WARDS', leadership: false, people: 610 },
        { group: 'NIGHTS', leadership: false, people: 190 },
        { group: 'HEADS', leadership: true, people: 14 },
      ],
      closesAt: '2025-02-21',
    }),
    tallies('2025-02-14', 'charter.TallyConsultation', {
      charter: CHARTER,
      group: 'WARDS',
      day: '2025-02-14',
      stances: answered(181, 64, 22, 19),
    }),
    tallies('2025-02-20', 'charter.TallyConsultation', {
      charter: CHARTER,
      group: 'NIGHTS',
      day: '2025-02-20',
      stances: answered(58, 31, 9, 6),
    }),
    tallies('2025-02-20', 'charter.TallyConsultation', {
      charter: CHARTER,
      group: 'HEADS',
      day: '2025-02-20',
      stances: answered(9, 2, 1, 0),
    }),
    drafts('2025-02-21', 'charter.CloseConsultation', { charter: CHARTER }),
    adopts('2025-02-24', 'charter.AdoptCharter', {
      charter: CHARTER,
      effectiveFrom: '2025-03-01',
      consultationSummaryHash: 'c5'.repeat(32),
    }),
  ];
}
