/** A measure ready to be defined: the fields of `metrics.DefineMetric`, in our own words, with the rows of the source documents it comes from. */
export interface MetricTemplate {
  readonly definition: {
    readonly code: string;
    readonly name: string;
    readonly kind: 'LEADING' | 'LAGGING';
    readonly level: 'PROCESS' | 'BEHAVIOUR' | 'CLIMATE' | 'OUTCOME';
    readonly unit: 'PERCENT' | 'INDEX' | 'DAYS' | 'HOURS' | 'RATIO';
    readonly direction: 'HIGHER' | 'LOWER' | 'RANGE';
    readonly formulaRef: 'favourable-share' | 'mean-score' | 'record-share' | 'checklist' | 'mean' | 'median';
    readonly sourceType: 'SURVEY' | 'RECORDS' | 'ATTESTATION';
    readonly cadence: 'MONTHLY' | 'QUARTERLY' | 'HALF_YEARLY' | 'YEARLY';
    readonly minN: number;
    readonly subject: 'PERSONS' | 'SENSITIVE' | 'NONE';
    readonly rationale: string;
    readonly legalClass: 'NEUTRAL' | 'CLIMATE_ALL';
    readonly topic?: 'CONCERNS' | 'EXITS';
    readonly handling?: boolean;
    readonly process?: { readonly openToAnyone: boolean; readonly countedIn: 'REQUESTS' | 'PEOPLE' };
    readonly frameworkTags: readonly string[];
  };
  readonly sources: readonly string[];
}

type Definition = MetricTemplate['definition'];
type Fields = Omit<Definition, 'code' | 'name' | 'rationale' | 'frameworkTags'>;
type Named = readonly [code: string, name: string, rationale: string];

const template = (
  [code, name, rationale]: Named,
  kind: Fields,
  frameworkTags: readonly string[],
  ...sources: readonly string[]
): MetricTemplate => ({ definition: { code, name, ...kind, rationale, frameworkTags }, sources });

/** Asked of everyone: a share of favourable answers. */
const SURVEY: Fields = {
  ...{ kind: 'LAGGING', level: 'CLIMATE', unit: 'PERCENT', direction: 'HIGHER', formulaRef: 'favourable-share' },
  ...{ sourceType: 'SURVEY', cadence: 'HALF_YEARLY', minN: 5, subject: 'PERSONS', legalClass: 'CLIMATE_ALL' },
};

/** A share out of records of what leaders and offices do. */
const DONE: Fields = {
  ...{ kind: 'LEADING', level: 'PROCESS', unit: 'PERCENT', direction: 'HIGHER', formulaRef: 'record-share' },
  ...{ sourceType: 'RECORDS', cadence: 'QUARTERLY', minN: 5, subject: 'PERSONS', legalClass: 'NEUTRAL' },
};

/** How long something takes that anyone may ask for, counted in requests. */
const TIME: Fields = {
  ...{ kind: 'LEADING', level: 'PROCESS', unit: 'DAYS', direction: 'LOWER', formulaRef: 'median' },
  ...{ sourceType: 'RECORDS', cadence: 'QUARTERLY', minN: 5, subject: 'NONE', legalClass: 'NEUTRAL' },
  process: { openToAnyone: true, countedIn: 'REQUESTS' },
};

