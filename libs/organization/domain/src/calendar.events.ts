// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { day, period, uuid } from './vocabulary';

export const calendarEvents = {
  'organization.DayBegan.v1': defineEvent(
    'A calendar day has begun in the organisation’s time zone; each day once, in order',
    z.strictObject({ date: day }),
    { date: '2026-11-23' },
  ),
  'organization.PeriodClosed.v1': defineEvent(
    'A period has been closed: what it says is judged as of this event',
    z.strictObject({ period, asOf: uuid.describe('Id of the event that began the day on which it was closed') }),
    { period: '2026-Q3', asOf: '6a1d0f5e-2b3c-8d4e-9f50-1a2b3c4d5e6f' },
  ),
};
export type CalendarEvent = EventOf<typeof calendarEvents>;
