import { showDecimal, type Decimal, type DecimalString } from '@plumbline/kernel';
import { z } from 'zod';

/** How totals become ratings. Copied whole into the event that opens a cycle, so that a later edition changes nothing that was agreed. */
export const ruleSetSchema = z.strictObject({
  version: z.string().regex(/^[1-9]\d{0,3}$/),
  /** The lowest first; a band reaches up to the next one's `from`. */
  bands: z
    .array(z.strictObject({ rating: z.int().min(1).max(9), from: z.int().min(0).max(150), title: z.string().max(60) }))
    .min(2)
    .max(9),
  /** Fewest characters of a reason. */
  reasonLength: z.int().min(1).max(500),
  /** Days in which whoever joins late may accept. */
  joiningDays: z.int().min(1).max(366),
  /** Days after its first date over which a late commitment loses all of it. */
  commitmentGraceDays: z.int().min(0).max(366),
});
export type RuleSet = z.infer<typeof ruleSetSchema>;

export const RULE_SET_VERSIONS = ['1'] as const;
export type RuleSetVersion = (typeof RULE_SET_VERSIONS)[number];

export const ruleSets: Readonly<Record<RuleSetVersion, RuleSet>> = {
  '1': {
    version: '1',
    bands: [
      { rating: 1, from: 0, title: 'Not met' },
      { rating: 2, from: 50, title: 'Partly met' },
      { rating: 3, from: 80, title: 'Met' },
      { rating: 4, from: 100, title: 'Exceeded' },
      { rating: 5, from: 125, title: 'Far exceeded' },
    ],
    reasonLength: 20,
    joiningDays: 30,
    commitmentGraceDays: 90,
  },
};

/** The rating that a total falls into, compared as it is shown: half-up to one decimal. */
export function bandOf({ bands }: RuleSet, score: Decimal | DecimalString): number {
  const shown = Number(showDecimal(score));
  return bands.reduce((rating, band) => (shown >= band.from ? band.rating : rating), bands[0]?.rating ?? 1);
}

export const isRating = ({ bands }: RuleSet, rating: number): boolean => bands.some((band) => band.rating === rating);
