import { z } from 'zod';
import { CONSULTATION_TOPICS, percent } from './vocabulary';

export const POLICY_PACKS = ['default', 'uk', 'eu', 'us-contractor'] as const;
export type PolicyPack = (typeof POLICY_PACKS)[number];

/** `AFTER_LEGAL_REVIEW`: allowed while a live legal review clears it. `REFUSED`: never, whatever a review says. */
export const RESTRICTIONS = ['AFTER_LEGAL_REVIEW', 'REFUSED'] as const;
export type Restriction = (typeof RESTRICTIONS)[number];

/** No pack and no change goes below these. */
export const POLICY_FLOORS = {
  k: 5,
  kSensitive: 10,
  kDemographic: 10,
  kText: 10,
  responseFloor: 30,
  minScoredN: 10,
} as const;

const share = (meaning: string) => percent.describe(meaning);

/** Every value a decision or a report takes from policy. Stored whole in the event that puts it in force. */
export const policySchema = z.strictObject({
  k: z.int().min(POLICY_FLOORS.k).max(1000).describe('Smallest group whose scores are shown'),
  kSensitive: z
    .int()
    .min(POLICY_FLOORS.kSensitive)
    .max(1000)
    .describe('Smallest base shown for leave, exits, accommodation, concerns and harm'),
  kDemographic: z.int().min(POLICY_FLOORS.kDemographic).max(1000).describe('Smallest group shown in a demographic cut'),
  kText: z.int().min(POLICY_FLOORS.kText).max(1000).describe('Smallest group whose comments are shown'),
  responseGate: share('Response rate in percent below which a survey figure is not evaluable'),
  responseFloor: z
    .int()
    .min(POLICY_FLOORS.responseFloor)
    .max(100)
    .describe('The gate is never set below this percentage'),
  minScoredN: z
    .int()
    .min(POLICY_FLOORS.minScoredN)
    .max(1000)
    .describe('Fewest answers on which a scorecard part is scored'),
  maxBackdateDays: z.int().min(0).max(3660).describe('Days that an event may lie back without a reason'),
  consultationBefore: z
    .array(z.enum(CONSULTATION_TOPICS))
    .max(CONSULTATION_TOPICS.length)
    .describe('What needs a recorded consultation, or a waiver by two people, beforehand'),
  charterConsultationDays: z.int().min(1).max(365).describe('Fewest days a charter is open for consultation'),
  surveyWeightCap: share('Most that survey figures weigh together in a scorecard, percent'),
  componentWeightCap: share('Most that one component weighs in a scorecard, percent'),
  processWeightFloor: share('Least that process and commitments weigh together in a scorecard, percent'),
  coverageFloor: share('Least weight that must be scored for a scorecard to have a total, percent'),
  restrictedEligibility: z.enum(RESTRICTIONS).describe('Actions that are open to one class of people only'),
  classBasedTargets: z
    .enum(RESTRICTIONS)
    .describe('Organisation-level targets about a class of people; never an evaluation'),
  twoWayCuts: z.boolean().describe('Whether demographic cuts by two dimensions are computed'),
});
export type Policy = z.infer<typeof policySchema>;

const base: Policy = {
  k: 5,
  kSensitive: 10,
  kDemographic: 10,
  kText: 10,
  responseGate: 50,
  responseFloor: 30,
  minScoredN: 10,
  maxBackdateDays: 31,
  consultationBefore: [],
  charterConsultationDays: 14,
  surveyWeightCap: 30,
  componentWeightCap: 35,
  processWeightFloor: 40,
  coverageFloor: 70,
  restrictedEligibility: 'AFTER_LEGAL_REVIEW',
  classBasedTargets: 'REFUSED',
  twoWayCuts: false,
};

/** Where an organisation starts from. A pack is data: what it says is copied into the event, so a later edition changes nothing that was in force. */
export const policyPacks: Readonly<Record<PolicyPack, Policy>> = {
  default: base,
  uk: base,
  eu: { ...base, consultationBefore: [...CONSULTATION_TOPICS] },
  'us-contractor': { ...base, restrictedEligibility: 'REFUSED' },
};

/** Thresholds that protect small groups: a later policy raises them or leaves them, never lowers them. */
export const PRIVACY_THRESHOLDS = ['k', 'kSensitive', 'kDemographic', 'kText', 'responseFloor', 'minScoredN'] as const;

/** What counts as a change of thresholds for `consultationBefore`; the list of topics itself is among them, lest emptying it be the way round. */
const CONSULTED_FIELDS = [...PRIVACY_THRESHOLDS, 'responseGate', 'twoWayCuts', 'consultationBefore'] as const;

/** The privacy thresholds that lie lower in `next` than in `now`. */
export const loweredThresholds = (now: Policy, next: Policy): readonly (typeof PRIVACY_THRESHOLDS)[number][] =>
  PRIVACY_THRESHOLDS.filter((field) => next[field] < now[field]);

export const changesThresholds = (now: Policy, next: Policy): boolean =>
  CONSULTED_FIELDS.some((field) => JSON.stringify(now[field]) !== JSON.stringify(next[field]));
