declare const disclosedMark: unique symbol;

/**
 * A value that went through disclosure, or was made from nothing but such values and facts that are no figures. The mark exists for the compiler only and
 * is private to this file, so a raw cell does not pass for a disclosed one; the weak set below is the same promise at run time.
 */
export type Disclosed<T> = T & { readonly [disclosedMark]: true };

const made = new WeakSet<object>();

/** Marks a value. Not exported by the lib: only `disclose`, `withhold`, the event gate and `derived` may. */
export function markDisclosed<T extends object>(value: T): Disclosed<T> {
  made.add(value);
  return value as Disclosed<T>;
}

/** Whether this very object went through disclosure: what a door asks before it writes anything out. A copy of a disclosed object did not. */
export const isDisclosed = (value: object): boolean => made.has(value);

/**
 * What can be worked out from a disclosed value could be worked out by whoever is shown it, so the result is disclosed too. `f` must take figures from its
 * argument alone; what else it uses (labels, targets, definitions) may not rest on observations.
 */
export function derived<T extends object, U extends object>(from: Disclosed<T>, f: (value: T) => U): Disclosed<U> {
  if (!made.has(from))
    throw new TypeError('only a disclosed value can be derived from; pass it through disclose() first');
  return markDisclosed(f(from));
}

/** Several disclosed values as one. */
export function together<T extends object>(values: readonly Disclosed<T>[]): Disclosed<readonly T[]> {
  for (const value of values)
    if (!made.has(value))
      throw new TypeError('only disclosed values can be taken together; pass each through disclose() first');
  return markDisclosed([...values]);
}
