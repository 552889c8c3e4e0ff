import { entries } from './entry';

/** What lies behind how a leader is experienced; tags of climate measures, so that leaders are not judged without the support they had. */
export const leaderDrivers = entries([
  ['CARING', 'Care', 'Looks after people as people.', '2.25'],
  ['FEEDBACK', 'Accountability and feedback', 'Says what is good and what is not.', '2.25'],
  ['ROLE_MODEL', 'Example', 'Does what is asked of others.', '2.25'],
  ['EMPOWERMENT', 'Room to act', 'Lets people decide.', '2.25'],
  ['RECOGNITION', 'Recognition', 'Sees and says who did it.', '2.25'],
  ['SUPERVISION', 'Supervision', 'Is there when needed, no more.', '2.25'],
  ['FAIRNESS', 'Fairness', 'Gives chances and burdens evenly.', '2.25'],
  ['SELECTION', 'Choice of people', 'Chooses by what the work needs.', '2.25'],
  ['CONFLICT', 'Handling conflict', 'Deals with it early and in the open.', '2.25'],
  ['ADVOCACY', 'Advocacy', 'Speaks up for the team above.', '2.25'],
  ['DEVELOPMENT', 'Development', 'Helps people grow, and those who teach them.', '2.25'],
  ['SUPPORT_RECEIVED', 'Support received', 'Time, means and backing that the leader got.', '2.25'],
]);

/** Own words for what a good immediate leader does; an item each, and no figure from fewer than five who answer. */
export const leaderBehaviours = entries([
  ['HAS_TIME', 'Has time for me', 'Talks with me regularly about how it goes.', '2.20'],
  ['ASKS_MY_VIEW', 'Asks my view', 'Wants to know what I think before deciding.', '2.20'],
  ['EXPLAINS', 'Explains', 'Tells me what changes, and why.', '2.20'],
  ['DELEGATES', 'Trusts me', 'Lets me do my work in my way.', '2.20'],
  ['HELPS_ME_GROW', 'Helps me grow', 'Supports me where I want to go.', '2.20'],
  ['SEES_GOOD_WORK', 'Sees good work', 'Says so when something went well.', '2.20'],
  ['ACTS_ON_CONCERNS', 'Acts on concerns', 'Follows up what I raise.', '2.20'],
  ['RESPECTS', 'Respects', 'Treats me and everyone with dignity.', '2.20'],
  ['ADMITS_MISTAKES', 'Admits mistakes', 'Says so when something went wrong.', '2.20', '3.4'],
]);
export const LEAST_RATERS = 5;

/** How a senior colleague behaves in daily work. */
export const professionalBehaviours = entries([
  ['RESPECT', 'Respect', 'Speaks to everyone as to an equal.', '2.23'],
  ['PUNCTUALITY', 'Punctuality', 'Does not let others wait.', '2.23'],
  ['DIRECTION', 'Direction', 'Says what is wanted and how it went.', '2.23'],
  ['SELF_CARE', 'Self-care', 'Takes breaks and leave, and lets others.', '2.23'],
  ['RESOURCEFULNESS', 'Resourcefulness', 'Finds what is needed.', '2.23'],
  ['OPENNESS', 'Openness', 'Can be contradicted.', '2.23'],
]);

/** Codes for what people write about feeling connected. */
export const connectionThemes = entries([
  ['INVESTED', 'Invested in my growth', 'Somebody takes trouble over me.', '2.27'],
  ['COLLEAGUE', 'Treated as a colleague', 'I am asked, trusted, included.', '2.27'],
  ['HUMAN', 'Met as a human being', 'We speak of more than work.', '2.27'],
]);
