import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import {
  amount,
  code,
  count,
  currency,
  day,
  DECISION_RIGHTS,
  HYPOTHESIS_VERDICTS,
  LABOUR_KINDS,
  OUTCOME_VERDICTS,
  period,
  person,
  RECOGNITIONS,
  sha256,
  uuid,
  words,
} from './vocabulary';

const action = code.describe('Code of the action');
const units = z
  .array(code)
  .min(1)
  .max(500)
  .optional()
  .describe('Codes of the units it took place in; its own unless said');
const session = code.optional().describe('Tells apart several deliveries of one day in the same units; 1 unless said');
const WORKERS = ['executive', 'hr', 'program-lead', 'data-steward'] as const;

export const programsCommands = {
  'programs.PlanAction': defineCommand(
    'Plan an action of a type of the catalogue: for which promise, which leading metric, under which hypothesis, and who decides',
    WORKERS,
    z.strictObject({
      code: code.describe('Code of the action'),
      title: words(200).describe('What it is, in words; no names of people'),
      program: code.optional().describe('Code of the program it is part of'),
      type: code.describe('Type from the catalogue; it brings component, moment and structure'),
      override: z
        .strictObject({
          tag: z.enum(['component', 'moment', 'structure', 'structureKind']).describe('Which of the type’s tags'),
          value: code.describe('What it is here'),
        })
        .optional()
        .describe('One tag in which this action differs from its type'),
      structuralChange: z.boolean().optional().describe('Whether it changes how things are done for good'),
      unit: code.describe('Code of the unit it is for'),
      commitments: z.array(code).max(50).optional().describe('Codes of the commitments it serves'),
      leadingMetrics: z.array(code).max(50).optional().describe('Codes of the leading metrics it should move'),
      livedExperienceMetric: code.optional().describe('Code of the climate metric that tells how a policy is lived'),
      hypothesis: code.optional().describe('Code of the hypothesis it rests on'),
      decisionRight: z.enum(DECISION_RIGHTS).describe('How far those concerned decide'),
      plannedDeliveries: z
        .int()
        .min(1)
        .max(1_000_000)
        .optional()
        .describe('How many deliveries are planned; 1 unless said'),
      from: day.describe('First day of the plan'),
      to: day.describe('Last day of the plan'),
      lead: person.optional().describe('Person id of who leads it; you, unless said'),
    }),
    {
      code: 'BUDDY-2026',
      title: 'A buddy for everyone who joins',
      program: 'WELCOME',
      type: 'BUDDY',
      unit: 'GPA',
      commitments: ['C-ONBOARDING'],
      leadingMetrics: ['LC_TS'],
      hypothesis: 'LC-LEADS-EES',
      decisionRight: 'CO_DECIDE',
      plannedDeliveries: 12,
      from: '2026-01-01',
      to: '2026-12-31',
    },
  ),
  'programs.DeclareEligibility': defineCommand(
    'Say who may take part, and whether only people of one class may; that needs a live legal review',
    WORKERS,
    z.strictObject({
      action,
      rule: words(500).describe('The rule in words; no names of people'),
      openToAll: z.boolean().describe('Whether everyone in the same circumstances may take part, whoever they are'),
      classLimited: z.boolean().optional().describe('Whether only people of one protected class may'),
      legalReview: uuid.optional().describe('Id of a legal review that clears this action'),
    }),
    { action: 'BUDDY-2026', rule: 'Everyone in their first ninety days', openToAll: true },
  ),
  'programs.ResourceAction': defineCommand(
    'Give an action money, posts or protected time; it replaces what was given before',
    ['executive', 'hr', 'data-steward'],
    z.strictObject({
      action,
      budget: z.strictObject({ amount, currency }).optional().describe('Money for the whole plan'),
      fte: amount.optional().describe('Full-time equivalents'),
      protectedHours: amount.optional().describe('Hours of working time kept free for it'),
      source: words(300).describe('Where it comes from'),
    }),
    { action: 'BUDDY-2026', fte: '0.2', protectedHours: '240', source: 'Wellbeing fund' },
  ),
  'programs.StartAction': defineCommand(
    'Begin an action whose eligibility is declared',
    WORKERS,
    z.strictObject({
      action,
      on: day.optional().describe('Day on which it began; today unless said'),
      reason: words(2000).optional().describe('Why it is recorded so late, when it lies long back; stored sealed'),
    }),
    { action: 'BUDDY-2026', on: '2026-01-12' },
  ),
  'programs.DeliverAction': defineCommand(
    'Record that something was delivered on a day',
    WORKERS,
    z.strictObject({
      action,
      date: day.describe('Day on which it was delivered'),
      units,
      session,
      count: z.int().min(1).max(1_000_000).optional().describe('How many deliveries on this day; 1 unless said'),
      hours: amount.optional().describe('Hours it took altogether'),
      reason: words(2000).optional().describe('Why it is recorded so late, when it lies long back; stored sealed'),
    }),
    { action: 'BUDDY-2026', date: '2026-02-02', count: 1, hours: '1.5' },
  ),
  'programs.WithdrawDelivery': defineCommand(
    'Take back a delivery that was recorded in error',
    WORKERS,
    z.strictObject({
      action,
      date: day.describe('Day of the delivery'),
      units,
      session,
      reason: words(2000).describe('Why; stored sealed'),
    }),
    { action: 'BUDDY-2026', date: '2026-02-02', reason: 'It was put off by a week.' },
  ),
  'programs.RecordParticipation': defineCommand(
    'Record how many took part in a delivery, and how many could have; small numbers are kept as "fewer than"',
    WORKERS,
    z.strictObject({
      action,
      date: day.describe('Day of the delivery'),
      units,
      session,
      count: count.describe('How many took part'),
      eligible: count.describe('How many could have'),
    }),
    { action: 'BUDDY-2026', date: '2026-02-02', count: 12, eligible: 30 },
  ),
  'programs.AttachEvidence': defineCommand(
    'Attach evidence: a stored file or an address, with its hash and who keeps it',
    WORKERS,
    z.strictObject({
      action,
      title: words(200).describe('What it is; no names of people'),
      file: uuid.optional().describe('Id of a stored file (POST /v1/evidence); with the command line, @path sends it'),
      uri: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .optional()
        .describe('Address, instead of a file'),
      sha256: sha256.optional().describe('SHA-256 of the bytes; may be left out for a stored file'),
      custodian: words(200).describe('The office that keeps it, never a name'),
      from: day.optional().describe('First day it speaks of'),
      to: day.optional().describe('Last day it speaks of'),
      expiresAt: day.optional().describe('Last day on which it proves anything'),
    }),
    {
      action: 'BUDDY-2026',
      title: 'List of pairs by month, without names',
      uri: 'https://records.example.org/buddy/2026',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      custodian: 'Office of staff development',
      from: '2026-01-01',
      to: '2026-06-30',
      expiresAt: '2027-06-30',
    },
  ),
  'programs.AttestEvidence': defineCommand(
    'Vouch for evidence that another attached, having looked at it',
    ['executive', 'hr', 'program-lead', 'data-steward', 'assessor', 'member'],
    z.strictObject({ action, evidence: sha256.describe('SHA-256 of the evidence') }),
    { action: 'BUDDY-2026', evidence: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
  ),
  'programs.WithdrawEvidence': defineCommand(
    'Say that a piece of evidence counts no more',
    WORKERS,
    z.strictObject({
      action,
      evidence: sha256.describe('SHA-256 of the evidence'),
      reason: words(2000).describe('Why; stored sealed'),
    }),
    {
      action: 'BUDDY-2026',
      evidence: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      reason: 'The list was of another year.',
    },
  ),
  'programs.CompleteAction': defineCommand('Say that an action is done', WORKERS, z.strictObject({ action }), {
    action: 'BUDDY-2026',
  }),
  'programs.CancelAction': defineCommand(
    'Give an action up',
    WORKERS,
    z.strictObject({ action, reason: words(2000).describe('Why; stored sealed') }),
    { action: 'BUDDY-2026', reason: 'The team that ran it was dissolved.' },
  ),
  'programs.ReviewAction': defineCommand(
    'Decide by what followed whether an action goes on, grows, changes or stops',
    ['executive', 'hr', 'program-lead'],
    z.strictObject({
      action,
      verdict: z.enum(OUTCOME_VERDICTS).describe('What is to become of it'),
      basis: z
        .union([
          z.strictObject({ hypothesis: code.describe('Code of the hypothesis whose verdict it rests on') }),
          z.strictObject({
            asserted: z.enum(HYPOTHESIS_VERDICTS).describe('What was found elsewhere'),
            cannotTell: z.boolean().optional().describe('Whether too little was seen to tell'),
            reference: words(500).describe('Where that is written'),
          }),
        ])
        .describe('The hypothesis it rests on, or what was found elsewhere with a reference'),
      note: words(2000).describe('The reasons in words; no names of people'),
    }),
    {
      action: 'BUDDY-2026',
      verdict: 'CONTINUE',
      basis: { hypothesis: 'LC-LEADS-EES' },
      note: 'Pairs met monthly; reported belonging of joiners followed a half-year later.',
    },
  ),
  'programs.RecordInvisibleLabour': defineCommand(
    'Record the hours people gave beside their job for an action, and how that was recognised',
    ['executive', 'hr', 'program-lead', 'data-steward', 'member'],
    z.strictObject({
      action,
      unit: code.optional().describe('Code of the unit whose people gave them; the action’s own unless said'),
      period: period.describe('The period they were given in'),
      kind: z.enum(LABOUR_KINDS).describe('What kind of work'),
      hours: amount.describe('Hours altogether'),
      fte: amount.optional().describe('The same as full-time equivalents'),
      people: count.describe('How many people gave them; small numbers are kept as "fewer than"'),
      recognised: z.enum(RECOGNITIONS).describe('How it was recognised'),
    }),
    {
      action: 'BUDDY-2026',
      period: '2026-Q1',
      kind: 'COORDINATION',
      hours: '78',
      fte: '0.14',
      people: 2,
      recognised: 'NONE',
    },
  ),
};
export type ProgramsCommand = CommandOf<typeof programsCommands>;
export type CommandData<T extends ProgramsCommand['type']> = Extract<ProgramsCommand, { type: T }>['data'];
