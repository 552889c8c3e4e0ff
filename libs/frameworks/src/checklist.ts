import { type Entry, entries } from './entry';

/**
 * What stands or does not stand: answered with evidence, by somebody outside the leader's line. A leading figure.
 */
export const structuralItems = entries([
  [
    'WELCOME',
    'New members',
    'Is there a planned welcome for everyone who joins, by people and not by papers?',
    '3.8',
    '3.10',
  ],
  ['AIRTIME', 'Meetings', 'Does a rule of meetings see to it that everyone gets a turn?', '3.8', '3.10'],
  ['FEEDBACK', 'Feedback', 'Is feedback asked for, and does whoever gave it hear what became of it?', '3.8', '3.10'],
  [
    'BUDDIES',
    'Mentors and buddies',
    'Is there a working system that gives each who wants one a peer to turn to?',
    '3.9',
    '3.10',
  ],
  ['INFORMAL', 'Beyond the formal', 'Is there time and place to meet outside what is compulsory?', '3.9', '3.10'],
  ['PURPOSE', 'Purpose', 'Is what the whole is for spoken of regularly?', '3.10'],
  ['WAYS_TO_GIVE', 'Ways to contribute', 'Are there several ways to contribute, open to people who differ?', '3.10'],
]);

/** What people experience: asked of staff, shown for groups of k or more. A lagging figure, never summed with the other. */
export const experiencedItems = entries([
  ['NORMS_LIVED', 'Norms', 'What we agreed on as our way is how we deal with each other.', '3.8', '3.10'],
  ['SAFE_TO_SHARE', 'Safe to share', 'I can say that something is hard for me, and ask for help.', '3.9', '3.10'],
  ['MODELLED', 'Leaders show it', 'Leaders and long-standing colleagues visibly support each other.', '3.9', '3.10'],
  ['OWN_PART', 'My part', 'I see what my work contributes to.', '3.10'],
  ['RECOGNISED', 'Recognition', 'When I contribute something it is recognised in a way that matters to me.', '3.10'],
]);

export const CHECKLIST_ANSWERS = ['YES', 'PARTLY', 'NO'] as const;
export type ChecklistAnswer = (typeof CHECKLIST_ANSWERS)[number];

/** One structural item answered. Yes and partly are claims: they need evidence. */
export interface StructuralAnswer {
  readonly item: string;
  readonly answer: ChecklistAnswer;
  readonly evidence: readonly string[];
}

/** Half points: yes two, partly one. Counted in halves so that nothing is a fraction. */
const HALVES: Readonly<Record<ChecklistAnswer, number>> = { YES: 2, PARTLY: 1, NO: 0 };

export interface StructuralResult {
  /** Points as a plain decimal, `5.5`: the numerator of a figure with the formula `checklist`. */
  readonly num: string;
  readonly den: string;
  /** Items that were claimed without evidence: they count as no. */
  readonly unproved: readonly string[];
  readonly unanswered: readonly string[];
}

/**
 * The result of the structural checklist: yes 1, partly one half, of all seven items. What is not answered, or claimed without evidence, counts nothing and
 * stays in the denominator, so that leaving a question out never helps.
 *
 * @throws RangeError for an item that is not one of the seven, or is answered twice
 */
export function structuralResult(answers: readonly StructuralAnswer[]): StructuralResult {
  const byItem = new Map<string, StructuralAnswer>();
  for (const answer of answers) {
    if (!structuralItems.some(({ code }) => code === answer.item))
      throw new RangeError(`${answer.item} is no item of the structural checklist`);
    if (byItem.has(answer.item)) throw new RangeError(`${answer.item} is answered twice`);
    byItem.set(answer.item, answer);
  }
  const isUnproved = ({ answer, evidence }: StructuralAnswer): boolean => answer !== 'NO' && evidence.length === 0;
  const halves = answers.reduce((sum, each) => sum + (isUnproved(each) ? 0 : HALVES[each.answer]), 0);
  const whole = Math.floor(halves / 2);
  return {
    num: halves % 2 === 0 ? `${whole}` : `${whole}.5`,
    den: String(structuralItems.length),
    unproved: answers.filter(isUnproved).map(({ item }) => item),
    unanswered: structuralItems.filter(({ code }: Entry) => !byItem.has(code)).map(({ code }) => code),
  };
}
