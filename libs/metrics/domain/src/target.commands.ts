import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { anchors } from './target.events';
import { code, decimalText, period, uuid, words } from './vocabulary';

const target = {
  unit: code.describe('Code of the unit'),
  metric: code.describe('Code of the metric'),
  period: period.describe('The period the target is for'),
};
const reason = words(2000).describe('Why, in your words; kept under a key of its own');
const itsAnchors = anchors.describe(
  'curve LINEAR with threshold, target, stretch, each better than the one before; or RANGE with low, high and tolerance',
);
const example = { unit: 'SURG', metric: 'RECOMMEND', period: '2026' };

export const targetCommands = {
  'metrics.ProposeTarget': defineCommand(
    'Propose a target for a metric, a unit and a period',
    ['executive', 'hr', 'program-lead'],
    z.strictObject({
      ...target,
      baseline: z
        .union([
          z.strictObject({ observation: uuid.describe('Id of the recorded figure it starts from') }),
          z.strictObject({ asserted: decimalText.describe('A starting figure that nothing recorded shows') }),
        ])
        .describe('Where it starts: a recorded figure, or one that is only asserted and marked so'),
      anchors: itsAnchors,
      rationale: words(2000).describe('Why this target'),
      legalReview: uuid.optional().describe('Id of a legal review of this target; for class-based metrics only'),
    }),
    {
      ...example,
      baseline: { asserted: '61' },
      anchors: { curve: 'LINEAR', threshold: '64', target: '70', stretch: '76' },
      rationale: 'Half the distance to the best comparable unit.',
    },
  ),
  'metrics.BackTestTarget': defineCommand(
    'Reckon how often the series itself would have reached each anchor in at least six past periods',
    ['executive', 'hr', 'program-lead', 'assessor', 'auditor'],
    z.strictObject(target),
    example,
  ),
  'metrics.ApproveTarget': defineCommand(
    'Approve a target that another person proposed and that you do not benefit from',
    ['executive', 'hr', 'board'],
    z.strictObject(target),
    example,
  ),
  'metrics.LockTarget': defineCommand(
    'Lock an approved target into a cycle: from then on it is only adjusted, never replaced',
    ['hr'],
    z.strictObject({ ...target, cycle: code.describe('Code of the cycle it counts in') }),
    { ...example, cycle: '2026' },
  ),
  'metrics.RequestTargetAdjustment': defineCommand(
    'Ask for other anchors of a locked target; a refusal stays on record',
    ['executive', 'hr', 'program-lead'],
    z.strictObject({ ...target, changes: itsAnchors, reason }),
    {
      ...example,
      changes: { curve: 'LINEAR', threshold: '62', target: '68', stretch: '74' },
      reason: 'Two wards were merged in the spring.',
    },
  ),
  'metrics.ApproveTargetAdjustment': defineCommand(
    'Approve a requested adjustment from outside the beneficiary’s line, or as the panel; it takes effect with the last yes needed',
    ['executive', 'hr', 'legal', 'board'],
    z.strictObject({ ...target, request: uuid.describe('Id of the request') }),
    { ...example, request: 'e58ed763-928c-8155-b3d8-3a2f4c9f1d07' },
  ),
  'metrics.RefuseTargetAdjustment': defineCommand(
    'Refuse a requested adjustment; the refusal stays on record',
    ['executive', 'hr', 'legal', 'board'],
    z.strictObject({ ...target, request: uuid.describe('Id of the request'), reason }),
    { ...example, request: 'e58ed763-928c-8155-b3d8-3a2f4c9f1d07', reason: 'Nothing outside the unit has changed.' },
  ),
  'metrics.RetireTarget': defineCommand(
    'Give up a target that was never locked',
    ['executive', 'hr', 'program-lead'],
    z.strictObject({ ...target, reason }),
    { ...example, reason: 'The unit is being merged.' },
  ),
};
export type TargetCommand = CommandOf<typeof targetCommands>;
