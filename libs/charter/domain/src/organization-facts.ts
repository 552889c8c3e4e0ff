import {
  askFact,
  idKey,
  naturalKey,
  streamFact,
  type DecisionContext,
  type FactQuery,
  type StreamKey,
} from '@plumbline/kernel';
import {
  calendarFacts,
  organizationFacts,
  personFacts,
  unitFacts,
  type CalendarFacts,
  type OrganizationFacts,
  type PersonFacts,
  type UnitFacts,
} from '@plumbline/organization/facts';

export const unitKey = (code: string): StreamKey => naturalKey('unit', code);
const organizationKey = naturalKey('organization', 'organization');
const calendarKey = naturalKey('calendar', 'calendar');
const personKey = (person: string): StreamKey => idKey('person', person);

export const organizationFact: FactQuery = streamFact(organizationFacts, organizationKey);
export const calendarFact: FactQuery = streamFact(calendarFacts, calendarKey);
export const unitFact = (unit: string): FactQuery => streamFact(unitFacts, unitKey(unit));
export const personFact = (person: string): FactQuery => streamFact(personFacts, personKey(person));

export const organizationIn = (context: DecisionContext): OrganizationFacts =>
  context.facts.stream(organizationFacts, organizationKey);
export const calendarIn = (context: DecisionContext): CalendarFacts => context.facts.stream(calendarFacts, calendarKey);
export const unitIn = (context: DecisionContext, unit: string): UnitFacts =>
  context.facts.stream(unitFacts, unitKey(unit));
export const personIn = (context: DecisionContext, person: string): PersonFacts =>
  context.facts.stream(personFacts, personKey(person));

/** Person ids of everyone who today leads a unit above or below one that a person leads. About `{person}`. */
export const LINE_AROUND = 'organization.line-around';
export const lineAroundFact = (person: string): FactQuery => askFact(LINE_AROUND, { person });
export const lineAround = (context: DecisionContext, person: string): readonly string[] =>
  context.facts.ask<readonly string[]>(LINE_AROUND, { person });

/** The one who acts, and the one acted for. */
export const actingAs = ({ actor, onBehalfOf }: DecisionContext): readonly string[] =>
  onBehalfOf === undefined ? [actor.id] : [actor.id, onBehalfOf];
