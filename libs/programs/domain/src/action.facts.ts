import type { EvidenceRef, Fold, LocalDate, RecordedEvent } from '@plumbline/kernel';
import type { ProgramsEvent } from './action.events';
import type { ActionState, OutcomeVerdict } from './vocabulary';

type DataOf<T extends ProgramsEvent['type']> = Extract<ProgramsEvent, { type: T }>['data'];

export interface Delivery {
  readonly date: LocalDate;
  readonly unitIds: readonly string[];
  readonly session: string;
  readonly count: number;
  readonly hours: string | null;
  readonly postHoc: boolean | null;
}

export interface AttachedEvidence extends EvidenceRef {
  readonly title: string;
  readonly attachedBy: string;
  readonly attachedFor: string | null;
  readonly withdrawn: boolean;
}

export interface ActionFacts {
  readonly planned: DataOf<'programs.ActionPlanned.v1'> | null;
  readonly state: ActionState;
  readonly startedOn: LocalDate | null;
  readonly endedOn: LocalDate | null;
  readonly eligibility: DataOf<'programs.ActionEligibilityDeclared.v1'> | null;
  readonly resources: DataOf<'programs.ActionResourced.v1'> | null;
  /** Those that stand, by their id. */
  readonly deliveries: Readonly<Record<string, Delivery>>;
  readonly participation: Readonly<Record<string, DataOf<'programs.ActionParticipationRecorded.v1'>>>;
  /** All that was ever attached, by its id. */
  readonly evidence: Readonly<Record<string, AttachedEvidence>>;
  /** By unit, period and kind. */
  readonly labour: Readonly<Record<string, DataOf<'programs.InvisibleLabourRecorded.v1'>>>;
  readonly reviewed: OutcomeVerdict | null;
}

const initial: ActionFacts = {
  planned: null,
  state: 'PLANNED',
  startedOn: null,
  endedOn: null,
  eligibility: null,
  resources: null,
  deliveries: {},
  participation: {},
  evidence: {},
  labour: {},
  reviewed: null,
};

export const labourKey = (unitId: string, period: string, kind: string): string => [unitId, period, kind].join('/');

const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([each]) => each !== key));

function evolve(state: ActionFacts, event: RecordedEvent<ProgramsEvent>): ActionFacts {
  const changed = (evidenceId: string, change: Partial<AttachedEvidence>): ActionFacts => {
    const found = state.evidence[evidenceId];
    return found ? { ...state, evidence: { ...state.evidence, [evidenceId]: { ...found, ...change } } } : state;
  };
  switch (event.type) {
    case 'programs.ActionPlanned.v1':
      return { ...state, planned: event.data };
    case 'programs.ActionEligibilityDeclared.v1':
      return { ...state, eligibility: event.data };
    case 'programs.ActionResourced.v1':
      return { ...state, resources: event.data };
    case 'programs.ActionStarted.v1':
      return { ...state, state: 'STARTED', startedOn: event.data.on };
    case 'programs.ActionDelivered.v1': {
      const { deliveryId, date, unitIds, session, count, hours, postHoc } = event.data;
      const delivery = { date, unitIds, session, count, hours, postHoc };
      return { ...state, deliveries: { ...state.deliveries, [deliveryId]: delivery } };
    }
    case 'programs.ActionDeliveryWithdrawn.v1':
      return {
        ...state,
        deliveries: without(state.deliveries, event.data.deliveryId),
        participation: without(state.participation, event.data.deliveryId),
      };
    case 'programs.ActionParticipationRecorded.v1':
      return { ...state, participation: { ...state.participation, [event.data.deliveryId]: event.data } };
    case 'programs.ActionEvidenceAttached.v1': {
      const { evidence, title, attachedBy } = event.data;
      const attachedFor = event.onBehalfOf ?? null;
      const attached = { ...evidence, title, attachedBy, attachedFor, withdrawn: false };
      return { ...state, evidence: { ...state.evidence, [evidence.evidenceId]: attached } };
    }
    case 'programs.ActionEvidenceAttested.v1':
      return changed(event.data.evidenceId, { attestor: event.data.attestor });
    case 'programs.ActionEvidenceWithdrawn.v1':
      return changed(event.data.evidenceId, { withdrawn: true });
    case 'programs.ActionCompleted.v1':
      return { ...state, state: 'COMPLETED', endedOn: event.data.on };
    case 'programs.ActionCancelled.v1':
      return { ...state, state: 'CANCELLED', endedOn: event.data.on };
    case 'programs.ActionOutcomeReviewed.v1':
      return { ...state, reviewed: event.data.verdict };
    case 'programs.InvisibleLabourRecorded.v1': {
      const { unitId, period, kind } = event.data;
      return { ...state, labour: { ...state.labour, [labourKey(unitId, period, kind)]: event.data } };
    }
  }
}

export const actionFacts: Fold<ActionFacts, ProgramsEvent> = { concept: 'action', initial, evolve };

/** The days on which something was delivered, the first first. */
export const deliveryDays = (action: ActionFacts): readonly LocalDate[] =>
  [...new Set(Object.values(action.deliveries).map(({ date }) => date))].sort();
