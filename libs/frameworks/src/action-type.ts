import type { AntiPattern } from './anti-patterns';
import type { BlueprintComponent } from './blueprint';
import type { Component, Pillar, Structure, StructureKind } from './components';
import type { CommunityPrinciple, Moment } from './moments';
import type { Provision, SupportType } from './support';

/** A kind of thing that can be done about belonging, with the tags that an action of this type has from the start. */
export interface ActionType {
  readonly code: string;
  readonly title: string;
  readonly says: string;
  readonly blueprint: BlueprintComponent;
  readonly component: Component;
  readonly moment: Moment | null;
  readonly structure: Structure | null;
  readonly structureKind: StructureKind | null;
  readonly pillar: Pillar | null;
  readonly principles: readonly CommunityPrinciple[];
  readonly provisions: readonly Provision[];
  readonly supports: readonly SupportType[];
  /** Worth something only when it is done again and again. */
  readonly recurring: boolean;
  /** Selects people by class: needs a live legal review, and is refused outright where the policy forbids it. */
  readonly needsLegalReview: boolean;
  /** Changes something written: names the figure in which people would feel it. */
  readonly livedExperienceMetricRequired: boolean;
  /** Changes who decides, who gets in, or who is paid, and not only what is said. */
  readonly structuralChange: boolean;
  /** What it easily turns into. */
  readonly antiPatterns: readonly AntiPattern[];
  /** Rows of the source documents, as `1.10`. */
  readonly sources: readonly string[];
}

/** What an action without further tags is. */
export const PLAIN = {
  moment: null,
  structure: null,
  structureKind: null,
  pillar: null,
  principles: [],
  provisions: [],
  supports: [],
  recurring: false,
  needsLegalReview: false,
  livedExperienceMetricRequired: false,
  structuralChange: false,
  antiPatterns: [],
} as const satisfies Partial<ActionType>;

type Own = Partial<Omit<ActionType, 'code' | 'title' | 'says' | 'blueprint' | 'component' | 'sources'>>;

/** An entry of the catalogue: what it is, where it belongs, what sets it apart, and the rows it comes from. */
export const actionType = (
  [code, title, says]: readonly [string, string, string],
  [blueprint, component, moment]: readonly [BlueprintComponent, Component, Moment | null],
  [structure, structureKind]: readonly [Structure, StructureKind],
  own: Own,
  ...sources: readonly string[]
): ActionType => ({
  ...PLAIN,
  ...{ code, title, says, blueprint, component, moment, structure, structureKind },
  ...own,
  sources,
});
