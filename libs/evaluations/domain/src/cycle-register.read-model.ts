import type { LocalDate, ReadModel } from '@plumbline/kernel';
import { canonicalJson } from '@plumbline/ledger';
import type { CycleEvent } from './cycle.events';

/** One row a cycle, with what it was frozen as of. */
export type CycleRow = {
  readonly cycleId: string;
  readonly code: string;
  readonly state: 'OPEN' | 'FROZEN' | 'CLOSED';
  readonly period: string;
  readonly periodStart: LocalDate;
  readonly periodEnd: LocalDate;
  readonly groups: readonly string[];
  /** Canonical JSON: group by leader. */
  readonly population: string;
  readonly ruleSetVersion: string;
  /** Canonical JSON of the rule set as it was agreed. */
  readonly ruleSet: string;
  readonly acceptBy: LocalDate;
  readonly freezeFrom: LocalDate;
  readonly acknowledgeBy: LocalDate;
  readonly consultations: readonly string[];
  readonly openedBy: string;
  readonly snapshot: string | null;
  /** The last event that counts, the freeze itself; null until it is frozen. */
  readonly asOf: string | null;
  readonly frozenOn: LocalDate | null;
  readonly measuredOn: LocalDate | null;
  readonly freezes: number;
  readonly codeVersion: string | null;
  readonly resultHash: string | null;
  readonly scorecards: number | null;
};

const keys = ({ data }: { readonly data: { readonly cycleId: string } }) => [{ cycleId: data.cycleId }];

export const cycleRegister: ReadModel<CycleRow, CycleEvent> = {
  name: 'cycle_register',
  version: 1,
  key: ['cycleId'],
  columns: {
    cycleId: 'text',
    code: 'text',
    state: 'text',
    period: 'text',
    periodStart: 'date',
    periodEnd: 'date',
    groups: 'text[]',
    population: 'json',
    ruleSetVersion: 'text',
    ruleSet: 'json',
    acceptBy: 'date',
    freezeFrom: 'date',
    acknowledgeBy: 'date',
    consultations: 'text[]',
    openedBy: 'text',
    snapshot: 'text?',
    asOf: 'text?',
    frozenOn: 'date?',
    measuredOn: 'date?',
    freezes: 'integer',
    codeVersion: 'text?',
    resultHash: 'text?',
    scorecards: 'integer?',
  },
  on: {
    'evaluations.CycleOpened.v1': {
      keys,
      fold: (_row, { data }) => ({
        cycleId: data.cycleId,
        code: data.code,
        state: 'OPEN',
        period: data.period,
        periodStart: data.periodStart,
        periodEnd: data.periodEnd,
        groups: data.population.map(({ group }) => group),
        population: canonicalJson(
          Object.fromEntries(data.population.flatMap(({ group, leaders }) => leaders.map((leader) => [leader, group]))),
        ),
        ruleSetVersion: data.ruleSetVersion,
        ruleSet: canonicalJson(data.ruleSet),
        acceptBy: data.calendar.acceptBy,
        freezeFrom: data.calendar.freezeFrom,
        acknowledgeBy: data.calendar.acknowledgeBy,
        consultations: data.consultations,
        openedBy: data.openedBy,
        snapshot: null,
        asOf: null,
        frozenOn: null,
        measuredOn: null,
        freezes: 0,
        codeVersion: null,
        resultHash: null,
        scorecards: null,
      }),
    },
    'evaluations.LeaderAdmitted.v1': {
      keys,
      fold: (row, { data }) =>
        row
          ? {
              ...row,
              population: canonicalJson({
                ...(JSON.parse(row.population) as Record<string, string>),
                [data.leader]: data.group,
              }),
            }
          : null,
    },
    'evaluations.OrgSnapshotTaken.v1': {
      keys,
      fold: (row, { data }) => (row ? { ...row, snapshot: data.asOf } : null),
    },
    'evaluations.CycleFrozen.v1': {
      keys,
      fold: (row, { data }) =>
        row
          ? {
              ...row,
              state: 'FROZEN',
              asOf: data.asOf,
              frozenOn: data.day,
              measuredOn: data.measuredOn,
              freezes: row.freezes + 1,
              codeVersion: null,
              resultHash: null,
              scorecards: null,
            }
          : null,
    },
    'evaluations.ScorecardsComputed.v1': {
      keys,
      fold: (row, { data: { codeVersion, resultHash, scorecards } }) =>
        row ? { ...row, codeVersion, resultHash, scorecards } : null,
    },
    'evaluations.CycleClosed.v1': { keys, fold: (row) => (row ? { ...row, state: 'CLOSED' } : null) },
    'evaluations.CycleReopeningRequested.v1': 'ignored',
    'evaluations.CycleReopened.v1': {
      keys,
      fold: (row) => (row ? { ...row, state: 'OPEN', asOf: null, frozenOn: null, measuredOn: null } : null),
    },
  },
};
