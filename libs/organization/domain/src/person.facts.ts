import type { Fold, LocalDate, RecordedEvent, Role } from '@plumbline/kernel';
import type { PersonEvent } from './person.events';
import { OWN_NAME_VERBS, type DelegableVerb } from './vocabulary';

export interface HeldRole {
  readonly role: Role;
  readonly external: boolean;
}
/** First and last day, both included. */
export interface Absence {
  readonly from: LocalDate;
  readonly to: LocalDate;
}
export interface Delegation {
  readonly to: string;
  readonly verbs: readonly DelegableVerb[];
  readonly until: LocalDate;
}

export interface PersonFacts {
  readonly held: readonly HeldRole[];
  readonly absences: readonly Absence[];
  readonly delegations: readonly Delegation[];
}

const initial: PersonFacts = { held: [], absences: [], delegations: [] };

function evolve(state: PersonFacts, event: RecordedEvent<PersonEvent>): PersonFacts {
  switch (event.type) {
    case 'organization.RoleGranted.v1': {
      const { role, external } = event.data;
      return { ...state, held: [...state.held.filter((held) => held.role !== role), { role, external }] };
    }
    case 'organization.RoleRevoked.v1':
      return { ...state, held: state.held.filter((held) => held.role !== event.data.role) };
    case 'organization.LeaderAbsenceRecorded.v1':
      return { ...state, absences: [...state.absences, { from: event.data.from, to: event.data.to }] };
    case 'organization.DelegationGranted.v1': {
      const { to, verbs, until } = event.data;
      return { ...state, delegations: [...state.delegations, { to, verbs, until }] };
    }
  }
}

export const personFacts: Fold<PersonFacts, PersonEvent> = { concept: 'person', initial, evolve };

export const holdsRole = (person: PersonFacts, role: Role): boolean => person.held.some((held) => held.role === role);

/** EXTERNAL in any role that is held. */
export const isExternal = (person: PersonFacts): boolean => person.held.some((held) => held.external);

/** The verb a command's name begins with: `charter.ReportProgress` → `report`. */
export const verbOf = (commandType: string): string => (/\.([A-Z][a-z]*)/.exec(commandType)?.[1] ?? '').toLowerCase();

/** Whether this person has let another send commands of this type on this day. What is done in one's own name is never covered. */
export function delegationCovers(person: PersonFacts, delegate: string, commandType: string, day: LocalDate): boolean {
  const name = commandType.slice(commandType.indexOf('.') + 1).toLowerCase();
  if (OWN_NAME_VERBS.some((verb) => name.includes(verb))) return false;
  const verb = verbOf(commandType);
  return person.delegations.some(
    (delegation) =>
      delegation.to === delegate && day <= delegation.until && delegation.verbs.some((allowed) => allowed === verb),
  );
}
