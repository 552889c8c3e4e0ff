import type { LocalDate } from '@plumbline/kernel';
import type { LeaderPostRow } from './leader-posts.read-model';
import type { TreeRow, UnitTree } from './tree';

/** The posts that are held on a day, in the order given. First and last day count. */
export const leadersAsOf = <R extends LeaderPostRow>(posts: readonly R[], day: LocalDate): readonly R[] =>
  posts.filter((post) => post.heldFrom <= day && (post.heldTo === null || day <= post.heldTo));

/** A person's reporting line on the tree's day: who leads a unit above one that they lead, nearest first, each once. Empty for one who leads nothing. */
export function lineOf(person: string, tree: UnitTree<TreeRow>, posts: readonly LeaderPostRow[]): readonly string[] {
  const held = leadersAsOf(posts, tree.day);
  const own = held.filter((post) => post.leader === person && tree.unit(post.unitId)).map((post) => post.unitId);
  const chains = [...new Set(own)].map((unitId) => tree.ancestors(unitId));
  const depth = Math.max(0, ...chains.map((chain) => chain.length));
  const line = new Set<string>();
  for (let step = 0; step < depth; step++)
    for (const chain of chains) {
      const unit = chain[step];
      if (unit)
        for (const post of held) if (post.unitId === unit.unitId && post.leader !== person) line.add(post.leader);
    }
  return [...line];
}

/** Everyone who leads a unit, one above it or one below it on the tree's day, sorted. */
export function lineOfUnit(
  unitId: string,
  tree: UnitTree<TreeRow>,
  posts: readonly LeaderPostRow[],
): readonly string[] {
  const units = new Set([
    unitId,
    ...[...tree.ancestors(unitId), ...tree.descendants(unitId)].map((unit) => unit.unitId),
  ]);
  const leaders = leadersAsOf(posts, tree.day).filter((post) => units.has(post.unitId));
  return [...new Set(leaders.map(({ leader }) => leader))].sort();
}

/** Everyone else who leads a unit that a person leads, one above it or one below it on the tree's day, sorted. Empty for one who leads nothing. */
export function lineAround(
  person: string,
  tree: UnitTree<TreeRow>,
  posts: readonly LeaderPostRow[],
): readonly string[] {
  const held = leadersAsOf(posts, tree.day);
  const own = held.filter((post) => post.leader === person && tree.unit(post.unitId)).map(({ unitId }) => unitId);
  const units = new Set(
    own.flatMap((unitId) => [...tree.ancestors(unitId), ...tree.descendants(unitId)].map((unit) => unit.unitId)),
  );
  for (const unitId of own) units.add(unitId);
  const leaders = held.filter(({ unitId, leader }) => units.has(unitId) && leader !== person);
  return [...new Set(leaders.map(({ leader }) => leader))].sort();
}
