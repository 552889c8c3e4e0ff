import { refuse, type Refusal } from '@plumbline/kernel';
import { sameCode } from './vocabulary';

/** What the catalogue says of a type of action. */
export interface ActionType {
  readonly code: string;
  readonly component: string;
  readonly moment: string | null;
  readonly structure: string | null;
  readonly structureKind: string | null;
  /** Whether it is worth something only when it is done again and again. */
  readonly recurring: boolean;
  /** Whether it selects people by class. */
  readonly needsLegalReview: boolean;
  readonly livedExperienceMetricRequired: boolean;
}

const tags = {
  component: ['COMPETENCY', 'OPPORTUNITY', 'MOTIVATION', 'PERCEPTION'],
  moment: [
    'APPRAISING',
    'JOINING',
    'PARTICIPATING',
    'CONTRIBUTING',
    'DISSENTING',
    'REPAIRING',
    'DIVERGING',
    'DEPARTING',
  ],
  structure: ['ENVIRONMENTS', 'RELATIONSHIPS', 'RESOURCES', 'SYSTEM'],
  structureKind: ['PRACTICE', 'POLICY', 'NORM'],
} as const;

const type = (
  code: string,
  [component, moment, structure, structureKind]: readonly [string, string | null, string | null, string | null],
  more: Partial<ActionType> = {},
): ActionType => ({
  ...{ code, component, moment, structure, structureKind },
  ...{ recurring: false, needsLegalReview: false, livedExperienceMetricRequired: false, ...more },
});

const types: readonly ActionType[] = [
  type('BUDDY', ['OPPORTUNITY', 'JOINING', 'RELATIONSHIPS', 'PRACTICE'], { recurring: true }),
  type('CHECK_IN', ['PERCEPTION', 'PARTICIPATING', 'RELATIONSHIPS', 'PRACTICE'], { recurring: true }),
  type('POLICY_REVIEW', ['OPPORTUNITY', null, 'SYSTEM', 'POLICY'], { livedExperienceMetricRequired: true }),
  type('DIVERSE_PANEL', ['OPPORTUNITY', 'JOINING', 'SYSTEM', 'PRACTICE'], { needsLegalReview: true }),
];

export const actionTypeOf = (code: string): ActionType | undefined => types.find((each) => sameCode(each.code, code));

/** Whether a tag is none of those the frameworks know. */
export function againstTag(tag: keyof typeof tags, value: string): Refusal | null {
  const known: readonly string[] = tags[tag];
  return known.some((each) => sameCode(each, value))
    ? null
    : refuse('a-tag-is-one-of-the-frameworks', `${tag} is one of ${known.join(', ')}.`);
}
