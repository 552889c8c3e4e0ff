import { anyDecider, anyReadModel, type AnyDecider, type AnyReadModel } from '@plumbline/kernel';
import { charterDecider } from './charter.decider';
import { commitmentDecider } from './commitment.decider';
import { charterConsultations } from './charter-consultations.read-model';
import { charterPrinciples } from './charter-principles.read-model';
import { charterRegister } from './charter-register.read-model';
import { commitmentAssessments } from './commitment-assessments.read-model';
import { commitmentEvidence } from './commitment-evidence.read-model';
import { commitmentIndicators } from './commitment-indicators.read-model';
import { commitmentMilestones } from './commitment-milestones.read-model';
import { commitmentMoves } from './commitment-moves.read-model';
import { commitmentPeriods } from './commitment-periods.read-model';
import { commitmentRegister } from './commitment-register.read-model';
import { commitmentResources } from './commitment-resources.read-model';
import { commitmentWithdrawals } from './commitment-withdrawals.read-model';
import { publicNotes } from './public-notes.read-model';

export * from './charter.commands';
export * from './charter.decider';
export * from './charter.events';
export * from './charter-consultations.read-model';
export * from './charter-principles.read-model';
export * from './charter-register.read-model';
export * from './commitment.commands';
export * from './commitment.decider';
export * from './commitment.events';
export * from './commitment-assessments.read-model';
export * from './commitment-ending.events';
export * from './commitment-evidence.read-model';
export * from './commitment-indicators.read-model';
export * from './commitment-milestones.read-model';
export * from './commitment-moves.read-model';
export * from './commitment-periods.read-model';
export * from './commitment-plan.events';
export * from './commitment-register.read-model';
export * from './commitment-resources.read-model';
export * from './commitment-withdrawals.read-model';
export * from './facts';
export * from './public-notes.read-model';
export {
  COMMITMENT_LEVELS,
  COMPLETIONS,
  SELF_STATUSES,
  STANCES,
  type CommitmentLevel,
  type Completion,
  type IndicatorKind,
  type ResourceStage,
  type SelfStatus,
} from './vocabulary';

export const charterDeciders: readonly AnyDecider[] = [anyDecider(charterDecider), anyDecider(commitmentDecider)];

export const charterReadModels: readonly AnyReadModel[] = [
  anyReadModel(charterRegister),
  anyReadModel(charterPrinciples),
  anyReadModel(charterConsultations),
  anyReadModel(commitmentRegister),
  anyReadModel(commitmentMilestones),
  anyReadModel(commitmentIndicators),
  anyReadModel(commitmentMoves),
  anyReadModel(commitmentPeriods),
  anyReadModel(commitmentAssessments),
  anyReadModel(commitmentResources),
  anyReadModel(commitmentEvidence),
  anyReadModel(commitmentWithdrawals),
  anyReadModel(publicNotes),
];
