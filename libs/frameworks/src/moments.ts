import { entries } from './entry';

/** From the first look at a place to the last: each is a chance to belong, or not to. The last four are those that get forgotten. */
export const moments = entries([
  ['APPRAISING', 'Sizing up', 'Looking from outside: could I belong there?', '2.37'],
  ['JOINING', 'Coming in', 'The first day and the weeks after it.', '2.37'],
  ['PARTICIPATING', 'Taking part', 'Everyday work, meetings, breaks.', '2.37'],
  ['CONTRIBUTING', 'Giving', 'Ideas, leadership, work that counts.', '2.37'],
  ['DISSENTING', 'Disagreeing', 'Saying no, and staying.', '2.37'],
  ['REPAIRING', 'Mending', 'After a quarrel, a hurt, a harm.', '2.37'],
  ['DIVERGING', 'Going another way', 'Part ways without falling out: another team, another pace.', '2.37'],
  ['DEPARTING', 'Leaving', 'Leave, the end of a contract, retirement.', '2.37'],
]);
export type Moment = (typeof moments)[number]['code'];

/** Moments in which an organisation without any action or measure is blind. */
export const easilyForgotten: readonly Moment[] = ['DISSENTING', 'REPAIRING', 'DEPARTING'];

/** By what communities hold together. */
export const communityPrinciples = entries([
  ['INVITATION', 'Invitations', 'Somebody says: come.', '2.38'],
  ['BOUNDARY', 'Boundaries and cues', 'What makes a member, said openly or shown in small signs.', '2.38'],
  ['RITUAL', 'Rituals', 'Things done together that mean something.', '2.38'],
  ['PLACE', 'Places', 'Somewhere to find each other.', '2.38'],
  ['STORY', 'Stories', 'What we tell of what matters to us.', '2.38'],
  ['SYMBOL', 'Symbols', 'Things that stand for it.', '2.38'],
  ['INNER_RING', 'Ways inward', 'A path on which one grows and is given more to hold.', '2.38'],
]);
export type CommunityPrinciple = (typeof communityPrinciples)[number]['code'];
