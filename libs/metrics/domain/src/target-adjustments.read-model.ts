import { sealedReference, type ReadModel, type RecordedEvent } from '@plumbline/kernel';
import { anchorColumns, flatAnchors, type AnchorColumns } from './anchor-columns';
import type { TargetEvent } from './target.events';

/** One wish to move a target, and what became of it. */
export type TargetAdjustmentRow = AnchorColumns<'from'> &
  AnchorColumns<'to'> & {
    readonly targetId: string;
    readonly requestId: string;
    readonly metricId: string;
    readonly unitId: string;
    readonly period: string;
    readonly state: 'REQUESTED' | 'ADJUSTED' | 'REFUSED';
    readonly requestedBy: string;
    readonly requestedAt: string;
    /** Of the period's days, in hundredths of a per cent, and whether the result was recorded: when it was asked for, then when it was decided. */
    readonly periodGone: number;
    readonly resultKnown: boolean;
    readonly reason: string | null;
    /** Everyone who said yes, in their order. */
    readonly approvals: readonly string[];
    readonly panel: string | null;
    readonly refusedBy: string | null;
    /** The rule it was refused by. */
    readonly rule: string | null;
    readonly refusalReason: string | null;
    readonly decidedAt: string | null;
  };

const keys = ({ data }: RecordedEvent<Extract<TargetEvent, { data: { requestId: string } }>>) => [
  { targetId: data.targetId, requestId: data.requestId },
];

export const targetAdjustments: ReadModel<TargetAdjustmentRow, TargetEvent> = {
  name: 'target_adjustments',
  version: 1,
  key: ['targetId', 'requestId'],
  columns: {
    targetId: 'text',
    requestId: 'text',
    metricId: 'text',
    unitId: 'text',
    period: 'text',
    state: 'text',
    ...anchorColumns('from'),
    ...anchorColumns('to'),
    requestedBy: 'text',
    requestedAt: 'instant',
    periodGone: 'integer',
    resultKnown: 'boolean',
    reason: 'text?',
    approvals: 'text[]',
    panel: 'text?',
    refusedBy: 'text?',
    rule: 'text?',
    refusalReason: 'text?',
    decidedAt: 'instant?',
  },
  indexes: [['unitId', 'period']],
  on: {
    'metrics.TargetProposed.v1': 'ignored',
    'metrics.TargetDifficultyBackTested.v1': 'ignored',
    'metrics.TargetApproved.v1': 'ignored',
    'metrics.TargetLocked.v1': 'ignored',
    'metrics.TargetRetired.v1': 'ignored',
    'metrics.TargetAdjustmentRequested.v1': {
      keys,
      fold: (_row, { id, data, recordedAt }) => ({
        targetId: data.targetId,
        requestId: data.requestId,
        metricId: data.metricId,
        unitId: data.unitId,
        period: data.period,
        state: 'REQUESTED',
        ...flatAnchors('from', data.from),
        ...flatAnchors('to', data.changes),
        requestedBy: data.requestedBy,
        requestedAt: recordedAt,
        periodGone: data.periodGone,
        resultKnown: data.resultKnown,
        reason: sealedReference(id, 'reason'),
        approvals: [],
        panel: null,
        refusedBy: null,
        rule: null,
        refusalReason: null,
        decidedAt: null,
      }),
    },
    'metrics.TargetAdjustmentApproved.v1': {
      keys,
      fold: (row, { data }) => (row ? { ...row, approvals: [...row.approvals, data.by] } : null),
    },
    'metrics.TargetAdjusted.v1': {
      keys,
      fold: (row, { data, recordedAt }) =>
        row
          ? {
              ...row,
              state: 'ADJUSTED',
              panel: data.panel,
              periodGone: data.periodGone,
              resultKnown: data.resultKnown,
              decidedAt: recordedAt,
            }
          : null,
    },
    'metrics.TargetAdjustmentRefused.v1': {
      keys,
      fold: (row, { id, data, recordedAt }) => {
        const said = data.reason === null ? null : sealedReference(id, 'reason');
        const decided = {
          state: 'REFUSED' as const,
          rule: data.rule,
          refusedBy: data.refusedBy,
          periodGone: data.periodGone,
          resultKnown: data.resultKnown,
          decidedAt: recordedAt,
        };
        return row
          ? { ...row, ...decided, refusalReason: said }
          : {
              targetId: data.targetId,
              requestId: data.requestId,
              metricId: data.metricId,
              unitId: data.unitId,
              period: data.period,
              ...flatAnchors('from', data.from),
              ...flatAnchors('to', data.changes),
              requestedBy: data.requestedBy,
              requestedAt: recordedAt,
              reason: said,
              approvals: [],
              panel: null,
              refusalReason: null,
              ...decided,
            };
      },
    },
  },
};
