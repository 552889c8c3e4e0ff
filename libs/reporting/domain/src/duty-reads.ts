import {
  commitmentAssessments,
  commitmentMilestones,
  commitmentMoves,
  commitmentRegister,
  commitmentWithdrawals,
} from '@plumbline/charter/domain';
import { metricLinks, scorecards } from '@plumbline/evaluations/domain';
import { onlyColumns } from '@plumbline/kernel';
import { observationSeries, targetAdjustments } from '@plumbline/metrics/domain';
import { delegations, importRegister, roleGrants } from '@plumbline/organization/domain';
import { figureObservations } from './figure-book';
import { leadLagReads } from './lead-lag.report';
import { localKeyActs } from './local-key-acts.read-model';
import type { RowsOf } from './report';

const FIGURES = Object.keys(figureObservations.columns) as (keyof typeof figureObservations.columns)[];

/** What tells who did which act. Of scorecards only that: no score, no rating. */
export const dutyReads = {
  ...leadLagReads,
  observations: onlyColumns(observationSeries, [...FIGURES, 'recordedBy'] as const),
  adjustments: targetAdjustments,
  imports: importRegister,
  grants: roleGrants,
  delegations,
  localKeyActs,
  commitments: commitmentRegister,
  assessments: commitmentAssessments,
  milestones: commitmentMilestones,
  moves: commitmentMoves,
  withdrawals: commitmentWithdrawals,
  links: metricLinks,
  scorecards: onlyColumns(scorecards, [
    ...(['scorecardId', 'cycle', 'leader', 'period', 'issuedBy', 'issuedAt'] as const),
    ...(['evaluator', 'confirmedBy', 'signedBy', 'signedAt'] as const),
  ]),
} as const;
export type DutyRows = RowsOf<typeof dutyReads>;
