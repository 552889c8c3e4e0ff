import { defineCommand, type CommandOf, type Role } from '@plumbline/kernel';
import { z } from 'zod';
import { componentAsked } from './component';
import { code, componentCode, person, uuid, words } from './vocabulary';

const card = { cycle: code.describe('Code of the cycle'), leader: person.describe('Person id of the leader') };
const example = { cycle: 'C2026', leader: '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55' };
const sealedWords = (about: string): string => `${about}, in your words; kept under a key of its own`;
const reason = (about: string) => words(4000).describe(sealedWords(about));
const mayReason = (about: string) => words(4000).optional().describe(sealedWords(about));

/** Whoever leads may hold any of these. */
const LEADERS: readonly Role[] = ['executive', 'program-lead', 'hr', 'legal', 'data-steward', 'admin', 'member'];
const EVALUATORS: readonly Role[] = ['executive', 'hr', 'board', 'program-lead'];

export const scorecardCommands = {
  'evaluations.IssueScorecard': defineCommand(
    'Offer a leader the contract of a cycle: components, weights, targets; a component against the law is refused on record',
    ['hr'],
    z.strictObject({
      ...card,
      components: z.array(componentAsked).min(1).max(60).describe('What counts; the weights add up to 10000'),
      evaluators: z.array(person).min(1).max(3).describe('Person ids of those who may rate'),
    }),
    {
      ...example,
      components: [
        {
          id: 'promises',
          title: 'Commitments kept and evidenced',
          kind: 'COMMITMENTS',
          weight: 3000,
          source: { type: 'COMMITMENTS', commitments: [{ commitment: 'C01', weight: 1 }] },
        },
        {
          id: 'voice',
          title: 'Actions agreed within 30 days of a pulse',
          kind: 'PROCESS',
          weight: 3500,
          source: { type: 'METRIC', metric: 'AGREED30', units: ['SURG'], period: '2026-Q3' },
        },
        {
          id: 'climate',
          title: 'Belonging for all',
          kind: 'CLIMATE',
          weight: 3500,
          source: { type: 'METRIC', metric: 'BELONG', units: ['SURG'], period: '2026-Q3', fallback: 'EASTMERE' },
        },
      ],
      evaluators: ['7c9e6679-7425-40de-944b-e07fc1f90ae7'],
    },
  ),
  'evaluations.AcceptScorecard': defineCommand(
    'Accept your contract in your own name',
    LEADERS,
    z.strictObject(card),
    example,
  ),
  'evaluations.AcceptScorecardUnderProtest': defineCommand(
    'Let your contract stand and put on record what is wrong with it',
    LEADERS,
    z.strictObject({ ...card, note: reason('What is wrong with it') }),
    { ...example, note: 'The unit was merged in March; the targets are those of the old one.' },
  ),
  'evaluations.GiveDataNotice': defineCommand(
    'Tell a leader that figures of a component are due and missing',
    ['hr', 'data-steward', 'process'],
    z.strictObject({ ...card, component: componentCode }),
    { ...example, component: 'voice' },
  ),
  'evaluations.ComputeScorecard': defineCommand(
    'Score an accepted scorecard as of its cycle’s freeze',
    ['hr', 'process'],
    z.strictObject(card),
    example,
  ),
  'evaluations.RestateScorecard': defineCommand(
    'Score anew with corrections that came after the freeze; both results stay on record',
    ['hr', 'process'],
    z.strictObject({
      ...card,
      causes: z.array(uuid).min(1).max(100).describe('Ids of the events that correct, retract or verify a figure'),
    }),
    { ...example, causes: ['0f3d9a52-1b7e-8c44-9e61-5a2b7c8d9e10'] },
  ),
  'evaluations.SubmitSelfAssessment': defineCommand(
    'Say in your own words how the year was',
    LEADERS,
    z.strictObject({ ...card, text: reason('How the year was') }),
    { ...example, text: 'The rota policy took two attempts; the second holds.' },
  ),
  'evaluations.ProposeRating': defineCommand(
    'Propose, as an evaluator, a rating; one band off the total needs a reason, more a second person',
    EVALUATORS,
    z.strictObject({
      ...card,
      rating: z.int().min(1).max(9).describe('A rating of the cycle’s scale'),
      narrative: reason('What the rating says'),
      reason: mayReason('Why it differs from the total’s band'),
    }),
    { ...example, rating: 3, narrative: 'Kept what was promised; the pulse was answered in time.' },
  ),
  'evaluations.ConfirmRating': defineCommand(
    'Stand by, as a second person, a rating more than one band off the total',
    EVALUATORS,
    z.strictObject({ ...card, reason: reason('Why you stand by it') }),
    { ...example, reason: 'I saw the merger at first hand; the total misses it.' },
  ),
  'evaluations.SignOffScorecard': defineCommand(
    'Sign total and rating; from then on the leader sees them',
    EVALUATORS,
    z.strictObject(card),
    example,
  ),
  'evaluations.AcknowledgeScorecard': defineCommand(
    'Say that you have seen your result, and whether it is right',
    LEADERS,
    z.strictObject({
      ...card,
      agree: z.boolean().describe('Whether you agree'),
      comment: mayReason('What you want to say to it'),
    }),
    { ...example, agree: true },
  ),
  'evaluations.FinalizeScorecard': defineCommand(
    'Make a signed result final: from then on it is only restated',
    ['hr'],
    z.strictObject(card),
    example,
  ),
};
export type ScorecardCommand = CommandOf<typeof scorecardCommands>;
