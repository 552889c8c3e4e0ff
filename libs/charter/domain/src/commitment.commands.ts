import { defineCommand, evidenceRef, type CommandOf, type Role } from '@plumbline/kernel';
import { z } from 'zod';
import { endingCommands } from './commitment-ending.commands';
import { planCommands } from './commitment-plan.commands';
import {
  amount,
  causeCode,
  code,
  COMMITMENT_LEVELS,
  COMPLETIONS,
  currency,
  day,
  localCode,
  period,
  person,
  RESOURCE_STAGES,
  SELF_STATUSES,
  uuid,
  words,
} from './vocabulary';

const commitment = code.describe('Code of the commitment');
const SEALED = 'In your words; kept under a key of its own';
const sealed = (most: number) => words(most).describe(SEALED);
const sealedOrNone = (most: number) => words(most).optional().describe(SEALED);
const proposers: readonly Role[] = ['executive', 'hr', 'program-lead', 'data-steward', 'board', 'member'];

const successor = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

export const commitmentCommands = {
  'charter.ProposeCommitment': defineCommand(
    'Propose a commitment; staff may too, and one handed in without a name is passed on under a token',
    proposers,
    z.strictObject({
      commitment,
      title: words(200).describe('What it is called, in a few words'),
      statement: words(4000).describe('What is promised'),
      unit: code.describe('Code of the unit it is for'),
      level: z.enum(COMMITMENT_LEVELS).describe('Whether the whole, a division or a unit promises it'),
      evidenceRule: words(1000).describe('What will show that it was kept'),
      owner: person.optional().describe('Person id of who is asked to keep it; left out, any executive may accept'),
      office: words(200).optional().describe('The office that is to keep it, never a name'),
      charter: code.optional().describe('Code of the charter it serves'),
      principles: z.array(localCode).max(50).optional().describe('Ids of the principles it serves'),
      parent: code.optional().describe('Code of the commitment it is a part of'),
      structuralChange: z
        .boolean()
        .optional()
        .describe('Whether it changes a practice, policy or norm rather than adds an event'),
      carriesForward: code.optional().describe('Code of the commitment whose place it is to take'),
      token: uuid.optional().describe('For one handed in without a name: by which whoever handed it in finds it again'),
    }),
    {
      commitment: 'C07',
      title: 'Ward council',
      statement: 'Every ward elects a seat on a council that decides on rotas and rooms.',
      unit: 'HOSPITAL',
      level: 'INSTITUTION',
      evidenceRule: 'Minutes of the first meeting with seats of all wards.',
      owner: '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55',
      office: 'Chief executive',
      charter: 'BELONGING',
      principles: ['HEARD'],
      structuralChange: true,
    },
  ),
  'charter.AssessVerifiability': defineCommand(
    'Judge whether it could be told that a commitment is kept',
    ['assessor', 'auditor', 'hr'],
    z.strictObject({
      commitment,
      verifiable: z.boolean().describe('Whether it could be told'),
      notes: sealedOrNone(2000),
    }),
    { commitment: 'C07', verifiable: true },
  ),
  'charter.AcceptCommitment': defineCommand(
    'Accept a commitment in your own name; its weights and first dates are fixed from here on',
    ['executive'],
    z.strictObject({ commitment }),
    { commitment: 'C07' },
  ),
  'charter.DeclineCommitment': defineCommand(
    'Decline a proposed commitment, with a reason',
    ['executive', 'hr'],
    z.strictObject({ commitment, reason: sealed(2000) }),
    { commitment: 'C07', reason: 'The same council is promised in C03.' },
  ),
  ...planCommands,
  'charter.ResourceCommitment': defineCommand(
    'Record that money or time is pledged or released for a commitment',
    ['executive', 'hr', 'board'],
    z.strictObject({
      commitment,
      stage: z.enum(RESOURCE_STAGES).describe('PLEDGED, or RELEASED once it can be spent'),
      budget: z.strictObject({ amount, currency }).optional().describe('Money: amount and currency'),
      fte: amount.optional().describe('Time, in full-time equivalents'),
      source: words(200).describe('The office or budget it comes from, never a name'),
    }),
    {
      commitment: 'C07',
      stage: 'RELEASED',
      budget: { amount: '12000', currency: 'GBP' },
      fte: '0.2',
      source: 'Transformation budget',
    },
  ),
  'charter.DeclareNoResourcesNeeded': defineCommand(
    'Declare why a commitment needs neither money nor time',
    ['executive', 'hr'],
    z.strictObject({ commitment, reason: sealed(2000) }),
    { commitment: 'C07', reason: 'The meetings take the place of others.' },
  ),
  'charter.ReportProgress': defineCommand(
    'Report on a period; NIL when nothing happened',
    ['executive', 'hr', 'program-lead', 'member'],
    z.strictObject({
      commitment,
      period: period.describe('The reporting period'),
      selfStatus: z.enum(SELF_STATUSES).describe('How far it is kept, in your own judgement'),
      narrative: sealedOrNone(4000),
      challenges: sealedOrNone(4000),
      causes: z.array(causeCode).max(10).optional().describe('What held it up, by cause code'),
      nil: z.boolean().optional().describe('NIL: nothing happened in this period'),
    }),
    {
      commitment: 'C07',
      period: '2025-Q2',
      selfStatus: 'LIMITED',
      narrative: 'Nine of twelve wards have elected.',
    },
  ),
  'charter.MissProgress': defineCommand(
    'Record that no report on a period came in time',
    ['process'],
    z.strictObject({ commitment, period: period.describe('The reporting period') }),
    { commitment: 'C07', period: '2025-Q3' },
  ),
  'charter.AssessCommitment': defineCommand(
    'Judge, from outside the owner’s line, how far a commitment is kept',
    ['assessor', 'auditor'],
    z.strictObject({
      commitment,
      completion: z.enum(COMPLETIONS).describe('How far it is kept; NO_EVIDENCE when nothing shows it'),
      rationale: sealed(4000),
      evidence: z.array(evidenceRef).max(20).optional().describe('What the judgement rests on'),
    }),
    { commitment: 'C07', completion: 'LIMITED', rationale: 'Three wards have no seat yet.' },
  ),
  'charter.ReassignCommitment': defineCommand(
    'Ask another to take over a commitment; it passes when they accept',
    ['executive', 'hr'],
    z.strictObject({
      commitment,
      to: person.describe('Person id of the new owner'),
      effective: day.describe('First day of the new owner'),
    }),
    { commitment: 'C07', to: successor, effective: '2025-05-01' },
  ),
  'charter.AcceptReassignment': defineCommand(
    'Take over a commitment in your own name, with its dates as they stand',
    ['executive'],
    z.strictObject({ commitment }),
    { commitment: 'C07' },
  ),
  'charter.DeclineReassignment': defineCommand(
    'Decline to take over a commitment; it stays with its owner',
    ['executive'],
    z.strictObject({ commitment, reason: sealed(2000) }),
    { commitment: 'C07', reason: 'The wards concerned are not mine.' },
  ),
  ...endingCommands,
};
export type CommitmentCommand = CommandOf<typeof commitmentCommands>;
/** What a command of a type takes. */
export type CommitmentData<T extends CommitmentCommand['type']> = Extract<CommitmentCommand, { type: T }>['data'];
