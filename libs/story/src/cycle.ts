import type { ScorecardCommand } from '@plumbline/evaluations/domain';
import { units } from './hospital';
import type { OfficeKey } from './offices';
import { POSTS, readingId } from './readings';
import { CYCLE, TARGET_PERIOD } from './targets';
import { type Act, by, type StoryIds } from './telling';

type Issue = Extract<ScorecardCommand, { type: 'evaluations.IssueScorecard' }>['data'];

const LINKED = ['CHECKINS', 'AGREED', 'BELONG', 'LEAVERS', 'STAYED'] as const;
const GROUPS = ['HEADS', 'DIRECTORS'] as const;

const TITLES = { LEAVERS: 'Regretted leavers, 12 months', STAYED: 'Still here after a year' };

interface Contract {
  readonly leader: OfficeKey;
  readonly unit: string;
  /** What followed, and where: single units have too few leavers to be judged. */
  readonly outcome: readonly [metric: 'LEAVERS' | 'STAYED', of: string];
  /** Judged instead where the unit’s own figure cannot tell itself from noise. */
  readonly fallback?: string;
  readonly promises: readonly string[];
  readonly evaluator: OfficeKey;
  readonly issued: string;
  readonly accepted: string;
  readonly protest?: string;
}

const contracts: readonly Contract[] = [
  {
    ...{ leader: 'head-of-pharmacy', unit: 'PHARMACY', outcome: ['STAYED', 'DIAG'], promises: ['LEAFLETS', 'BUDDY'] },
    ...{ evaluator: 'medical-director', issued: '2026-01-20', accepted: '2026-01-28' },
  },
  {
    ...{ leader: 'head-of-pathology', unit: 'PATHOLOGY', outcome: ['LEAVERS', 'DIAG'], promises: ['SHADOW_DAYS'] },
    ...{ fallback: 'EASTMERE', evaluator: 'medical-director', issued: '2026-01-20', accepted: '2026-02-02' },
  },
  {
    ...{
      leader: 'head-of-imaging-until-april',
      unit: 'IMAGING',
      outcome: ['LEAVERS', 'DIAG'],
      promises: ['CARERS_PLACE'],
    },
    ...{ fallback: 'EASTMERE', evaluator: 'medical-director', issued: '2026-01-20', accepted: '2026-02-03' },
  },
  {
    ...{ leader: 'chief-operating-officer', unit: 'SURGICAL', outcome: ['LEAVERS', 'SURGICAL'] },
    promises: ['BADGES', 'CRECHE', 'QUIET_ROOMS', 'PARKING', 'ACTIONS30'],
    ...{ fallback: 'EASTMERE', evaluator: 'chief-executive', issued: '2026-01-20', accepted: '2026-02-09' },
    protest: 'The date of the quiet rooms was set before the permits were asked for.',
  },
  {
    ...{ leader: 'head-of-imaging', unit: 'IMAGING', outcome: ['LEAVERS', 'DIAG'], promises: ['CARERS_PLACE'] },
    ...{ fallback: 'EASTMERE', evaluator: 'medical-director', issued: '2026-05-06', accepted: '2026-05-11' },
  },
];

function contractOf({ leader, unit, outcome, fallback, promises, evaluator }: Contract, ids: StoryIds): Issue {
  const metric = (code: string, of: string, more: object = {}) => ({
    type: 'METRIC' as const,
    ...{ metric: code, units: [of], period: TARGET_PERIOD },
    ...more,
  });
  const shared = fallback === undefined ? {} : { fallback };
  return {
    ...{ cycle: CYCLE, leader: ids.person(leader), evaluators: [ids.person(evaluator)] },
    components: [
      {
        ...{ id: 'promises', title: 'Commitments kept and evidenced', kind: 'COMMITMENTS', weight: 2500 },
        source: { type: 'COMMITMENTS', commitments: promises.map((commitment) => ({ commitment, weight: 1 })) },
      },
      {
        ...{ id: 'voice', title: 'Actions agreed within 30 days of a pulse', kind: 'PROCESS', weight: 2000 },
        source: metric('AGREED', unit),
      },
      {
        ...{ id: 'talks', title: 'Check-ins held each month', kind: 'BEHAVIOUR', weight: 1500 },
        source: metric('CHECKINS', unit),
      },
      {
        ...{ id: 'belonging', title: 'Belonging in the team', kind: 'CLIMATE', weight: 2000 },
        source: metric('BELONG', unit, shared),
      },
      {
        ...{ id: 'stay', title: TITLES[outcome[0]], kind: 'OUTCOME', weight: 2000 },
        source: metric(...outcome),
      },
    ],
  };
}

