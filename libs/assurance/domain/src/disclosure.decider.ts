import {
  accept,
  naturalKey,
  refuse,
  streamFact,
  type Decider,
  type Decision,
  type DecisionContext,
} from '@plumbline/kernel';
import { calendarFacts } from '@plumbline/organization/facts';
import { disclosureCommands, type DisclosureCommand } from './disclosure.commands';
import { disclosureEvents, type DisclosureEvent } from './disclosure.events';
import { calendarKey } from './disclosure-day';
import { disclosureFacts, disclosureKey, type DisclosureFacts } from './disclosure.facts';

function eventOf(command: DisclosureCommand): DisclosureEvent {
  switch (command.type) {
    case 'assurance.RecordReportView':
      return { type: 'assurance.RestrictedReportViewed.v1', data: command.data };
    case 'assurance.RecordDisclosureRefusal':
      return { type: 'assurance.DisclosureRefused.v1', data: command.data };
    case 'assurance.RecordExport':
      return { type: 'assurance.ExportGenerated.v1', data: command.data };
  }
}

function decide(
  command: DisclosureCommand,
  { recorded }: DisclosureFacts,
  { facts }: DecisionContext,
): Decision<DisclosureEvent> {
  const { lastDay } = facts.stream(calendarFacts, calendarKey);
  if (lastDay === null || command.data.day !== lastDay)
    return refuse(
      'a-disclosure-belongs-to-the-day-that-last-began',
      lastDay === null ? 'No day has begun yet.' : `The day is ${lastDay}.`,
    );
  const event = eventOf(command);
  return recorded.has(disclosureKey(event)) ? accept() : accept(event);
}

/** One stream a person and day, so that readers do not wait for one another. */
export const disclosureDecider: Decider<DisclosureFacts, DisclosureCommand, DisclosureEvent> = {
  ...disclosureFacts,
  commands: disclosureCommands,
  events: disclosureEvents,
  stream: ({ data }) => naturalKey('disclosure', data.day, data.viewer),
  facts: () => [streamFact(calendarFacts, calendarKey)],
  decide,
};
