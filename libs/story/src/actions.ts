import { addDays, addMonths, type LocalDate } from '@plumbline/kernel';
import type { OfficeKey } from './offices';
import { type Act, by, type StoryIds } from './telling';

interface Told {
  readonly code: string;
  readonly title: string;
  readonly type: string;
  readonly lead: OfficeKey;
  readonly unit: string;
  readonly commitment: string;
  readonly metric: string;
  readonly hypothesis: string;
  readonly planned: LocalDate;
  readonly first: LocalDate;
  readonly everyMonths: number;
  readonly deliveries: number;
  readonly of: number;
  readonly right: 'INFORM' | 'CONSULT' | 'CO_DECIDE' | 'STAFF_DECIDE';
}

const told: readonly Told[] = [
  {
    ...{ code: 'TALKS', title: 'A quarter of an hour each month', type: 'CHECK_IN', lead: 'lead-nurse-nights' },
    ...{ unit: 'EASTMERE', commitment: 'COUNCIL', metric: 'CHECKINS', hypothesis: 'CHECKINS-BELONG' },
    ...{ planned: '2025-03-12', first: '2025-03-24', everyMonths: 1, deliveries: 20, of: 22, right: 'CO_DECIDE' },
  },
  {
    ...{ code: 'RESULTS', title: 'Results shown and actions agreed', type: 'RESULTS_SHARED', lead: 'hr-analyst' },
    ...{ unit: 'EASTMERE', commitment: 'COUNCIL', metric: 'AGREED', hypothesis: 'AGREED-BELONG' },
    ...{ planned: '2025-04-16', first: '2025-04-29', everyMonths: 3, deliveries: 7, of: 7, right: 'CO_DECIDE' },
  },
  {
    ...{ code: 'TEACHING_HOURS', title: 'Teaching hours kept free', type: 'PROTECTED_TIME', lead: 'medical-director' },
    ...{ unit: 'EASTMERE', commitment: 'TEACHING', metric: 'PROTECTED', hypothesis: 'PROTECTED-RECOMMEND' },
    ...{ planned: '2025-09-17', first: '2025-10-15', everyMonths: 1, deliveries: 13, of: 15, right: 'CONSULT' },
  },
  {
    ...{ code: 'ROOMS', title: 'Rooms and rules put right', type: 'BARRIER_REMOVAL', lead: 'chief-operating-officer' },
    ...{ unit: 'EASTMERE', commitment: 'QUIET_ROOMS', metric: 'CHECKLIST', hypothesis: 'CHECKLIST-RECOMMEND' },
    ...{ planned: '2025-09-17', first: '2025-11-12', everyMonths: 3, deliveries: 4, of: 5, right: 'CONSULT' },
  },
  {
    ...{ code: 'ROUND', title: 'The quietest first, in every meeting', type: 'ROUND_ROBIN', lead: 'lead-nurse-nights' },
    ...{ unit: 'URGENT', commitment: 'LISTENING', metric: 'CHALLENGE', hypothesis: 'CHALLENGE-BELONG' },
    ...{ planned: '2026-01-21', first: '2026-02-11', everyMonths: 2, deliveries: 4, of: 6, right: 'STAFF_DECIDE' },
  },
  {
    ...{ code: 'BUDDIES', title: 'A buddy for everyone who joins', type: 'BUDDY', lead: 'head-of-pharmacy' },
    ...{ unit: 'PHARMACY', commitment: 'BUDDY', metric: 'CHECKINS', hypothesis: 'CHECKINS-BELONG' },
    ...{ planned: '2025-11-10', first: '2025-12-09', everyMonths: 1, deliveries: 7, of: 7, right: 'CO_DECIDE' },
  },
];

const roleOf = (lead: OfficeKey): 'executive' | 'hr' | 'program-lead' =>
  lead === 'hr-analyst' ? 'hr' : lead === 'lead-nurse-nights' ? 'program-lead' : 'executive';

