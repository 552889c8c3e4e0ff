import { naturalKey, ROLES, type EventBody, type ReadModel, type Role, type Row } from '@plumbline/kernel';
import {
  cycleRegister,
  metricLinks,
  OPEN_SCORECARDS,
  scorecardRestatements,
  scorecards,
  type CycleRow,
  type ScorecardRow,
} from '@plumbline/evaluations/domain';
import { defineAsk, type Answered, type AnyAsk, type Asking, type StreamNames } from '@plumbline/platform/commands';
import type { EventStore } from '@plumbline/platform/event-store';
import type { AsOfReader, AsOfView, DeclaredReadModel } from '@plumbline/platform/projections';
import { z } from 'zod';

const cycle = z.string().min(1).max(64).describe('Code of the cycle');
const leader = z.uuid().describe('Person id of the leader');

/** Who sees how far each scorecard is; everybody else sees their own, as leader or as evaluator. */
const OVERSEERS: readonly Role[] = ['hr', 'auditor', 'board'];

const declared = <R extends Row, E extends EventBody>(model: ReadModel<R, E>): DeclaredReadModel =>
  model as unknown as DeclaredReadModel;

const oversees = ({ actor }: Asking): boolean => actor === null || OVERSEERS.some((role) => role === actor.role);
const maySee = ({ leader: rated, evaluators }: ScorecardRow, asking: Asking): boolean =>
  oversees(asking) || rated === asking.actor?.id || evaluators.includes(asking.actor?.id ?? '');

/** How far a scorecard is. What it comes to, and what anybody wrote, leaves by reports only. */
const stageOf = ({
  scorecardId,
  cycle: code,
  leader: rated,
  group,
  edition,
  state,
  issuedAt,
  acceptBy,
  accepted,
  acceptedAt,
  evaluators,
  asOf,
  signedAt,
  final,
  restatements,
  events,
}: ScorecardRow & { readonly events: readonly string[] }) => ({
  ...{ scorecardId, cycle: code, leader: rated, group, edition, state, issuedAt, acceptBy, accepted, acceptedAt },
  ...{ evaluators, asOf, signedAt, final, restatements, events },
});

const withoutPopulation = ({ population, ruleSet, ...row }: CycleRow & { readonly events: readonly string[] }) => ({
  ...row,
  ruleSet: JSON.parse(ruleSet) as unknown,
  leaders: Object.keys(JSON.parse(population) as object).length,
});

/** Questions about cycles, links and how far scorecards are, each read as of one position. None of them answers with a score. */
export function evaluationsAsks(
  store: Pick<EventStore, 'head'>,
  names: StreamNames,
  reader: AsOfReader,
): Readonly<Record<string, AnyAsk>> {
  /** A decision waits until the rows know all of the log; a person is answered from what they know by now. */
  const read = async <A>(
    asking: Asking,
    models: readonly DeclaredReadModel[],
    answer: (view: AsOfView) => Promise<A>,
  ): Promise<Answered<A>> => {
    const { asOf: position, actor } = asking;
    const place =
      position !== undefined ? { position } : actor === null ? { after: (await store.head()).position } : {};
    return reader.at(place, models, async (view) => ({ answer: await answer(view), position: view.position }));
  };
  const cycleIdOf = (code: string): string => names.idOf(naturalKey('cycle', code));

  return {
    'evaluations.cycles': defineAsk(
      'The cycles: their periods, days, rules, and what they were frozen as of',
      ROLES,
      z.strictObject({}),
      (_about, asking) =>
        read(asking, [declared(cycleRegister)], async (view) =>
          (await view.rows(cycleRegister)).map(withoutPopulation).sort((a, b) => (a.code < b.code ? -1 : 1)),
        ),
    ),
    'evaluations.cycle-standing': defineAsk(
      'Whether a cycle of this code is open, frozen or closed, and from when to when it lasts',
      [],
      z.strictObject({ cycle }),
      (about, asking) =>
        read(asking, [declared(cycleRegister)], async (view) => {
          const [found] = await view.rows(cycleRegister, { where: { cycleId: cycleIdOf(about.cycle) } });
          return found
            ? { state: found.state, periodStart: found.periodStart, periodEnd: found.periodEnd }
            : { state: 'NONE', periodStart: null, periodEnd: null };
        }),
    ),
    'evaluations.population': defineAsk(
      'Who is evaluated in a cycle, by group',
      ['hr', 'auditor', 'board', 'legal'],
      z.strictObject({ cycle }),
      (about, asking) =>
        read(asking, [declared(cycleRegister)], async (view) => {
          const [found] = await view.rows(cycleRegister, { where: { cycleId: cycleIdOf(about.cycle) } });
          return found ? (JSON.parse(found.population) as Readonly<Record<string, string>>) : {};
        }),
    ),
    'evaluations.links': defineAsk(
      'Which metrics may count for which groups of leaders, on which review, and what was refused',
      ['hr', 'legal', 'auditor', 'board'],
      z.strictObject({}),
      (_about, asking) =>
        read(asking, [declared(metricLinks)], async (view) =>
          [...(await view.rows(metricLinks))].sort((a, b) =>
            `${a.metric} ${a.group}` < `${b.metric} ${b.group}` ? -1 : 1,
          ),
        ),
    ),
    'evaluations.scorecards': defineAsk(
      'How far the scorecards are; what they come to is in the report',
      ROLES,
      z.strictObject({ cycle: cycle.optional(), leader: leader.optional() }),
      (about, asking) =>
        read(asking, [declared(scorecards)], async (view) =>
          (
            await view.rows(scorecards, {
              where: {
                ...(about.cycle === undefined ? {} : { cycleId: cycleIdOf(about.cycle) }),
                ...(about.leader === undefined ? {} : { leader: about.leader }),
              },
            })
          )
            .filter((row) => maySee(row, asking))
            .map(stageOf),
        ),
    ),
    'evaluations.restatements': defineAsk(
      'Which results were restated, and by which events',
      ['hr', 'auditor', 'board'],
      z.strictObject({ cycle: cycle.optional() }),
      (about, asking) =>
        read(asking, [declared(scorecardRestatements)], async (view) =>
          (
            await view.rows(
              scorecardRestatements,
              about.cycle === undefined ? {} : { where: { cycleId: cycleIdOf(about.cycle) } },
            )
          ).map(({ oldScore: _old, newScore: _new, ...row }) => row),
        ),
    ),
    [OPEN_SCORECARDS]: defineAsk(
      'How many scorecards of a cycle are not final',
      [],
      z.strictObject({ cycle }),
      (about, asking) =>
        read(asking, [declared(scorecards)], async (view) => {
          const rows = await view.rows(scorecards, { where: { cycleId: cycleIdOf(about.cycle) } });
          return rows.filter(({ final, accepted }) => !final && accepted !== 'NO').length;
        }),
    ),
  };
}
