import {
  askFact,
  naturalKey,
  parsePeriod,
  streamFact,
  type DecisionContext,
  type FactQuery,
  type Period,
  type StreamKey,
} from '@plumbline/kernel';
import { organizationFacts, unitFacts, type OrganizationFacts, type UnitFacts } from '@plumbline/organization/facts';

export const unitKey = (code: string): StreamKey => naturalKey('unit', code);
const organizationKey = naturalKey('organization', 'organization');

export const organizationFact: FactQuery = streamFact(organizationFacts, organizationKey);
export const unitFact = (unit: string): FactQuery => streamFact(unitFacts, unitKey(unit));

export const unitIn = (context: DecisionContext, unit: string): UnitFacts =>
  context.facts.stream(unitFacts, unitKey(unit));
export const organizationIn = (context: DecisionContext): OrganizationFacts =>
  context.facts.stream(organizationFacts, organizationKey);
export const periodIn = (context: DecisionContext, text: string): Period =>
  parsePeriod(text, organizationIn(context).fiscalYear);

/** Person ids of everyone who today leads a unit, one above it or one below it. About `{unit}`, a code. */
export const LINE_OF_UNIT = 'organization.line-of-unit';
export type LineOfUnit = readonly string[];
export const lineFact = (unit: string): FactQuery => askFact(LINE_OF_UNIT, { unit });

/** Person ids of everyone who today leads any unit: nobody else stands in a line. */
export const EVERYONE_WHO_LEADS = 'organization.everyone-who-leads';
export const everyoneWhoLeads: FactQuery = askFact(EVERYONE_WHO_LEADS, {});

/** Whose result a figure of this unit and period is: everyone who leads the unit today, or on a day of the period. */
export const beneficiariesOf = (context: DecisionContext, unit: string, period: Period): readonly string[] =>
  unitIn(context, unit)
    .posts.filter(
      ({ from, to }) =>
        (from <= context.today && (to === null || context.today <= to)) ||
        (from <= period.end && (to === null || period.start <= to)),
    )
    .map(({ leader }) => leader);

/** Whether the actor, or the one acted for, is a beneficiary or stands in a line above or below one. */
export function standsInLine(context: DecisionContext, unit: string, period: Period): boolean {
  const line = [...beneficiariesOf(context, unit, period), ...context.facts.ask<LineOfUnit>(LINE_OF_UNIT, { unit })];
  return [context.actor.id, context.onBehalfOf].some((person) => person !== undefined && line.includes(person));
}
