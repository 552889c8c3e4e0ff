import {
  sealedReference,
  type EventBody,
  type LocalDate,
  type ReadModel,
  type RecordedEvent,
  type RowChange,
} from '@plumbline/kernel';
import type { CommitmentEvent } from './commitment.events';
import type { CommitmentState } from './commitment.facts';
import type { CommitmentLevel, Completion, SelfStatus } from './vocabulary';

/** A commitment as it stands. Overdue is not here: it is judged against a day, by who asks. */
export type CommitmentRow = {
  readonly commitmentId: string;
  readonly code: string;
  readonly status: CommitmentState;
  readonly title: string;
  readonly statement: string;
  readonly level: CommitmentLevel;
  readonly parentCommitmentId: string | null;
  readonly scopeUnitId: string;
  readonly office: string | null;
  readonly charterId: string | null;
  readonly charterVersion: number | null;
  readonly principleIds: readonly string[];
  readonly evidenceRule: string;
  readonly structuralChange: boolean;
  readonly proposedBy: string | null;
  readonly askedOwnerId: string | null;
  /** The last owner; who it was on a day is in `ownerIds` and `ownerFrom`. Null before acceptance. */
  readonly ownerId: string | null;
  readonly ownerIds: readonly string[];
  readonly ownerFrom: readonly LocalDate[];
  /** Who was asked to take it over and has not answered. */
  readonly handoverTo: string | null;
  readonly handoverEffective: LocalDate | null;
  readonly originCommitmentId: string | null;
  readonly acceptedOn: LocalDate | null;
  /** Fixed at acceptance; of one that carries another forward, the first date of that other. */
  readonly firstDue: LocalDate | null;
  readonly currentDue: LocalDate | null;
  /** How often a milestone's date was moved. */
  readonly moves: number;
  readonly resourced: boolean;
  readonly needsNoResources: boolean;
  readonly verifiable: boolean | null;
  readonly selfStatus: SelfStatus | null;
  readonly lastReport: string | null;
  /** The last independent assessment. */
  readonly completion: Completion | null;
  readonly assessedOn: LocalDate | null;
  readonly endedOn: LocalDate | null;
  /** When it was done: recorded so, or earlier as another than its owner attests. */
  readonly doneOn: LocalDate | null;
  readonly attestedBy: string | null;
  readonly causes: readonly string[];
  readonly withdrawalAsked: boolean;
  /** Withdrawn before it was first due, by two outside the owner's line. */
  readonly withdrawnOutside: boolean;
  readonly carriedInto: string | null;
  readonly declineReason: string | null;
};

const keys = ({ data }: RecordedEvent<CommitmentEvent>) => [{ commitmentId: data.commitmentId }];
/** A change of the row that the event makes where it stands. */
const change = <E extends EventBody<CommitmentEvent['type'], CommitmentEvent['data']>>(
  of: (row: CommitmentRow, event: RecordedEvent<E>) => Partial<CommitmentRow>,
): RowChange<CommitmentRow, E> => ({
  keys: ({ data }) => [{ commitmentId: data.commitmentId }],
  fold: (row, event) => (row ? { ...row, ...of(row, event) } : null),
});

