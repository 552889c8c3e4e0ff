import { addDays, anyReadModel, type AnyReadModel, type LocalDate } from '@plumbline/kernel';
import {
  commitmentEvidence,
  commitmentMilestones,
  commitmentPeriods,
  commitmentRegister,
  ownerOfRow,
} from '@plumbline/charter/domain';
import { cycleRegister, scorecards } from '@plumbline/evaluations/domain';
import { hypothesisRegister } from '@plumbline/metrics/domain';
import {
  delegations,
  legalReviews,
  type NoticeKind,
  organizationProfile,
  outsideAbsence,
  personAbsences,
} from '@plumbline/organization/domain';
import { actionEvidence, actionRegister } from '@plumbline/programs/domain';
import { absencesIn, owedReports } from './owners';
import type { ProcessRows } from './process';
import type { Told } from './telling';

/** What everything that can fall due is read from. */
export const dueReads: readonly AnyReadModel[] = [
  anyReadModel(actionEvidence),
  anyReadModel(actionRegister),
  anyReadModel(commitmentEvidence),
  anyReadModel(commitmentMilestones),
  anyReadModel(commitmentPeriods),
  anyReadModel(commitmentRegister),
  anyReadModel(cycleRegister),
  anyReadModel(delegations),
  anyReadModel(hypothesisRegister),
  anyReadModel(legalReviews),
  anyReadModel(organizationProfile),
  anyReadModel(personAbsences),
  anyReadModel(scorecards),
];

const told = (to: string | null, kind: NoticeKind, about: string, due: LocalDate): readonly Told[] =>
  to === null ? [] : [{ to, item: { kind, about, due } }];

function ofCommitments(until: LocalDate, rows: ProcessRows): readonly Told[] {
  const absences = absencesIn(rows);
  const known = new Set(rows.of(commitmentPeriods).map(({ commitmentId, period }) => `${commitmentId} ${period}`));
  const milestones = rows.of(commitmentMilestones).filter(({ recordedOn }) => recordedOn === null);
  return rows.of(commitmentRegister).flatMap((row) => {
    if (row.acceptedOn === null) return [];
    const reports = owedReports(row, rows, absences, until)
      .filter(({ period }) => !known.has(`${row.commitmentId} ${period.text}`))
      .flatMap(({ ownerId, period, due }) => told(ownerId, 'COMMITMENT_REPORT', `${row.code} ${period.text}`, due));
    if (row.status !== 'ACTIVE') return reports;
    const open = milestones
      .filter(({ commitmentId }) => commitmentId === row.commitmentId)
      .flatMap(({ milestoneId, currentDue }) => {
        if (currentDue === null) return [];
        const owner = ownerOfRow(row, currentDue);
        const due = outsideAbsence(absences(owner), currentDue);
        return told(owner, 'COMMITMENT_MILESTONE', `${row.code} ${milestoneId}`, due);
      });
    return [...reports, ...open];
  });
}

function ofEvidence(rows: ProcessRows): readonly Told[] {
  const leads = new Map(rows.of(actionRegister).map(({ actionId, code, lead }) => [actionId, { code, lead }]));
  const owners = new Map(rows.of(commitmentRegister).map((row) => [row.commitmentId, row]));
  return [
    ...rows.of(actionEvidence).flatMap(({ actionId, expiresAt, withdrawn }) => {
      const action = leads.get(actionId);
      return action && expiresAt !== null && !withdrawn
        ? told(action.lead, 'EVIDENCE_EXPIRY', action.code, expiresAt)
        : [];
    }),
    ...rows.of(commitmentEvidence).flatMap(({ commitmentId, expiresAt }) => {
      const commitment = owners.get(commitmentId);
      return commitment && expiresAt !== null
        ? told(ownerOfRow(commitment, expiresAt), 'EVIDENCE_EXPIRY', commitment.code, expiresAt)
        : [];
    }),
  ];
}

function ofCycles(rows: ProcessRows): readonly Told[] {
  const cycles = new Map(rows.of(cycleRegister).map((row) => [row.cycleId, row]));
  return [
    ...[...cycles.values()]
      .filter(({ state }) => state === 'OPEN')
      .flatMap(({ openedBy, code, freezeFrom }) => told(openedBy, 'CYCLE_FREEZE', code, freezeFrom)),
    ...rows.of(scorecards).flatMap((card) => {
      if (card.state === 'ISSUED') return told(card.leader, 'SCORECARD_ACCEPTANCE', card.cycle, card.acceptBy);
      const until = cycles.get(card.cycleId)?.acknowledgeBy;
      return card.state === 'SIGNED_OFF' && until !== undefined
        ? told(card.leader, 'SCORECARD_ACKNOWLEDGEMENT', card.cycle, until)
        : [];
    }),
  ];
}

const ofReviews = (rows: ProcessRows): readonly Told[] => [
  ...rows
    .of(legalReviews)
    .flatMap(({ reviewer, objectKind, reviewId, expiresAt }) =>
      told(reviewer, 'LEGAL_REVIEW_EXPIRY', `${objectKind} ${reviewId}`, expiresAt),
    ),
  ...rows
    .of(hypothesisRegister)
    .filter(({ verdict, replacedBy }) => verdict === null && replacedBy === null)
    .flatMap(({ registeredBy, code, reviewDate }) => told(registeredBy, 'HYPOTHESIS_REVIEW', code, reviewDate)),
];

const between =
  (day: LocalDate, until: LocalDate) =>
  ({ item: { due } }: Told): boolean =>
    due !== null && day <= due && due <= until;

/** Everything that is open and due between a day and so many days later, by whom. */
export function dueWithin(day: LocalDate, days: number, rows: ProcessRows): readonly Told[] {
  const until = addDays(day, days);
  const all = [...ofCommitments(until, rows), ...ofEvidence(rows), ...ofCycles(rows), ...ofReviews(rows)];
  return all.filter(between(day, until));
}

/** Evidence that proves something on this day for the last time. */
export const evidenceEndingOn = (day: LocalDate, rows: ProcessRows): readonly Told[] =>
  ofEvidence(rows).filter(between(day, day));
