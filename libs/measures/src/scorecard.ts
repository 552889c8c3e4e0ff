import { Decimal } from '@plumbline/kernel';
import type { CellState, ReasonCode } from '@plumbline/privacy';
import { effectiveWeights, WHOLE_BP, type WeightLimits } from './effective-weights';
import { evidenceCoverage } from './promise';

/** What a part is about. MODIFIER only lowers a total; it has no weight. */
export const PART_KINDS = ['COMMITMENTS', 'PROCESS', 'BEHAVIOUR', 'CLIMATE', 'OUTCOME', 'MODIFIER'] as const;
export type PartKind = (typeof PART_KINDS)[number];

export interface ScorecardPart {
  readonly id: string;
  readonly kind: PartKind;
  /** Whether its figure comes from a survey. */
  readonly survey: boolean;
  /** As agreed, basis points; Σ = 10,000 over all parts. A modifier's is 0. */
  readonly weightBp: number;
  /** Its attainment counts up to here. */
  readonly capPoints: number;
  /** Share of the period led, above 0 to 1; 1 where tenure plays no part. */
  readonly tenureShare: Decimal;
  /** Its attainment (of a modifier, the points it adds: 0 or below), or why it is left out. */
  readonly scored:
    { readonly attainment: Decimal; readonly verified: boolean } | { readonly excluded: ReasonCode | CellState };
}

export interface ScorecardLimits extends WeightLimits {
  /** The least agreed weight that must be scored. Basis points. */
  readonly coverageBp: number;
}

export const DEFAULT_SCORECARD_LIMITS: ScorecardLimits = { coverageBp: 7_000, surveyBp: 3_000, singleBp: 3_500 };
/** The highest total while a climate or outcome part is left out. */
export const MOST_WITHOUT_A_LAGGING_PART = 100;

/** Why a scorecard has parts but no total. */
export type NoTotal =
  'COVERAGE_TOO_LOW' | 'NO_PROCESS_OR_BEHAVIOUR_PART' | 'NO_CLIMATE_OR_OUTCOME_PART' | 'NOTHING_TAKES_THE_WEIGHT';

export interface ScorecardTotal {
  /** Unrounded; null without a total. */
  readonly score: Decimal | null;
  readonly state: 'OK' | 'NOT_EVALUABLE';
  readonly reason: NoTotal | null;
  /** Agreed weight that was scored; tenure does not touch it. */
  readonly coverageBp: number;
  /** Of the weight that was scored, how much rests on verified figures; unrounded, 0 when nothing was scored. */
  readonly evidenceBp: Decimal;
  /** What survey parts weigh in the total; unrounded, 0 without a total. */
  readonly surveyBp: Decimal;
  /** In the order given. Without a total, and for a part left out, the effective weight is 0 and points are null. */
  readonly parts: readonly { readonly id: string; readonly effectiveBp: Decimal; readonly points: Decimal | null }[];
}

interface ScoredPart extends ScorecardPart {
  readonly scored: { readonly attainment: Decimal; readonly verified: boolean };
}
const isScored = (part: ScorecardPart): part is ScoredPart => 'attainment' in part.scored;
const isModifier = ({ kind }: ScorecardPart): boolean => kind === 'MODIFIER';
const isLagging = ({ kind }: ScorecardPart): boolean => kind === 'CLIMATE' || kind === 'OUTCOME';
const isLeading = ({ kind }: ScorecardPart): boolean => kind === 'PROCESS' || kind === 'BEHAVIOUR';

function check(parts: readonly ScorecardPart[]): void {
  const fail = (words: string): never => {
    throw new RangeError(words);
  };
  if (new Set(parts.map(({ id }) => id)).size !== parts.length) fail('a part is given twice');
  let whole = 0;
  for (const part of parts) {
    const { id, weightBp, tenureShare } = part;
    if (!Number.isSafeInteger(weightBp) || weightBp < 0) fail(`the weight of ${id} is a whole number of basis points`);
    if (isModifier(part) !== (weightBp === 0)) fail(`${id}: a modifier has no weight, every other part has one`);
    if (isModifier(part) && isScored(part) && part.scored.attainment.greaterThan(0))
      fail(`${id}: a modifier only lowers a total`);
    if (!tenureShare.greaterThan(0) || tenureShare.greaterThan(1)) fail(`the tenure share of ${id} lies above 0, to 1`);
    whole += weightBp;
  }
  if (whole !== WHOLE_BP) fail(`the weights add up to ${whole}, not to ${WHOLE_BP} basis points`);
}

function whyNoTotal(scored: readonly ScoredPart[], coverageBp: number, limits: ScorecardLimits): NoTotal | null {
  if (coverageBp < limits.coverageBp) return 'COVERAGE_TOO_LOW';
  if (!scored.some(isLeading)) return 'NO_PROCESS_OR_BEHAVIOUR_PART';
  return scored.some(isLagging) ? null : 'NO_CLIMATE_OR_OUTCOME_PART';
}