function actionOf(action: Told, ids: StoryIds): readonly Act[] {
  const { code, title, type, lead, unit, commitment, metric, hypothesis, planned, first, right } = action;
  const leads = by(lead, roleOf(lead));
  const dates = Array.from({ length: action.deliveries }, (_each, at) => addMonths(first, at * action.everyMonths));
  const last = dates.at(-1)!;
  const sha256 = ids.created('evidence-bytes', `action ${code}`).replaceAll('-', '').repeat(2);
  return [
    leads(planned, 'programs.PlanAction', {
      ...{ code, title, type, unit, program: 'BELONGING' },
      ...{ commitments: [commitment], leadingMetrics: [metric], hypothesis, livedExperienceMetric: 'RECOMMEND' },
      ...{ decisionRight: right, plannedDeliveries: action.of },
      ...{ from: planned, to: addMonths(first, (action.of - 1) * action.everyMonths) },
    }),
    leads(planned, 'programs.DeclareEligibility', {
      action: code,
      rule: 'Everyone who works in the units it takes place in',
      openToAll: true,
    }),
    by('head-of-people-analytics', 'hr')(addDays(planned, 2), 'programs.ResourceAction', {
      action: code,
      ...{ budget: { amount: '6000', currency: 'GBP' }, fte: '0.2', protectedHours: '180', source: 'Belonging budget' },
    }),
    leads(first, 'programs.StartAction', { action: code, on: first }),
    ...dates.flatMap((date, at) => [
      leads(date, 'programs.DeliverAction', { action: code, date, hours: '1.5' }),
      leads(date, 'programs.RecordParticipation', {
        ...{ action: code, date, eligible: unit === 'PHARMACY' ? 9 : 60 },
        count: unit === 'PHARMACY' ? 3 : 31 + ((at * 7) % 17),
      }),
    ]),
    leads(addDays(last, 2), 'programs.AttachEvidence', {
      ...{ action: code, title: 'Dates, places and numbers, without names', sha256, custodian: 'Board office' },
      ...{ uri: `https://records.eastmere.example/actions/${code.toLowerCase()}`, from: first, to: last },
      expiresAt: code === 'RESULTS' ? '2026-11-27' : addMonths(last, 12),
    }),
    by('internal-audit', 'assessor')(addDays(last, 6), 'programs.AttestEvidence', { action: code, evidence: sha256 }),
  ];
}

/** Six actions, what was left out of them, and what was decided when their verdicts were there. */
export function actions(ids: StoryIds): readonly Act[] {
  const nights = by('lead-nurse-nights', 'program-lead');
  const chief = by('chief-executive', 'executive');
  const pharmacy = by('head-of-pharmacy', 'executive');
  return [
    ...told.flatMap((action) => actionOf(action, ids)),
    nights('2026-01-21', 'programs.RecordInvisibleLabour', {
      ...{ action: 'TALKS', period: '2025-Q4', kind: 'COORDINATION', hours: '64', people: 3, recognised: 'NONE' },
    }),
    pharmacy('2026-06-25', 'programs.CompleteAction', { action: 'BUDDIES' }),
    chief('2026-11-18', 'programs.ReviewAction', {
      ...{ action: 'TALKS', verdict: 'CONTINUE', basis: { hypothesis: 'CHECKINS-BELONG' } },
      note: 'Belonging follows by two quarters; the talks go on.',
    }),
    chief('2026-11-18', 'programs.ReviewAction', {
      ...{ action: 'TEACHING_HOURS', verdict: 'ADJUST', basis: { hypothesis: 'PROTECTED-RECOMMEND' } },
      note: 'Hours that fall on the quiet days do not help those who need them; they move.',
    }),
    chief(
      '2026-11-18',
      'programs.ReviewAction',
      {
        ...{ action: 'RESULTS', verdict: 'STOP' },
        basis: { asserted: 'NO_EVIDENCE', cannotTell: true, reference: 'Note of the board, 18 November 2026' },
        note: 'Nothing was seen.',
      },
      { refusedBy: 'nothing-stops-on-a-verdict-that-cannot-tell' },
    ),
  ];
}
