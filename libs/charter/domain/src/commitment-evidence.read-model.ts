import type { EvidenceRef, LocalDate, ReadModel } from '@plumbline/kernel';
import type { CommitmentEvent } from './commitment.events';

/** A piece of evidence of a commitment, of a milestone of it, or of an assessment. */
export type CommitmentEvidenceRow = {
  readonly commitmentId: string;
  readonly evidenceId: string;
  readonly milestoneId: string | null;
  readonly sha256: string;
  readonly custodian: string;
  readonly attestor: string | null;
  readonly uri: string | null;
  readonly fileId: string | null;
  readonly periodFrom: LocalDate | null;
  readonly periodTo: LocalDate | null;
  readonly expiresAt: LocalDate | null;
};

type EvidencedEvent = Extract<
  CommitmentEvent,
  {
    type:
      | 'charter.CommitmentMilestoneReached.v1'
      | 'charter.CommitmentFulfilled.v1'
      | 'charter.CommitmentIndependentlyAssessed.v1';
  }
>;
interface Evidenced {
  readonly commitmentId: string;
  readonly evidenceRefs: readonly EvidenceRef[];
}

const keys = ({ data: { commitmentId, evidenceRefs } }: { readonly data: Evidenced }) =>
  evidenceRefs.map(({ evidenceId }) => ({ commitmentId, evidenceId }));
const rowOf = (
  { commitmentId, evidenceRefs }: Evidenced,
  evidenceId: string | undefined,
  milestoneId: string | null,
): CommitmentEvidenceRow | null => {
  const ref = evidenceRefs.find((each) => each.evidenceId === evidenceId);
  return ref ? { commitmentId, milestoneId, ...ref } : null;
};

export const commitmentEvidence: ReadModel<CommitmentEvidenceRow, EvidencedEvent> = {
  name: 'commitment_evidence',
  version: 1,
  key: ['commitmentId', 'evidenceId'],
  columns: {
    commitmentId: 'text',
    evidenceId: 'text',
    milestoneId: 'text?',
    sha256: 'text',
    custodian: 'text',
    attestor: 'text?',
    uri: 'text?',
    fileId: 'text?',
    periodFrom: 'date?',
    periodTo: 'date?',
    expiresAt: 'date?',
  },
  on: {
    'charter.CommitmentMilestoneReached.v1': {
      keys,
      fold: (_row, { data }, { evidenceId }) => rowOf(data, evidenceId, data.milestoneId),
    },
    'charter.CommitmentFulfilled.v1': { keys, fold: (_row, { data }, { evidenceId }) => rowOf(data, evidenceId, null) },
    'charter.CommitmentIndependentlyAssessed.v1': {
      keys,
      fold: (_row, { data }, { evidenceId }) => rowOf(data, evidenceId, null),
    },
  },
};
