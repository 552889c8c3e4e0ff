import type { Fold, LocalDate, RecordedEvent } from '@plumbline/kernel';
import type { CycleCalendar, CycleEvent } from './cycle.events';
import { ruleSets, type RuleSet } from './rule-sets';

export type CycleState = 'NONE' | 'OPEN' | 'FROZEN' | 'CLOSED';

export interface Frozen {
  /** The last event that counts: the freeze itself. */
  readonly asOf: string;
  readonly day: LocalDate;
  readonly measuredOn: LocalDate;
}

export interface CycleFacts {
  readonly state: CycleState;
  readonly cycleId: string;
  readonly code: string;
  readonly period: string;
  readonly periodStart: LocalDate;
  readonly periodEnd: LocalDate;
  /** Group by leader. */
  readonly groups: ReadonlyMap<string, string>;
  readonly groupCodes: readonly string[];
  readonly ruleSet: RuleSet;
  readonly calendar: CycleCalendar;
  readonly openedBy: string;
  readonly consultations: readonly string[];
  /** The event as of which the structure is named; null before a snapshot. */
  readonly snapshot: string | null;
  readonly frozen: Frozen | null;
  readonly computed: boolean;
  readonly reopening: { readonly by: string; readonly for: string | null } | null;
}

const initial: CycleFacts = {
  state: 'NONE',
  cycleId: '',
  code: '',
  period: '',
  periodStart: '',
  periodEnd: '',
  groups: new Map(),
  groupCodes: [],
  ruleSet: ruleSets['1'],
  calendar: { acceptBy: '', freezeFrom: '', acknowledgeBy: '' },
  openedBy: '',
  consultations: [],
  snapshot: null,
  frozen: null,
  computed: false,
  reopening: null,
};

function evolve(state: CycleFacts, event: RecordedEvent<CycleEvent>): CycleFacts {
  switch (event.type) {
    case 'evaluations.CycleOpened.v1': {
      const { cycleId, code, period, periodStart, periodEnd, population, ruleSet, calendar } = event.data;
      return {
        ...initial,
        state: 'OPEN',
        ...{ cycleId, code, period, periodStart, periodEnd, ruleSet, calendar },
        groups: new Map(population.flatMap(({ group, leaders }) => leaders.map((leader) => [leader, group] as const))),
        groupCodes: population.map(({ group }) => group),
        openedBy: event.data.openedBy,
        consultations: event.data.consultations,
      };
    }
    case 'evaluations.LeaderAdmitted.v1':
      return { ...state, groups: new Map([...state.groups, [event.data.leader, event.data.group]]) };
    case 'evaluations.OrgSnapshotTaken.v1':
      return { ...state, snapshot: event.data.asOf };
    case 'evaluations.CycleFrozen.v1': {
      const { asOf, day, measuredOn } = event.data;
      return { ...state, state: 'FROZEN', frozen: { asOf, day, measuredOn }, computed: false };
    }
    case 'evaluations.ScorecardsComputed.v1':
      return { ...state, computed: true };
    case 'evaluations.CycleClosed.v1':
      return { ...state, state: 'CLOSED' };
    case 'evaluations.CycleReopeningRequested.v1':
      return { ...state, reopening: { by: event.data.by, for: event.onBehalfOf ?? null } };
    case 'evaluations.CycleReopened.v1':
      return { ...state, state: 'OPEN', frozen: null, computed: false, reopening: null };
  }
}

export const cycleFacts: Fold<CycleFacts, CycleEvent> = { concept: 'cycle', initial, evolve };
