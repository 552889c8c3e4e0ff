/** A person by their office, as everyone may know them. */
export interface Bearer {
  readonly personId: string;
  readonly office: string;
}

/** Those whom a text means: none, one, or several of one office. `alike`: of whom it may have been meant, the nearest first, where it means none. */
export interface Meant {
  readonly persons: readonly Bearer[];
  readonly alike: readonly Bearer[];
}

const ALIKE = 5;

/** `Head of Imaging`, `head-of-imaging` and `HEAD OF IMAGING` are one. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Insertions, deletions and replacements that make one text of the other (V. I. Levenshtein, 1966). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, sign] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++)
      next.push(Math.min((row[j] ?? 0) + (sign === b[j] ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** How far an office is from what was typed; null where one is not to be taken for the other. */
function farFrom(typed: string, office: string): number | null {
  const words = typed.split(' ');
  if (words.every((word) => office.includes(word))) return 0;
  const far = distance(typed, office);
  return far <= Math.max(2, Math.floor(office.length / 3)) ? far : null;
}

/** Finds by office whom a text means, without regard to case, accents and signs between words. */
export function whoIsMeant(text: string, everyone: readonly Bearer[]): Meant {
  const typed = plain(text);
  if (typed === '') return { persons: [], alike: [] };
  const persons = everyone.filter(({ personId, office }) => personId === text || plain(office) === typed);
  if (persons.length > 0) return { persons, alike: [] };
  const near = everyone.flatMap((bearer) => {
    const far = farFrom(typed, plain(bearer.office));
    return far === null ? [] : [{ bearer, far }];
  });
  near.sort((a, b) => a.far - b.far || (a.bearer.office < b.bearer.office ? -1 : 1));
  return { persons: [], alike: near.slice(0, ALIKE).map(({ bearer }) => bearer) };
}
