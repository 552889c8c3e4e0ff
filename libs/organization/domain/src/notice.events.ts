// These shapes are kept for ever: a stored event is never rewritten, a change is a new version beside the old one.
import { defineEvent, type EventOf } from '@plumbline/kernel';
import { z } from 'zod';
import { day, NOTICE_KINDS, NOTICE_REASONS, person, words } from './vocabulary';

export const noticeItem = z.strictObject({
  kind: z.enum(NOTICE_KINDS),
  about: words(300).describe('What it is about, by codes and periods'),
  due: day.nullable().describe('The day on which it is due, or on which it happened'),
});
export type NoticeItem = z.infer<typeof noticeItem>;

export const noticeEvents = {
  'organization.NoticeRecorded.v1': defineEvent(
    'A notice to someone has been recorded and goes out: what is due and when',
    z.strictObject({
      personId: person,
      date: day,
      reason: z.enum(NOTICE_REASONS),
      items: z.array(noticeItem).min(1).max(1_000),
    }),
    {
      personId: '5e8a0b34-7d21-8c94-a1f0-6b4c3d2e1f55',
      date: '2026-10-01',
      reason: 'DUE',
      items: [{ kind: 'COMMITMENT_REPORT', about: 'QUIET_ROOMS 2026-Q3', due: '2026-10-15' }],
    },
  ),
};
export type NoticeEvent = EventOf<typeof noticeEvents>;
