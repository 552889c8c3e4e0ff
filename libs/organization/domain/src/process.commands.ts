import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { count, processName, uuid, words } from './vocabulary';

const process = processName.describe('Name of the process');

export const processCommands = {
  'organization.StartProcess': defineCommand(
    'Record that a process begins to act in a version, and after which event',
    ['process'],
    z.strictObject({
      process,
      version: z.int().min(1).max(1_000_000).describe('Version of the process'),
      sinceEventId: uuid.describe('Last event of the log that it does not act on'),
    }),
    { process: 'period-reporter', version: 1, sinceEventId: '6a1d0f5e-2b3c-8d4e-9f50-1a2b3c4d5e6f' },
  ),
  'organization.RecordStepRefusal': defineCommand(
    'Record that a step of a process was refused, for people to see to',
    ['process'],
    z.strictObject({
      process,
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
export type ProcessCommand = CommandOf<typeof processCommands>;
