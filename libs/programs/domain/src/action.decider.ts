import {
  accept,
  refuse,
  streamFact,
  idKey,
  type Decider,
  type Decision,
  type DecisionContext,
  type FactQuery,
} from '@plumbline/kernel';
import { hypothesisFacts, hypothesisKey } from '@plumbline/metrics/facts';
import { cancel, complete, deliver, recordParticipation, start, withdrawDelivery } from './action-delivery';
import { declareEligibility } from './action-eligibility';
import { attach, attest, fileFact, withdrawEvidence } from './action-evidence';
import { plan, planFacts } from './action-plan';
import { resource } from './action-resources';
import { recordLabour, review } from './action-review';
import { programsCommands, type ProgramsCommand } from './action.commands';
import { programsEvents, type ProgramsEvent } from './action.events';
import { actionFacts, type ActionFacts } from './action.facts';
import { organizationFact, reviewFact, unitByIdFact, unitFact } from './organization-facts';
import { plannedIn, type PlannedAction } from './planned-action';
import { actionKey } from './streams.facts';

type Later = Exclude<ProgramsCommand, { type: 'programs.PlanAction' }>;

const ownUnit = ({ planned }: ActionFacts): readonly FactQuery[] => (planned ? [unitByIdFact(planned.unitId)] : []);
const ownHypothesis = ({ planned }: ActionFacts): readonly FactQuery[] =>
  planned?.hypothesisId == null ? [] : [streamFact(hypothesisFacts, idKey('hypothesis', planned.hypothesisId))];
const reviewNamed = (id: string | null | undefined): readonly FactQuery[] => (id == null ? [] : [reviewFact(id)]);

function factsOf(command: ProgramsCommand, state: ActionFacts): readonly FactQuery[] {
  switch (command.type) {
    case 'programs.PlanAction':
      return planFacts(command.data);
    case 'programs.DeclareEligibility':
      return [organizationFact, ...ownUnit(state), ...reviewNamed(command.data.legalReview)];
    case 'programs.StartAction':
      return [organizationFact, ...reviewNamed(state.eligibility?.legalReviewId)];
    case 'programs.DeliverAction':
      return [
        organizationFact,
        ...(command.data.units?.map(unitFact) ?? ownUnit(state)),
        ...reviewNamed(state.eligibility?.legalReviewId),
        ...ownHypothesis(state),
      ];
    case 'programs.RecordParticipation':
      return [organizationFact];
    case 'programs.AttachEvidence':
      return command.data.file === undefined ? [] : [fileFact(command.data.file)];
    case 'programs.ReviewAction':
      return 'hypothesis' in command.data.basis
        ? [streamFact(hypothesisFacts, hypothesisKey(command.data.basis.hypothesis))]
        : ownHypothesis(state);
    case 'programs.RecordInvisibleLabour':
      return [organizationFact, ...(command.data.unit === undefined ? [] : [unitFact(command.data.unit)])];
    case 'programs.ResourceAction':
    case 'programs.WithdrawDelivery':
    case 'programs.AttestEvidence':
    case 'programs.WithdrawEvidence':
    case 'programs.CompleteAction':
    case 'programs.CancelAction':
      return [];
  }
}

/** What may still be told of an action that has ended: what it rests on, what it took, and what came of it. */
const AFTERWARDS: readonly Later['type'][] = [
  'programs.AttachEvidence',
  'programs.AttestEvidence',
  'programs.WithdrawEvidence',
  'programs.RecordParticipation',
  'programs.RecordInvisibleLabour',
  'programs.ReviewAction',
];

function decideLater(command: Later, state: PlannedAction, context: DecisionContext): Decision<ProgramsEvent> {
  switch (command.type) {
    case 'programs.DeclareEligibility':
      return declareEligibility(command.data, state, context);
    case 'programs.ResourceAction':
      return resource(command.data, state, context);
    case 'programs.StartAction':
      return start(command.data, state, context);
    case 'programs.DeliverAction':
      return deliver(command.data, state, context);
    case 'programs.WithdrawDelivery':
      return withdrawDelivery(command.data, state, context);
    case 'programs.RecordParticipation':
      return recordParticipation(command.data, state, context);
    case 'programs.AttachEvidence':
      return attach(command.data, state, context);
    case 'programs.AttestEvidence':
      return attest(command.data, state, context);
    case 'programs.WithdrawEvidence':
      return withdrawEvidence(command.data, state, context);
    case 'programs.CompleteAction':
      return complete(state, context);
    case 'programs.CancelAction':
      return cancel(command.data, state, context);
    case 'programs.ReviewAction':
      return review(command.data, state, context);
    case 'programs.RecordInvisibleLabour':
      return recordLabour(command.data, state, context);
  }
}

/** Whether a command only repeats how the action ended. */
const repeatsItsEnd = ({ type }: Later, { state }: ActionFacts): boolean =>
  (type === 'programs.CompleteAction' && state === 'COMPLETED') ||
  (type === 'programs.CancelAction' && state === 'CANCELLED');

export const actionDecider: Decider<ActionFacts, ProgramsCommand, ProgramsEvent> = {
  ...actionFacts,
  commands: programsCommands,
  events: programsEvents,
  stream: (command) => actionKey(command.type === 'programs.PlanAction' ? command.data.code : command.data.action),
  facts: factsOf,
  decide(command, state, context) {
    if (command.type === 'programs.PlanAction') return plan(command.data, state, context);
    const planned = plannedIn(state);
    if (!planned) return refuse('an-action-is-planned-first', `No action has the code "${command.data.action}".`);
    if (repeatsItsEnd(command, state)) return accept();
    if (state.endedOn !== null && !AFTERWARDS.includes(command.type))
      return refuse('an-action-that-has-ended-stays-as-it-was', 'It is completed or cancelled. Plan another one.');
    return decideLater(command, planned, context);
  },
};
