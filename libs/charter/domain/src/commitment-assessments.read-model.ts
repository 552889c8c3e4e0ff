import { sealedReference, type LocalDate, type ReadModel } from '@plumbline/kernel';
import type { CommitmentEvent } from './commitment.events';
import type { Completion } from './vocabulary';

/** One independent assessment; its id is that of its event. */
export type CommitmentAssessmentRow = {
  readonly assessmentId: string;
  readonly commitmentId: string;
  readonly assessor: string;
  readonly completion: Completion;
  readonly assessedOn: LocalDate;
  /** Sealed. */
  readonly rationale: string;
};

type Assessed = Extract<CommitmentEvent, { type: 'charter.CommitmentIndependentlyAssessed.v1' }>;

export const commitmentAssessments: ReadModel<CommitmentAssessmentRow, Assessed> = {
  name: 'commitment_assessments',
  version: 1,
  key: ['assessmentId'],
  columns: {
    assessmentId: 'text',
    commitmentId: 'text',
    assessor: 'text',
    completion: 'text',
    assessedOn: 'date',
    rationale: 'text',
  },
  indexes: [['commitmentId']],
  on: {
    'charter.CommitmentIndependentlyAssessed.v1': {
      keys: ({ id }) => [{ assessmentId: id }],
      fold: (_row, { id, data }) => ({
        assessmentId: id,
        commitmentId: data.commitmentId,
        assessor: data.assessor,
        completion: data.completion,
        assessedOn: data.assessedOn,
        rationale: sealedReference(id, 'rationale'),
      }),
    },
  },
};
