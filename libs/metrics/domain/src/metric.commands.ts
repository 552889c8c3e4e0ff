import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import {
  cadence,
  code,
  day,
  DIRECTIONS,
  FORMULAS,
  KINDS,
  LEGAL_CLASSES,
  LEVELS,
  SOURCE_TYPES,
  SUBJECTS,
  TOPICS,
  UNITS,
  uuid,
  words,
} from './vocabulary';

const definition = {
  name: words(300).describe('What the metric is called in reports'),
  kind: z.enum(KINDS).describe('LEADING: expected to move first; LAGGING: what should follow'),
  level: z
    .enum(LEVELS)
    .describe('PROCESS and BEHAVIOUR lead, CLIMATE and OUTCOME lag, unless kindRationale says why not'),
  unit: z.enum(UNITS).describe('PERCENT and INDEX run from 0 to 100, PROPORTION from 0 to 1; nothing is negative'),
  direction: z.enum(DIRECTIONS).describe('Which way is better; RANGE: inside a band'),
  formulaRef: z.enum(FORMULAS).describe('How the figure is made: decides its margin and how it rolls up'),
  sourceType: z.enum(SOURCE_TYPES).describe('SURVEY figures need a release they come from'),
  cadence: cadence.describe('How often a figure is due, and the length of its periods'),
  minN: z.int().min(1).max(1000).describe('Smallest number of answers or cases the figure is meant for'),
  subject: z.enum(SUBJECTS).describe('PERSONS: a base under k is hidden; SENSITIVE: under 10; NONE: not about people'),
  rationale: words(2000).describe('Why this is measured: neutral grounds, recorded before the first figure'),
  kindRationale: words(2000)
    .optional()
    .describe('Why a climate or outcome metric leads, or a process or behaviour lags'),
  proxyRisk: words(2000)
    .optional()
    .describe('What the metric might stand for without saying so, and how that is watched'),
  companionMetric: code.optional().describe('Code of the climate metric shown beside a count of people'),
  topic: z.enum(TOPICS).optional().describe('Set for concerns, harm reports, leaders’ stories and exits'),
  handling: z.boolean().optional().describe('True when it measures how the topic is handled, not how many there are'),
  process: z
    .strictObject({
      openToAnyone: z.boolean().describe('Anyone may use the process'),
      countedIn: z.enum(['REQUESTS', 'PEOPLE']).describe('What is counted'),
    })
    .optional()
    .describe('For metrics of a process’s timeliness'),
  codedBeforehandBy: z.literal('hr').optional().describe('Regretted exits are coded by HR before the leader sees them'),
  frameworkTags: z.array(words(80)).max(40).optional().describe('Tags of frameworks and instruments, as csps:LC_TS'),
};

const metric = code.describe('Code of the metric');
const legalReview = uuid.optional().describe('Id of the recorded legal review; needed for CLASS_BASED');
const legalClass = z
  .enum(LEGAL_CLASSES)
  .describe(
    'NEUTRAL, CLIMATE_ALL (everyone’s climate), CLASS_BASED or MONITORING_ONLY; the last two never count in an evaluation',
  );

export const metricCommands = {
  'metrics.DefineMetric': defineCommand(
    'Define a metric',
    ['hr', 'data-steward'],
    z.strictObject({
      code: code.describe('Code of the metric; matched without regard to case'),
      ...definition,
      legalClass,
      legalReview,
    }),
    {
      code: 'LC_TS',
      name: 'Leadership and managing change theme score (% positive, B38-B46)',
      kind: 'LEADING',
      level: 'CLIMATE',
      unit: 'PERCENT',
      direction: 'HIGHER',
      formulaRef: 'item-index',
      sourceType: 'SURVEY',
      cadence: 'YEARLY',
      minN: 10,
      subject: 'PERSONS',
      legalClass: 'CLIMATE_ALL',
      rationale: 'How staff see the way change is led.',
      kindRationale: 'Perceived leadership is asked as a condition of later engagement.',
      frameworkTags: ['csps:LC_TS'],
    },
  ),
  'metrics.ReviseMetricDefinition': defineCommand(
    'Change a definition; its legal class is void until reviewed',
    ['hr', 'data-steward'],
    z.strictObject({
      metric,
      changes: z.strictObject(definition).partial().describe('The fields that change, with their new values'),
      comparability: z
        .enum(['COMPARABLE', 'BREAK'])
        .describe('BREAK: figures before and after are not one line; unit, formula or cadence always break'),
      change: words(2000).describe('What changes, in words'),
      reason: words(2000).describe('Why it changes'),
    }),
    {
      metric: 'LC_TS',
      changes: { name: 'Leadership and managing change theme score (% positive, B38-B45)' },
      comparability: 'BREAK',
      change: 'Item B46 is no longer asked.',
      reason: 'The publisher shortened the questionnaire.',
    },
  ),
  'metrics.AssignMetricLegalClass': defineCommand(
    'Assign the legal class of a metric’s current definition',
    ['legal'],
    z.strictObject({
      metric,
      class: legalClass,
      jurisdiction: words(80).describe('Where the review holds, as GB or US-CA'),
      expiresAt: day.optional().describe('Last day on which the review holds'),
      legalReview,
    }),
    { metric: 'LC_TS', class: 'CLIMATE_ALL', jurisdiction: 'GB', expiresAt: '2027-11-30' },
  ),
  'metrics.RetireMetric': defineCommand(
    'Retire a metric: it takes no further figures, targets or hypotheses',
    ['hr', 'data-steward'],
    z.strictObject({ metric, reason: words(2000).describe('Why it is given up') }),
    { metric: 'LC_TS', reason: 'The survey it came from has ended.' },
  ),
};
export type MetricCommand = CommandOf<typeof metricCommands>;
