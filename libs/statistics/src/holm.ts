/**
 * Holm's step-down adjustment of p-values for a family of tests, in the order given: the i-th smallest of m is multiplied by m − i + 1, never falls
 * below one before it, and is at most 1.
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6 (1979).
 */
export function holm(ps: readonly number[]): readonly number[] {
  if (ps.some((p) => !(p >= 0 && p <= 1))) throw new RangeError('a p-value lies between 0 and 1');
  const adjusted = ps.map(() => 0);
  let floor = 0;
  ps.map((p, index) => ({ p, index }))
    .sort((a, b) => a.p - b.p)
    .forEach(({ p, index }, rank) => {
      floor = Math.max(floor, Math.min(1, p * (ps.length - rank)));
      adjusted[index] = floor;
    });
  return adjusted;
}
