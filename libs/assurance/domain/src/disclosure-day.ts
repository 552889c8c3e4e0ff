import { type LocalDate, naturalKey, type RecordedEvent } from '@plumbline/kernel';
import { calendarFacts } from '@plumbline/organization/facts';

/** The stream that tells which day a disclosure belongs to. */
export const calendarKey = naturalKey('calendar', 'calendar');

/** The last day that began, by the events of that stream; null before the first. */
export const lastDayOf = (events: readonly RecordedEvent[]): LocalDate | null =>
  events.reduce((state, event) => calendarFacts.evolve(state, event as RecordedEvent<never>), calendarFacts.initial)
    .lastDay;
