import type { Citation } from '@plumbline/privacy';

const REFERENCE = /^sealed:([^/]+)\//;

/**
 * Of a word that stands for a sealed text, where the cell cites the very event that the text is sealed in, what it cites it as. Anyone may write what looks
 * like a reference into a plain field: that is nobody's text, and stays closed.
 */
export function citedText(word: string | null, cites: readonly Citation[] | undefined): Citation | undefined {
  const [, event] = word === null ? [] : (REFERENCE.exec(word) ?? []);
  return event === undefined ? undefined : cites?.find((cite) => cite.event === event);
}
