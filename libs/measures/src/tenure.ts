import { addDays, dayNumber, Decimal, daysBetween, type LocalDate } from '@plumbline/kernel';

/** Days from one to another, both included; an open end is null. */
export interface DaySpan {
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** The days that a tenure is measured over: the period, up to the day its figure was measured. */
export interface TenureWindow {
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly measuredOn: LocalDate;
}

/** A post shorter than this before the measurement is not judged by it. */
export const LEAST_TENURE_DAYS = 90;

type Range = readonly [first: number, last: number];

function merged(spans: readonly DaySpan[], [first, last]: Range): readonly Range[] {
  const clipped = spans
    .map(({ from, to }): Range => [
      Math.max(dayNumber(from), first),
      to === null ? last : Math.min(dayNumber(to), last),
    ])
    .filter(([from, to]) => from <= to)
    .sort((a, b) => a[0] - b[0]);
  const whole: [number, number][] = [];
  for (const [from, to] of clipped) {
    const before = whole.at(-1);
    if (before && from <= before[1]) before[1] = Math.max(before[1], to);
    else whole.push([from, to]);
  }
  return whole;
}

const lengthOf = (ranges: readonly Range[]): number => ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);

const common = (a: readonly Range[], b: readonly Range[]): number =>
  a.reduce(
    (sum, [from, to]) =>
      sum + b.reduce((within, [low, high]) => within + Math.max(0, Math.min(to, high) - Math.max(from, low) + 1), 0),
    0,
  );

/**
 * Share of a period for which someone led a unit (domain formula F10): days led ÷ days of the period up to the measurement; days of recorded absence
 * leave both counts. A post counts when it began at least 90 days before the measurement. Overlapping posts count a day once.
 * @param posts the leader's posts in the unit
 * @returns 0 to 1, unrounded; null when no post counts, or every day was absence: TENURE_TOO_SHORT
 */
export function tenureShare(
  window: TenureWindow,
  posts: readonly DaySpan[],
  absences: readonly DaySpan[] = [],
): Decimal | null {
  const last = window.measuredOn < window.end ? window.measuredOn : window.end;
  const whole: Range = [dayNumber(window.start), dayNumber(last)];
  const latest = addDays(window.measuredOn, -LEAST_TENURE_DAYS);
  const led = merged(
    posts.filter(({ from }) => from <= latest),
    whole,
  );
  const away = merged(absences, whole);
  const days = daysBetween(window.start, last) + 1 - lengthOf(away);
  const present = lengthOf(led) - common(led, away);
  return present <= 0 ? null : new Decimal(present).dividedBy(days);
}

/** A post in some unit. */
export interface Post extends DaySpan {
  readonly unit: string;
}

/** A leader's posts, unit by unit in the order of the list, each with its share of the period; null: it does not count. */
export function splitPosts(
  window: TenureWindow,
  posts: readonly Post[],
  absences: readonly DaySpan[] = [],
): readonly { readonly unit: string; readonly share: Decimal | null }[] {
  const units = [...new Set(posts.map(({ unit }) => unit))];
  return units.map((unit) => ({
    unit,
    share: tenureShare(
      window,
      posts.filter((post) => post.unit === unit),
      absences,
    ),
  }));
}

/**
 * One component that was held over several posts: Σ s·A ÷ Σ s, and Σ s as its share, at most 1 (domain formula F10).
 * @returns null when no post has a share
 */
export function overPosts(
  posts: readonly { readonly share: Decimal; readonly attainment: Decimal }[],
): { readonly attainment: Decimal; readonly share: Decimal } | null {
  const share = posts.reduce((sum, post) => sum.plus(post.share), new Decimal(0));
  if (share.isZero()) return null;
  const weighed = posts.reduce((sum, post) => sum.plus(post.share.times(post.attainment)), new Decimal(0));
  return { attainment: weighed.dividedBy(share), share: Decimal.min(1, share) };
}
