import { z } from 'zod';
import { basisPoints, code, componentCode, KINDS, period, person, points, uuid, words } from './vocabulary';

const scope = z.strictObject({ unitId: uuid, unit: code });
export type Scope = z.infer<typeof scope>;

/** What a component's attainment is taken from. */
export const componentSource = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('METRIC'),
    metricId: uuid,
    metric: code,
    metricVersion: z.int().min(1),
    definitionVersion: z.int().min(1),
    /** The units the leader answers for; several where the post is, or comes to be, in several. */
    scopes: z.array(scope).min(1).max(10),
    period,
    /** Judged instead where a scope has no figure that can be: labelled "shared". */
    fallback: scope.nullable(),
    survey: z.boolean(),
    /** Whose omission it is when figures are missing; null: someone outside the leader's line. */
    dataOwner: person.nullable(),
    /** Of a modifier: what is taken from the total below which value. */
    steps: z.array(z.strictObject({ below: z.int().min(0), points: z.int().min(-100).max(-1) })).max(5),
  }),
  z.strictObject({
    type: z.literal('COMMITMENTS'),
    commitments: z
      .array(z.strictObject({ commitmentId: uuid, commitment: code, weight: z.int().min(1).max(1000) }))
      .min(1)
      .max(200),
  }),
  z.strictObject({
    type: z.literal('ACTIONS'),
    actions: z
      .array(z.strictObject({ actionId: uuid, action: code }))
      .min(1)
      .max(200),
  }),
]);
export type ComponentSource = z.infer<typeof componentSource>;
export type MetricSource = Extract<ComponentSource, { type: 'METRIC' }>;

/** Why a component may come to nothing, told when the contract is issued. */
export const WARNINGS = ['NOT_EVALUABLE_AS_THINGS_STAND'] as const;

export const component = z.strictObject({
  id: componentCode,
  title: words(200),
  kind: z.enum(KINDS),
  source: componentSource,
  weightBp: basisPoints,
  capPoints: points,
  warnings: z.array(z.enum(WARNINGS)).max(WARNINGS.length),
});
export type Component = z.infer<typeof component>;

export const limits = z.strictObject({
  coverageBp: basisPoints,
  surveyBp: basisPoints,
  singleBp: basisPoints,
  processFloorBp: basisPoints,
  minScoredN: z.int().min(1),
});
export type Limits = z.infer<typeof limits>;

/** How a component comes in a command: by codes. */
export const componentAsked = z.strictObject({
  id: componentCode,
  title: words(200).describe('What it is about, in words'),
  kind: z.enum(KINDS).describe('COMMITMENTS, the level of the metric, or MODIFIER, which only lowers a total'),
  weight: basisPoints,
  cap: points.optional().describe('Its attainment counts up to here: 150, or 100 for climate and outcome, unless said'),
  source: z
    .discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('METRIC'),
        metric: code.describe('Code of the metric'),
        units: z.array(code).min(1).max(10).describe('Codes of the units the leader answers for'),
        period: period.describe('The period of the figure'),
        fallback: code.optional().describe('Unit judged instead where a unit has no figure that can be'),
        dataOwner: person
          .optional()
          .describe('Who in the leader’s line owes the figures; left out: someone outside it'),
        steps: z
          .array(z.strictObject({ below: z.int().min(0), points: z.int().min(-100).max(-1) }))
          .max(5)
          .optional()
          .describe('Of a modifier: below which value how many points are taken from the total'),
      }),
      z.strictObject({
        type: z.literal('COMMITMENTS'),
        commitments: z
          .array(z.strictObject({ commitment: code, weight: z.int().min(1).max(1000) }))
          .min(1)
          .max(200)
          .describe('The commitments that count, each with its weight among them; fixed by this contract'),
      }),
      z.strictObject({
        type: z.literal('ACTIONS'),
        actions: z.array(code).min(1).max(200).describe('Codes of the actions whose delivery counts'),
      }),
    ])
    .describe('What its attainment is taken from'),
});
export type ComponentAsked = z.infer<typeof componentAsked>;
