import {
  accept,
  askFact,
  idKey,
  refuse,
  type Decider,
  type Decision,
  type DecisionContext,
  type FactQuery,
} from '@plumbline/kernel';
import { organizationFact, unlessConfigured } from './organization.decider';
import { personCommands, type PersonCommand } from './person.commands';
import { personEvents, type PersonEvent } from './person.events';
import { holdsRole, personFacts, type PersonFacts } from './person.facts';
import { DELEGABLE_VERBS, PRIVILEGED_ROLES, type DelegableVerb } from './vocabulary';

type Data<T extends PersonCommand['type']> = Extract<PersonCommand, { type: T }>['data'];

/** What the start may give its own identity. */
const ROLES_OF_THE_START = ['admin', 'hr', 'data-steward'];

function grant(
  data: Data<'organization.GrantRole'>,
  state: PersonFacts,
  context: DecisionContext,
): Decision<PersonEvent> {
  const { person, role, external = false } = data;
  const refusal = unlessConfigured(context);
  if (refusal) return refusal;
  if (context.actor.role === 'process') {
    if (!ROLES_OF_THE_START.includes(role))
      return refuse('the-start-grants-only-what-administering-needs', 'An admin grants the other roles.');
    if (!context.standalone && role !== 'admin')
      return refuse('outside-standalone-the-start-grants-admin-only', 'The admin grants the other roles.');
  }
  if (state.held.some((held) => held.role === role && held.external === external)) return accept();
  if (person === context.actor.id) return refuse('nobody-grants-a-role-to-themselves', 'Ask another admin.');
  if (!['admin', 'process'].includes(context.actor.role) && PRIVILEGED_ROLES.includes(role))
    return refuse('only-an-admin-grants-a-privileged-role', `Ask an admin to grant ${role}.`);
  return accept({ type: 'organization.RoleGranted.v1', data: { personId: person, role, external } });
}

function revoke(
  data: Data<'organization.RevokeRole'>,
  state: PersonFacts,
  context: DecisionContext,
): Decision<PersonEvent> {
  const { person, role } = data;
  if (!holdsRole(state, role)) return accept();
  if (context.actor.role === 'hr' && PRIVILEGED_ROLES.includes(role))
    return refuse('only-an-admin-revokes-a-privileged-role', `Ask an admin to revoke ${role}.`);
  if (role === 'admin') {
    const admins = context.facts.ask<readonly string[]>('organization.holders-of', { role });
    if (admins.every((holder) => holder === person))
      return refuse('the-last-admin-stays', 'Grant another person the role admin first.');
  }
  return accept({ type: 'organization.RoleRevoked.v1', data: { personId: person, role } });
}

function recordAbsence(
  { person, from, to }: Data<'organization.RecordLeaderAbsence'>,
  state: PersonFacts,
): Decision<PersonEvent> {
  if (to < from) return refuse('an-absence-ends-on-or-after-the-day-it-begins', 'to lies before from.');
  return state.absences.some((absence) => absence.from <= from && to <= absence.to)
    ? accept()
    : accept({ type: 'organization.LeaderAbsenceRecorded.v1', data: { personId: person, from, to } });
}

const delegable = (verb: string): verb is DelegableVerb => (DELEGABLE_VERBS as readonly string[]).includes(verb);

function delegate(
  data: Data<'organization.GrantDelegation'>,
  state: PersonFacts,
  context: DecisionContext,
): Decision<PersonEvent> {
  const { person, to, until } = data;
  if (person !== context.actor.id)
    return refuse('only-the-person-delegates-their-own-acts', 'person must be your own id.');
  if (to === person) return refuse('nobody-delegates-to-themselves', 'Name another person in to.');
  const verbs = [...new Set(data.verbs)].filter(delegable).sort();
  if (verbs.length < new Set(data.verbs).size)
    return refuse('accepting-signing-and-appealing-cannot-be-delegated', 'Leave accept, sign and appeal out of verbs.');
  if (until < context.today) return refuse('a-delegation-ends-today-or-later', 'until lies before today.');
  const same = state.delegations.some(
    (delegation) => delegation.to === to && delegation.until === until && delegation.verbs.join() === verbs.join(),
  );
  return same
    ? accept()
    : accept({ type: 'organization.DelegationGranted.v1', data: { from: person, to, verbs, until } });
}

function decide(command: PersonCommand, state: PersonFacts, context: DecisionContext): Decision<PersonEvent> {
  switch (command.type) {
    case 'organization.GrantRole':
      return grant(command.data, state, context);
    case 'organization.RevokeRole':
      return revoke(command.data, state, context);
    case 'organization.RecordLeaderAbsence':
      return recordAbsence(command.data, state);
    case 'organization.GrantDelegation':
      return delegate(command.data, state, context);
  }
}

function facts(command: PersonCommand): readonly FactQuery[] {
  switch (command.type) {
    case 'organization.GrantRole':
      return [organizationFact];
    case 'organization.RevokeRole':
      return command.data.role === 'admin' ? [askFact('organization.holders-of', { role: 'admin' })] : [];
    case 'organization.RecordLeaderAbsence':
    case 'organization.GrantDelegation':
      return [];
  }
}

export const personDecider: Decider<PersonFacts, PersonCommand, PersonEvent> = {
  ...personFacts,
  commands: personCommands,
  events: personEvents,
  stream: (command) => idKey('person', command.data.person),
  facts,
  decide,
};
