import { Decimal } from '@plumbline/kernel';

/** A part that was scored: what it weighs before anything is spread, and whether it rests on a survey. */
export interface WeighedPart {
  readonly id: string;
  /** Agreed weight × tenure share; above zero. */
  readonly weight: Decimal;
  readonly survey: boolean;
}

/** The most that one part, and all survey parts together, may weigh. Basis points. */
export interface WeightLimits {
  readonly singleBp: number;
  readonly surveyBp: number;
}

export const WHOLE_BP = 10_000;
/** Below this, in basis points, a remainder comes from division and not from a limit. */
const DUST = new Decimal('1e-20');

const sum = (weights: Iterable<Decimal>): Decimal => [...weights].reduce((all, each) => all.plus(each), new Decimal(0));

/**
 * Effective weights in basis points, unrounded, Σ = 10,000 (domain formula F2). Each part has its share of the whole; then survey parts above their
 * limit are cut together in proportion and single parts above theirs one by one, what was cut off spreads over the uncut parts in proportion, and so
 * on until nothing is above a limit. Every round cuts at least one part for good, so it ends. The order of the parts does not matter.
 * @returns null when there is no part, or none is left that could take what was cut off
 */
export function effectiveWeights(
  parts: readonly WeighedPart[],
  limits: WeightLimits,
): ReadonlyMap<string, Decimal> | null {
  const whole = sum(parts.map(({ weight }) => weight));
  const weights = new Map(parts.map(({ id, weight }) => [id, weight.times(WHOLE_BP).dividedBy(whole)]));
  const cut = new Set<string>();
  const of = (id: string): Decimal => weights.get(id) ?? new Decimal(0);
  const surveys = parts.filter(({ survey }) => survey).map(({ id }) => id);
  for (;;) {
    const together = sum(surveys.map(of));
    if (together.minus(limits.surveyBp).greaterThan(DUST))
      for (const id of surveys) {
        weights.set(id, of(id).times(limits.surveyBp).dividedBy(together));
        cut.add(id);
      }
    for (const { id } of parts)
      if (of(id).minus(limits.singleBp).greaterThan(DUST)) {
        weights.set(id, new Decimal(limits.singleBp));
        cut.add(id);
      }
    const excess = new Decimal(WHOLE_BP).minus(sum(weights.values()));
    if (excess.lessThanOrEqualTo(DUST)) return weights;
    const takers = parts.filter(({ id }) => !cut.has(id)).map(({ id }) => id);
    const theirs = sum(takers.map(of));
    if (takers.length === 0) return null;
    for (const id of takers) weights.set(id, of(id).plus(excess.times(of(id)).dividedBy(theirs)));
  }
}
