import { naturalKey, streamFact, type DecisionContext, type FactQuery, type StreamKey } from '@plumbline/kernel';
import {
  calendarFacts,
  organizationFacts,
  unitFacts,
  type CalendarFacts,
  type OrganizationFacts,
  type UnitFacts,
} from '@plumbline/organization/facts';

export const unitKey = (code: string): StreamKey => naturalKey('unit', code);
const organizationKey = naturalKey('organization', 'organization');
const calendarKey = naturalKey('calendar', 'calendar');

export const organizationFact: FactQuery = streamFact(organizationFacts, organizationKey);
export const calendarFact: FactQuery = streamFact(calendarFacts, calendarKey);

export const organizationIn = (context: DecisionContext): OrganizationFacts =>
  context.facts.stream(organizationFacts, organizationKey);
export const calendarIn = (context: DecisionContext): CalendarFacts => context.facts.stream(calendarFacts, calendarKey);
export const unitIn = (context: DecisionContext, unit: string): UnitFacts =>
  context.facts.stream(unitFacts, unitKey(unit));

/** Id of the last event of the log. */
export const LAST_EVENT = 'organization.last-event';

/** The actor, and whom the actor acts for. */
export const selves = ({ actor, onBehalfOf }: DecisionContext): readonly string[] =>
  onBehalfOf === undefined ? [actor.id] : [actor.id, onBehalfOf];
