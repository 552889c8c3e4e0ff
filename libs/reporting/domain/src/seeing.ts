import { type LeaderPostRow, type TreeRow, type UnitTree, leadersAsOf } from '@plumbline/organization/domain';
import type { LegalClass } from '@plumbline/metrics/domain';
import type { ActorRole } from '@plumbline/kernel';
import type { Viewer } from './report';

/** What one viewer may see of disclosed figures. The release is the same for all; viewers see parts of it. */
export interface Seeing {
  /** Sees the whole organisation, and what is only watched. */
  readonly whole: boolean;
  /** Whether figures of this unit are open, or only those that were released to everybody. */
  unit(unitId: string): 'ALL' | 'RELEASED';
  metric(legalClass: LegalClass | null): boolean;
}

const WHOLE: readonly ActorRole[] = ['hr', 'legal', 'auditor', 'process'];

/** Measures that select or compare people by class, or whose class nobody has judged yet, stand on no leader's page. */
const OPEN_CLASSES: readonly (LegalClass | null)[] = ['NEUTRAL', 'CLIMATE_ALL'];

export function seeingOf(viewer: Viewer, tree: UnitTree<TreeRow>, posts: readonly LeaderPostRow[]): Seeing {
  if (WHOLE.includes(viewer.role)) return { whole: true, unit: () => 'ALL', metric: () => true };
  const open = new Set<string>();
  if (viewer.role === 'executive') {
    const led = leadersAsOf(posts, tree.day).filter(({ leader }) => leader === viewer.id);
    for (const { unitId } of led)
      for (const id of [unitId, ...tree.descendants(unitId).map((unit) => unit.unitId)]) open.add(id);
    if (tree.root) open.add(tree.root.unitId);
    for (const unit of tree.units) if (unit.outsideTree) open.add(unit.unitId);
  }
  return {
    whole: false,
    unit: (unitId) => (open.has(unitId) && tree.unit(unitId)?.classDefined !== true ? 'ALL' : 'RELEASED'),
    metric: (legalClass) => OPEN_CLASSES.includes(legalClass),
  };
}
