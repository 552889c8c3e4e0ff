import { anyDecider, anyReadModel, type AnyDecider, type AnyReadModel } from '@plumbline/kernel';
import { actionDeliveries } from './action-deliveries.read-model';
import { actionEvidence } from './action-evidence.read-model';
import { actionParticipation } from './action-participation.read-model';
import { actionRegister } from './action-register.read-model';
import { actionDecider } from './action.decider';
import { invisibleLabour } from './invisible-labour.read-model';

export * from './facts';
export * from './action.commands';
export * from './action.decider';
export * from './action.events';
export * from './action-deliveries.read-model';
export { EVIDENCE_FILE, type EvidenceFile } from './action-evidence';
export * from './action-evidence.read-model';
export * from './action-participation.read-model';
export * from './action-register.read-model';
export * from './invisible-labour.read-model';
export {
  ACTION_STATES,
  DECISION_RIGHTS,
  LABOUR_KINDS,
  OUTCOME_VERDICTS,
  RECOGNITIONS,
  type ActionState,
  type DecisionRight,
  type LabourKind,
  type OutcomeVerdict,
  type Recognition,
} from './vocabulary';

export const programsReadModels: readonly AnyReadModel[] = [
  anyReadModel(actionRegister),
  anyReadModel(actionDeliveries),
  anyReadModel(actionParticipation),
  anyReadModel(actionEvidence),
  anyReadModel(invisibleLabour),
];

export const programsDeciders: readonly AnyDecider[] = [anyDecider(actionDecider)];
