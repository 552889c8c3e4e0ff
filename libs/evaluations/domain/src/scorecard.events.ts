// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, sealedText, type EventOf, type Sealed } from '@plumbline/kernel';
import { z } from 'zod';
import { component, limits, type Component } from './component';
import { figureUnder, resultHash, scorecardTotal, scoredComponent } from './computed';
import { code, componentCode, day, decimalText, period, person, RESTATEMENT_CAUSES, uuid, words } from './vocabulary';

const card = { scorecardId: uuid, cycleId: uuid, leader: person };
const rating = z.int().min(1).max(9);

const id = (n: number): string => `0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e${String(n).padStart(2, '0')}`;
const exampleCard = { scorecardId: id(1), cycleId: id(2), leader: id(3) };
const sealed: Sealed = { key: id(4), sealed: 'c2VhbGVk', subjects: [id(3)] };

const climate: Component = {
  id: 'climate',
  title: 'Belonging for all',
  kind: 'CLIMATE',
  source: {
    type: 'METRIC',
    metricId: id(5),
    metric: 'BELONG',
    metricVersion: 1,
    definitionVersion: 1,
    scopes: [{ unitId: id(6), unit: 'SURG' }],
    period: '2026-Q3',
    fallback: { unitId: id(7), unit: 'EASTMERE' },
    survey: true,
    dataOwner: null,
    steps: [],
  },
  weightBp: 2000,
  capPoints: 100,
  warnings: [],
};
const kept: Component = {
  id: 'promises',
  title: 'Commitments kept and evidenced',
  kind: 'COMMITMENTS',
  source: { type: 'COMMITMENTS', commitments: [{ commitmentId: id(8), commitment: 'C01', weight: 1 }] },
  weightBp: 3000,
  capPoints: 150,
  warnings: [],
};

const figure = { metricId: id(5), definitionVersion: 1, period: '2026-Q3', unitId: id(6), n: 84 };
const figures = z
  .array(figureUnder)
  .max(1200)
  .describe('What it was made of: whoever may not be shown one of these may not be shown it');

const scored = {
  componentId: 'climate',
  state: 'OK',
  reasonCode: null,
  effect: 'SCORED',
  rule: null,
  attainment: '60',
  originalAttainment: '60',
  evidenceLevel: 'VERIFIED',
  tenureShare: '1',
  n: 84,
  scopes: [
    {
      unitId: id(6),
      shared: false,
      instead: null,
      state: 'OK',
      reasonCode: null,
      share: '1',
      value: '65',
      low: '60.1',
      high: '69.6',
      n: 84,
      attainment: '60',
      originalAttainment: '60',
    },
  ],
  leftOut: [],
  opensImprovement: false,
  citedEvents: [id(9)],
} as const;

