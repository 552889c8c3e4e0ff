import type { LocalDate, ReadModel } from '@plumbline/kernel';
import type { NoticeEvent } from './notice.events';
import type { NoticeKind, NoticeReason } from './vocabulary';

/** One row a person, thing and day it is due: when notice of it was first given. */
export type NoticeGivenRow = {
  readonly personId: string;
  readonly kind: NoticeKind;
  readonly about: string;
  /** Empty where nothing is due. */
  readonly due: string;
  /** The first day on which notice was given. */
  readonly firstGivenOn: LocalDate;
  readonly lastGivenOn: LocalDate;
  readonly times: number;
  readonly lastReason: NoticeReason;
};

export const noticesGiven: ReadModel<NoticeGivenRow, NoticeEvent> = {
  name: 'notices_given',
  version: 1,
  key: ['personId', 'kind', 'about', 'due'],
  columns: {
    personId: 'text',
    kind: 'text',
    about: 'text',
    due: 'text',
    firstGivenOn: 'date',
    lastGivenOn: 'date',
    times: 'integer',
    lastReason: 'text',
  },
  on: {
    'organization.NoticeRecorded.v1': {
      keys: ({ data }) =>
        data.items.map(({ kind, about, due }) => ({ personId: data.personId, kind, about, due: due ?? '' })),
      fold: (row, { data }, { kind, about, due }) => ({
        personId: data.personId,
        kind: kind!,
        about: about!,
        due: due!,
        firstGivenOn: row?.firstGivenOn ?? data.date,
        lastGivenOn: data.date,
        times: (row?.times ?? 0) + 1,
        lastReason: data.reason,
      }),
    },
  },
};
