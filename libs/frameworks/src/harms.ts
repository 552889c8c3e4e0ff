import { entries } from './entry';

/** What people do to each other, for counts that are never crossed with anything else. */
export const harms = entries([
  ['ABUSE', 'Abuse', 'Power used to hurt.', '2.29'],
  ['DISCRIMINATION', 'Bias and discrimination', 'Treated worse for what one is.', '2.29'],
  ['BULLYING', 'Bullying', 'Made small again and again.', '2.29'],
  ['EXCLUSION', 'Exclusion', 'Left out of what one has a part in.', '2.29'],
  ['HARASSMENT', 'Harassment', 'Approached in ways that were not wanted.', '2.29'],
  ['MISTREATMENT', 'Mistreatment', 'Handled without fairness or care.', '2.29'],
  ['NEGLECT', 'Neglect', 'Left without what was owed.', '2.29'],
  ['OFFENCE', 'Offensive remarks', 'Words that degrade.', '2.29'],
  ['VIOLENCE', 'Violence', 'Force, or the threat of it.', '2.29'],
]);

/** The three tables in which bias is told, one at a time and never against each other. */
export const biasDimensions = entries([
  ['SOURCE', 'From whom', 'Leaders, peers, seniors, other staff, those served, others.', '2.30'],
  ['TYPE', 'On what ground', 'As people say it themselves, with “other”.', '2.30'],
  ['FREQUENCY', 'How often', 'Once, now and then, often.', '2.30'],
]);

/** Tables of harm and bias show no group smaller than this. */
export const LEAST_HARM_GROUP = 10;
