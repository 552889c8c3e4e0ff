import type { Problem } from './command-result';

/** ECMAScript 2024 §22.1.3.10, which Node 20 has and the compiler's library does not know yet. */
const isWellFormed = (text: string): boolean => (text as unknown as { isWellFormed(): boolean }).isWellFormed();

const wrongWith = (text: string): string | undefined =>
  text.includes('\u0000')
    ? 'holds the character U+0000, which is not text'
    : isWellFormed(text)
      ? undefined
      : 'holds half of a surrogate pair, which is not text';

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/**
 * Texts and member names, at whatever depth, that no database column or canonical JSON can hold: U+0000 and lone surrogates. At most 20 are named.
 * Walks without recursion: what a stranger sends may be nested a million levels deep. What is no plain data is passed over.
 * @param path of the value itself, in front of each problem's own: `data` gives `data.rows[3].note`
 */
export function unstorableTexts(value: unknown, path = ''): readonly Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<object>();
  const waiting: { readonly value: unknown; readonly path: string }[] = [{ value, path }];
  for (let next = waiting.pop(); next !== undefined && problems.length < 20; next = waiting.pop()) {
    const at = next.path;
    if (typeof next.value === 'object' && next.value !== null) {
      if (seen.has(next.value)) continue;
      seen.add(next.value);
    }
    if (typeof next.value === 'string') {
      const message = wrongWith(next.value);
      if (message !== undefined) problems.push({ path: at, message });
    } else if (Array.isArray(next.value)) {
      for (let index = next.value.length - 1; index >= 0; index--)
        waiting.push({ value: next.value[index], path: depthLimited(`${at}[${index}]`) });
    } else if (isPlain(next.value)) {
      for (const [name, member] of Object.entries(next.value).reverse()) {
        const message = wrongWith(name);
        if (message !== undefined) problems.push({ path: at, message: `has a name that ${message}` });
        else waiting.push({ value: member, path: depthLimited(at === '' ? name : `${at}.${name}`) });
      }
    }
  }
  return problems;
}

/** A path is for reading: deep below, only its beginning is kept. */
const LONGEST_PATH = 300;
const depthLimited = (path: string): string => (path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path);