const CHECKED: readonly (readonly [metric: string, units: readonly string[]])[] = [
  ['AGREED', ['PHARMACY', 'PATHOLOGY', 'IMAGING', 'SURGERY', 'THEATRES']],
  ['CHECKINS', ['PHARMACY', 'PATHOLOGY', 'IMAGING', 'SURGERY', 'THEATRES']],
  ['BELONG', units.map(({ code }) => code)],
  ['LEAVERS', ['DIAG', 'SURGICAL']],
  ['STAYED', ['DIAG']],
];

function opening(ids: StoryIds): readonly Act[] {
  const hr = by('head-of-people-analytics', 'hr');
  const analyst = by('hr-analyst', 'hr');
  const legal = by('head-of-legal', 'legal');
  const in2026 = contracts.filter(({ issued }) => issued < '2026-02-01');
  return [
    hr('2026-01-12', 'evaluations.OpenCycle', {
      ...{ code: CYCLE, period: '2026', ruleSet: '1' },
      population: [
        {
          group: 'HEADS',
          leaders: in2026.filter(({ unit }) => unit !== 'SURGICAL').map(({ leader }) => ids.person(leader)),
        },
        { group: 'DIRECTORS', leaders: [ids.person('chief-operating-officer')] },
      ],
      calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-11-09', acknowledgeBy: '2026-12-11' },
    }),
    ...LINKED.flatMap((metric) =>
      GROUPS.map((group) => analyst('2026-01-14', 'evaluations.RequestLink', { metric, group })),
    ),
    analyst(
      '2026-01-14',
      'evaluations.RequestLink',
      { metric: 'SENIOR_SHARE', group: 'HEADS' },
      { refusedBy: 'a-monitoring-only-metric-cannot-count-in-an-evaluation' },
    ),
    ...LINKED.map((metric) =>
      legal(
        '2026-01-15',
        'organization.RecordLegalReview',
        { object: { kind: 'metric', metric }, decision: 'CLEARED', jurisdiction: 'GB', expiresAt: '2027-03-31' },
        { id: `review/${metric}` },
      ),
    ),
    ...LINKED.flatMap((metric) =>
      GROUPS.map((group) =>
        legal('2026-01-15', 'evaluations.ApproveLink', {
          ...{ metric, group },
          legalReview: ids.created('legal-review', `review/${metric}`),
        }),
      ),
    ),
    hr('2026-05-05', 'evaluations.AdmitLeader', {
      cycle: CYCLE,
      group: 'HEADS',
      leader: ids.person('head-of-imaging'),
    }),
    ...contracts.flatMap((contract) => {
      const owns = by(contract.leader, 'executive');
      const card = { cycle: CYCLE, leader: ids.person(contract.leader) };
      return [
        hr(contract.issued, 'evaluations.IssueScorecard', contractOf(contract, ids)),
        contract.protest === undefined
          ? owns(contract.accepted, 'evaluations.AcceptScorecard', card)
          : owns(contract.accepted, 'evaluations.AcceptScorecardUnderProtest', { ...card, note: contract.protest }),
      ];
    }),
  ];
}

