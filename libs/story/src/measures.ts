import type { MetricCommand } from '@plumbline/metrics/domain';
import { type Act, by, type StoryIds } from './telling';

type Definition = Extract<MetricCommand, { type: 'metrics.DefineMetric' }>['data'];

type Shared = Pick<
  Definition,
  'cadence' | 'direction' | 'formulaRef' | 'kind' | 'legalClass' | 'level' | 'minN' | 'sourceType' | 'subject' | 'unit'
>;

const process: Shared = {
  ...{ kind: 'LEADING', level: 'PROCESS', unit: 'PERCENT', direction: 'HIGHER', formulaRef: 'record-share' },
  ...{ sourceType: 'RECORDS', cadence: 'QUARTERLY', minN: 1, subject: 'NONE', legalClass: 'NEUTRAL' },
};
const climate: Shared = {
  ...{ kind: 'LAGGING', level: 'CLIMATE', unit: 'PERCENT', direction: 'HIGHER', formulaRef: 'favourable-share' },
  ...{ sourceType: 'SURVEY', cadence: 'QUARTERLY', minN: 5, subject: 'PERSONS', legalClass: 'CLIMATE_ALL' },
};
const outcome: Shared = {
  ...{ kind: 'LAGGING', level: 'OUTCOME', unit: 'PERCENT', direction: 'HIGHER', formulaRef: 'record-share' },
  ...{ sourceType: 'RECORDS', cadence: 'QUARTERLY', minN: 10, subject: 'SENSITIVE', legalClass: 'NEUTRAL' },
};

const definitions: readonly Definition[] = [
  {
    ...process,
    code: 'CHECKINS',
    name: 'Check-ins held each month',
    level: 'BEHAVIOUR',
    rationale: 'A quarter of an hour a month in which somebody asks, and listens.',
  },
  {
    ...process,
    code: 'AGREED',
    name: 'Actions agreed within 30 days of a pulse',
    rationale: 'A pulse that nothing follows teaches people not to answer.',
  },
  {
    ...climate,
    code: 'CHALLENGE',
    name: 'Safe to challenge',
    kind: 'LEADING',
    kindRationale: 'Whether one may speak up is asked as a condition that belonging is expected to follow.',
    rationale: 'Asked of everyone who works here, in the same words.',
  },
  {
    ...process,
    code: 'PROTECTED',
    name: 'Protected time used',
    rationale: 'Hours that were promised are worth what is used of them.',
  },
  {
    ...process,
    code: 'CONCERNS',
    name: 'Concerns answered in 14 days',
    topic: 'CONCERNS',
    handling: true,
    process: { openToAnyone: true, countedIn: 'REQUESTS' },
    rationale: 'Whoever speaks up is answered; counted are answers, never concerns.',
  },
  {
    ...process,
    code: 'CHECKLIST',
    name: 'Structural checklist, seven items with evidence',
    unit: 'INDEX',
    formulaRef: 'checklist',
    sourceType: 'ATTESTATION',
    rationale: 'Practices and rooms, not moods: each item counts with its evidence, half when partly there.',
  },
  { ...climate, code: 'BELONG', name: 'Belonging in the team', rationale: 'What the charter is for.' },
  {
    ...climate,
    code: 'RECOMMEND',
    name: 'Would recommend working here',
    rationale: 'Asked of everyone who works here, in the same words.',
  },
  {
    ...outcome,
    code: 'LEAVERS',
    name: 'Regretted leavers, 12 months',
    direction: 'LOWER',
    topic: 'REGRETTED_EXITS',
    codedBeforehandBy: 'hr',
    rationale: 'Coded by HR before the head of the unit sees them.',
  },
  {
    ...outcome,
    code: 'HARM',
    name: 'Experienced harm or bias',
    ...{ sourceType: 'SURVEY', formulaRef: 'favourable-share', direction: 'LOWER', topic: 'HARM_REPORTS' },
    rationale: 'How many say that it happened to them; handled time may count for a leader, this never.',
  },
  {
    ...outcome,
    code: 'STAYED',
    name: 'Still here after a year',
    topic: 'EXITS',
    rationale: 'Of those who began a year before, how many are still here.',
  },
  {
    ...outcome,
    code: 'SENIOR_SHARE',
    name: 'Senior posts held by staff of minority ethnic groups',
    ...{ minN: 10, legalClass: 'MONITORING_ONLY' },
    rationale: 'Watched for the whole hospital; on no leader’s page.',
  },
  {
    ...outcome,
    code: 'DISABILITY_DISCLOSED',
    name: 'Staff who have told HR of a disability',
    ...{ minN: 10, legalClass: 'MONITORING_ONLY' },
    rationale: 'Watched for the whole hospital; on no leader’s page.',
  },
];

