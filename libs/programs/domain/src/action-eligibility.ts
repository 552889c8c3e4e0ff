import { accept, refuse, type Decision, type DecisionContext, type LocalDate, type Refusal } from '@plumbline/kernel';
import { reviewClears } from '@plumbline/organization/facts';
import type { CommandData } from './action.commands';
import type { ProgramsEvent } from './action.events';
import type { ActionFacts } from './action.facts';
import { organizationIn, reviewIn, unitByIdIn } from './organization-facts';
import type { PlannedAction } from './planned-action';

/** Whether an action selects people by class: by its type, or by the rule of who may take part. */
export const selectsByClass = ({ planned, eligibility }: Pick<ActionFacts, 'planned' | 'eligibility'>): boolean =>
  planned?.needsLegalReview === true || eligibility?.classLimited === true;

export const againstPolicy = (context: DecisionContext): Refusal | null =>
  organizationIn(context).policy.restrictedEligibility === 'REFUSED'
    ? refuse(
        'the-policy-in-force-refuses-actions-that-select-by-class',
        'Open it to everyone in the same circumstances, and choose a type that does not select.',
      )
    : null;

/** Whether the review that is named clears this action on a day. */
export function againstReview(reviewId: string | null, on: LocalDate, context: DecisionContext): Refusal | null {
  const object = { kind: 'action', id: context.id, version: null } as const;
  return reviewId !== null && reviewClears(reviewIn(context, reviewId), object, on)
    ? null
    : refuse(
        'an-action-that-selects-by-class-needs-a-live-legal-review',
        `No legal review that is named clears it on ${on}. Have one recorded for the kind action with the id ${context.id}, and name it in legalReview of programs.DeclareEligibility.`,
      );
}

/** What stands against going on with an action on a day, because of whom it is for. */
export const againstSelecting = (action: ActionFacts, on: LocalDate, context: DecisionContext): Refusal | null =>
  selectsByClass(action)
    ? (againstPolicy(context) ?? againstReview(action.eligibility?.legalReviewId ?? null, on, context))
    : null;

export function declareEligibility(
  data: CommandData<'programs.DeclareEligibility'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> {
  const { rule, openToAll, classLimited = false, legalReview = null } = data;
  const stands = state.eligibility;
  if (
    stands?.rule === rule &&
    stands.openToAll === openToAll &&
    stands.classLimited === classLimited &&
    stands.legalReviewId === legalReview
  )
    return accept();
  if (openToAll && classLimited)
    return refuse('what-is-open-to-all-is-limited-to-no-class', 'Set either openToAll or classLimited to false.');
  if (Object.keys(state.deliveries).length > 0 && stands?.classLimited !== true && classLimited)
    return refuse(
      'an-action-does-not-become-limited-once-it-was-delivered',
      'It was open when it was delivered. Plan another action.',
    );
  if (unitByIdIn(context, state.planned.unitId).classDefined && !classLimited)
    return refuse(
      'an-action-for-a-unit-defined-by-a-class-is-limited-to-it',
      'The unit is defined by a protected class: set classLimited, or plan it for a unit that is open to everyone.',
    );
  const selects = classLimited || state.planned.needsLegalReview;
  const wrong = selects
    ? (againstPolicy(context) ?? againstReview(legalReview, context.today, context))
    : legalReview === null
      ? null
      : againstReview(legalReview, context.today, context);
  return (
    wrong ??
    accept<ProgramsEvent>({
      type: 'programs.ActionEligibilityDeclared.v1',
      data: {
        actionId: context.id,
        rule,
        openToAll,
        classLimited,
        legalReviewId: legalReview,
        declaredBy: context.actor.id,
      },
    })
  );
}