export const scorecardEvents = {
  'evaluations.ScorecardIssued.v1': defineEvent(
    'A leader has been offered a contract: what counts, how much, against which targets',
    z.strictObject({
      ...card,
      cycle: code,
      group: code,
      edition: z.int().min(1).describe('Counts the contracts offered; each is accepted anew'),
      period,
      periodStart: day,
      periodEnd: day,
      ruleSetVersion: z.string(),
      components: z.array(component).min(1).max(60),
      limits,
      graceDays: z.int().min(0).describe('Days over which a late commitment loses all of it'),
      evaluators: z.array(person).min(1).max(3),
      acceptBy: day,
      issuedBy: person,
    }),
    {
      ...exampleCard,
      ...{ cycle: 'C2026', group: 'HEADS', edition: 1, period: '2026' },
      ...{ periodStart: '2026-01-01', periodEnd: '2026-12-31', ruleSetVersion: '1' },
      components: [kept, climate],
      limits: { coverageBp: 7000, surveyBp: 3000, singleBp: 3500, processFloorBp: 4000, minScoredN: 10 },
      graceDays: 90,
      evaluators: [id(10)],
      acceptBy: '2026-02-09',
      issuedBy: id(11),
    },
  ),
  'evaluations.ScorecardComponentRefused.v1': defineEvent(
    'A component was kept out of a scorecard by the firewall',
    z.strictObject({
      ...card,
      componentId: componentCode,
      metricId: uuid,
      rule: words(120),
      refusedFor: person,
    }),
    {
      ...exampleCard,
      componentId: 'share',
      metricId: id(5),
      rule: 'a-class-based-metric-cannot-count-in-an-evaluation',
      refusedFor: id(11),
    },
  ),
  'evaluations.ScorecardAccepted.v1': defineEvent(
    'The leader has accepted the contract in own name',
    z.strictObject({ ...card, edition: z.int().min(1) }),
    { ...exampleCard, edition: 1 },
  ),
  'evaluations.ScorecardAcceptedUnderProtest.v1': defineEvent(
    'The leader lets the contract stand and says what is wrong with it',
    z.strictObject({ ...card, edition: z.int().min(1), note: sealedText }),
    { ...exampleCard, edition: 1, note: sealed },
  ),
  'evaluations.DataNoticeGiven.v1': defineEvent(
    'The leader was told that figures of a component are due and missing',
    z.strictObject({ ...card, componentId: componentCode, on: day, by: z.string() }),
    { ...exampleCard, componentId: 'climate', on: '2026-10-01', by: id(11) },
  ),
  'evaluations.ComponentScored.v1': defineEvent(
    'What a component comes to as of the freeze, and the events it rests on',
    z.strictObject({ ...card, asOf: uuid, ...scoredComponent.shape }),
    {
      ...exampleCard,
      asOf: id(12),
      ...scored,
      scopes: [...scored.scopes],
      figures: [figure],
      leftOut: [],
      citedEvents: [...scored.citedEvents],
    },
  ),
  'evaluations.ScorecardComputed.v1': defineEvent(
    'The total of a scorecard as of the freeze, or why there is none',
    z.strictObject({
      ...card,
      asOf: uuid,
      ruleSetVersion: z.string(),
      codeVersion: words(40),
      resultHash,
      ...scorecardTotal.shape,
    }),
    {
      ...exampleCard,
      ...{ asOf: id(12), ruleSetVersion: '1', codeVersion: 'scorecard@1', resultHash: 'cd'.repeat(32) },
      ...{ score: '91.25', state: 'OK', reason: null, originalScore: '91.25', coverageBp: 8000 },
      ...{ evidenceBp: '10000', surveyBp: '2500' },
      parts: [{ componentId: 'climate', effectiveBp: '2500', points: '15' }],
      figures: [figure],
      waits: [],
    },
  ),
  'evaluations.SelfAssessmentSubmitted.v1': defineEvent(
    'The leader has said in own words how the year was',
    z.strictObject({ ...card, text: sealedText }),
    { ...exampleCard, text: sealed },
  ),
  'evaluations.EvaluatorRatingProposed.v1': defineEvent(
    'An evaluator has proposed a rating; no score leaves without one',
    z.strictObject({
      ...card,
      rating,
      computedRating: rating.nullable().describe('The band of the total; null without a total'),
      deviation: z.int().min(-8).max(8).nullable(),
      figures,
      narrative: sealedText,
      reason: sealedText.nullable(),
      evaluator: person,
    }),
    {
      ...exampleCard,
      ...{ rating: 4, computedRating: 3, deviation: 1, figures: [figure] },
      narrative: sealed,
      reason: sealed,
      evaluator: id(10),
    },
  ),
  'evaluations.EvaluatorRatingConfirmed.v1': defineEvent(
    'A second person stands by a rating that lies more than one band off the total',
    z.strictObject({ ...card, rating, reason: sealedText, by: person }),
    { ...exampleCard, rating: 5, reason: sealed, by: id(11) },
  ),
  'evaluations.ScorecardSignedOff.v1': defineEvent(
    'Total and rating have been signed and are told to the leader',
    z.strictObject({ ...card, rating, score: decimalText.nullable(), figures, by: person }),
    { ...exampleCard, rating: 4, score: '91.25', figures: [figure], by: id(11) },
  ),
  'evaluations.ScorecardAcknowledged.v1': defineEvent(
    'The leader has seen the result and says whether it is right',
    z.strictObject({ ...card, agree: z.boolean(), comment: sealedText.nullable() }),
    { ...exampleCard, agree: false, comment: sealed },
  ),
  'evaluations.ScorecardFinalized.v1': defineEvent(
    'The result is final: from now on it is only restated',
    z.strictObject({ ...card, rating, acknowledged: z.boolean(), by: person }),
    { ...exampleCard, rating: 4, acknowledged: true, by: id(11) },
  ),
  'evaluations.ScorecardRestated.v1': defineEvent(
    'A later correction has changed the result, or was found to change nothing; both results stand on record',
    z.strictObject({
      ...card,
      cause: z.enum(RESTATEMENT_CAUSES),
      causingEvents: z.array(uuid).min(1).max(100),
      oldScore: decimalText.nullable(),
      newScore: decimalText.nullable(),
      figures,
      direction: z.enum(['UP', 'DOWN', 'SAME']),
      wasFinal: z.boolean(),
      reopensAppeal: z.boolean().describe('A downward restatement of a final result does; it moves no pay by itself'),
      by: z.string(),
    }),
    {
      ...exampleCard,
      ...{ cause: 'CORRECTION', causingEvents: [id(13)], oldScore: '64.1', newScore: '72.6', direction: 'UP' },
      figures: [figure],
      ...{ wasFinal: true, reopensAppeal: false, by: 'process:restatement' },
    },
  ),
};
export type ScorecardEvent = EventOf<typeof scorecardEvents>;
