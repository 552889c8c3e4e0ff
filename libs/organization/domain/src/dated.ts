import type { LocalDate } from '@plumbline/kernel';

/** Values that hold from a day on, oldest first: `values[i]` from `from[i]` until the next. */
export interface Dated {
  readonly from: readonly LocalDate[];
  readonly values: readonly string[];
}

/** With one more: in its place by day; on a day that has a value already the newer one stands. */
export function insertDated({ from, values }: Dated, day: LocalDate, value: string): Dated {
  const at = from.findIndex((each) => each >= day);
  const index = at < 0 ? from.length : at;
  const replaced = from[index] === day ? 1 : 0;
  return { from: from.toSpliced(index, replaced, day), values: values.toSpliced(index, replaced, value) };
}

/** The value that holds on a day, or undefined before the first. */
export const valueOn = ({ from, values }: Dated, day: LocalDate): string | undefined =>
  values[from.findLastIndex((each) => each <= day)];
