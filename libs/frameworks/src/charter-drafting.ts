import { entries } from './entry';

/** Questions to be answered while a charter is drafted: each is a tension that no wording removes. */
export const draftingPrompts = entries([
  ['BOUNDARIES', 'Where does “we” end?', 'Whom does this charter name as “we”, and who reads it as “they”?', '2.35'],
  ['ACCESS', 'Who gets in?', 'Which doors are open to all, and which only to those who know of them?', '2.35'],
  ['CONDITIONS', 'On what condition?', 'What must one hide or change to be welcome, and should that stay so?', '2.35'],
  ['OBJECT', 'To what do we belong?', 'Team, place, profession, cause: where do they pull apart?', '2.35'],
  ['ENTANGLEMENT', 'At what cost?', 'Where does belonging here cost belonging elsewhere?', '2.35'],
  ['DISTANCE', 'How close?', 'Where do people need room, and can they have it without being left out?', '2.35'],
  ['CONTRIBUTION', 'Free to give, or pressed to fit?', 'Can one contribute without conforming?', '2.34'],
  [
    'WORTH',
    'Is it worth belonging to?',
    'Which promises does the institution make, beside those it asks of people?',
    '2.39',
  ],
  [
    'ASSETS',
    'What do people bring?',
    'Does the wording speak of strengths and barriers, or of what people lack?',
    '2.36',
  ],
  ['CASE', 'Why at all?', 'What should be better for everyone, and how would we notice?', '1.14', '1.1'],
]);

/** An action by whom it lets in and what it asks in return. */
export const accessAndConditions = entries([
  ['OPEN_UNCONDITIONAL', 'Open, as one is', 'Everybody may, nobody must change for it.', '2.35'],
  ['OPEN_CONDITIONAL', 'Open, if one fits', 'Everybody may, who behaves as the others do.', '2.35'],
  ['LIMITED_UNCONDITIONAL', 'For some, as they are', 'A room of their own for those who choose it.', '2.35'],
  ['LIMITED_CONDITIONAL', 'For some, if they fit', 'By invitation, and on terms.', '2.35'],
]);

/** Words that speak of people as lacking something. A hint while drafting, never a refusal. */
const DEFICIT =
  /\b(disadvantaged|underprivileged|deprived|deficient|at[- ]risk|low[- ]functioning|suffer(?:s|ing)? from|lack(?:s|ing)? (?:skills|confidence|ambition))\b/gi;

/** The passages of a draft that speak of people as lacking something, in their order. */
export const deficitWording = (draft: string): readonly string[] => draft.match(DEFICIT) ?? [];
