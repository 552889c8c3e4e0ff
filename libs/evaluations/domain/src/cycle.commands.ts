import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { cycleCalendar, leaderGroup } from './cycle.events';
import { RULE_SET_VERSIONS } from './rule-sets';
import { code, period, person, uuid, words } from './vocabulary';

const cycle = code.describe('Code of the cycle');
const example = { cycle: 'C2026' };

export const cycleCommands = {
  'evaluations.OpenCycle': defineCommand(
    'Open an evaluation cycle: its period, its leaders by group, its rules and its days',
    ['hr'],
    z.strictObject({
      code,
      period: period.describe('The period that is evaluated'),
      population: z
        .array(leaderGroup)
        .min(1)
        .max(1000)
        .describe(
          'Groups of leaders who share what is linked to their reviews: group (a code) and leaders (person ids)',
        ),
      ruleSet: z.enum(RULE_SET_VERSIONS).describe('Version of the rules by which totals become ratings'),
      calendar: cycleCalendar.describe(
        'acceptBy: last day to accept a scorecard; freezeFrom: first day to freeze; acknowledgeBy: after it a result is final without an answer',
      ),
      consultations: z
        .array(uuid)
        .max(10)
        .optional()
        .describe('Ids of consultations on cycle or ruleSet, where the policy asks for them'),
    }),
    {
      code: 'C2026',
      period: '2026',
      population: [{ group: 'HEADS', leaders: ['5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55'] }],
      ruleSet: '1',
      calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-11-01', acknowledgeBy: '2027-01-31' },
    },
  ),
  'evaluations.AdmitLeader': defineCommand(
    'Let a leader who took up a post later join an open cycle',
    ['hr'],
    z.strictObject({ cycle, group: code.describe('A group of the cycle'), leader: person }),
    { ...example, group: 'HEADS', leader: '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55' },
  ),
  'evaluations.TakeOrgSnapshot': defineCommand(
    'Name the structure of this moment as the one by which the cycle names its scopes',
    ['hr', 'process'],
    z.strictObject({ cycle }),
    example,
  ),
  'evaluations.FreezeCycle': defineCommand(
    'Freeze a cycle: only what is recorded by now counts in it',
    ['hr', 'process'],
    z.strictObject({ cycle }),
    example,
  ),
  'evaluations.RecordComputation': defineCommand(
    'Record that every accepted scorecard is scored, with the hash over all results',
    ['hr', 'process'],
    z.strictObject({ cycle }),
    example,
  ),
  'evaluations.CloseCycle': defineCommand(
    'Close a cycle whose scorecards are all final',
    ['hr'],
    z.strictObject({ cycle }),
    example,
  ),
  'evaluations.RequestReopening': defineCommand(
    'Ask that a frozen or closed cycle be reopened; a second person approves',
    ['hr'],
    z.strictObject({ cycle, reason: words(2000).describe('Why, in your words; kept under a key of its own') }),
    { ...example, reason: 'The release of the autumn pulse was withdrawn by its publisher.' },
  ),
  'evaluations.ApproveReopening': defineCommand(
    'Approve, as a second person, that a cycle be reopened',
    ['hr', 'legal', 'board'],
    z.strictObject({ cycle }),
    example,
  ),
};
export type CycleCommand = CommandOf<typeof cycleCommands>;
