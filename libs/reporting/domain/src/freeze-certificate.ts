import { cycleRegister, scorecards } from '@plumbline/evaluations/domain';
import { type Refusal, refuse } from '@plumbline/kernel';
import { calendarDays, organizationProfile, policyInForceRows, unitRegister } from '@plumbline/organization/domain';
import { type Disclosed, withoutFigures } from '@plumbline/privacy';
import { type Line, cellAt, headerOf, line, reportOf, wordLine } from './assembly';
import { EVENT_UNIT, FACTS, type DocumentDefinition, factLine } from './document';
import { citing, prefixOf } from './prefix';
import { type Question, type Report, type RowsOf, isRefusal } from './report';
import { cycleAsked } from './scorecard-views';

const reads = {
  profile: organizationProfile,
  policies: policyInForceRows,
  days: calendarDays,
  units: unitRegister,
  cycles: cycleRegister,
  scorecards,
} as const;
type Rows = RowsOf<typeof reads>;

const leadersByGroup = (population: string): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, string[]>();
  for (const [leader, group] of Object.entries(JSON.parse(population) as Readonly<Record<string, string>>))
    groups.set(group, [...(groups.get(group) ?? []), leader]);
  return groups;
};

function compute(rows: Rows, question: Question): Disclosed<Report> | Refusal {
  const prefix = prefixOf(rows, question);
  if (isRefusal(prefix)) return prefix;
  const cycle = cycleAsked(rows.cycles, question.cycle);
  if (isRefusal(cycle)) return cycle;
  if (cycle.asOf === null)
    return refuse('a-certificate-is-of-a-frozen-cycle', `${cycle.code} is not frozen at that position.`);
  const cites = citing('scorecard', [cycle]);
  const fact = (column: string, label: string, said: string | null): Line => factLine(column, label, said, cites);
  const event = (column: string, label: string, id: string | null): Line =>
    line(
      withoutFigures(
        cellAt(`${FACTS}/${column}`, label, {
          word: id,
          state: id === null ? 'NO_DATA' : 'OK',
          unit: EVENT_UNIT,
          cites,
        }),
      ),
    );
  const cards = rows.scorecards.filter(({ cycleId }) => cycleId === cycle.cycleId);
  const groups = [...leadersByGroup(cycle.population)].sort(([a], [b]) => (a < b ? -1 : 1));
  const header = headerOf(freezeCertificate, prefix, question, prefix.tree.root);
  return reportOf({ ...header, period: cycle.period }, [
    fact('cycle', 'Cycle', cycle.code),
    fact('period', 'Judged period', `${cycle.period}, ${cycle.periodStart} to ${cycle.periodEnd}`),
    fact('frozen-on', 'Frozen on', cycle.frozenOn),
    fact('measured-on', 'Measured on', cycle.measuredOn),
    event('as-of', 'Last event that counts: the freeze', cycle.asOf),
    event('snapshot', 'Event of the organisation as it was', cycle.snapshot),
    fact('root', 'Root at that event', null),
    fact('freezes', 'Times frozen', String(cycle.freezes)),
    fact('rules', 'Rules', `Version ${cycle.ruleSetVersion}`),
    fact('code', 'Computed by', cycle.codeVersion),
    fact('hash', 'SHA-256 of all results', cycle.resultHash),
    fact('scorecards', 'Scorecards computed', cycle.scorecards === null ? null : String(cycle.scorecards)),
    ...groups.flatMap(([group, leaders]) => {
      const own = cards.filter((card) => card.group === group);
      const word = (column: string, label: string, count: number): Line =>
        wordLine(`${group}/${column}`, `${label} · ${group}`, String(count), cites);
      return [
        word('leaders', 'Leaders', leaders.length),
        word('contracts', 'Contracts', own.length),
        word('accepted', 'Accepted', own.filter(({ accepted }) => accepted !== 'NO').length),
        word('computed', 'Computed', own.filter(({ total }) => total !== null).length),
      ];
    }),
  ]);
}

/** That a cycle was frozen, at which event: whatever came later counts for nothing in it. */
export const freezeCertificate: DocumentDefinition<typeof reads> = {
  id: 'FREEZE-CERTIFICATE',
  name: 'Freeze certificate',
  question: 'Up to which event does this cycle count, and what was computed from it?',
  audience: ['executive', 'hr', 'legal', 'auditor', 'board'],
  kind: 'both',
  version: 1,
  filters: ['cycle'],
  columns: [
    { id: 'row', title: 'Leader group', align: 'left' },
    { id: 'leaders', title: 'Leaders', align: 'right' },
    { id: 'contracts', title: 'Contracts', align: 'right' },
    { id: 'accepted', title: 'Accepted', align: 'right' },
    { id: 'computed', title: 'Computed', align: 'right' },
  ],
  signed: ['Frozen by', 'Witnessed by'],
  reads,
  compute,
  mayOpen: () => () => false,
};
