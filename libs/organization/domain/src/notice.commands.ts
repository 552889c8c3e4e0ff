import { defineCommand, type CommandOf } from '@plumbline/kernel';
import { z } from 'zod';
import { noticeItem } from './notice.events';
import { day, NOTICE_REASONS, person } from './vocabulary';

export const noticeCommands = {
  'organization.RecordNotice': defineCommand(
    'Record a notice to someone; it is sent once it is recorded',
    ['process'],
    z.strictObject({
      person,
      date: day.describe('The day it is of'),
      reason: z.enum(NOTICE_REASONS).describe('Why it is given'),
      items: z.array(noticeItem).min(1).max(1_000).describe('What it says'),
    }),
    {
      person: '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55',
      date: '2026-10-01',
      reason: 'DUE',
      items: [{ kind: 'COMMITMENT_REPORT', about: 'QUIET_ROOMS 2026-Q3', due: '2026-10-15' }],
    },
  ),
};
export type NoticeCommand = CommandOf<typeof noticeCommands>;
