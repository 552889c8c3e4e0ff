// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { count, processName, uuid, words } from './vocabulary';

const version = z.int().min(1).max(1_000_000);

export const processEvents = {
  'organization.ProcessStarted.v1': defineEvent(
    'A process has begun to act in this version: on what comes after this event, never on what came before',
    z.strictObject({
      process: processName,
      version,
      sinceEventId: uuid.describe('Last event of the log that it does not act on'),
    }),
    { process: 'period-reporter', version: 1, sinceEventId: '6a1d0f5e-2b3c-8d4e-9f50-1a2b3c4d5e6f' },
  ),
  'organization.ProcessStepRefused.v1': defineEvent(
    'A process sent a command and was refused; people see to it',
    z.strictObject({
      process: processName,
      eventId: uuid.describe('Id of the event it acted on'),
      step: count.describe('Which of the steps it took on that event, from 0'),
      command: words(120).describe('Type of the command'),
      about: words(300).describe('What the step was about, by codes and periods'),
      rule: words(200).describe('The rule that refused it'),
    }),
    {
      process: 'period-reporter',
      eventId: '6a1d0f5e-2b3c-8d4e-9f50-1a2b3c4d5e6f',
      step: 0,
      command: 'charter.MissProgress',
      about: 'QUIET_ROOMS 2026-Q2',
      rule: 'each-period-yields-one-report-or-one-miss',
    },
  ),
};
export type ProcessEvent = EventOf<typeof processEvents>;
