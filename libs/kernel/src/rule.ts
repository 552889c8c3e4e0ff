/**
 * A refusal: the rule as a kebab-case sentence (`only-the-owner-accepts-a-commitment`), and what this case adds to it.
 * `detail` must never hold a figure or text that the actor may not see.
 */
export interface Refusal<E = never> {
  readonly refused: string;
  /** Words for this case: which field or line, and the cure. Shown after the rule's sentence. */
  readonly detail?: string;
  /** Refusals that are recorded (a closed list, see docs) come with their events. */
  readonly events?: readonly E[];
}

/** What a decision gives: events to append (none: nothing to do), or a refusal. */
export type Decision<E> = { readonly events: readonly E[]; readonly refused?: undefined } | Refusal<E>;

export const accept = <E>(...events: readonly E[]): Decision<E> => ({ events });
export const refuse = (rule: string, detail?: string): Refusal =>
  detail === undefined ? { refused: rule } : { refused: rule, detail };

/** `only-the-owner-accepts-a-commitment` → `Only the owner accepts a commitment.` */
export const sentenceOf = (rule: string): string => {
  const words = rule.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1) + '.';
};
