import type { Fold } from '@plumbline/kernel';
import type { NoticeEvent } from './notice.events';

/** The notices of one person in one year. */
export interface NoticeFacts {
  /** How many were recorded. */
  readonly recorded: number;
}

export const noticeFacts: Fold<NoticeFacts, NoticeEvent> = {
  concept: 'notices',
  initial: { recorded: 0 },
  evolve: (state) => ({ recorded: state.recorded + 1 }),
};
