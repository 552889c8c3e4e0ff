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

function restated({ id, data }: RecordedEvent, rows: ProcessRows): readonly ProcessStep[] {
  const frozen = new Map(
    rows
      .of(cycleRegister)
      .filter(({ asOf }) => asOf !== null)
      .map(({ cycleId, code }) => [cycleId, code]),
  );
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
  return [...cards.values()].map(({ cycleId, leader }) => {
    const cycle = frozen.get(cycleId)!;
    const command: ScorecardCommand = {
      type: 'evaluations.RestateScorecard',
      data: { cycle, leader, causes: [id] },
    };
    return step(command, `${cycle} ${leader} ${id}`);
  });
}

export const restatement: Process = {
  name: 'restatement',
  version: 1,
  sentence:
    'When a figure that a frozen scorecard rests on is corrected, retracted or verified, the scorecard is restated.',
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
  },
};
