import { accept, refuse, toSeal, type ActorRole, type Decision, type DecisionContext } from '@plumbline/kernel';
import { bandOf, isRating } from './rule-sets';
import type { ScorecardCommand } from './scorecard.commands';
import type { ScorecardEvent } from './scorecard.events';
import type { ScorecardFacts } from './scorecard.facts';
import { cycleIn, type CardNamed } from './scorecard-scoring';

type Data<T extends ScorecardCommand['type']> = Extract<ScorecardCommand, { type: T }>['data'];

/** Components of a scorecard with a figure that someone disputes. About `{cycle, leader}`. */
export const OPEN_DISPUTES = 'reporting.open-disputes';

/** Who may see every result. */
const OVERSEERS: readonly ActorRole[] = ['hr', 'board'];

/** What is rated, signed or made final is the result of the freeze that stands. */
const againstReopening = ({ cycle }: CardNamed, { scoredAsOf }: ScorecardFacts, context: DecisionContext) =>
  cycleIn(context, cycle).frozen?.asOf === scoredAsOf
    ? null
    : refuse(
        'a-result-waits-while-its-cycle-is-reopened',
        'It is rated, signed and made final once the cycle is frozen again and computed anew.',
      );

const placeOf = ({ cycle, leader }: CardNamed, context: DecisionContext) => ({
  scorecardId: context.id,
  cycleId: cycleIn(context, cycle).cycleId,
  leader,
});

export function propose(
  data: Data<'evaluations.ProposeRating'>,
  state: ScorecardFacts,
  context: DecisionContext,
): Decision<ScorecardEvent> {
  if (context.onBehalfOf !== undefined)
    return refuse('a-rating-is-given-in-ones-own-name', 'Nobody rates for another, whatever was delegated.');
  if (context.actor.id === data.leader)
    return refuse(
      'an-evaluator-is-another-than-the-leader',
      'Nobody rates themselves; a self-assessment is another thing.',
    );
  if (!state.evaluators.includes(context.actor.id))
    return refuse('only-an-evaluator-of-the-contract-rates', 'The contract names who may.');
  if (state.state === 'RATED' && state.rating?.evaluator !== context.actor.id)
    return refuse('one-evaluator-rates-a-scorecard', 'Another evaluator has rated it.');
  if (state.state !== 'SCORED' && state.state !== 'RATED')
    return refuse('a-scorecard-is-rated-after-it-is-scored-and-before-it-is-signed', 'It is not at that stage.');
  const reopened = againstReopening(data, state, context);
  if (reopened) return reopened;
  const { ruleSet } = cycleIn(context, data.cycle);
  if (!isRating(ruleSet, data.rating))
    return refuse(
      'a-rating-is-one-of-the-scale',
      `The scale is ${ruleSet.bands.map(({ rating, title }) => `${rating} ${title}`).join(', ')}.`,
    );
  const score = state.total?.score ?? null;
  const computedRating = score === null ? null : bandOf(ruleSet, score);
  const deviation = computedRating === null ? null : data.rating - computedRating;
  if (deviation !== 0 && (data.reason ?? '').length < ruleSet.reasonLength)
    return refuse(
      'a-rating-off-the-total-has-a-reason',
      `Give in reason why it differs from the band of the total, or why there can be one without a total: ${ruleSet.reasonLength} characters or more.`,
    );
  const subjects = [context.actor.id, data.leader];
  return accept({
    type: 'evaluations.EvaluatorRatingProposed.v1',
    data: {
      ...placeOf(data, context),
      ...{ rating: data.rating, computedRating, deviation, figures: state.total?.figures ?? [] },
      narrative: toSeal(data.narrative, subjects),
      reason: data.reason === undefined ? null : toSeal(data.reason, subjects),
      evaluator: context.actor.id,
    },
  });
}

const needsSecond = ({ rating }: ScorecardFacts): boolean =>
  rating?.deviation != null && Math.abs(rating.deviation) > 1;

