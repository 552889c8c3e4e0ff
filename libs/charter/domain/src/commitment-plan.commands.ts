import { defineCommand, evidenceRef, type Role } from '@plumbline/kernel';
import { z } from 'zod';
import { code, day, dueDay, INDICATOR_KINDS, localCode, weight, words } from './vocabulary';

const commitment = code.describe('Code of the commitment');
const milestone = localCode.describe('Id of the milestone within the commitment, as C07.1');
const reason = words(2000).describe('Why, in your words; kept under a key of its own');
const planners: readonly Role[] = ['executive', 'hr', 'program-lead', 'data-steward', 'board', 'member'];
const approvers: readonly Role[] = ['executive', 'hr', 'board'];
const example = { commitment: 'C07', milestone: 'C07.1' };

export const planCommands = {
  'charter.AddMilestone': defineCommand(
    'Add a milestone; after acceptance it adds nothing to what was contracted',
    planners,
    z.strictObject({
      commitment,
      milestone,
      title: words(1000).describe('What is reached with it'),
      weight: weight.optional().describe('How much it weighs beside the others, whole number; 1 unless said'),
      due: dueDay.optional().describe('First date, a day or a month; left out: due at its latest indicator'),
    }),
    { ...example, title: 'First meeting with seats of all wards', weight: 1, due: '2025-12' },
  ),
  'charter.AddIndicator': defineCommand(
    'Add what is to be seen, of which office, by when',
    planners,
    z.strictObject({
      commitment,
      indicator: localCode.describe('Id of the indicator within the commitment, as C07.1.1'),
      milestone: milestone.optional().describe('Id of the milestone it belongs to'),
      text: words(2000).describe('What is to be seen'),
      office: words(400).optional().describe('The office that is to see to it, never a name'),
      kind: z.enum(INDICATOR_KINDS).describe('PROCESS: something was done. OUTCOME: something became of it'),
      metric: code.optional().describe('Code of the metric that measures it'),
      due: dueDay.optional().describe('First date, a day or a month'),
    }),
    {
      ...example,
      indicator: 'C07.1.1',
      text: 'All twelve wards have elected a seat',
      office: 'Nursing',
      kind: 'PROCESS',
      due: '2025-10-31',
    },
  ),
  'charter.RequestReschedule': defineCommand(
    'Ask that a milestone be due on another day; slip goes on counting from the first date',
    ['executive', 'hr', 'program-lead', 'member'],
    z.strictObject({ commitment, milestone, to: dueDay.describe('The new date, a day or a month'), reason }),
    { ...example, to: '2026-03-31', reason: 'Two wards move in the winter.' },
  ),
  'charter.RescheduleMilestone': defineCommand(
    'Approve, as someone other than its owner, that a milestone is due on the day that was asked for',
    approvers,
    z.strictObject({ commitment, milestone, reason }),
    { ...example, reason: 'The building permit came late.' },
  ),
  'charter.RefuseReschedule': defineCommand(
    'Refuse another date; the milestone stays due when it was',
    approvers,
    z.strictObject({ commitment, milestone, reason }),
    { ...example, reason: 'Nothing outside the wards has changed.' },
  ),
  'charter.ReachMilestone': defineCommand(
    'Record that a milestone is reached, with evidence',
    ['executive', 'hr', 'program-lead', 'member'],
    z.strictObject({
      commitment,
      milestone,
      evidence: z.array(evidenceRef).max(20).describe('What shows it; at least one piece'),
    }),
    {
      ...example,
      evidence: [
        {
          evidenceId: '0e9d5a1c-3b7f-4d26-8c41-9a6b5f2e7d10',
          sha256: 'ab'.repeat(32),
          custodian: 'Board secretary',
          attestor: null,
          uri: 'https://intranet.example/council/minutes-1',
          fileId: null,
          periodFrom: '2025-12-01',
          periodTo: '2025-12-13',
          expiresAt: null,
        },
      ],
    },
  ),
  'charter.AttestDoneDate': defineCommand(
    'Confirm, as someone other than its owner, that a milestone or the whole was done, and on which day',
    ['assessor', 'auditor', 'hr', 'board', 'executive', 'program-lead'],
    z.strictObject({
      commitment,
      milestone: milestone.optional().describe('Id of the milestone; left out: the whole commitment'),
      doneOn: day.optional().describe('The day on which it was done; left out: the day on which it was recorded'),
      reason: words(2000).optional().describe('Why it was recorded so long after it was done; stored sealed'),
    }),
    { ...example, doneOn: '2025-12-11' },
  ),
};