/**
 * A scorecard's total (domain formula F2): Σ w·s·min(A, cap) ÷ Σ w·s over the scored parts, plus the modifiers, between 0 and the highest cap; at most
 * 100 while a climate or outcome part is left out. What a part left out weighed spreads over the others in proportion, within the limits on survey
 * parts and single ones (`effectiveWeights`). A total needs its coverage, one scored process or behaviour part and one scored climate or outcome part;
 * otherwise the parts stand without a total.
 * @throws RangeError when the weights are not 10,000 basis points in all, or a part cannot be one: such a contract cannot have been issued
 */
export function scorecard(
  parts: readonly ScorecardPart[],
  limits: ScorecardLimits = DEFAULT_SCORECARD_LIMITS,
): ScorecardTotal {
  check(parts);
  const weighed = parts.filter((part) => !isModifier(part));
  const scored = weighed.filter(isScored);
  const coverageBp = scored.reduce((sum, { weightBp }) => sum + weightBp, 0);
  const evidence = evidenceCoverage(
    scored.map(({ weightBp, scored: { verified } }) => ({ weight: weightBp, verified })),
  );
  const standing = { coverageBp, evidenceBp: (evidence ?? new Decimal(0)).times(WHOLE_BP) };
  const missing = whyNoTotal(scored, coverageBp, limits);
  const weights =
    missing === null
      ? effectiveWeights(
          scored.map(({ id, weightBp, survey, tenureShare }) => ({ id, survey, weight: tenureShare.times(weightBp) })),
          limits,
        )
      : null;
  if (weights === null) {
    const none = parts.map(({ id }) => ({ id, effectiveBp: new Decimal(0), points: null }));
    const reason = missing ?? 'NOTHING_TAKES_THE_WEIGHT';
    return { score: null, state: 'NOT_EVALUABLE', reason, ...standing, surveyBp: new Decimal(0), parts: none };
  }
  const pointsOf = (part: ScoredPart): Decimal => {
    const { attainment } = part.scored;
    if (isModifier(part)) return attainment;
    return Decimal.min(attainment, part.capPoints)
      .times(weights.get(part.id) ?? 0)
      .dividedBy(WHOLE_BP);
  };
  const rows = parts.map((part) => ({
    id: part.id,
    effectiveBp: weights.get(part.id) ?? new Decimal(0),
    points: isScored(part) ? pointsOf(part) : null,
  }));
  const highest = Math.max(...weighed.map(({ capPoints }) => capPoints));
  const laggingLeftOut = weighed.some((part) => isLagging(part) && !isScored(part));
  const most = laggingLeftOut ? Math.min(highest, MOST_WITHOUT_A_LAGGING_PART) : highest;
  const total = rows.reduce((sum, { points }) => (points === null ? sum : sum.plus(points)), new Decimal(0));
  const surveyBp = scored
    .filter(({ survey }) => survey)
    .reduce((sum, { id }) => sum.plus(weights.get(id) ?? 0), new Decimal(0));
  return {
    score: Decimal.max(0, Decimal.min(most, total)),
    state: 'OK',
    reason: null,
    ...standing,
    surveyBp,
    parts: rows,
  };
}

/** Why a contract of parts cannot be issued, or null: Σ = 100 %, survey parts ≤ 30 %, one part ≤ 35 %, process and commitments ≥ 40 %. */
export type ContractFault =
  | 'weights-add-up-to-exactly-100-percent'
  | 'survey-parts-weigh-no-more-than-their-limit'
  | 'a-single-part-weighs-no-more-than-its-limit'
  | 'process-and-commitments-weigh-no-less-than-their-limit';

/**
 * The rule that agreed weights break, or null.
 * @param processFloorBp the least that process and commitment parts weigh together, basis points
 */
export function contractFault(
  parts: readonly Pick<ScorecardPart, 'kind' | 'survey' | 'weightBp'>[],
  limits: WeightLimits,
  processFloorBp: number,
): ContractFault | null {
  const weigh = (which: (part: (typeof parts)[number]) => boolean): number =>
    parts.filter(which).reduce((sum, { weightBp }) => sum + weightBp, 0);
  if (weigh(() => true) !== WHOLE_BP) return 'weights-add-up-to-exactly-100-percent';
  if (weigh(({ survey }) => survey) > limits.surveyBp) return 'survey-parts-weigh-no-more-than-their-limit';
  if (parts.some(({ weightBp }) => weightBp > limits.singleBp)) return 'a-single-part-weighs-no-more-than-its-limit';
  return weigh(({ kind }) => kind === 'PROCESS' || kind === 'COMMITMENTS') < processFloorBp
    ? 'process-and-commitments-weigh-no-less-than-their-limit'
    : null;
}