export function confirm(
  data: Data<'evaluations.ConfirmRating'>,
  state: ScorecardFacts,
  context: DecisionContext,
): Decision<ScorecardEvent> {
  const { rating } = state;
  if (state.state !== 'RATED' || rating === null || !needsSecond(state))
    return refuse('only-a-rating-far-off-the-total-is-confirmed', 'There is none that needs a second person.');
  if (rating.confirmedBy === context.actor.id) return accept();
  const others = OVERSEERS.includes(context.actor.role) || state.evaluators.includes(context.actor.id);
  if (!others || [rating.evaluator, data.leader].includes(context.actor.id) || context.onBehalfOf !== undefined)
    return refuse(
      'a-second-person-confirms-a-rating',
      'Another evaluator that the contract names, HR or the board, in own name; neither who rated nor the leader.',
    );
  const reopened = againstReopening(data, state, context);
  if (reopened) return reopened;
  return accept({
    type: 'evaluations.EvaluatorRatingConfirmed.v1',
    data: {
      ...placeOf(data, context),
      rating: rating.rating,
      reason: toSeal(data.reason, [context.actor.id, data.leader]),
      by: context.actor.id,
    },
  });
}

export function signOff(data: CardNamed, state: ScorecardFacts, context: DecisionContext): Decision<ScorecardEvent> {
  const { rating } = state;
  if (state.state === 'SIGNED_OFF' && state.signedBy === context.actor.id) return accept();
  if (!OVERSEERS.includes(context.actor.role) && ![...state.evaluators, data.leader].includes(context.actor.id))
    return refuse(
      'a-result-is-signed-by-an-evaluator-of-the-contract-or-an-overseer',
      'Whoever signs sees what it comes to: another evaluator that the contract names, HR or the board.',
    );
  if (state.state !== 'RATED' || rating === null)
    return refuse('no-score-leaves-without-a-rating-by-a-person', 'An evaluator proposes one first.');
  if ([rating.evaluator, data.leader].includes(context.actor.id))
    return refuse('whoever-rates-or-is-rated-does-not-sign-off', 'Ask another person to sign.');
  if (needsSecond(state) && rating.confirmedBy === null)
    return refuse('a-rating-far-off-the-total-waits-for-a-second-person', 'Send evaluations.ConfirmRating first.');
  const reopened = againstReopening(data, state, context);
  if (reopened) return reopened;
  if ((state.total?.waits.length ?? 0) > 0)
    return refuse(
      'sign-off-waits-for-what-is-held',
      `Components wait for a finding: ${state.total?.waits.join(', ')}.`,
    );
  const disputed = context.facts.ask<readonly string[]>(OPEN_DISPUTES, { cycle: data.cycle, leader: data.leader });
  if (disputed.length > 0)
    return refuse('a-dispute-is-decided-before-sign-off', `Figures are disputed in: ${disputed.join(', ')}.`);
  return accept({
    type: 'evaluations.ScorecardSignedOff.v1',
    data: {
      ...placeOf(data, context),
      rating: rating.rating,
      score: state.total?.score ?? null,
      figures: state.total?.figures ?? [],
      by: context.actor.id,
    },
  });
}

export function acknowledge(
  data: Data<'evaluations.AcknowledgeScorecard'>,
  state: ScorecardFacts,
  context: DecisionContext,
): Decision<ScorecardEvent> {
  if (state.state === 'ACKNOWLEDGED') return accept();
  if (state.state !== 'SIGNED_OFF')
    return refuse('a-result-is-acknowledged-once-it-is-signed', 'Nobody has signed it yet, or it is final.');
  return accept({
    type: 'evaluations.ScorecardAcknowledged.v1',
    data: {
      ...placeOf(data, context),
      agree: data.agree,
      comment: data.comment === undefined ? null : toSeal(data.comment, [data.leader]),
    },
  });
}

export function finalize(data: CardNamed, state: ScorecardFacts, context: DecisionContext): Decision<ScorecardEvent> {
  if (state.state === 'FINAL') return accept();
  if (context.actor.id === data.leader)
    return refuse('nobody-makes-their-own-result-final', 'Ask another person with the role hr.');
  const { acknowledgeBy } = cycleIn(context, data.cycle).calendar;
  const silent = state.state === 'SIGNED_OFF' && context.today > acknowledgeBy;
  if (state.rating === null || (state.state !== 'ACKNOWLEDGED' && !silent))
    return refuse(
      'a-result-is-final-once-it-is-acknowledged-or-its-days-are-over',
      `It is signed, then acknowledged by the leader, at the latest on ${acknowledgeBy}.`,
    );
  const reopened = againstReopening(data, state, context);
  if (reopened) return reopened;
  return accept({
    type: 'evaluations.ScorecardFinalized.v1',
    data: {
      ...placeOf(data, context),
      rating: state.rating.rating,
      acknowledged: state.state === 'ACKNOWLEDGED',
      by: context.actor.id,
    },
  });
}
