import { entries } from './entry';

/** Shapes an action easily takes that defeat what it is for. */
export const antiPatterns = entries([
  ['LARGE_IMPERSONAL_EVENT', 'Large and impersonal', 'Many attend, nobody meets.', '3.11', '3.2'],
  ['UNGUIDED_NEWCOMER', 'Newcomers on their own', 'Left to find out for themselves.', '3.11'],
  ['UNEQUAL_AIRTIME', 'The loudest win', 'No rule gives the quieter a turn.', '3.11'],
  ['ONE_OFF', 'Once and never again', 'Old habits come back.', '1.3'],
  ['SYMBOLIC_ONLY', 'Words and pictures', 'No rule, money or time changes.', '1.5'],
  ['BURDEN_ON_FEW', 'Carried by those concerned', 'Those it is for do the work, unpaid.', '2.18'],
  ['SKILLS_WITHOUT_DOORS', 'Training without openings', 'People are prepared for doors that stay shut.', '0.8'],
  ['CLASS_TARGETED', 'Chosen by class', 'Who takes part is chosen by what people are.', '1.10'],
]);
export type AntiPattern = (typeof antiPatterns)[number]['code'];
