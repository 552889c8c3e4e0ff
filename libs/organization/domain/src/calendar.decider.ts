import {
  accept,
  addDays,
  parsePeriod,
  refuse,
  type Decider,
  type Decision,
  type DecisionContext,
  type LocalDate,
} from '@plumbline/kernel';
import { calendarCommands, type CalendarCommand } from './calendar.commands';
import { calendarEvents, type CalendarEvent } from './calendar.events';
import { calendarFacts, type CalendarFacts } from './calendar.facts';
import { calendarKey, organizationFact, organizationKey, unlessConfigured } from './organization.decider';
import { organizationFacts } from './organization.facts';

function begin(date: LocalDate, { lastDay }: CalendarFacts, { today }: DecisionContext): Decision<CalendarEvent> {
  if (lastDay !== null && date <= lastDay) return accept();
  if (date > today)
    return refuse('a-day-begins-once-it-has-come', 'date lies after today in the organisation’s time zone.');
  if (lastDay !== null && date !== addDays(lastDay, 1))
    return refuse('days-begin-one-after-another', `The next day to begin is ${addDays(lastDay, 1)}.`);
  return accept({ type: 'organization.DayBegan.v1', data: { date } });
}

function close(text: string, state: CalendarFacts, context: DecisionContext): Decision<CalendarEvent> {
  const { fiscalYear } = context.facts.stream(organizationFacts, organizationKey);
  const period = parsePeriod(text, fiscalYear);
  if (state.closedPeriods.includes(period.text)) return accept();
  if (state.lastDay === null || state.lastDayEvent === null || state.lastDay <= period.end)
    return refuse('a-period-closes-after-its-last-day', `Its last day is ${period.end}; a later day must have begun.`);
  return accept({ type: 'organization.PeriodClosed.v1', data: { period: period.text, asOf: state.lastDayEvent } });
}

function decide(command: CalendarCommand, state: CalendarFacts, context: DecisionContext): Decision<CalendarEvent> {
  const refusal = unlessConfigured(context);
  if (refusal) return refusal;
  switch (command.type) {
    case 'organization.BeginDay':
      return begin(command.data.date, state, context);
    case 'organization.ClosePeriod':
      return close(command.data.period, state, context);
  }
}

export const calendarDecider: Decider<CalendarFacts, CalendarCommand, CalendarEvent> = {
  ...calendarFacts,
  commands: calendarCommands,
  events: calendarEvents,
  stream: () => calendarKey,
  facts: () => [organizationFact],
  decide,
};
