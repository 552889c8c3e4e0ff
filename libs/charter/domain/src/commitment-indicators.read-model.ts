import type { LocalDate, ReadModel } from '@plumbline/kernel';
import type { PlanEvent } from './commitment-plan.events';
import type { IndicatorKind } from './vocabulary';

/** What is to be seen, of which office, by when. */
export type IndicatorRow = {
  readonly commitmentId: string;
  readonly indicatorId: string;
  readonly milestoneId: string | null;
  readonly text: string;
  readonly office: string | null;
  readonly kind: IndicatorKind;
  readonly metricId: string | null;
  readonly baselineDue: LocalDate | null;
};

type Added = Extract<PlanEvent, { type: 'charter.CommitmentIndicatorAdded.v1' }>;

export const commitmentIndicators: ReadModel<IndicatorRow, Added> = {
  name: 'commitment_indicators',
  version: 1,
  key: ['commitmentId', 'indicatorId'],
  columns: {
    commitmentId: 'text',
    indicatorId: 'text',
    milestoneId: 'text?',
    text: 'text',
    office: 'text?',
    kind: 'text',
    metricId: 'text?',
    baselineDue: 'date?',
  },
  on: {
    'charter.CommitmentIndicatorAdded.v1': {
      keys: ({ data: { commitmentId, indicatorId } }) => [{ commitmentId, indicatorId }],
      fold: (_row, { data: { addedBy: _addedBy, ...indicator } }) => indicator,
    },
  },
};
