import { accept, naturalKey, type Decider } from '@plumbline/kernel';
import { noticeCommands, type NoticeCommand } from './notice.commands';
import { noticeEvents, type NoticeEvent } from './notice.events';
import { noticeFacts, type NoticeFacts } from './notice.facts';
import { organizationFact, unlessConfigured } from './organization.decider';

export const noticeDecider: Decider<NoticeFacts, NoticeCommand, NoticeEvent> = {
  ...noticeFacts,
  commands: noticeCommands,
  events: noticeEvents,
  // a stream a year, so that none grows for ever
  stream: ({ data }) => naturalKey('notices', data.person, data.date.slice(0, 4)),
  facts: () => [organizationFact],
  decide: ({ data: { person, ...notice } }, _state, context) =>
    unlessConfigured(context) ??
    accept({ type: 'organization.NoticeRecorded.v1', data: { personId: person, ...notice } }),
};
