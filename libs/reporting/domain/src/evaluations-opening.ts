import type { CycleEvent, LinkEvent, ScorecardEvent } from '@plumbline/evaluations/domain';
import type { ActorRole } from '@plumbline/kernel';
import type { DisclosurePolicy } from '@plumbline/privacy';
import type { RulesOver } from './opening-rules';
import type { Viewer } from './report';

/** Who oversees evaluations; the board is the panel. */
const OVERSEERS: readonly ActorRole[] = ['hr', 'auditor', 'board', 'process'];
const LAWYERS: readonly ActorRole[] = [...OVERSEERS, 'legal'];

/**
 * No total leaves before a person has rated and another has signed: until then a leader may open the components, not what they come to.
 * What one leader's scorecard says is open to that leader and to those who oversee evaluations; who rates sees the contract and the own rating. A result
 * whose figures rest on fewer than may be shown by now stays closed to everyone.
 */
export function evaluationsRules(
  { id, role }: Viewer,
  { k }: DisclosurePolicy,
): RulesOver<CycleEvent | LinkEvent | ScorecardEvent> {
  const oversees = OVERSEERS.includes(role);
  const toOverseers = (): boolean => oversees;
  const toLawyers = (): boolean => LAWYERS.includes(role);
  const own = ({ leader }: { readonly leader: string }): boolean => oversees || leader === id;
  const enough = ({ n }: { readonly n: number | null }): boolean => n === null || n >= k;
  return {
    'evaluations.CycleOpened.v1': toLawyers,
    'evaluations.LeaderAdmitted.v1': own,
    'evaluations.OrgSnapshotTaken.v1': 'open',
    'evaluations.CycleFrozen.v1': 'open',
    'evaluations.ScorecardsComputed.v1': 'open',
    'evaluations.CycleClosed.v1': 'open',
    'evaluations.CycleReopeningRequested.v1': toLawyers,
    'evaluations.CycleReopened.v1': 'open',
    'evaluations.MetricLinkRequested.v1': toLawyers,
    'evaluations.MetricLinkApproved.v1': toLawyers,
    'evaluations.MetricLinkRefused.v1': toLawyers,
    'evaluations.MetricLinkDeclined.v1': toLawyers,
    'evaluations.MetricLinkEnded.v1': toLawyers,
    'evaluations.ScorecardIssued.v1': (data) => own(data) || data.evaluators.includes(id),
    'evaluations.ScorecardComponentRefused.v1': toLawyers,
    'evaluations.ScorecardAccepted.v1': own,
    'evaluations.ScorecardAcceptedUnderProtest.v1': own,
    'evaluations.DataNoticeGiven.v1': own,
    'evaluations.ComponentScored.v1': (data) => own(data) && data.scopes.every(enough),
    'evaluations.ScorecardComputed.v1': toOverseers,
    'evaluations.SelfAssessmentSubmitted.v1': own,
    'evaluations.EvaluatorRatingProposed.v1': ({ evaluator }) => oversees || evaluator === id,
    'evaluations.EvaluatorRatingConfirmed.v1': ({ by }) => oversees || by === id,
    'evaluations.ScorecardSignedOff.v1': (data) => own(data) || data.by === id,
    'evaluations.ScorecardAcknowledged.v1': own,
    'evaluations.ScorecardFinalized.v1': own,
    'evaluations.ScorecardRestated.v1': (data) => oversees || (data.wasFinal && own(data)),
  };
}
