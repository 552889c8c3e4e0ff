import type { CycleEvent, FigureUnder, LinkEvent, ScorecardEvent } from '@plumbline/evaluations/domain';
import type { ActorRole } from '@plumbline/kernel';
import type { RulesOver } from './opening-rules';
import type { Viewer } from './report';

/** Who oversees evaluations; the board is the panel. */
const OVERSEERS: readonly ActorRole[] = ['hr', 'auditor', 'board', 'process'];
const LAWYERS: readonly ActorRole[] = [...OVERSEERS, 'legal'];

/**
 * No score leaves before a person has rated and another has signed: what components come to is open to those who oversee evaluations, and told to the leader by the report.
 * What else one leader's scorecard says is open to that leader too; who rates sees the contract and the own rating. What was made of a figure that is hidden,
 * by whatever rule, is closed to everyone.
 * @param shown whether all these figures may be shown
 */
export function evaluationsRules(
  { id, role }: Viewer,
  shown: (figures: readonly FigureUnder[]) => boolean,
): RulesOver<CycleEvent | LinkEvent | ScorecardEvent> {
  const oversees = OVERSEERS.includes(role);
  const toLawyers = (): boolean => LAWYERS.includes(role);
  const own = ({ leader }: { readonly leader: string }): boolean => oversees || leader === id;
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
    'evaluations.ComponentScored.v1': ({ figures }) => oversees && shown(figures),
    'evaluations.ScorecardComputed.v1': ({ figures }) => oversees && shown(figures),
    'evaluations.SelfAssessmentSubmitted.v1': own,
    'evaluations.EvaluatorRatingProposed.v1': ({ evaluator, figures }) =>
      (oversees || evaluator === id) && shown(figures),
    'evaluations.EvaluatorRatingConfirmed.v1': ({ by }) => oversees || by === id,
    'evaluations.ScorecardSignedOff.v1': (data) => (own(data) || data.by === id) && shown(data.figures),
    'evaluations.ScorecardAcknowledged.v1': own,
    'evaluations.ScorecardFinalized.v1': own,
    'evaluations.ScorecardRestated.v1': (data) => (oversees || (data.wasFinal && own(data))) && shown(data.figures),
  };
}
