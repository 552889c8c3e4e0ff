import { anyDecider, anyReadModel, type AnyDecider, type AnyReadModel } from '@plumbline/kernel';
import { calendarDecider } from './calendar.decider';
import { consultationDecider } from './consultation.decider';
import { fileErasureDecider } from './file-erasure.decider';
import { importDecider } from './import.decider';
import { legalReviewDecider } from './legal-review.decider';
import { noticeDecider } from './notice.decider';
import { organizationDecider } from './organization.decider';
import { personDecider } from './person.decider';
import { processDecider } from './process.decider';
import { rootDecider } from './root.decider';
import { unitDecider } from './unit.decider';
import { calendarDays } from './calendar-days.read-model';
import { closedPeriods } from './closed-periods.read-model';
import { consultations } from './consultations.read-model';
import { delegations } from './delegations.read-model';
import { headcounts } from './headcounts.read-model';
import { importRegister } from './import-register.read-model';
import { leaderPosts } from './leader-posts.read-model';
import { legalReviews } from './legal-reviews.read-model';
import { noticesGiven } from './notices-given.read-model';
import { organizationProfile } from './organization-profile.read-model';
import { personAbsences } from './person-absences.read-model';
import { policyInForceRows } from './policy-in-force.read-model';
import { processRegister } from './process-register.read-model';
import { refusedSteps } from './refused-steps.read-model';
import { roleGrants } from './role-grants.read-model';
import { unitRegister } from './unit-register.read-model';

export * from './calendar.events';
export { movesDate, outsideAbsence } from './absence.facts';
export * from './calendar-days.read-model';
export * from './closed-periods.read-model';
export * from './consultation.events';
export * from './consultations.read-model';
export * from './delegations.read-model';
export * from './file-erasure.events';
export * from './headcounts.read-model';
export * from './import.events';
export * from './import-register.read-model';
export * from './leader-posts.read-model';
export * from './leaders';
export * from './legal-review.events';
export * from './legal-reviews.read-model';
export * from './notice.events';
export * from './notices-given.read-model';
export * from './organization.events';
export * from './organization-profile.read-model';
export * from './person.events';
export * from './person-absences.read-model';
export * from './policy-in-force.read-model';
export * from './policy-packs';
export * from './process.events';
export * from './process-register.read-model';
export * from './refused-steps.read-model';
export * from './role-grants.read-model';
export * from './root.events';
export * from './tree';
export * from './unit.events';
export * from './unit-register.read-model';

export {
  calendarDecider,
  consultationDecider,
  fileErasureDecider,
  importDecider,
  legalReviewDecider,
  noticeDecider,
  organizationDecider,
  personDecider,
  processDecider,
  rootDecider,
  unitDecider,
};
export { calendarCommands, type CalendarCommand } from './calendar.commands';
export { consultationCommands, type ConsultationCommand } from './consultation.commands';
export { fileErasureCommands, type FileErasureCommand } from './file-erasure.commands';
export { importCommands, type ImportCommand } from './import.commands';
export { legalReviewCommands, type LegalReviewCommand } from './legal-review.commands';
export { noticeCommands, type NoticeCommand } from './notice.commands';
export { organizationCommands, type OrganizationCommand } from './organization.commands';
export { personCommands, type PersonCommand } from './person.commands';
export { processCommands, type ProcessCommand } from './process.commands';
export { rootCommands, type RootCommand } from './root.commands';
export { unitCommands, type UnitCommand } from './unit.commands';
export {
  CONSULTATION_OUTCOMES,
  CONSULTATION_TOPICS,
  DELEGABLE_VERBS,
  ERASURE_GROUNDS,
  NOTICE_KINDS,
  NOTICE_REASONS,
  PRIVILEGED_ROLES,
  REVIEW_DECISIONS,
  REVIEWED_KINDS,
  type ConsultationOutcome,
  type ConsultationTopic,
  type DelegableVerb,
  type ErasureGround,
  type NoticeKind,
  type NoticeReason,
  type ReviewDecision,
  type ReviewedKind,
} from './vocabulary';

export const organizationDeciders: readonly AnyDecider[] = [
  anyDecider(organizationDecider),
  anyDecider(calendarDecider),
  anyDecider(rootDecider),
  anyDecider(unitDecider),
  anyDecider(personDecider),
  anyDecider(consultationDecider),
  anyDecider(legalReviewDecider),
  anyDecider(importDecider),
  anyDecider(processDecider),
  anyDecider(noticeDecider),
  anyDecider(fileErasureDecider),
];

export const organizationReadModels: readonly AnyReadModel[] = [
  anyReadModel(organizationProfile),
  anyReadModel(policyInForceRows),
  anyReadModel(calendarDays),
  anyReadModel(closedPeriods),
  anyReadModel(unitRegister),
  anyReadModel(leaderPosts),
  anyReadModel(headcounts),
  anyReadModel(roleGrants),
  anyReadModel(personAbsences),
  anyReadModel(consultations),
  anyReadModel(legalReviews),
  anyReadModel(importRegister),
  anyReadModel(delegations),
  anyReadModel(processRegister),
  anyReadModel(refusedSteps),
  anyReadModel(noticesGiven),
];
