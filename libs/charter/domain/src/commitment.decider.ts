import { refuse, streamFact, type Decider, type FactQuery } from '@plumbline/kernel';
import { metricFacts, metricKey } from '@plumbline/metrics/facts';
import { commitmentCommands, type CommitmentCommand } from './commitment.commands';
import { commitmentEvents, type CommitmentEvent } from './commitment.events';
import { commitmentFacts, type CommitmentFacts } from './commitment.facts';
import {
  carryForward,
  factsOfCarrying,
  factsOfFulfilling,
  fulfil,
  miss,
  passNote,
  refuseWithdrawal,
  requestWithdrawal,
  withdraw,
  writeNote,
} from './commitment-ending';
import { acceptReassignment, declineReassignment, reassign } from './commitment-handover';
import {
  addIndicator,
  addMilestone,
  againstStranger,
  refuseReschedule,
  requestReschedule,
  rescheduleMilestone,
} from './commitment-plan';
import {
  assess,
  attestDoneDate,
  declareNoResources,
  missProgress,
  reachMilestone,
  reportProgress,
  resource,
} from './commitment-progress';
import {
  acceptCommitment,
  assessVerifiability,
  declineCommitment,
  factsOfProposal,
  propose,
} from './commitment-proposal';
import { factsOfEvidence } from './evidence-files';
import { calendarFact, lineAroundFact, organizationFact, personFact } from './organization-facts';
import { commitmentKey } from './streams.facts';

/** Everyone who has owned it: whose absences and line a decision may rest on. */
const ownersOf = ({ owners }: CommitmentFacts): readonly string[] => [...new Set(owners.map(({ ownerId }) => ownerId))];

/** What may be sent about a commitment that has ended. */
const AFTER_THE_END: readonly CommitmentCommand['type'][] = [
  'charter.AttestDoneDate',
  'charter.AssessCommitment',
  'charter.ReportProgress',
  'charter.MissProgress',
  'charter.WritePublicNote',
  'charter.PassPublicNote',
];
/** What may be sent before it is accepted. */
const BEFORE_ACCEPTANCE: readonly CommitmentCommand['type'][] = [
  'charter.AssessVerifiability',
  'charter.AcceptCommitment',
  'charter.DeclineCommitment',
  'charter.AddMilestone',
  'charter.AddIndicator',
  'charter.ResourceCommitment',
  'charter.DeclareNoResourcesNeeded',
];
/** What answers for itself whatever the state. */
const ANSWERING: readonly CommitmentCommand['type'][] = ['charter.AcceptCommitment', 'charter.DeclineCommitment'];

function againstState({ type }: CommitmentCommand, { state }: CommitmentFacts) {
  if (state === 'ACTIVE' || ANSWERING.includes(type)) return null;
  if (state === 'PROPOSED')
    return BEFORE_ACCEPTANCE.includes(type)
      ? null
      : refuse('a-commitment-is-not-active-until-it-is-accepted', 'Its owner sends charter.AcceptCommitment first.');
  return AFTER_THE_END.includes(type) && state !== 'DECLINED'
    ? null
    : refuse('the-end-of-a-commitment-is-final', 'It has ended. Propose another; it may carry this one forward.');
}

