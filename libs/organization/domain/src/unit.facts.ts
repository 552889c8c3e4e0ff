import type { Fold, LocalDate, RecordedEvent } from '@plumbline/kernel';
import { insertDated, type Dated } from './dated';
import type { UnitEvent } from './unit.events';

/** A post of a unit, first and last day included; `to` is null while it is held. */
export interface Post {
  readonly leader: string;
  readonly role: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

export interface Headcount {
  readonly date: LocalDate;
  readonly count: number;
  readonly source: string;
  /** Id of the event that recorded it. */
  readonly event: string;
  readonly recordedBy: string;
}

export interface UnitFacts {
  readonly registered: boolean;
  readonly unitId: string;
  readonly code: string;
  readonly validFrom: LocalDate;
  /** First day on which it is closed. */
  readonly closedFrom: LocalDate | null;
  readonly outsideTree: boolean;
  /** Defined by a protected class of people: nothing about it is ever evaluated. */
  readonly classDefined: boolean;
  readonly names: Dated;
  /** Empty for the root and for units outside the tree. */
  readonly parents: Dated;
  readonly posts: readonly Post[];
  readonly headcounts: readonly Headcount[];
}

const initial: UnitFacts = {
  registered: false,
  unitId: '',
  code: '',
  validFrom: '',
  closedFrom: null,
  outsideTree: false,
  classDefined: false,
  names: { from: [], values: [] },
  parents: { from: [], values: [] },
  posts: [],
  headcounts: [],
};

function evolve(state: UnitFacts, event: RecordedEvent<UnitEvent>): UnitFacts {
  switch (event.type) {
    case 'organization.OrgUnitRegistered.v1': {
      const { unitId, code, name, parentId, outsideTree, validFrom } = event.data;
      return {
        ...state,
        registered: true,
        unitId,
        code,
        validFrom,
        outsideTree,
        names: { from: [validFrom], values: [name] },
        parents: parentId === null ? initial.parents : { from: [validFrom], values: [parentId] },
      };
    }
    case 'organization.OrgUnitRenamed.v1':
      return { ...state, names: insertDated(state.names, event.data.validFrom, event.data.name) };
    case 'organization.OrgUnitMoved.v1':
      return { ...state, parents: insertDated(state.parents, event.data.validFrom, event.data.parentId) };
    case 'organization.OrgUnitClosed.v1':
      return { ...state, closedFrom: event.data.validFrom };
    case 'organization.UnitMarkedClassDefined.v1':
      return { ...state, classDefined: true };
    case 'organization.LeaderAssigned.v1': {
      const { leader, role, from } = event.data;
      return { ...state, posts: [...state.posts, { leader, role, from, to: null }] };
    }
    case 'organization.LeaderUnassigned.v1': {
      const { leader, role, from, to } = event.data;
      const ended = (post: Post): boolean => post.leader === leader && post.role === role && post.from === from;
      return { ...state, posts: state.posts.map((post) => (ended(post) ? { ...post, to } : post)) };
    }
    case 'organization.HeadcountSnapshotRecorded.v1': {
      const { date, count, source } = event.data;
      const others = state.headcounts.filter((headcount) => headcount.date !== date);
      return {
        ...state,
        headcounts: [...others, { date, count, source, event: event.id, recordedBy: event.actor.id }],
      };
    }
  }
}

export const unitFacts: Fold<UnitFacts, UnitEvent> = { concept: 'unit', initial, evolve };

/** Whether the unit is registered and open on a day. */
export const unitExistsOn = (unit: UnitFacts, day: LocalDate): boolean =>
  unit.registered && unit.validFrom <= day && (unit.closedFrom === null || day < unit.closedFrom);

/** Whether the unit is the one at the head of the tree: it alone has no parent and yet stands in the tree. */
export const isRootUnit = (unit: UnitFacts): boolean =>
  unit.registered && !unit.outsideTree && unit.parents.from.length === 0;
