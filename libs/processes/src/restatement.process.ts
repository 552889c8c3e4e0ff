import { anyReadModel, type RecordedEvent } from '@plumbline/kernel';
import {
  type ComponentSource,
  cycleRegister,
  type ScorecardCommand,
  type ScorecardComponentRow,
  scorecardComponents,
  scorecards,
  scopesOf,
  sourceOf,
} from '@plumbline/evaluations/domain';
import { calendarDays, lastDay, treeAsOf, type UnitTree, unitRegister } from '@plumbline/organization/domain';
import { type Process, type ProcessRows, type ProcessStep, step } from './process';

interface Place {
  readonly metricId: string;
  readonly unitId: string;
  readonly period: string;
  readonly definitionVersion: number;
}

/** The units a component names, and those it was judged by: a figure that was put right makes the fallback needless. */
const unitsOf = (
  row: ScorecardComponentRow,
  source: Extract<ComponentSource, { type: 'METRIC' }>,
): readonly string[] => [
  ...source.scopes.map(({ unitId }) => unitId),
  ...scopesOf(row).flatMap(({ unitId }) => unitId ?? []),
];

/** Its own figure, or one that a figure of it may be made of. */
function rests(
  row: ScorecardComponentRow,
  { metricId, unitId, period, definitionVersion }: Place,
  tree: UnitTree,
): boolean {
  if (row.metricId !== metricId) return false;
  const source = sourceOf(row);
  return (
    source.type === 'METRIC' &&
    source.period === period &&
    source.definitionVersion === definitionVersion &&
    unitsOf(row, source).some(
      (unit) => unit === unitId || tree.ancestors(unitId).some((above) => above.unitId === unit),
    )
  );
}

/** Codes of the cycles that are frozen, by id. */
const frozenCycles = (rows: ProcessRows): ReadonlyMap<string, string> =>
  new Map(
    rows
      .of(cycleRegister)
      .filter(({ asOf }) => asOf !== null)
      .map(({ cycleId, code }) => [cycleId, code]),
  );

function restate(cycle: string, leader: string, cause: string): ProcessStep {
  const command: ScorecardCommand = { type: 'evaluations.RestateScorecard', data: { cycle, leader, causes: [cause] } };
  return step(command, `${cycle} ${leader} ${cause}`);
}

function restated({ id, data }: RecordedEvent, rows: ProcessRows): readonly ProcessStep[] {
  const frozen = frozenCycles(rows);
  if (frozen.size === 0) return [];
  const editions = new Map(
    rows
      .of(scorecards)
      .filter(({ accepted }) => accepted !== 'NO')
      .map(({ scorecardId, edition }) => [scorecardId, edition]),
  );
  const place = data as unknown as Place;
  const day = lastDay(rows.of(calendarDays))?.date ?? '';
  const tree = treeAsOf(rows.of(unitRegister), day);
  const resting = rows
    .of(scorecardComponents)
    .filter(
      (row) => frozen.has(row.cycleId) && editions.get(row.scorecardId) === row.edition && rests(row, place, tree),
    );
  const cards = new Map(resting.map(({ scorecardId, cycleId, leader }) => [scorecardId, { cycleId, leader }]));
  return [...cards.values()].map(({ cycleId, leader }) => restate(frozen.get(cycleId)!, leader, id));
}

/** An import that was verified as a whole concerns only who took in a correction of it: what was not verified by the freeze stays so. */
function verified({ id }: RecordedEvent, rows: ProcessRows): readonly ProcessStep[] {
  const frozen = frozenCycles(rows);
  return rows
    .of(scorecards)
    .filter(({ cycleId, corrections }) => frozen.has(cycleId) && corrections.length > 0)
    .map(({ cycleId, leader }) => restate(frozen.get(cycleId)!, leader, id));
}

export const restatement: Process = {
  name: 'restatement',
  version: 2,
  sentence:
    'When a figure that a frozen scorecard rests on is corrected, retracted or verified, by itself or with its import, the scorecard is restated.',
  reads: [
    anyReadModel(calendarDays),
    anyReadModel(cycleRegister),
    anyReadModel(scorecards),
    anyReadModel(scorecardComponents),
    anyReadModel(unitRegister),
  ],
  on: {
    'metrics.ObservationCorrected.v1': restated,
    'metrics.ObservationRetracted.v1': restated,
    'metrics.ObservationVerified.v1': restated,
    'metrics.ObservationBatchVerified.v1': verified,
  },
};
