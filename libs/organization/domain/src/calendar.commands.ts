import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { day, period } from './vocabulary';

export const calendarCommands = {
  'organization.BeginDay': defineCommand(
    'Record that a day has begun; days pass one by one',
    ['process'],
    z.strictObject({ date: day }),
    { date: '2026-11-23' },
  ),
  'organization.ClosePeriod': defineCommand(
    'Close a period that is over',
    ['process', 'hr'],
    z.strictObject({ period }),
    { period: '2026-Q3' },
  ),
};
export type CalendarCommand = CommandOf<typeof calendarCommands>;
