import { type ActorRole, type Sealed, isSealedText } from '@plumbline/kernel';
import type { People, ProgramsEvent } from '@plumbline/programs/domain';
import type { RulesOver } from './opening-rules';
import type { Prefix } from './prefix';
import type { Viewer } from './report';
import type { Seeing } from './seeing';

/** Who plans, pays for or looks after actions. */
const KEEPERS: readonly ActorRole[] = ['hr', 'legal', 'auditor', 'board', 'process', 'program-lead'];
/** In demographic cuts no fewer are ever shown. */
const DEMOGRAPHIC_FLOOR = 10;

/** Whether a number of people, and those that are missing to all, may be told under the thresholds that hold now: they may have risen since it was stored. */
function mayTell(participants: People, eligible: People, smallest: number): boolean {
  const told = (count: number): boolean => count === 0 || count >= smallest;
  if (eligible.kind === 'COUNT' && !told(eligible.count)) return false;
  if (participants.kind !== 'COUNT') return true;
  return told(participants.count) && (eligible.kind !== 'COUNT' || told(eligible.count - participants.count));
}

/**
 * Actions are open to everybody but for what they cost, what they rest on, who took part, what was found of their hypothesis, and what people wrote in
 * confidence. Whose hours few people gave is for those who see the whole organisation.
 */
export function programsRules(
  viewer: Viewer,
  seeing: Seeing,
  { disclosure, kDemographic, tree: { root } }: Pick<Prefix, 'disclosure' | 'kDemographic' | 'tree'>,
): RulesOver<ProgramsEvent> {
  const toKeepers = (): boolean => KEEPERS.includes(viewer.role);
  const toKeepersAndLeaders = (): boolean => toKeepers() || viewer.role === 'executive';
  const toWhole = (): boolean => seeing.whole;
  const isAbout = (text: Sealed): boolean => isSealedText(text) && text.subjects.includes(viewer.id);
  const reason = ({ reason: text }: { readonly reason: Sealed }): boolean => toKeepers() || isAbout(text);
  const late = ({ lateReason }: { readonly lateReason: Sealed | null }): boolean =>
    lateReason === null || toKeepers() || isAbout(lateReason);
  return {
    'programs.ActionPlanned.v1': 'open',
    'programs.ActionEligibilityDeclared.v1': 'open',
    'programs.ActionResourced.v1': toKeepersAndLeaders,
    'programs.ActionStarted.v1': late,
    'programs.ActionDelivered.v1': late,
    'programs.ActionDeliveryWithdrawn.v1': reason,
    'programs.ActionParticipationRecorded.v1': ({ participants, eligible, smallestGroup }) =>
      toKeepers() &&
      mayTell(
        participants,
        eligible,
        Math.max(disclosure.k, smallestGroup, smallestGroup >= DEMOGRAPHIC_FLOOR ? kDemographic : 0),
      ),
    'programs.ActionEvidenceAttached.v1': () => toKeepersAndLeaders() || viewer.role === 'assessor',
    'programs.ActionEvidenceAttested.v1': 'open',
    'programs.ActionEvidenceWithdrawn.v1': reason,
    'programs.ActionCompleted.v1': 'open',
    'programs.ActionCancelled.v1': reason,
    'programs.ActionOutcomeReviewed.v1': () =>
      seeing.whole || (root !== undefined && seeing.unit(root.unitId) === 'ALL'),
    'programs.InvisibleLabourRecorded.v1': toWhole,
  };
}