/** A library to begin with: what is done beside what is felt, for every stage of belonging. */
export const metricTemplates: readonly MetricTemplate[] = [
  template(
    ['BELONG_TEAM', 'I belong in my team', 'The plain question, asked of everyone about the people they work with.'],
    SURVEY,
    ['component:PERCEPTION', 'context:GROUP', 'moment:PARTICIPATING', 'pillar:ACCEPTANCE', 'lens:PSYCHOLOGICAL'],
    ...['1.6', '2.32'],
  ),
  template(
    ['BELONG_UNIT', 'I belong in my unit', 'The plain question, asked of everyone about where they work.'],
    SURVEY,
    ['component:PERCEPTION', 'context:PLACE', 'moment:PARTICIPATING', 'lens:PSYCHOLOGICAL'],
    ...['1.6', '2.32'],
  ),
  template(
    ['BELONG_ORG', 'I belong in this organisation', 'The plain question, asked of everyone about the whole.'],
    SURVEY,
    ['component:PERCEPTION', 'context:EXPERIENCE', 'moment:PARTICIPATING', 'lens:PSYCHOLOGICAL'],
    ...['1.6', '2.32'],
  ),
  template(
    ['CHALLENGE', 'It is safe to disagree here', 'Whoever cannot disagree does not belong, but fits in.'],
    SURVEY,
    ['component:PERCEPTION', 'moment:DISSENTING', 'blueprint:SAFETY'],
    ...['1.9', '1.1'],
  ),
  template(
    ['CONTRIBUTE', 'I can contribute without pretending', 'Freedom to give is set against the pressure to conform.'],
    SURVEY,
    ['component:MOTIVATION', 'moment:CONTRIBUTING', 'pillar:MEANING'],
    ...['2.34', '3.6'],
  ),
  template(
    ['CLOSE_TIES', 'At work there is somebody I trust', 'Few close ties count for more than many loose ones.'],
    SURVEY,
    ['component:PERCEPTION', 'lens:FUNCTIONAL', 'pillar:RELATIONSHIPS'],
    ...['2.4', '2.7'],
  ),
  template(
    ['LEADER_SUPPORTS', 'My leader supports me', 'Nine behaviours of a good leader, as those led experience them.'],
    { ...SURVEY, unit: 'INDEX', formulaRef: 'mean-score' },
    ['component:PERCEPTION', 'driver:CARING', 'driver:FEEDBACK', 'driver:RECOGNITION'],
    ...['2.20', '2.25'],
  ),
  template(
    [
      'EXPERIENCED',
      'Experienced checklist',
      'Five things that no record shows: norms lived, safety, example, own part, recognition.',
    ],
    SURVEY,
    ['component:PERCEPTION', 'checklist:EXPERIENCED'],
    ...['3.8', '3.9', '3.10'],
  ),
  template(
    [
      'STRUCTURES',
      'Structural checklist',
      'Seven things that stand or do not stand, with evidence, answered outside the leader’s line.',
    ],
    { ...DONE, formulaRef: 'checklist', sourceType: 'ATTESTATION', cadence: 'YEARLY', minN: 1, subject: 'NONE' },
    ['component:OPPORTUNITY', 'checklist:STRUCTURAL', 'structure:SYSTEM'],
    ...['3.8', '3.9', '3.10'],
  ),
  template(
    ['CHECK_INS', 'Check-ins held', 'Whether leaders keep the talks they promised, of all that were due.'],
    DONE,
    ['component:OPPORTUNITY', 'moment:PARTICIPATING', 'blueprint:SAFETY', 'structure:RELATIONSHIPS'],
    ...['1.9', '3.2'],
  ),
  template(
    ['BUDDY_DAY_ONE', 'Newcomers with a buddy on day one', 'The first days decide; a buddy costs little.'],
    DONE,
    ['component:OPPORTUNITY', 'moment:JOINING', 'structure:RELATIONSHIPS'],
    ...['3.3', '1.11'],
  ),
  template(
    ['CHECK_IN_30', 'Thirty-day talks held with newcomers', 'Somebody asks before it is too late.'],
    DONE,
    ['component:OPPORTUNITY', 'moment:JOINING'],
    ...['3.3'],
  ),
  template(
    ['STAY_12', 'Newcomers still here after a year', 'What comes of the first year, for everyone who joined.'],
    {
      ...DONE,
      ...{ kind: 'LAGGING', level: 'OUTCOME', cadence: 'YEARLY', minN: 10, subject: 'SENSITIVE', topic: 'EXITS' },
    },
    ['component:OPPORTUNITY', 'moment:JOINING', 'moment:DEPARTING'],
    ...['3.3', '1.1'],
  ),
  template(
    ['TURNS', 'Meetings in which everyone had a turn', 'A rule of meetings that can be seen and counted.'],
    { ...DONE, subject: 'NONE' },
    ['component:OPPORTUNITY', 'moment:CONTRIBUTING', 'structure:ENVIRONMENTS'],
    ...['3.5'],
  ),
  template(
    ['ANSWER_DAYS', 'Days until a suggestion or concern is answered', 'An answer in time shows that asking was meant.'],
    { ...TIME, topic: 'CONCERNS', handling: true },
    ['component:OPPORTUNITY', 'moment:DISSENTING', 'structure:SYSTEM'],
    ...['3.5', '1.9'],
  ),
  template(
    ['ADJUST_DAYS', 'Days until an adjustment is in place', 'Who needs another tool, room or rhythm should not wait.'],
    TIME,
    ['component:OPPORTUNITY', 'moment:JOINING', 'structure:ENVIRONMENTS'],
    ...['0.3', '1.10'],
  ),
  template(
    [
      'RESULTS_IN_30',
      'Actions agreed within thirty days of results',
      'What is asked and not answered is asked in vain.',
    ],
    { ...DONE, subject: 'NONE' },
    ['component:OPPORTUNITY', 'moment:DISSENTING', 'blueprint:ACCOUNTABILITY'],
    ...['1.13', '1.22'],
  ),
  template(
    ['PURPOSE_TALKS', 'Talks on what the work is for', 'People see their part when somebody shows it to them.'],
    DONE,
    ['component:MOTIVATION', 'moment:CONTRIBUTING', 'pillar:MEANING'],
    ...['3.6'],
  ),
  template(
    ['LEAVE_USED', 'Leave taken of leave granted', 'Rest that stands on paper is none.'],
    DONE,
    ['component:OPPORTUNITY', 'structure:SYSTEM', 'feature:WORKLOAD'],
    ...['2.15'],
  ),
  template(
    ['STAFF_SEATS', 'Seats in committees held by elected staff', 'Who decides is the plainest sign of who belongs.'],
    { ...DONE, subject: 'NONE', minN: 1 },
    ['component:OPPORTUNITY', 'moment:CONTRIBUTING', 'structure:SYSTEM', 'feature:VOICE'],
    ...['2.15', '1.15'],
  ),
  template(
    ['SPAN', 'Staff to each leader', 'No one can be close to forty people.'],
    { ...DONE, unit: 'RATIO', direction: 'RANGE', formulaRef: 'mean', subject: 'NONE', minN: 1 },
    ['component:OPPORTUNITY', 'feature:SPAN'],
    ...['2.15'],
  ),
  template(
    [
      'LABOUR_RECOGNISED',
      'Hours of unseen work that were recognised',
      'Those who hold things together are paid, relieved or at least thanked.',
    ],
    { ...DONE, subject: 'NONE' },
    ['component:OPPORTUNITY', 'structure:SYSTEM', 'cause:BURDEN_ON_FEW'],
    ...['2.18'],
  ),
  template(
    [
      'UPTAKE',
      'People who took part of their own accord',
      'Whether people want what is offered shows in whether they come.',
    ],
    DONE,
    ['component:MOTIVATION', 'moment:PARTICIPATING'],
    ...['0.4'],
  ),
];
