import type { ActionFacts } from './action.facts';

/** An action that was planned: what every command but the first is about. */
export type PlannedAction = ActionFacts & { readonly planned: NonNullable<ActionFacts['planned']> };
export const plannedIn = (state: ActionFacts): PlannedAction | null =>
  state.planned === null ? null : { ...state, planned: state.planned };
