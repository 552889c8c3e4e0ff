import { anyReadModel, type RecordedEvent } from '@plumbline/kernel';
import { type CycleCommand, cycleRegister, type ScorecardCommand, scorecards } from '@plumbline/evaluations/domain';
import { type Process, type ProcessRows, type ProcessStep, step } from './process';

function computed(cycleId: string, rows: ProcessRows): readonly ProcessStep[] {
  const cycle = rows.of(cycleRegister).find((row) => row.cycleId === cycleId);
  if (!cycle) return [];
  const about = `${cycle.code} frozen ${cycle.freezes} times`;
  const scored = rows
    .of(scorecards)
    .filter((card) => card.cycleId === cycleId && card.accepted !== 'NO')
    .map(({ leader }) => {
      const command: ScorecardCommand = {
        type: 'evaluations.ComputeScorecard',
        data: { cycle: cycle.code, leader },
      };
      return { ...step(command, `${about} ${leader}`), together: true };
    });
  const last: CycleCommand = { type: 'evaluations.RecordComputation', data: { cycle: cycle.code } };
  return [...scored, step(last, about)];
}

export const cycleCompute: Process = {
  name: 'cycle-compute',
  version: 1,
  sentence: 'When a cycle is frozen, every accepted scorecard is scored as of the freeze, then the whole is recorded.',
  reads: [anyReadModel(cycleRegister), anyReadModel(scorecards)],
  on: {
    'evaluations.CycleFrozen.v1': ({ data }: RecordedEvent, rows) =>
      computed((data as { readonly cycleId: string }).cycleId, rows),
  },
};
