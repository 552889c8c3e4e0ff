import type { Anchors } from './target.events';

const PARTS = ['Threshold', 'Target', 'Stretch', 'Low', 'High', 'Tolerance'] as const;

/** Anchors as columns of a row, under a prefix: LINEAR has threshold, target and stretch, RANGE low, high and tolerance; the others are null. */
export type AnchorColumns<P extends string> = { readonly [N in `${P}Curve`]: Anchors['curve'] } & {
  readonly [N in `${P}${(typeof PARTS)[number]}`]: string | null;
};

type Kinds<P extends string> = { readonly [N in `${P}Curve`]: 'text' } & {
  readonly [N in `${P}${(typeof PARTS)[number]}`]: 'decimal?';
};

export const anchorColumns = <P extends string>(prefix: P): Kinds<P> =>
  Object.fromEntries([
    [`${prefix}Curve`, 'text'],
    ...PARTS.map((part) => [`${prefix}${part}`, 'decimal?']),
  ]) as Kinds<P>;

export const flatAnchors = <P extends string>(prefix: P, anchors: Anchors): AnchorColumns<P> => {
  const given = anchors as Readonly<Record<string, string | undefined>>;
  return Object.fromEntries([
    [`${prefix}Curve`, anchors.curve],
    ...PARTS.map((part) => [`${prefix}${part}`, given[part.toLowerCase()] ?? null]),
  ]) as unknown as AnchorColumns<P>;
};

/** The anchors that a row's columns hold. */
export function anchorsIn<P extends string>(prefix: P, row: AnchorColumns<P>): Anchors {
  const columns = row as unknown as Readonly<Record<string, string | null>>;
  const part = (name: (typeof PARTS)[number]): string => columns[`${prefix}${name}`] ?? '0';
  return columns[`${prefix}Curve`] === 'RANGE'
    ? { curve: 'RANGE', low: part('Low'), high: part('High'), tolerance: part('Tolerance') }
    : { curve: 'LINEAR', threshold: part('Threshold'), target: part('Target'), stretch: part('Stretch') };
}
