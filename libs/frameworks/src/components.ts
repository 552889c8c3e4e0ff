import { entries } from './entry';

/** Four things that must come together before someone belongs. */
export const components = entries([
  ['COMPETENCY', 'Competency', 'Skills to meet, listen and take part, on all sides.', '0.2'],
  ['OPPORTUNITY', 'Opportunity', 'Doors that are open, and barriers that are gone.', '0.3'],
  ['MOTIVATION', 'Motivation', 'A wish to take part, which shows in what people take up of their own accord.', '0.4'],
  ['PERCEPTION', 'Perception', 'What people make of it: what they are told, see and conclude.', '0.5'],
]);
export type Component = (typeof components)[number]['code'];

/** To what people belong. */
export const belongingContexts = entries([
  ['GROUP', 'Groups', 'The people one works with.', '0.1'],
  ['PLACE', 'Places', 'Where one works, and whether it is made for one.', '0.1'],
  ['EXPERIENCE', 'Experiences', 'What was gone through, alone or together.', '0.1'],
]);

/** A first wording for a charter, to be changed by those whom it is for. */
export const definitionOfBelonging =
  'Here, to belong is to feel deeply and for oneself connected: with the people one works with, with the places in which it happens, and with what was gone through alone and together.';

/** Three supports that hold each other up. */
export const pillars = entries([
  [
    'ACCEPTANCE',
    'Acceptance and inclusion',
    'One is taken as a member, in small encounters more than large ones.',
    '3.1',
  ],
  ['RELATIONSHIPS', 'Supportive relationships', 'One is listened to, respected, and followed up.', '3.1'],
  [
    'MEANING',
    'Shared meaning, place and purpose',
    'One sees what the common work is for, and one’s own part in it.',
    '3.1',
  ],
]);
export type Pillar = (typeof pillars)[number]['code'];

/** What is being changed, read for a place of work. */
export const structures = entries([
  ['ENVIRONMENTS', 'Access to places', 'Who gets in, and on what terms: hiring, rooms, hours, meetings.', '4.4'],
  ['RELATIONSHIPS', 'Relationships', 'With leaders, peers, and those at home.', '4.4'],
  [
    'RESOURCES',
    'Tools and the design of work',
    'What people learn and work with, and how the work is laid out.',
    '4.4',
  ],
  ['SYSTEM', 'Rules of the whole', 'Pay, promotion, complaints, allocation: what holds for everyone.', '4.4'],
]);
export type Structure = (typeof structures)[number]['code'];

export const structureKinds = entries([
  ['PRACTICE', 'Practice', 'What is done.', '4.3'],
  ['POLICY', 'Policy', 'What is written.', '4.3'],
  ['NORM', 'Norm', 'What is taken for granted.', '4.3'],
]);
export type StructureKind = (typeof structureKinds)[number]['code'];

/** By what one may look at how people are connected. */
export const lenses = entries([
  ['STRUCTURAL', 'Structural', 'How many ties there are, and between whom.', '2.7'],
  ['FUNCTIONAL', 'Functional', 'What those ties give when they are needed.', '2.7'],
  ['PSYCHOLOGICAL', 'Psychological', 'How connected people feel.', '2.7'],
]);
export type Lens = (typeof lenses)[number]['code'];

export const belongingWords = entries([
  ['FACT', 'Fact', 'Who is here: watched, never scored.', '2.6'],
  ['CHOICE', 'Choice', 'What leaders promise.', '2.6'],
  ['ACTION', 'Action', 'What is done, and leads.', '2.6'],
  ['OUTCOME', 'Outcome', 'What people experience, and lags.', '2.6'],
]);
export type BelongingWord = (typeof belongingWords)[number]['code'];

/** The word for an object of the product, by what is stored of it: diversity a fact, equity a choice, inclusion an action, belonging an outcome. */
export function belongingWordOf(
  object:
    | 'COMMITMENT'
    | 'ACTION'
    | {
        readonly level: 'PROCESS' | 'BEHAVIOUR' | 'CLIMATE' | 'OUTCOME';
        readonly legalClass: string | null;
      },
): BelongingWord {
  if (object === 'COMMITMENT') return 'CHOICE';
  if (object === 'ACTION') return 'ACTION';
  if (object.legalClass === 'MONITORING_ONLY') return 'FACT';
  return object.level === 'PROCESS' || object.level === 'BEHAVIOUR' ? 'ACTION' : 'OUTCOME';
}
