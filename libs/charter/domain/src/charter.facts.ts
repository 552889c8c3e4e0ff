import type { Fold, LocalDate, RecordedEvent } from '@plumbline/kernel';
import type { AdoptedPrinciple, AudienceGroup, CharterEvent, Principle, Stances } from './charter.events';

export interface CharterConsultation {
  readonly round: number;
  readonly audience: readonly AudienceGroup[];
  readonly opensOn: LocalDate;
  readonly closesAt: LocalDate;
  readonly closedOn: LocalDate | null;
  readonly tallies: readonly { readonly group: string; readonly day: LocalDate; readonly stances: Stances }[];
  /** The charter's own principles as people were asked about them. */
  readonly asked: readonly Principle[];
  /** The version that rests on it, when one does. */
  readonly usedBy: number | null;
}

export interface CharterVersion {
  readonly version: number;
  readonly principles: readonly AdoptedPrinciple[];
  readonly effectiveFrom: LocalDate;
}

export interface CharterFacts {
  readonly state: 'NONE' | 'DRAFT' | 'ADOPTED' | 'RETIRED';
  readonly draft: Extract<CharterEvent, { type: 'charter.CharterDrafted.v1' }>['data'] | null;
  /** The charter's own principles as the draft has them. */
  readonly principles: readonly Principle[];
  /** Ids of all principles it ever had: none is used again. */
  readonly principleIds: readonly string[];
  readonly consultation: CharterConsultation | null;
  /** A waiver that was asked for and is not decided, or one that the next version may use. It is of the draft as it stands: a change ends it. */
  readonly waiver: { readonly requestedBy: readonly string[]; readonly granted: boolean } | null;
  /** Adopted versions, oldest first. */
  readonly versions: readonly CharterVersion[];
}

const initial: CharterFacts = {
  state: 'NONE',
  draft: null,
  principles: [],
  principleIds: [],
  consultation: null,
  waiver: null,
  versions: [],
};

function evolve(state: CharterFacts, event: RecordedEvent<CharterEvent>): CharterFacts {
  switch (event.type) {
    case 'charter.CharterDrafted.v1':
      return { ...state, state: 'DRAFT', draft: event.data };
    case 'charter.CharterPrincipleAdded.v1': {
      const { charterId: _charterId, addedBy: _addedBy, ...principle } = event.data;
      return {
        ...state,
        principles: [...state.principles, principle],
        principleIds: [...state.principleIds, principle.principleId],
        waiver: null,
      };
    }
    case 'charter.CharterPrincipleReworded.v1': {
      const { principleId, to } = event.data;
      return {
        ...state,
        principles: state.principles.map((each) => (each.principleId === principleId ? { ...each, text: to } : each)),
        waiver: null,
      };
    }
    case 'charter.CharterPrincipleWithdrawn.v1':
      return {
        ...state,
        principles: state.principles.filter(({ principleId }) => principleId !== event.data.principleId),
        waiver: null,
      };
    case 'charter.CharterConsultationOpened.v1': {
      const { round, audience, opensOn, closesAt } = event.data;
      return {
        ...state,
        consultation: {
          ...{ round, audience, opensOn, closesAt },
          ...{ closedOn: null, tallies: [], asked: state.principles, usedBy: null },
        },
      };
    }
    case 'charter.CharterConsultationTallied.v1': {
      const { group, day, stances } = event.data;
      return state.consultation
        ? {
            ...state,
            consultation: {
              ...state.consultation,
              tallies: [...state.consultation.tallies, { group, day, stances }],
            },
          }
        : state;
    }
    case 'charter.CharterConsultationClosed.v1':
      return state.consultation
        ? { ...state, consultation: { ...state.consultation, closedOn: event.data.closedOn } }
        : state;
    case 'charter.CharterConsultationWaiverRequested.v1':
      return {
        ...state,
        waiver: {
          requestedBy: [event.data.requestedBy, ...(event.onBehalfOf === undefined ? [] : [event.onBehalfOf])],
          granted: false,
        },
      };
    case 'charter.CharterConsultationWaived.v1':
      return state.waiver ? { ...state, waiver: { ...state.waiver, granted: true } } : state;
    case 'charter.CharterAdopted.v1':
    case 'charter.CharterAmended.v1': {
      const { version, principles, effectiveFrom, consultation } = event.data;
      return {
        ...state,
        state: 'ADOPTED',
        versions: [...state.versions, { version, principles, effectiveFrom }],
        consultation:
          state.consultation && consultation !== null ? { ...state.consultation, usedBy: version } : state.consultation,
        waiver: consultation === null ? null : state.waiver,
      };
    }
    case 'charter.CharterRetired.v1':
      return { ...state, state: 'RETIRED' };
  }
}

export const charterFacts: Fold<CharterFacts, CharterEvent> = { concept: 'charter', initial, evolve };

/** The version in force on a day: of those that are effective by then, the newest. */
export const charterInForce = (charter: CharterFacts, on: LocalDate): CharterVersion | undefined =>
  charter.state === 'ADOPTED' ? charter.versions.findLast(({ effectiveFrom }) => effectiveFrom <= on) : undefined;
