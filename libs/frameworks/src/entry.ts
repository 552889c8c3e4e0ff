/**
 * One thing a framework names, in our own words. `sources` are rows of the source documents (`docs/frameworks.md` lists them all), as `1.8`.
 */
export interface Entry<C extends string = string> {
  /** How the log and reports name it. */
  readonly code: C;
  readonly title: string;
  readonly says: string;
  readonly sources: readonly string[];
}

/** Codes match without regard to case or Unicode form. */
const written = (code: string): string => code.normalize('NFC').toUpperCase();

/** The entry that a code names, or undefined. */
export const entryOf = <E extends { readonly code: string }>(entries: readonly E[], code: string): E | undefined =>
  entries.find((entry) => entry.code === written(code));

export const codesOf = <C extends string>(entries: readonly { readonly code: C }[]): readonly C[] =>
  entries.map(({ code }) => code);

/** `[code, title, says, sources]`: an entry as it stands in a list. */
export type Line<C extends string> = readonly [code: C, title: string, says: string, ...sources: readonly string[]];
export const entries = <const C extends string>(lines: readonly Line<C>[]): readonly Entry<C>[] =>
  lines.map(([code, title, says, ...sources]) => ({ code, title, says, sources }));
