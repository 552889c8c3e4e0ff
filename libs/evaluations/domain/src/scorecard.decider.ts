import {
  accept,
  askFact,
  refuse,
  streamFact,
  toSeal,
  type Decider,
  type Decision,
  type DecisionContext,
  type FactAnswers,
  type FactQuery,
  type Refusal,
} from '@plumbline/kernel';
import { cycleFacts } from './cycle.facts';
import { furtherIssueFacts, issue, issueFacts } from './scorecard-contract';
import { acknowledge, confirm, finalize, OPEN_DISPUTES, propose, signOff } from './scorecard-rating';
import {
  COMPUTED_SCORECARD,
  compute,
  computedAbout,
  correctionsWith,
  cycleIn,
  restate,
  type CardNamed,
} from './scorecard-scoring';
import { scorecardCommands, type ScorecardCommand } from './scorecard.commands';
import { scorecardEvents, type ScorecardEvent } from './scorecard.events';
import { scorecardFacts, type ScorecardFacts } from './scorecard.facts';
import { cycleKey, scorecardKey } from './streams.facts';

type Data<T extends ScorecardCommand['type']> = Extract<ScorecardCommand, { type: T }>['data'];

const placeOf = ({ cycle, leader }: CardNamed, context: DecisionContext) => ({
  scorecardId: context.id,
  cycleId: cycleIn(context, cycle).cycleId,
  leader,
});

const notTheLeader = ({ leader }: CardNamed, { actor, onBehalfOf }: DecisionContext): Refusal | null =>
  actor.id === leader && onBehalfOf === undefined
    ? null
    : refuse('only-the-leader-answers-for-their-scorecard', 'It is done by the leader, in own name.');

function acceptCard(
  data: Data<'evaluations.AcceptScorecard'> & { readonly note?: string },
  state: ScorecardFacts,
  context: DecisionContext,
): Decision<ScorecardEvent> {
  const other = notTheLeader(data, context);
  if (other) return other;
  if (state.state !== 'ISSUED') return accept();
  if (cycleIn(context, data.cycle).state !== 'OPEN')
    return refuse('a-scorecard-is-accepted-before-the-freeze', 'The cycle is frozen.');
  const place = { ...placeOf(data, context), edition: state.edition };
  if (data.note !== undefined)
    return accept({
      type: 'evaluations.ScorecardAcceptedUnderProtest.v1',
      data: { ...place, note: toSeal(data.note, [data.leader]) },
    });
  return context.today <= state.acceptBy
    ? accept({ type: 'evaluations.ScorecardAccepted.v1', data: place })
    : refuse(
        'a-scorecard-is-accepted-by-its-day',
        `That was ${state.acceptBy}. It can still be accepted under protest.`,
      );
}

function assess(
  data: Data<'evaluations.SubmitSelfAssessment'>,
  state: ScorecardFacts,
  context: DecisionContext,
): Decision<ScorecardEvent> {
  const other = notTheLeader(data, context);
  if (other) return other;
  return ['ACCEPTED', 'SCORED', 'RATED'].includes(state.state)
    ? accept({
        type: 'evaluations.SelfAssessmentSubmitted.v1',
        data: { ...placeOf(data, context), text: toSeal(data.text, [data.leader]) },
      })
    : refuse(
        'a-self-assessment-comes-after-acceptance-and-before-sign-off',
        'Accept the scorecard first; after it is signed, say it when you acknowledge it.',
      );
}

function notice(
  data: Data<'evaluations.GiveDataNotice'>,
  state: ScorecardFacts,
  context: DecisionContext,
): Decision<ScorecardEvent> {
  if (!state.components.some(({ id }) => id === data.component))
    return refuse('a-notice-is-about-a-component-of-the-scorecard', `No component has the id "${data.component}".`);
  return accept({
    type: 'evaluations.DataNoticeGiven.v1',
    data: { ...placeOf(data, context), componentId: data.component, on: context.today, by: context.actor.id },
  });
}

function facts(command: ScorecardCommand, state: ScorecardFacts): readonly FactQuery[] {
  if (command.type === 'evaluations.IssueScorecard') return issueFacts(command.data, state);
  const { cycle, leader } = command.data;
  const signs = command.type === 'evaluations.SignOffScorecard';
  return [streamFact(cycleFacts, cycleKey(cycle)), ...(signs ? [askFact(OPEN_DISPUTES, { cycle, leader })] : [])];
}

/** What a scorecard comes to is asked as of the freeze, which the cycle's stream names. */
function furtherFacts(command: ScorecardCommand, state: ScorecardFacts, known: FactAnswers): readonly FactQuery[] {
  if (command.type === 'evaluations.IssueScorecard') return furtherIssueFacts(command.data, known);
  if (command.type !== 'evaluations.ComputeScorecard' && command.type !== 'evaluations.RestateScorecard') return [];
  const { frozen } = known.stream(cycleFacts, cycleKey(command.data.cycle));
  if (frozen === null) return [];
  const corrections =
    command.type === 'evaluations.RestateScorecard' ? correctionsWith(state, command.data.causes) : [];
  return [askFact(COMPUTED_SCORECARD, computedAbout(command.data, frozen.asOf, corrections))];
}

export const scorecardDecider: Decider<ScorecardFacts, ScorecardCommand, ScorecardEvent> = {
  ...scorecardFacts,
  commands: scorecardCommands,
  events: scorecardEvents,
  stream: ({ data }) => scorecardKey(data.cycle, data.leader),
  facts,
  furtherFacts,
  decide(command, state, context) {
    if (command.type === 'evaluations.IssueScorecard') return issue(command.data, state, context);
    if (state.state === 'NONE')
      return refuse('a-scorecard-is-issued-first', 'No scorecard of this cycle and leader was issued.');
    switch (command.type) {
      case 'evaluations.AcceptScorecard':
      case 'evaluations.AcceptScorecardUnderProtest':
        return acceptCard(command.data, state, context);
      case 'evaluations.GiveDataNotice':
        return notice(command.data, state, context);
      case 'evaluations.ComputeScorecard':
        return compute(command.data, state, context);
      case 'evaluations.RestateScorecard':
        return restate(command.data, state, context);
      case 'evaluations.SubmitSelfAssessment':
        return assess(command.data, state, context);
      case 'evaluations.ProposeRating':
        return propose(command.data, state, context);
      case 'evaluations.ConfirmRating':
        return confirm(command.data, state, context);
      case 'evaluations.SignOffScorecard':
        return signOff(command.data, state, context);
      case 'evaluations.AcknowledgeScorecard':
        return notTheLeader(command.data, context) ?? acknowledge(command.data, state, context);
      case 'evaluations.FinalizeScorecard':
        return finalize(command.data, state, context);
    }
  },
};
