import type { CharterEvent, CommitmentEvent } from '@plumbline/charter/domain';
import { type ActorRole, type EventBody, type Sealed, isSealedText } from '@plumbline/kernel';
import type { Rule, RulesOver } from './opening-rules';
import type { MayOpen, Question, Viewer } from './report';

const READERS: readonly ActorRole[] = ['hr', 'legal', 'auditor', 'assessor', 'board', 'process'];

/** Whose words of a commitment a viewer may read: who looks after all of them reads all, everybody else their own. */
export const readsAllWords = ({ role }: Pick<Viewer, 'role'>): boolean => READERS.includes(role);

/**
 * Charters and commitments are open to everybody but for what people wrote about them in confidence (open to its author, to whom it is about, and to
 * those who look after all of them), a public note before a second person has passed it, and how a group answered on a day.
 */
export function charterRules(viewer: Viewer): RulesOver<CharterEvent | CommitmentEvent> {
  const toReaders = (): boolean => readsAllWords(viewer);
  const isAbout = (text: Sealed | null): boolean => isSealedText(text) && text.subjects.includes(viewer.id);
  const reason = ({ reason: text }: { readonly reason: Sealed }): boolean => toReaders() || isAbout(text);
  const late = ({ lateReason }: { readonly lateReason: Sealed | null }): boolean =>
    lateReason === null || toReaders() || isAbout(lateReason);
  return {
    'charter.CharterDrafted.v1': 'open',
    'charter.CharterPrincipleAdded.v1': 'open',
    'charter.CharterPrincipleReworded.v1': reason,
    'charter.CharterPrincipleWithdrawn.v1': reason,
    'charter.CharterConsultationOpened.v1': 'open',
    'charter.CharterConsultationTallied.v1': toReaders,
    'charter.CharterConsultationClosed.v1': toReaders,
    'charter.CharterConsultationWaiverRequested.v1': reason,
    'charter.CharterConsultationWaived.v1': reason,
    'charter.CharterAdopted.v1': late,
    'charter.CharterAmended.v1': late,
    'charter.CharterRetired.v1': reason,
    'charter.CommitmentProposed.v1': 'open',
    'charter.CommitmentVerifiabilityAssessed.v1': ({ notes }) => notes === null || toReaders() || isAbout(notes),
    'charter.CommitmentAccepted.v1': 'open',
    'charter.CommitmentDeclined.v1': reason,
    'charter.CommitmentMilestoneAdded.v1': 'open',
    'charter.CommitmentIndicatorAdded.v1': 'open',
    'charter.CommitmentRescheduleRequested.v1': reason,
    'charter.CommitmentMilestoneRescheduled.v1': reason,
    'charter.CommitmentRescheduleRefused.v1': reason,
    'charter.CommitmentMilestoneReached.v1': 'open',
    'charter.CommitmentDoneDateAttested.v1': late,
    'charter.CommitmentResourced.v1': 'open',
    'charter.CommitmentNeedsNoResources.v1': reason,
    'charter.CommitmentProgressReported.v1': ({ narrative, challenges, reportedBy }) =>
      toReaders() || reportedBy === viewer.id || isAbout(narrative) || isAbout(challenges),
    'charter.CommitmentProgressMissed.v1': 'open',
    'charter.CommitmentIndependentlyAssessed.v1': ({ rationale }) => toReaders() || isAbout(rationale),
    'charter.CommitmentReassignmentProposed.v1': 'open',
    'charter.CommitmentReassignmentDeclined.v1': reason,
    'charter.CommitmentReassigned.v1': 'open',
    'charter.CommitmentFulfilled.v1': 'open',
    'charter.CommitmentMissed.v1': 'open',
    'charter.CommitmentWithdrawalRequested.v1': reason,
    'charter.CommitmentWithdrawalApproved.v1': 'open',
    'charter.CommitmentWithdrawalRefused.v1': reason,
    'charter.CommitmentWithdrawn.v1': reason,
    'charter.CommitmentCarriedForward.v1': 'open',
    'charter.CommitmentPublicNoteWritten.v1': ({ writtenBy }) => toReaders() || writtenBy === viewer.id,
    'charter.PublicNotePassed.v1': 'open',
  };
}

const KNOW_ABSENCES: readonly ActorRole[] = ['hr', 'legal', 'auditor', 'process'];

/** Objects only to what it knows: words about commitments, and who was absent. What other reports rest on, they judge. */
export function mayOpenPromises(_rows: unknown, { viewer }: Question): MayOpen {
  const rules = charterRules(viewer) as Readonly<Record<string, Rule<EventBody> | undefined>>;
  return ({ type, data }) => {
    if (type === 'organization.LeaderAbsenceRecorded.v1') return KNOW_ABSENCES.includes(viewer.role);
    const rule = rules[type];
    return rule === undefined || rule === 'open' || rule(data);
  };
}
