import type { Fold, LocalDate, RecordedEvent } from '@plumbline/kernel';
import type { CommitmentEvent } from './commitment.events';
import type { Completion, SelfStatus } from './vocabulary';

type DataOf<T extends CommitmentEvent['type']> = Extract<CommitmentEvent, { type: T }>['data'];
export type CommitmentProposal = DataOf<'charter.CommitmentProposed.v1'>;

export const COMMITMENT_STATES = [
  'PROPOSED',
  'ACTIVE',
  'DECLINED',
  'FULFILLED',
  'MISSED',
  'WITHDRAWN',
  'CARRIED_FORWARD',
] as const;
export type CommitmentState = (typeof COMMITMENT_STATES)[number];

/** A milestone with the dates that were given for it: its own, or null. */
export interface MilestoneFacts {
  readonly milestoneId: string;
  readonly title: string;
  readonly weight: number;
  readonly contracted: boolean;
  /** Its own first date, or since acceptance the one that was contracted. */
  readonly baselineDue: LocalDate | null;
  readonly currentDue: LocalDate | null;
  readonly moves: number;
  readonly reachedBy: readonly string[];
  /** The day on which it was recorded as reached. */
  readonly recordedOn: LocalDate | null;
  /** The day on which it was done: that day, or an earlier one that another than the owner attests. */
  readonly doneOn: LocalDate | null;
  /** Who attests it. */
  readonly attestedBy: string | null;
  /** Pieces of evidence with it. */
  readonly evidence: readonly string[];
}

export interface IndicatorFacts {
  readonly indicatorId: string;
  readonly milestoneId: string | null;
  readonly text: string;
  readonly office: string | null;
  readonly kind: string;
  readonly metricId: string | null;
  readonly baselineDue: LocalDate | null;
}

/** What became of a reporting period. LATE: reported after its grace; when it had been missed the miss stays. */
export interface PeriodFacts {
  readonly reported: boolean;
  readonly missed: boolean;
  readonly late: boolean;
}

interface OpenRequest {
  readonly requestId: string;
  readonly requestedBy: readonly string[];
}
export interface RescheduleRequest extends OpenRequest {
  readonly milestoneId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}
export interface WithdrawalRequest extends OpenRequest {
  readonly noteId: string;
  readonly approvals: readonly { readonly by: string; readonly outsideLine: boolean }[];
}

export interface NoteFacts {
  readonly text: string;
  readonly writtenBy: readonly string[];
  readonly passedBy: string | null;
}

export interface CommitmentFacts {
  readonly state: 'NONE' | CommitmentState;
  readonly proposal: CommitmentProposal | null;
  /** For whom it was proposed under a delegation, else null. */
  readonly proposedFor: string | null;
  /** Who has owned it, each from a day on, oldest first. */
  readonly owners: readonly { readonly ownerId: string; readonly from: LocalDate }[];
  readonly acceptedOn: LocalDate | null;
  /** Fixed when it was accepted; of one that carries another forward, the first date of that other. */
  readonly firstDue: LocalDate | null;
  readonly currentDue: LocalDate | null;
  readonly endedOn: LocalDate | null;
  readonly milestones: readonly MilestoneFacts[];
  readonly indicators: readonly IndicatorFacts[];
  readonly resourced: boolean;
  readonly needsNoResources: boolean;
  readonly selfStatus: SelfStatus | null;
  readonly causes: readonly string[];
  readonly periods: Readonly<Record<string, PeriodFacts>>;
  /** When the whole was done: recorded so, or earlier as another than the owner attests. */
  readonly doneOn: LocalDate | null;
  readonly attestedBy: string | null;
  /** The last independent assessment. */
  readonly completion: Completion | null;
  /** Who has assessed it: none of them comes to own it. */
  readonly assessors: readonly string[];
  /** Withdrawn before it was first due, by two outside the owner's line. */
  readonly withdrawnOutside: boolean;
  readonly rescheduling: RescheduleRequest | null;
  readonly reassignment: { readonly to: string; readonly from: string; readonly effective: LocalDate } | null;
  readonly withdrawal: WithdrawalRequest | null;
  readonly notes: Readonly<Record<string, NoteFacts>>;
}

