/**
 * From which group size on a figure may be shown. `k` holds for people in general (at least 5), `kSensitive` for leave, exits, accommodation, concerns,
 * demographics, comments and harm (at least 10).
 */
export interface DisclosurePolicy {
  readonly k: number;
  readonly kSensitive: number;
  /** For units that are a demographic cut themselves, where they have a threshold of their own. */
  readonly kDemographic?: number;
}

/** Floors that no policy pack goes below. */
export const FLOOR: DisclosurePolicy = { k: 5, kSensitive: 10 };

/** The stricter of two policies, value by value: an as-of view obeys the policy then and the policy now. Never below the floors. */
export const stricterPolicy = (a: DisclosurePolicy, b: DisclosurePolicy): DisclosurePolicy => ({
  k: Math.max(a.k, b.k, FLOOR.k),
  kSensitive: Math.max(a.kSensitive, b.kSensitive, a.k, b.k, FLOOR.kSensitive),
});

/** Whom a figure is about. NONE: no people behind it (requests, documents), never hidden. */
export const SUBJECTS = ['PERSONS', 'SENSITIVE', 'NONE'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** The least group that may be shown. */
export const thresholdFor = (subject: Subject, policy: DisclosurePolicy): number =>
  subject === 'NONE' ? 0 : subject === 'SENSITIVE' ? policy.kSensitive : policy.k;
