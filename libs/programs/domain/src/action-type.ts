import { codesOf, components, moments, structureKinds, structures } from '@plumbline/frameworks';
import { refuse, type Refusal } from '@plumbline/kernel';
import type { ActionTags } from './action.events';
import { sameCode } from './vocabulary';

const known: Readonly<Record<keyof ActionTags, readonly string[]>> = {
  component: codesOf(components),
  moment: codesOf(moments),
  structure: codesOf(structures),
  structureKind: codesOf(structureKinds),
};

/** Whether a tag is none of those the frameworks know. */
export const againstTag = (tag: keyof ActionTags, value: string): Refusal | null =>
  known[tag].some((each) => sameCode(each, value))
    ? null
    : refuse('a-tag-is-one-of-the-frameworks', `${tag} is one of ${known[tag].join(', ')}.`);
