/** Steps from one word to another: letters changed, added, left out (Levenshtein 1966), in one row of memory. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

const MOST = 5;
/** Longer words are not compared letter by letter. */
const LONGEST = 120;
const nameOf = (type: string): string => (type.split('.').pop() ?? type).toLowerCase();

/** What someone may have meant: types whose name after the dot contains the one given or is few letters away from it, nearest first, at most five. */
export function nearest(given: string, types: readonly string[]): readonly string[] {
  const name = nameOf(given);
  if (name === '' || name.length > LONGEST) return [];
  return types
    .map((type) => ({ type, steps: nameOf(type).includes(name) ? 0 : distance(name, nameOf(type)) }))
    .filter(({ steps }) => steps <= Math.max(2, Math.floor(name.length / 4)))
    .sort((a, b) => a.steps - b.steps || (a.type < b.type ? -1 : 1))
    .slice(0, MOST)
    .map(({ type }) => type);
}
