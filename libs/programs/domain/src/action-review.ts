import { sameData, accept, idKey, refuse, type Decision, type DecisionContext } from '@plumbline/kernel';
import { hypothesisFacts, hypothesisKey, type HypothesisFacts } from '@plumbline/metrics/facts';
import { smallestGroup } from './action-delivery';
import type { CommandData } from './action.commands';
import type { ProgramsEvent } from './action.events';
import { labourKey } from './action.facts';
import { unitIn, unitKey } from './organization-facts';
import { peopleAlone } from './people';
import type { PlannedAction } from './planned-action';
import type { HypothesisVerdict } from './vocabulary';

type Basis = Extract<ProgramsEvent, { type: 'programs.ActionOutcomeReviewed.v1' }>['data']['basis'];

/** Verdicts that say nothing was tested. */
const UNTESTED: readonly (HypothesisVerdict | null)[] = [null, 'TOO_SHORT', 'SHARED_SOURCE'];

const cannotTell = (hypothesis: HypothesisFacts): boolean =>
  UNTESTED.includes(hypothesis.verdict) || hypothesis.cannotTell;

/** What was found elsewhere stops nothing that its own hypothesis has not tested, or could not have seen. */
function ownCannotTell({ planned: { hypothesisId } }: PlannedAction, context: DecisionContext): boolean {
  return hypothesisId !== null && cannotTell(context.facts.stream(hypothesisFacts, idKey('hypothesis', hypothesisId)));
}

function basisOf(data: CommandData<'programs.ReviewAction'>['basis'], state: PlannedAction, context: DecisionContext) {
  if ('asserted' in data) {
    const basis: Basis = {
      source: 'ASSERTED',
      hypothesisId: null,
      finding: data.asserted,
      cannotTell: data.cannotTell === true || UNTESTED.includes(data.asserted),
      reference: data.reference,
    };
    return basis;
  }
  const hypothesis = context.facts.stream(hypothesisFacts, hypothesisKey(data.hypothesis));
  const hypothesisId = context.idOf(hypothesisKey(data.hypothesis));
  if (
    !hypothesis.registered ||
    (state.planned.hypothesisId !== hypothesisId &&
      !state.planned.leadingMetricIds.includes(hypothesis.registered.leadingMetricId))
  )
    return refuse(
      'an-outcome-is-reviewed-by-a-hypothesis-of-its-action',
      'basis.hypothesis is neither the one the action rests on nor about a leading metric it should move.',
    );
  const basis: Basis = {
    source: 'HYPOTHESIS',
    hypothesisId,
    finding: hypothesis.verdict,
    cannotTell: cannotTell(hypothesis),
    reference: null,
  };
  return basis;
}

export function review(
  data: CommandData<'programs.ReviewAction'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> {
  if (state.startedOn === null)
    return refuse('only-an-action-that-has-begun-is-reviewed', 'It has not begun. Cancel it, if it never will.');
  const basis = basisOf(data.basis, state, context);
  if ('refused' in basis) return basis;
  if (data.verdict === 'STOP' && (basis.cannotTell || (basis.source === 'ASSERTED' && ownCannotTell(state, context))))
    return refuse(
      'nothing-stops-on-a-verdict-that-cannot-tell',
      'Too little was seen to say that it does not work. Go on, adjust it, or cancel it for another reason.',
    );
  return accept<ProgramsEvent>({
    type: 'programs.ActionOutcomeReviewed.v1',
    data: {
      actionId: context.id,
      verdict: data.verdict,
      basis,
      note: data.note,
      on: context.today,
      reviewedBy: context.actor.id,
    },
  });
}

export function recordLabour(
  data: CommandData<'programs.RecordInvisibleLabour'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> {
  if (data.unit !== undefined && !unitIn(context, data.unit).registered)
    return refuse('labour-is-given-by-people-of-a-registered-unit', `No unit has the code "${data.unit}".`);
  if (data.people === 0) return refuse('labour-is-given-by-people', 'people must be 1 or more.');
  const unitId = data.unit === undefined ? state.planned.unitId : context.idOf(unitKey(data.unit));
  const labour = {
    actionId: context.id,
    unitId,
    period: data.period,
    kind: data.kind,
    hours: data.hours,
    fte: data.fte ?? null,
    people: peopleAlone(data.people, smallestGroup(state, context)),
    recognised: data.recognised,
  };
  const { recordedBy: _by, ...stands } = state.labour[labourKey(unitId, data.period, data.kind)] ?? { recordedBy: '' };
  return sameData(labour, stands)
    ? accept()
    : accept<ProgramsEvent>({
        type: 'programs.InvisibleLabourRecorded.v1',
        data: { ...labour, recordedBy: context.actor.id },
      });
}