export const commitmentRegister: ReadModel<CommitmentRow, CommitmentEvent> = {
  name: 'commitment_register',
  version: 1,
  key: ['commitmentId'],
  columns: {
    commitmentId: 'text',
    code: 'text',
    status: 'text',
    title: 'text',
    statement: 'text',
    level: 'text',
    parentCommitmentId: 'text?',
    scopeUnitId: 'text',
    office: 'text?',
    charterId: 'text?',
    charterVersion: 'integer?',
    principleIds: 'text[]',
    evidenceRule: 'text',
    structuralChange: 'boolean',
    proposedBy: 'text?',
    askedOwnerId: 'text?',
    ownerId: 'text?',
    ownerIds: 'text[]',
    ownerFrom: 'text[]',
    handoverTo: 'text?',
    handoverEffective: 'date?',
    originCommitmentId: 'text?',
    acceptedOn: 'date?',
    firstDue: 'date?',
    currentDue: 'date?',
    moves: 'integer',
    resourced: 'boolean',
    needsNoResources: 'boolean',
    verifiable: 'boolean?',
    selfStatus: 'text?',
    lastReport: 'text?',
    completion: 'text?',
    assessedOn: 'date?',
    endedOn: 'date?',
    doneOn: 'date?',
    attestedBy: 'text?',
    causes: 'text[]',
    withdrawalAsked: 'boolean',
    withdrawnOutside: 'boolean',
    carriedInto: 'text?',
    declineReason: 'text?',
  },
  indexes: [['ownerId'], ['scopeUnitId']],
  on: {
    'charter.CommitmentProposed.v1': {
      keys,
      fold: (_row, { data }) => ({
        commitmentId: data.commitmentId,
        code: data.code,
        status: 'PROPOSED',
        title: data.title,
        statement: data.statement,
        level: data.level,
        parentCommitmentId: data.parentCommitmentId,
        scopeUnitId: data.scopeUnitId,
        office: data.office,
        charterId: data.charterId,
        charterVersion: data.charterVersion,
        principleIds: data.principleIds,
        evidenceRule: data.evidenceRule,
        structuralChange: data.structuralChange,
        proposedBy: data.proposedBy,
        askedOwnerId: data.askedOwnerId,
        originCommitmentId: data.origin?.commitmentId ?? null,
        firstDue: data.origin?.baselineDue ?? null,
        ...{ ownerId: null, ownerIds: [], ownerFrom: [], handoverTo: null, handoverEffective: null, acceptedOn: null },
        ...{ currentDue: null, moves: 0, resourced: false, needsNoResources: false, verifiable: null },
        ...{ selfStatus: null, lastReport: null, completion: null, assessedOn: null, endedOn: null, doneOn: null },
        ...{ attestedBy: null, causes: [], withdrawalAsked: false, withdrawnOutside: false, carriedInto: null },
        declineReason: null,
      }),
    },
    'charter.CommitmentVerifiabilityAssessed.v1': change((_row, { data }) => ({ verifiable: data.verifiable })),
    'charter.CommitmentAccepted.v1': change((row, { data }) => ({
      status: 'ACTIVE',
      ownerId: data.ownerId,
      ownerIds: [data.ownerId],
      ownerFrom: [data.acceptedOn],
      acceptedOn: data.acceptedOn,
      firstDue: row.firstDue ?? data.firstDue,
      currentDue: data.firstDue,
    })),
    'charter.CommitmentDeclined.v1': change((_row, { id, data }) => ({
      status: 'DECLINED',
      endedOn: data.declinedOn,
      declineReason: sealedReference(id, 'reason'),
    })),
    'charter.CommitmentMilestoneAdded.v1': 'ignored',
    'charter.CommitmentIndicatorAdded.v1': 'ignored',
    'charter.CommitmentRescheduleRequested.v1': 'ignored',
    'charter.CommitmentMilestoneRescheduled.v1': change((row, { data }) => ({
      currentDue: data.commitmentDue,
      moves: row.moves + 1,
    })),
    'charter.CommitmentRescheduleRefused.v1': 'ignored',
    'charter.CommitmentMilestoneReached.v1': 'ignored',
    'charter.CommitmentDoneDateAttested.v1': change((row, { data }) =>
      data.milestoneId === null ? { doneOn: data.doneOn, attestedBy: data.attestedBy } : row,
    ),
    'charter.CommitmentResourced.v1': change(() => ({ resourced: true })),
    'charter.CommitmentNeedsNoResources.v1': change(() => ({ needsNoResources: true })),
    'charter.CommitmentProgressReported.v1': change((row, { data }) => ({
      selfStatus: data.selfStatus,
      lastReport: data.period,
      causes: data.causes.length > 0 ? data.causes : row.causes,
    })),
    'charter.CommitmentProgressMissed.v1': 'ignored',
    'charter.CommitmentIndependentlyAssessed.v1': change((_row, { data }) => ({
      completion: data.completion,
      assessedOn: data.assessedOn,
    })),
    'charter.CommitmentReassignmentProposed.v1': change((_row, { data }) => ({
      handoverTo: data.to,
      handoverEffective: data.effective,
    })),
    'charter.CommitmentReassignmentDeclined.v1': change(() => ({ handoverTo: null, handoverEffective: null })),
    'charter.CommitmentReassigned.v1': change((row, { data }) => ({
      ownerId: data.to,
      ownerIds: [...row.ownerIds, data.to],
      ownerFrom: [...row.ownerFrom, data.effective],
      handoverTo: null,
      handoverEffective: null,
    })),
    'charter.CommitmentFulfilled.v1': change((_row, { data }) => ({
      status: 'FULFILLED',
      endedOn: data.fulfilledOn,
      doneOn: data.fulfilledOn,
    })),
    'charter.CommitmentMissed.v1': change((_row, { data }) => ({
      status: 'MISSED',
      endedOn: data.missedOn,
      causes: data.causes,
    })),
    'charter.CommitmentWithdrawalRequested.v1': change(() => ({ withdrawalAsked: true })),
    'charter.CommitmentWithdrawalApproved.v1': 'ignored',
    'charter.CommitmentWithdrawalRefused.v1': change(() => ({ withdrawalAsked: false })),
    'charter.CommitmentWithdrawn.v1': change((_row, { data }) => ({
      status: 'WITHDRAWN',
      endedOn: data.withdrawnOn,
      withdrawalAsked: false,
      withdrawnOutside: data.outsideLine && data.beforeDue,
    })),
    'charter.CommitmentCarriedForward.v1': change((_row, { data }) => ({
      status: 'CARRIED_FORWARD',
      endedOn: data.carriedOn,
      carriedInto: data.newCommitmentId,
    })),
    'charter.CommitmentPublicNoteWritten.v1': 'ignored',
    'charter.PublicNotePassed.v1': 'ignored',
  },
};

/** Who owned it on a day; null before it was accepted. */
export const ownerOfRow = (
  { ownerIds, ownerFrom }: Pick<CommitmentRow, 'ownerIds' | 'ownerFrom'>,
  day: LocalDate,
): string | null =>
  ownerIds[
    Math.max(
      0,
      ownerFrom.findLastIndex((from) => from <= day),
    )
  ] ?? null;

/** To whom it goes over after a day, accepted already, and when; null where no handover is to come. */
export function handoverAfter(
  { ownerIds, ownerFrom }: Pick<CommitmentRow, 'ownerIds' | 'ownerFrom'>,
  day: LocalDate,
): { readonly to: string; readonly effective: LocalDate } | null {
  const next = ownerFrom.findIndex((from, index) => index > 0 && from > day);
  const [to, effective] = [ownerIds[next], ownerFrom[next]];
  return to === undefined || effective === undefined ? null : { to, effective };
}
