import { isTextToSeal, type TextToSeal } from '@plumbline/kernel';

/**
 * A copy of plain data with every text that waits to be sealed replaced by what `replace` gives for it and its path (`changes.0.reason`), and without members that
 * are undefined: canonical JSON has no such thing.
 */
export function mapTexts(value: unknown, replace: (text: TextToSeal, path: string) => unknown, path = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isTextToSeal(value)) return replace(value, path);
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (Array.isArray(value)) return value.map((item, index) => mapTexts(item, replace, below(String(index))));
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) copy[name] = mapTexts(member, replace, below(name));
  }
  return copy;
}

/** A copy without undefined members. */
export const withoutUndefined = (value: unknown): unknown => mapTexts(value, (text) => text);
