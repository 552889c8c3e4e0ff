import { defineCommand, evidenceRef, type Role } from '@plumbline/kernel';
import { z } from 'zod';
import { causeCode, code, period, uuid, words } from './vocabulary';

const commitment = code.describe('Code of the commitment');
const reason = words(2000).describe('Why, in your words; kept under a key of its own');
const publicNote = words(1000).describe('What is to be said of it in public: offices, never people');
const approvers: readonly Role[] = ['executive', 'hr', 'legal', 'board'];

export const endingCommands = {
  'charter.FulfilCommitment': defineCommand(
    'Record that you have kept a commitment; every contracted milestone is reached',
    ['executive'],
    z.strictObject({
      commitment,
      evidence: z
        .array(evidenceRef)
        .max(20)
        .optional()
        .describe('What shows it, beside the evidence of its milestones'),
    }),
    { commitment: 'C07' },
  ),
  'charter.MissCommitment': defineCommand(
    'Record, when a period has closed, that a commitment is past its date and not kept',
    ['process'],
    z.strictObject({
      commitment,
      period: period.describe('The period that has closed'),
      causes: z.array(causeCode).max(10).optional().describe('Why, by cause code; left out: as last reported'),
    }),
    { commitment: 'C07', period: '2025-Q4', causes: ['LATE_DECISION'] },
  ),
  'charter.RequestWithdrawal': defineCommand(
    'Ask to take a commitment back; it stands until two others approve',
    ['executive'],
    z.strictObject({ commitment, reason, publicNote }),
    {
      commitment: 'C07',
      reason: 'Four mentors for nineteen consultants.',
      publicNote: 'Too few mentors were found; a smaller promise takes its place.',
    },
  ),
  'charter.WithdrawCommitment': defineCommand(
    'Approve a withdrawal as one of two people other than its owner; it takes effect with the second',
    approvers,
    z.strictObject({ commitment, reason }),
    { commitment: 'C07', reason: 'Mentors cannot be hired.' },
  ),
  'charter.RefuseWithdrawal': defineCommand(
    'Refuse a withdrawal; the commitment stands',
    approvers,
    z.strictObject({ commitment, reason }),
    { commitment: 'C07', reason: 'Nobody was asked to be a mentor yet.' },
  ),
  'charter.CarryForwardCommitment': defineCommand(
    'End a commitment whose place another one takes; slip goes on counting from the first date of this one',
    ['executive'],
    z.strictObject({ commitment, into: code.describe('Code of the accepted commitment that carries it forward') }),
    { commitment: 'C07', into: 'C31' },
  ),
  'charter.WritePublicNote': defineCommand(
    'Write a note about a commitment for the promise ledger; it is public once a second person passes it',
    ['executive', 'hr', 'program-lead', 'member'],
    z.strictObject({ commitment, text: publicNote }),
    { commitment: 'C07', text: 'Nine of twelve wards have elected.' },
  ),
  'charter.PassPublicNote': defineCommand(
    'Pass, as a second person, a note that names offices and no people',
    ['hr', 'legal', 'board', 'executive', 'program-lead'],
    z.strictObject({ commitment, note: uuid.describe('Id of the note') }),
    { commitment: 'C07', note: 'f69fe874-a39d-8266-84e9-4b305da02e18' },
  ),
};
