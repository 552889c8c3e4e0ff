import type { LocalDate } from '@plumbline/kernel';
import { outsideAbsence, type Absence } from '@plumbline/organization/facts';
import type { CommitmentFacts, CommitmentState } from './commitment.facts';
import type { Completion } from './vocabulary';

/** How a promise ended otherwise than by being kept. */
export type PromiseEnding = 'MISSED' | 'WITHDRAWN' | 'CARRIED_FORWARD' | 'WITHDRAWN_OUTSIDE';

/** A commitment as promise measures and scorecards count it. */
export interface CountedPromise {
  /** Its first date, moved out of its owner's absences; null when it was never accepted. */
  readonly firstDue: LocalDate | null;
  readonly doneOn: LocalDate | null;
  /** Whether someone other than its owner confirms that it is done. */
  readonly verified: boolean;
  readonly ended: PromiseEnding | null;
  readonly assessed: Completion | null;
}

function endingOf(state: CommitmentFacts['state'], withdrawnOutside: boolean): PromiseEnding | null {
  switch (state) {
    case 'MISSED':
    case 'CARRIED_FORWARD':
      return state;
    case 'WITHDRAWN':
      return withdrawnOutside ? 'WITHDRAWN_OUTSIDE' : 'WITHDRAWN';
    case 'NONE':
    case 'PROPOSED':
    case 'ACTIVE':
    case 'DECLINED':
    case 'FULFILLED':
      return null;
  }
}

/**
 * What of a commitment is counted. Its first date is the one it was accepted with, or that of the commitment it carries forward: moves, milestones that
 * were added later and a new commitment in its place change nothing of it. Done is the day it was recorded, or an earlier one that another attests.
 */
export function countedPromise(
  commitment: Pick<
    CommitmentFacts,
    'firstDue' | 'acceptedOn' | 'doneOn' | 'attestedBy' | 'completion' | 'withdrawnOutside'
  > & { readonly state: 'NONE' | CommitmentState },
  absences: readonly Absence[] = [],
): CountedPromise {
  const { state, firstDue, acceptedOn, doneOn, attestedBy, completion, withdrawnOutside } = commitment;
  const isKept = state === 'FULFILLED';
  return {
    firstDue: firstDue === null || acceptedOn === null ? null : outsideAbsence(absences, firstDue),
    doneOn: isKept ? doneOn : null,
    verified: isKept && (attestedBy !== null || completion === 'COMPLETE'),
    ended: endingOf(state, withdrawnOutside),
    assessed: completion,
  };
}