const initial: CommitmentFacts = {
  ...{ state: 'NONE', proposal: null, proposedFor: null, owners: [], acceptedOn: null, firstDue: null },
  ...{ currentDue: null, endedOn: null, milestones: [], indicators: [], resourced: false, needsNoResources: false },
  ...{ selfStatus: null, causes: [], periods: {}, doneOn: null, attestedBy: null },
  ...{
    completion: null,
    assessors: [],
    withdrawnOutside: false,
    rescheduling: null,
    reassignment: null,
    withdrawal: null,
    notes: {},
  },
};

const people = ({ actor, onBehalfOf }: RecordedEvent): readonly string[] =>
  onBehalfOf === undefined ? [actor.id] : [actor.id, onBehalfOf];

const withMilestone = (
  state: CommitmentFacts,
  milestoneId: string,
  change: (milestone: MilestoneFacts) => MilestoneFacts,
): CommitmentFacts => ({
  ...state,
  milestones: state.milestones.map((each) => (each.milestoneId === milestoneId ? change(each) : each)),
});

function evolve(state: CommitmentFacts, event: RecordedEvent<CommitmentEvent>): CommitmentFacts {
  switch (event.type) {
    case 'charter.CommitmentProposed.v1':
      return { ...state, state: 'PROPOSED', proposal: event.data, proposedFor: event.onBehalfOf ?? null };
    case 'charter.CommitmentAccepted.v1': {
      const { ownerId, acceptedOn, firstDue, milestones } = event.data;
      const dues = new Map(milestones.map((each) => [each.milestoneId, each.due]));
      return {
        ...state,
        state: 'ACTIVE',
        owners: [{ ownerId, from: acceptedOn }],
        acceptedOn,
        firstDue: state.proposal?.origin?.baselineDue ?? firstDue,
        currentDue: firstDue,
        milestones: state.milestones.map((each) => {
          const due = dues.get(each.milestoneId) ?? each.baselineDue;
          return { ...each, baselineDue: due, currentDue: due };
        }),
      };
    }
    case 'charter.CommitmentDeclined.v1':
      return { ...state, state: 'DECLINED', endedOn: event.data.declinedOn };
    case 'charter.CommitmentMilestoneAdded.v1': {
      const { milestoneId, title, weight, baselineDue, contracted } = event.data;
      const milestone: MilestoneFacts = {
        ...{ milestoneId, title, weight, contracted, baselineDue, currentDue: baselineDue, moves: 0 },
        ...{ reachedBy: [], recordedOn: null, doneOn: null, attestedBy: null, evidence: [] },
      };
      return { ...state, milestones: [...state.milestones, milestone] };
    }
    case 'charter.CommitmentIndicatorAdded.v1': {
      const { indicatorId, milestoneId, text, office, kind, metricId, baselineDue } = event.data;
      return {
        ...state,
        indicators: [...state.indicators, { indicatorId, milestoneId, text, office, kind, metricId, baselineDue }],
      };
    }
    case 'charter.CommitmentRescheduleRequested.v1': {
      const { requestId, milestoneId, from, to } = event.data;
      return { ...state, rescheduling: { requestId, milestoneId, from, to, requestedBy: people(event) } };
    }
    case 'charter.CommitmentMilestoneRescheduled.v1': {
      const { milestoneId, to, commitmentDue } = event.data;
      return {
        ...withMilestone(state, milestoneId, (each) => ({ ...each, currentDue: to, moves: each.moves + 1 })),
        currentDue: commitmentDue,
        rescheduling: null,
      };
    }
    case 'charter.CommitmentRescheduleRefused.v1':
      return { ...state, rescheduling: null };
    case 'charter.CommitmentMilestoneReached.v1': {
      const { milestoneId, recordedOn, evidenceRefs } = event.data;
      return withMilestone(state, milestoneId, (each) => ({
        ...each,
        reachedBy: people(event),
        recordedOn,
        doneOn: recordedOn,
        evidence: evidenceRefs.map(({ evidenceId }) => evidenceId),
      }));
    }
    case 'charter.CommitmentDoneDateAttested.v1': {
      const { milestoneId, doneOn, attestedBy } = event.data;
      return milestoneId === null
        ? { ...state, doneOn, attestedBy }
        : withMilestone(state, milestoneId, (each) => ({ ...each, doneOn, attestedBy }));
    }
    case 'charter.CommitmentResourced.v1':
      return { ...state, resourced: true };
    case 'charter.CommitmentNeedsNoResources.v1':
      return { ...state, needsNoResources: true };
    case 'charter.CommitmentProgressReported.v1': {
      const { period, selfStatus, late, causes } = event.data;
      const missed = state.periods[period]?.missed ?? false;
      return {
        ...state,
        selfStatus,
        causes: causes.length > 0 ? causes : state.causes,
        periods: { ...state.periods, [period]: { reported: true, missed, late } },
      };
    }
    case 'charter.CommitmentProgressMissed.v1': {
      const { period } = event.data;
      return { ...state, periods: { ...state.periods, [period]: { reported: false, missed: true, late: false } } };
    }
    case 'charter.CommitmentVerifiabilityAssessed.v1':
      return state;
    case 'charter.CommitmentIndependentlyAssessed.v1':
      return {
        ...state,
        completion: event.data.completion,
        assessors: [...state.assessors, event.data.assessor],
      };
    case 'charter.CommitmentReassignmentProposed.v1': {
      const { from, to, effective } = event.data;
      return { ...state, reassignment: { from, to, effective } };
    }
    case 'charter.CommitmentReassignmentDeclined.v1':
      return { ...state, reassignment: null };
    case 'charter.CommitmentReassigned.v1':
      return {
        ...state,
        owners: [...state.owners, { ownerId: event.data.to, from: event.data.effective }],
        reassignment: null,
      };
    case 'charter.CommitmentFulfilled.v1':
      return { ...state, state: 'FULFILLED', endedOn: event.data.fulfilledOn, doneOn: event.data.fulfilledOn };
    case 'charter.CommitmentMissed.v1':
      return { ...state, state: 'MISSED', endedOn: event.data.missedOn };
    case 'charter.CommitmentWithdrawalRequested.v1': {
      const { requestId, noteId } = event.data;
      return { ...state, withdrawal: { requestId, noteId, requestedBy: people(event), approvals: [] } };
    }
    case 'charter.CommitmentWithdrawalApproved.v1': {
      const { by, outsideLine } = event.data;
      return state.withdrawal
        ? {
            ...state,
            withdrawal: { ...state.withdrawal, approvals: [...state.withdrawal.approvals, { by, outsideLine }] },
          }
        : state;
    }
    case 'charter.CommitmentWithdrawalRefused.v1':
      return { ...state, withdrawal: null };
    case 'charter.CommitmentWithdrawn.v1':
      return {
        ...state,
        state: 'WITHDRAWN',
        endedOn: event.data.withdrawnOn,
        withdrawnOutside: event.data.outsideLine && event.data.beforeDue,
        withdrawal: null,
      };
    case 'charter.CommitmentCarriedForward.v1':
      return { ...state, state: 'CARRIED_FORWARD', endedOn: event.data.carriedOn };
    case 'charter.CommitmentPublicNoteWritten.v1': {
      const { noteId, text } = event.data;
      const note: NoteFacts = { text, writtenBy: people(event), passedBy: null };
      return { ...state, notes: { ...state.notes, [noteId]: note } };
    }
    case 'charter.PublicNotePassed.v1': {
      const { noteId, by } = event.data;
      const note = state.notes[noteId];
      return note ? { ...state, notes: { ...state.notes, [noteId]: { ...note, passedBy: by } } } : state;
    }
  }
}

export const commitmentFacts: Fold<CommitmentFacts, CommitmentEvent> = { concept: 'commitment', initial, evolve };

/** Who owns it on a day, once accepted: a handover counts from its first day on. */
export const ownerOn = ({ owners }: Pick<CommitmentFacts, 'owners'>, day: LocalDate): string | null =>
  (owners.findLast(({ from }) => from <= day) ?? owners[0])?.ownerId ?? null;

/** A milestone's date as it stands: its own, else its latest indicator's; null where neither gives one. */
export function dueOfMilestone(
  milestone: Pick<MilestoneFacts, 'milestoneId' | 'currentDue'>,
  indicators: readonly Pick<IndicatorFacts, 'milestoneId' | 'baselineDue'>[],
): LocalDate | null {
  if (milestone.currentDue !== null) return milestone.currentDue;
  return latest(
    indicators.filter(({ milestoneId }) => milestoneId === milestone.milestoneId).map(({ baselineDue }) => baselineDue),
  );
}

/** The last of the days that are given. */
export const latest = (days: readonly (LocalDate | null)[]): LocalDate | null =>
  days.reduce((last, day) => (day !== null && (last === null || day > last) ? day : last), null);
