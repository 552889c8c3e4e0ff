import { entries } from './entry';

/** What a belonging programme is built of. */
export const blueprintComponents = entries([
  [
    'LEADERSHIP',
    'Leadership and vision',
    'Leaders say what they mean by belonging, give it money and time, and are judged by it.',
    '1.8',
  ],
  [
    'SAFETY',
    'Safety and authenticity',
    'People can disagree, ask and err without paying for it, and are asked how they are.',
    '1.9',
  ],
  [
    'INFRASTRUCTURE',
    'Inclusive rules and structures',
    'Hiring, promotion, working time, tools and wording are made so that nobody needs a favour.',
    '1.10',
  ],
  ['CONNECTION', 'Connection and community', 'People meet across teams and find those who share their lot.', '1.11'],
  [
    'LEARNING',
    'Learning and unlearning',
    'Habits that shut people out are looked at again and again, not in one workshop.',
    '1.12',
  ],
  [
    'ACCOUNTABILITY',
    'Measurement, feedback, accountability',
    'What came of it is measured, published with its misses, and acted upon.',
    '1.13',
  ],
]);
export type BlueprintComponent = (typeof blueprintComponents)[number]['code'];

/** The way from a first look to a habit, in its order. */
export const roadmap = entries([
  ['ASSESS', 'Look where we stand', 'Figures and stories of today are taken down as a baseline.', '1.16'],
  ['DEFINE', 'Say what belonging means here', 'Staff and leaders agree on signals, and on a charter.', '1.17'],
  ['EMBED', 'Put it into plans', 'Promises get owners, money and time.', '1.18'],
  ['ADJUST', 'Mend rules and practices', 'Policies are audited, and what shuts people out is removed.', '1.19'],
  ['CONNECT', 'Let people meet', 'Networks and shared work grow across groups.', '1.20'],
  ['GROW', 'Keep it safe, keep learning', 'Mistakes and bias can be talked about.', '1.21'],
  ['ITERATE', 'Measure, report, change', 'Process and outcome stand side by side; wins and misses are told.', '1.22'],
]);

/** How such programmes fail, and what the product does against it. */
export const shortcomings = entries([
  ['NUMBERS_ONLY', 'Counting heads', 'A count of people stands beside a figure of how it feels to them.', '1.2'],
  ['ONE_OFF', 'One event', 'A single delivery completes no promise.', '1.3'],
  [
    'TOP_DOWN',
    'From above',
    'A charter is adopted after others than its authors were heard; staff propose too.',
    '1.4',
  ],
  ['SYMBOLIC', 'For show', 'A promise says how it will be proved, and whether it changes a structure.', '1.5'],
  ['UNMEASURED', 'Never asked', 'The plain question of belonging is asked, in three contexts.', '1.6'],
  [
    'ON_PAPER',
    'Policy without practice',
    'An action on a policy names the figure in which people would feel it.',
    '1.7',
  ],
]);
export type Shortcoming = (typeof shortcomings)[number]['code'];

/** What stands in the way, and what to set against it. */
export const barriers = entries([
  ['FATIGUE', 'Pushback and fatigue', 'A charter says why: what is expected to get better for everyone.', '1.14'],
  ['COMPLIANCE', 'Ticking boxes', 'Evidence has a custodian, a hash and an expiry.', '1.14'],
  ['CULTURE', 'Places differ', 'A unit may have its own charter, which inherits the common one.', '1.14'],
  [
    'RESOURCES',
    'Too little time or money',
    'Pledged and released resources are told apart; pilots are recorded.',
    '1.14',
  ],
  ['MEASURING', 'Hard to measure', 'Every figure shows its margin, and says when it cannot tell.', '1.14'],
]);
