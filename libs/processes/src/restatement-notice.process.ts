import { anyReadModel, type RecordedEvent } from '@plumbline/kernel';
import { scorecards } from '@plumbline/evaluations/domain';
import { calendarDays, lastDay } from '@plumbline/organization/domain';
import type { Process, ProcessRows, ProcessStep } from './process';
import { notices } from './telling';

function told({ data }: RecordedEvent, rows: ProcessRows): readonly ProcessStep[] {
  const { scorecardId } = data as { readonly scorecardId: string };
  const card = rows.of(scorecards).find((row) => row.scorecardId === scorecardId);
  const day = lastDay(rows.of(calendarDays));
  if (!card || !day) return [];
  const item = { kind: 'SCORECARD_RESTATED', about: card.cycle, due: null } as const;
  return notices(
    [card.leader, ...card.evaluators].map((to) => ({ to, item })),
    day.date,
    'HAPPENED',
  );
}

export const restatementNotice: Process = {
  name: 'restatement-notice',
  version: 1,
  sentence: 'When a scorecard is restated, its leader and evaluators are told.',
  reads: [anyReadModel(scorecards), anyReadModel(calendarDays)],
  on: { 'evaluations.ScorecardRestated.v1': told },
};
