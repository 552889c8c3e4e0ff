import type { LocalDate, ReadModel } from '@plumbline/kernel';
import type { CharterEvent } from './charter.events';

/** A round of consultation. Counts stand here once it has closed, group by group in the order of `groups`. */
export type CharterConsultationRow = {
  readonly charterId: string;
  readonly round: number;
  readonly groups: readonly string[];
  readonly opensOn: LocalDate;
  readonly closesAt: LocalDate;
  readonly closedOn: LocalDate | null;
  /** Groups that answered, `<group>:<support>:<with changes>:<oppose>:<undecided>`. */
  readonly counts: readonly string[];
};

export const charterConsultations: ReadModel<CharterConsultationRow, CharterEvent> = {
  name: 'charter_consultations',
  version: 1,
  key: ['charterId', 'round'],
  columns: {
    charterId: 'text',
    round: 'integer',
    groups: 'text[]',
    opensOn: 'date',
    closesAt: 'date',
    closedOn: 'date?',
    counts: 'text[]',
  },
  on: {
    'charter.CharterDrafted.v1': 'ignored',
    'charter.CharterPrincipleAdded.v1': 'ignored',
    'charter.CharterPrincipleReworded.v1': 'ignored',
    'charter.CharterPrincipleWithdrawn.v1': 'ignored',
    'charter.CharterConsultationOpened.v1': {
      keys: ({ data: { charterId, round } }) => [{ charterId, round }],
      fold: (_row, { data }) => ({
        charterId: data.charterId,
        round: data.round,
        groups: data.audience.map(({ group }) => group),
        opensOn: data.opensOn,
        closesAt: data.closesAt,
        closedOn: null,
        counts: [],
      }),
    },
    'charter.CharterConsultationTallied.v1': 'ignored',
    'charter.CharterConsultationClosed.v1': {
      keys: ({ data: { charterId, round } }) => [{ charterId, round }],
      fold: (row, { data }) =>
        row
          ? {
              ...row,
              closedOn: data.closedOn,
              counts: data.counts.map(({ group, stances: { SUPPORT, SUPPORT_WITH_CHANGES, OPPOSE, UNDECIDED } }) =>
                [group, SUPPORT, SUPPORT_WITH_CHANGES, OPPOSE, UNDECIDED].join(':'),
              ),
            }
          : null,
    },
    'charter.CharterConsultationWaiverRequested.v1': 'ignored',
    'charter.CharterConsultationWaived.v1': 'ignored',
    'charter.CharterAdopted.v1': 'ignored',
    'charter.CharterAmended.v1': 'ignored',
    'charter.CharterRetired.v1': 'ignored',
  },
};