export const commitmentDecider: Decider<CommitmentFacts, CommitmentCommand, CommitmentEvent> = {
  ...commitmentFacts,
  commands: commitmentCommands,
  events: commitmentEvents,
  stream: ({ data }) => commitmentKey(data.commitment),
  facts({ type, data }, state): readonly FactQuery[] {
    switch (type) {
      case 'charter.ProposeCommitment':
        return factsOfProposal(data);
      case 'charter.AttestDoneDate':
        return [organizationFact];
      case 'charter.AddIndicator':
        return data.metric === undefined ? [] : [streamFact(metricFacts, metricKey(data.metric))];
      case 'charter.ReportProgress':
      case 'charter.MissProgress':
        return [organizationFact, ...ownersOf(state).map(personFact)];
      case 'charter.MissCommitment':
        return [organizationFact, calendarFact, ...ownersOf(state).map(personFact)];
      case 'charter.AssessCommitment':
        return [...ownersOf(state).map(lineAroundFact), ...factsOfEvidence(data.evidence)];
      case 'charter.WithdrawCommitment':
        return ownersOf(state).map(lineAroundFact);
      case 'charter.ReachMilestone':
        return factsOfEvidence(data.evidence);
      case 'charter.CarryForwardCommitment':
        return factsOfCarrying(data.into);
      case 'charter.FulfilCommitment':
        return [...factsOfFulfilling(data.commitment), ...factsOfEvidence(data.evidence)];
      case 'charter.AssessVerifiability':
      case 'charter.AcceptCommitment':
      case 'charter.DeclineCommitment':
      case 'charter.AddMilestone':
      case 'charter.RequestReschedule':
      case 'charter.RescheduleMilestone':
      case 'charter.RefuseReschedule':
      case 'charter.ResourceCommitment':
      case 'charter.DeclareNoResourcesNeeded':
      case 'charter.ReassignCommitment':
      case 'charter.AcceptReassignment':
      case 'charter.DeclineReassignment':
      case 'charter.RequestWithdrawal':
      case 'charter.RefuseWithdrawal':
      case 'charter.WritePublicNote':
      case 'charter.PassPublicNote':
        return [];
    }
  },
  decide(command, state, context) {
    if (command.type === 'charter.ProposeCommitment') return propose(command.data, state, context);
    if (state.state === 'NONE')
      return refuse('a-commitment-is-proposed-first', `No commitment has the code "${command.data.commitment}".`);
    const wrong = againstState(command, state);
    if (wrong) return wrong;
    switch (command.type) {
      case 'charter.AssessVerifiability':
        return assessVerifiability(command.data, state, context);
      case 'charter.AcceptCommitment':
        return acceptCommitment(state, context);
      case 'charter.DeclineCommitment':
        return declineCommitment(command.data, state, context);
      case 'charter.AddMilestone':
        return addMilestone(command.data, state, context);
      case 'charter.AddIndicator':
        return addIndicator(command.data, state, context);
      case 'charter.RequestReschedule':
        return againstStranger(state, context) ?? requestReschedule(command.data, state, context);
      case 'charter.RescheduleMilestone':
        return rescheduleMilestone(command.data, state, context);
      case 'charter.RefuseReschedule':
        return refuseReschedule(command.data, state, context);
      case 'charter.ReachMilestone':
        return reachMilestone(command.data, state, context);
      case 'charter.AttestDoneDate':
        return attestDoneDate(command.data, state, context);
      case 'charter.ResourceCommitment':
        return resource(command.data, context);
      case 'charter.DeclareNoResourcesNeeded':
        return declareNoResources(command.data, state, context);
      case 'charter.ReportProgress':
        return reportProgress(command.data, state, context);
      case 'charter.MissProgress':
        return missProgress(command.data, state, context);
      case 'charter.AssessCommitment':
        return assess(command.data, state, context);
      case 'charter.ReassignCommitment':
        return reassign(command.data, state, context);
      case 'charter.AcceptReassignment':
        return acceptReassignment(state, context);
      case 'charter.DeclineReassignment':
        return declineReassignment(command.data, state, context);
      case 'charter.FulfilCommitment':
        return fulfil(command.data, state, context);
      case 'charter.MissCommitment':
        return miss(command.data, state, context);
      case 'charter.RequestWithdrawal':
        return requestWithdrawal(command.data, state, context);
      case 'charter.WithdrawCommitment':
        return withdraw(command.data, state, context);
      case 'charter.RefuseWithdrawal':
        return refuseWithdrawal(command.data, state, context);
      case 'charter.CarryForwardCommitment':
        return carryForward(command.data, state, context);
      case 'charter.WritePublicNote':
        return writeNote(command.data, state, context);
      case 'charter.PassPublicNote':
        return passNote(command.data, state, context);
    }
  },
};