function closing(ids: StoryIds): readonly Act[] {
  const hr = by('head-of-people-analytics', 'hr');
  const steward = by('head-of-people-analytics', 'data-steward');
  const recorder = by('hr-analyst', 'data-steward');
  const evaluator = by('medical-director', 'executive');
  const pharmacy = by('head-of-pharmacy', 'executive');
  const card = (leader: OfficeKey) => ({ cycle: CYCLE, leader: ids.person(leader) });
  const observed = (metric: string, unit: string): string =>
    ids.created('observation', readingId(metric, unit, TARGET_PERIOD));
  const corrected = (unit: string, num: string): Act =>
    recorder(
      '2026-11-14',
      'metrics.CorrectObservation',
      {
        ...{
          unit,
          metric: 'LEAVERS',
          observation: observed('LEAVERS', unit),
          source: 'Personnel records, second edition',
        },
        ...{ num, den: String(POSTS[unit]), n: POSTS[unit]!, base: POSTS[unit]! },
        reason: 'Two leavers of Surgery had been booked to Imaging.',
      },
      {
        id: `corrected/${unit}`,
        happened: { at: '2026-09-30T11:00:00.000Z', reason: 'Found when the booking of the summer was closed.' },
      },
    );
  const checks = (unit: string): Act =>
    steward('2026-11-16', 'metrics.VerifyObservation', {
      ...{ unit, metric: 'LEAVERS', observation: ids.created('observation', `corrected/${unit}`) },
      method: 'compared with the personnel files',
    });
  return [
    ...CHECKED.flatMap(([metric, checked]) =>
      checked.map((unit) =>
        steward('2026-10-19', 'metrics.VerifyObservation', {
          ...{ unit, metric, observation: observed(metric, unit), method: 'compared with the source' },
        }),
      ),
    ),
    pharmacy('2026-11-02', 'evaluations.SubmitSelfAssessment', {
      ...card('head-of-pharmacy'),
      text: 'Both promises were kept in time. The talks fell short in the summer, when two posts were empty.',
    }),
    hr('2026-11-10', 'evaluations.TakeOrgSnapshot', { cycle: CYCLE }),
    hr('2026-11-12', 'evaluations.FreezeCycle', { cycle: CYCLE }),
    evaluator('2026-11-13', 'evaluations.ProposeRating', {
      ...{ ...card('head-of-pharmacy'), rating: 4 },
      narrative: 'Promises were kept, and the team was asked and answered each month.',
      reason: 'What the hidden figure would say of the team is known from its meetings.',
    }),
    corrected('DIAG', '14'),
    corrected('SURGICAL', '25'),
    checks('DIAG'),
    checks('SURGICAL'),
    hr('2026-11-16', 'evaluations.SignOffScorecard', card('head-of-pharmacy')),
    pharmacy('2026-11-17', 'evaluations.AcknowledgeScorecard', { ...card('head-of-pharmacy'), agree: true }),
    hr('2026-11-18', 'evaluations.FinalizeScorecard', card('head-of-pharmacy')),
  ];
}

const VERDICTS = [
  ['CHECKINS-BELONG', 'LEADS', 'The monthly talks go on in every unit.'],
  ['AGREED-BELONG', 'NO_EVIDENCE', 'Agreed actions are kept up for their own sake.'],
  ['CHECKLIST-RECOMMEND', 'MOVES_TOGETHER', 'Both move in one quarter; which goes first is not known.'],
  ['PROTECTED-RECOMMEND', 'CONTRARY', 'The hours fall on the wrong days; staff decide when they are.'],
  ['PROTECTED-LEAVERS', 'TOO_SHORT', 'Too few units can be shown.'],
  ['CONCERNS-STAYED', 'TOO_SHORT', 'One figure a quarter for the whole is too little.'],
  ['CHALLENGE-BELONG', 'SHARED_SOURCE', 'Both come from one pulse.'],
] as const;

/** One cycle from its opening to its restatement, and the verdicts of the year. */
export function cycle(ids: StoryIds): readonly Act[] {
  return [
    ...opening(ids),
    ...closing(ids),
    ...VERDICTS.map(([hypothesis, verdict, note]) =>
      by('chief-executive', 'executive')('2026-11-17', 'metrics.ReviewHypothesis', { hypothesis, verdict, note }),
    ),
  ];
}
