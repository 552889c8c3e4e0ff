import { specify, type GivenEvent, type SpecContext } from '@plumbline/kernel';
import { computed, cycleState, frozen, HEAD, HR, opened, snapshot } from './given.testing';
import type { ScorecardCommand } from './scorecard.commands';
import { scorecardDecider } from './scorecard.decider';
import type { ScorecardEvent } from './scorecard.events';
import { OPEN_DISPUTES } from './scorecard-rating';
import { COMPUTED_SCORECARD } from './scorecard-scoring';

// What is done to the scorecard of the head in C2026, by whom and when.

const { given } = specify(scorecardDecider);

export const act = (name: string, more: object = {}): ScorecardCommand =>
  ({ type: `evaluations.${name}`, data: { cycle: 'C2026', leader: HEAD, ...more } }) as unknown as ScorecardCommand;

export const isOpen = cycleState(opened());
export const isFrozen = cycleState(opened(), snapshot, frozen());

/** After the freeze, unless it says otherwise. */
export const by = (id: string, more: SpecContext = {}): SpecContext => ({
  actor: { id, role: id === HR ? 'hr' : 'executive' },
  today: '2026-11-20',
  ...more,
  streams: { 'cycle:C2026': isFrozen, ...more.streams },
  answers: { [COMPUTED_SCORECARD]: { computed: computed(), causes: [] }, [OPEN_DISPUTES]: [], ...more.answers },
});

/** The rule that refuses it; undefined when none does. */
export const rule = (events: readonly GivenEvent<ScorecardEvent>[], command: ScorecardCommand, context: SpecContext) =>
  given(...events).when(command, context).refused;
