import type { Fold, LocalDate, RecordedEvent } from '@plumbline/kernel';
import type { CalendarEvent } from './calendar.events';

export interface CalendarFacts {
  /** The last day that has begun: what overdue and stale are judged against. Null before the first. */
  readonly lastDay: LocalDate | null;
  /** Id of the event that began it. */
  readonly lastDayEvent: string | null;
  readonly closedPeriods: readonly string[];
}

const evolve = (state: CalendarFacts, event: RecordedEvent<CalendarEvent>): CalendarFacts => {
  switch (event.type) {
    case 'organization.DayBegan.v1':
      return { ...state, lastDay: event.data.date, lastDayEvent: event.id };
    case 'organization.PeriodClosed.v1':
      return { ...state, closedPeriods: [...state.closedPeriods, event.data.period] };
  }
};

export const calendarFacts: Fold<CalendarFacts, CalendarEvent> = {
  concept: 'calendar',
  initial: { lastDay: null, lastDayEvent: null, closedPeriods: [] },
  evolve,
};
