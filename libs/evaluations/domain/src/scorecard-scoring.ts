import { accept, decimal, refuse, sameData, type Decision, type DecisionContext } from '@plumbline/kernel';
import type { ComputedScorecard, FigureUnder, HashedScorecard, ScoredComponent } from './computed';
import { cycleFacts, type CycleFacts } from './cycle.facts';
import type { ScorecardEvent } from './scorecard.events';
import type { ScorecardFacts } from './scorecard.facts';
import { cycleKey } from './streams.facts';
import type { RestatementCause } from './vocabulary';

export interface CardNamed {
  readonly cycle: string;
  readonly leader: string;
}

/** What a scorecard comes to as of a freeze, with corrections after it. About `{cycle, leader, asOf, corrections}`; null: nothing was accepted by then. */
export const COMPUTED_SCORECARD = 'reporting.computed-scorecard';
export interface ComputedAnswer {
  readonly computed: HashedScorecard | null;
  /** For each correction asked with: what it is to this scorecard; null: nothing. */
  readonly causes: readonly (RestatementCause | null)[];
}
export const computedAbout = (
  { cycle, leader }: CardNamed,
  asOf: string,
  corrections: readonly string[],
): Readonly<Record<string, unknown>> => ({ cycle, leader, asOf, corrections: [...corrections].sort() });

export const cycleIn = (context: DecisionContext, cycle: string): CycleFacts =>
  context.facts.stream(cycleFacts, cycleKey(cycle));

const placeOf = ({ leader }: CardNamed, cycle: CycleFacts, context: DecisionContext) => ({
  scorecardId: context.id,
  cycleId: cycle.cycleId,
  leader,
});

function results(
  data: CardNamed,
  asOf: string,
  { components, total, codeVersion, resultHash }: HashedScorecard,
  before: readonly ScoredComponent[],
  cycle: CycleFacts,
  context: DecisionContext,
): readonly ScorecardEvent[] {
  const place = placeOf(data, cycle, context);
  const known = new Map(before.map((each) => [each.componentId, each]));
  const changed = components.filter((each) => !sameData(known.get(each.componentId), each));
  return [
    ...changed.map((each): ScorecardEvent => ({
      type: 'evaluations.ComponentScored.v1',
      data: { ...place, asOf, ...each },
    })),
    {
      type: 'evaluations.ScorecardComputed.v1',
      data: { ...place, asOf, ruleSetVersion: cycle.ruleSet.version, codeVersion, resultHash, ...total },
    },
  ];
}

const directionOf = (before: string | null, after: string | null): 'UP' | 'DOWN' | 'SAME' => {
  const [old, now] = [decimal(before ?? '0'), decimal(after ?? '0')];
  return now.greaterThan(old) ? 'UP' : now.lessThan(old) ? 'DOWN' : 'SAME';
};

const eachOnce = (figures: readonly FigureUnder[]): FigureUnder[] =>
  figures.filter((one, at) => figures.findIndex((other) => sameData(one, other)) === at);

function restated(
  data: CardNamed,
  state: ScorecardFacts,
  by: {
    readonly cause: RestatementCause;
    readonly causingEvents: readonly string[];
    readonly total: ComputedScorecard['total'];
  },
  cycle: CycleFacts,
  context: DecisionContext,
): ScorecardEvent {
  const [oldScore, newScore] = [state.total?.score ?? null, by.total.score];
  const direction = directionOf(oldScore, newScore);
  return {
    type: 'evaluations.ScorecardRestated.v1',
    data: {
      ...placeOf(data, cycle, context),
      ...{ cause: by.cause, causingEvents: [...by.causingEvents], oldScore, newScore, direction },
      figures: eachOnce([...(state.total?.figures ?? []), ...by.total.figures]),
      wasFinal: state.final,
      reopensAppeal: state.final && direction === 'DOWN',
      by: context.actor.id,
    },
  };
}

const ONLY_ACCEPTED = refuse(
  'only-an-accepted-scorecard-is-scored',
  'Nothing was accepted, not even under protest, before the freeze.',
);
const NOT_FROZEN = refuse('a-scorecard-is-scored-as-of-a-freeze', 'Send evaluations.FreezeCycle first.');

export function compute(data: CardNamed, state: ScorecardFacts, context: DecisionContext): Decision<ScorecardEvent> {
  const cycle = cycleIn(context, data.cycle);
  if (cycle.frozen === null) return NOT_FROZEN;
  const { asOf } = cycle.frozen;
  if (state.state === 'NONE' || state.state === 'ISSUED') return ONLY_ACCEPTED;
  if (state.scoredAsOf === asOf) return accept();
  const { computed } = context.facts.ask<ComputedAnswer>(COMPUTED_SCORECARD, computedAbout(data, asOf, []));
  if (computed === null) return ONLY_ACCEPTED;
  const again: readonly ScorecardEvent[] = state.final
    ? [restated(data, state, { cause: 'REOPENED', causingEvents: [asOf], total: computed.total }, cycle, context)]
    : [];
  return accept(...again, ...results(data, asOf, computed, state.scored, cycle, context));
}

export const correctionsWith = (state: ScorecardFacts, causes: readonly string[]): readonly string[] => [
  ...new Set([...state.corrections, ...causes]),
];

export function restate(
  data: CardNamed & { readonly causes: readonly string[] },
  state: ScorecardFacts,
  context: DecisionContext,
): Decision<ScorecardEvent> {
  const cycle = cycleIn(context, data.cycle);
  if (cycle.frozen === null || state.scoredAsOf !== cycle.frozen.asOf || state.total === null)
    return refuse('a-scorecard-is-scored-before-it-is-restated', 'Send evaluations.ComputeScorecard first.');
  const fresh = data.causes.filter((cause) => !state.corrections.includes(cause));
  if (fresh.length === 0) return accept();
  const { asOf } = cycle.frozen;
  const corrections = correctionsWith(state, data.causes);
  const about = computedAbout(data, asOf, corrections);
  const { computed, causes } = context.facts.ask<ComputedAnswer>(COMPUTED_SCORECARD, about);
  const found = fresh.map((event) => causes[(about['corrections'] as readonly string[]).indexOf(event)] ?? null);
  const [cause] = found;
  if (computed === null || cause === undefined || cause === null || found.includes(null))
    return context.actor.role === 'process'
      ? accept()
      : refuse(
          'a-restatement-follows-from-what-its-scorecard-rests-on',
          'causes names an event that does not correct, retract or verify a figure of this scorecard after the freeze.',
        );
  return accept(
    restated(data, state, { cause, causingEvents: fresh, total: computed.total }, cycle, context),
    ...results(data, asOf, computed, state.scored, cycle, context),
  );
}
