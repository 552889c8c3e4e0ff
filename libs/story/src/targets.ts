import { type Act, by, type StoryIds } from './telling';

type Anchor = readonly [
  unit: string,
  metric: string,
  baseline: string,
  threshold: string,
  target: string,
  stretch: string,
];

export const TARGET_PERIOD = '2026-Q3';
export const CYCLE = 'C2026';

/** For the whole, as the board agreed them; and for the units of those who are evaluated. */
const anchors: readonly Anchor[] = [
  ['EASTMERE', 'CHECKINS', '60', '70', '80', '90'],
  ['EASTMERE', 'AGREED', '56', '60', '70', '80'],
  ['EASTMERE', 'CHALLENGE', '60', '62', '68', '74'],
  ['EASTMERE', 'PROTECTED', '56', '65', '75', '85'],
  ['EASTMERE', 'CONCERNS', '72', '75', '85', '95'],
  ['EASTMERE', 'CHECKLIST', '48', '55', '65', '80'],
  ['EASTMERE', 'BELONG', '60', '60', '66', '72'],
  ['EASTMERE', 'RECOMMEND', '60', '64', '70', '76'],
  ['EASTMERE', 'LEAVERS', '11.3', '9.75', '9', '8'],
  ['EASTMERE', 'HARM', '15.8', '15', '13', '10'],
  ['PHARMACY', 'CHECKINS', '60', '60', '80', '90'],
  ['PHARMACY', 'AGREED', '56', '60', '70', '80'],
  ['PHARMACY', 'BELONG', '60', '60', '66', '72'],
  ['IMAGING', 'CHECKINS', '60', '60', '80', '90'],
  ['IMAGING', 'AGREED', '56', '60', '70', '80'],
  ['IMAGING', 'BELONG', '60', '60', '66', '72'],
  ['PATHOLOGY', 'CHECKINS', '60', '60', '80', '90'],
  ['PATHOLOGY', 'AGREED', '56', '60', '70', '80'],
  ['PATHOLOGY', 'BELONG', '60', '60', '66', '72'],
  ['DIAG', 'STAYED', '70', '77.5', '90', '95'],
  ['DIAG', 'LEAVERS', '11.9', '12', '9', '7'],
  ['SURGICAL', 'CHECKINS', '60', '60', '80', '90'],
  ['SURGICAL', 'AGREED', '56', '60', '70', '80'],
  ['SURGICAL', 'BELONG', '60', '60', '66', '72'],
  ['SURGICAL', 'LEAVERS', '11.3', '11', '9', '7'],
];

/** Targets of the cycle: proposed, approved by another, locked; one made easier by two outside the line, one not. */
export function targets({ created }: StoryIds): readonly Act[] {
  const proposes = by('hr-analyst', 'hr');
  const approves = by('head-of-people-analytics', 'hr');
  const challenge = { unit: 'EASTMERE', metric: 'CHALLENGE', period: TARGET_PERIOD };
  const leavers = { unit: 'SURGICAL', metric: 'LEAVERS', period: TARGET_PERIOD };
  const linear = (threshold: string, target: string, stretch: string) => ({
    curve: 'LINEAR' as const,
    ...{ threshold, target, stretch },
  });
  return [
    ...anchors.map(([unit, metric, baseline, threshold, target, stretch]) =>
      proposes('2026-01-13', 'metrics.ProposeTarget', {
        ...{ unit, metric, period: TARGET_PERIOD, baseline: { asserted: baseline } },
        anchors: linear(threshold, target, stretch),
        rationale: 'Half the way to the best comparable hospital.',
      }),
    ),
    ...anchors.map(([unit, metric]) =>
      approves('2026-01-14', 'metrics.ApproveTarget', { unit, metric, period: TARGET_PERIOD }),
    ),
    ...anchors
      .filter(([, metric]) => metric !== 'HARM')
      .map(([unit, metric]) =>
        approves('2026-01-15', 'metrics.LockTarget', { unit, metric, period: TARGET_PERIOD, cycle: CYCLE }),
      ),
    approves(
      '2026-01-15',
      'metrics.LockTarget',
      { unit: 'EASTMERE', metric: 'HARM', period: TARGET_PERIOD, cycle: CYCLE },
      { refusedBy: 'a-count-of-concerns-harm-or-stories-cannot-count-in-an-evaluation' },
    ),
    by('chief-executive', 'executive')(
      '2026-08-10',
      'metrics.RequestTargetAdjustment',
      {
        ...challenge,
        changes: linear('62', '66', '72'),
        reason: 'Two wards moved in the summer; those who moved had no regular meetings.',
      },
      { id: 'adjust/challenge' },
    ),
    by('head-of-legal', 'legal')('2026-08-12', 'metrics.ApproveTargetAdjustment', {
      ...challenge,
      request: created('adjustment-request', 'adjust/challenge'),
    }),
    approves('2026-08-14', 'metrics.ApproveTargetAdjustment', {
      ...challenge,
      request: created('adjustment-request', 'adjust/challenge'),
    }),
    by('chief-operating-officer', 'executive')(
      '2026-09-10',
      'metrics.RequestTargetAdjustment',
      { ...leavers, changes: linear('12', '10', '8'), reason: 'Two agencies recruit in the region.' },
      { id: 'adjust/leavers' },
    ),
    by('board-secretary', 'board')('2026-09-17', 'metrics.RefuseTargetAdjustment', {
      ...leavers,
      request: created('adjustment-request', 'adjust/leavers'),
      reason: 'They recruited there when the target was agreed.',
    }),
  ];
}