interface Expected {
  readonly code: string;
  readonly leading: string;
  readonly lagging: string;
  readonly lag: number;
  readonly sign: 'POSITIVE' | 'NEGATIVE';
  readonly why: string;
}
const hypotheses: readonly Expected[] = [
  {
    ...{ code: 'CHECKINS-BELONG', leading: 'CHECKINS', lagging: 'BELONG', lag: 2, sign: 'POSITIVE' },
    why: 'Who is asked and heard each month comes to belong, half a year later.',
  },
  {
    ...{ code: 'AGREED-BELONG', leading: 'AGREED', lagging: 'BELONG', lag: 1, sign: 'POSITIVE' },
    why: 'Where answers are followed by actions, people come to belong.',
  },
  {
    ...{ code: 'CHECKLIST-RECOMMEND', leading: 'CHECKLIST', lagging: 'RECOMMEND', lag: 1, sign: 'POSITIVE' },
    why: 'Practices and rooms go before what people say of the place.',
  },
  {
    ...{ code: 'PROTECTED-RECOMMEND', leading: 'PROTECTED', lagging: 'RECOMMEND', lag: 2, sign: 'POSITIVE' },
    why: 'Time that is truly free lets people speak well of their work.',
  },
  {
    ...{ code: 'PROTECTED-LEAVERS', leading: 'PROTECTED', lagging: 'LEAVERS', lag: 2, sign: 'NEGATIVE' },
    why: 'Where promised time is used, fewer leave.',
  },
  {
    ...{ code: 'CONCERNS-STAYED', leading: 'CONCERNS', lagging: 'STAYED', lag: 4, sign: 'POSITIVE' },
    why: 'Whoever is answered is still here a year later.',
  },
  {
    ...{ code: 'CHALLENGE-BELONG', leading: 'CHALLENGE', lagging: 'BELONG', lag: 1, sign: 'POSITIVE' },
    why: 'Where one may speak up, one comes to belong.',
  },
];

/** On this day every hypothesis gets its verdict. */
export const REVIEW_DATE = '2026-11-16';

/** What is measured, what is expected of it, and the definition that breaks. */
export function measures(_ids: StoryIds): readonly Act[] {
  const steward = by('head-of-people-analytics', 'data-steward');
  const hr = by('head-of-people-analytics', 'hr');
  const legal = by('head-of-legal', 'legal');
  return [
    ...definitions.map((definition) => steward('2025-02-05', 'metrics.DefineMetric', definition)),
    ...hypotheses.map(({ code, leading, lagging, lag, sign, why }) =>
      hr('2025-02-11', 'metrics.RegisterHypothesis', {
        code,
        leadingMetric: leading,
        laggingMetric: lagging,
        lagPeriods: lag,
        expectedSign: sign,
        reviewDate: REVIEW_DATE,
        rationale: why,
      }),
    ),
    steward('2026-01-12', 'metrics.ReviseMetricDefinition', {
      metric: 'CONCERNS',
      changes: { name: 'Concerns answered in 14 days, counted from the first word' },
      comparability: 'BREAK',
      change: 'The fourteen days run from the first word, not from the form.',
      reason: 'People waited for the form.',
    }),
    legal('2026-01-12', 'metrics.AssignMetricLegalClass', {
      metric: 'CONCERNS',
      class: 'NEUTRAL',
      jurisdiction: 'GB',
      expiresAt: '2027-12-31',
    }),
  ];
}
