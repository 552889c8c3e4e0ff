import type { ReadModel } from '@plumbline/kernel';
import type { CommitmentEvent } from './commitment.events';
import type { ResourceStage } from './vocabulary';

/** Money or time that was pledged or released; its id is that of its event. */
export type CommitmentResourceRow = {
  readonly resourceId: string;
  readonly commitmentId: string;
  readonly stage: ResourceStage;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly fte: string | null;
  readonly source: string;
};

type Resourced = Extract<CommitmentEvent, { type: 'charter.CommitmentResourced.v1' }>;

export const commitmentResources: ReadModel<CommitmentResourceRow, Resourced> = {
  name: 'commitment_resources',
  version: 1,
  key: ['resourceId'],
  columns: {
    resourceId: 'text',
    commitmentId: 'text',
    stage: 'text',
    amount: 'decimal?',
    currency: 'text?',
    fte: 'decimal?',
    source: 'text',
  },
  indexes: [['commitmentId']],
  on: {
    'charter.CommitmentResourced.v1': {
      keys: ({ id }) => [{ resourceId: id }],
      fold: (_row, { id, data }) => ({
        resourceId: id,
        commitmentId: data.commitmentId,
        stage: data.stage,
        amount: data.budget?.amount ?? null,
        currency: data.budget?.currency ?? null,
        fte: data.fte,
        source: data.source,
      }),
    },
  },
};
