import { entries } from './entry';

/** What people get from each other. */
export const provisions = entries([
  ['RELIABLE_ALLIANCE', 'Someone to count on', 'Help that will come, whatever happens.', '2.9'],
  ['ATTACHMENT', 'Closeness', 'Somebody with whom one is safe.', '2.9'],
  ['NURTURANCE', 'Being needed', 'Somebody who relies on one.', '2.9'],
  ['SOCIAL_INTEGRATION', 'A circle', 'People who share one’s concerns.', '2.9'],
  ['REASSURANCE_OF_WORTH', 'Being valued', 'One’s skill is seen and said.', '2.9'],
  ['GUIDANCE', 'Advice', 'Somebody who knows the way.', '2.9'],
]);
export type Provision = (typeof provisions)[number]['code'];

/** In which form support comes. */
export const supportTypes = entries([
  ['EMOTIONAL', 'Emotional', 'Listening, understanding.', '2.10'],
  ['INFORMATIONAL', 'Informational', 'Knowing what to do and whom to ask.', '2.10'],
  ['TANGIBLE', 'Tangible', 'Time, money, a hand.', '2.10'],
  ['AFFECTIONATE', 'Affectionate', 'Warmth that is shown.', '2.10'],
  ['POSITIVE_INTERACTION', 'Good company', 'Enjoying time together.', '2.10'],
]);
export type SupportType = (typeof supportTypes)[number]['code'];

/** From whom it comes: a breakdown of survey measures. */
export const supportSources = entries([
  ['LEADERS', 'Leaders', 'Those one reports to, and theirs.', '2.19'],
  ['SENIORS', 'Experienced colleagues', 'Those one learns from.', '2.19'],
  ['PEERS', 'Peers', 'Those in the same place.', '2.19'],
  ['ALLIED', 'Other professions', 'Those one works with across a border.', '2.19'],
]);
