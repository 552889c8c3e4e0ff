import {
  sameData,
  accept,
  daysBetween,
  idKey,
  refuse,
  toSeal,
  type Decision,
  type DecisionContext,
  type LocalDate,
  type Refusal,
} from '@plumbline/kernel';
import { hypothesisFacts } from '@plumbline/metrics/facts';
import { unitExistsOn } from '@plumbline/organization/facts';
import { againstSelecting, selectsByClass } from './action-eligibility';
import type { CommandData } from './action.commands';
import type { ProgramsEvent } from './action.events';
import { deliveryDays } from './action.facts';
import { organizationIn, unitByIdIn, unitIn, unitKey } from './organization-facts';
import { peopleAmong } from './people';
import type { PlannedAction } from './planned-action';
import { deliveryKey } from './streams.facts';

/** How a command names a delivery. */
export interface DeliveryNamed {
  readonly action: string;
  readonly date: LocalDate;
  readonly units?: readonly string[] | undefined;
  readonly session?: string | undefined;
}

const FIRST_SESSION = '1';
const unitIdsOf = (
  { units }: DeliveryNamed,
  { planned }: PlannedAction,
  context: DecisionContext,
): readonly string[] =>
  units === undefined ? [planned.unitId] : [...new Set(units.map((unit) => context.idOf(unitKey(unit))))].sort();
const deliveryIdOf = (named: DeliveryNamed, state: PlannedAction, context: DecisionContext): string =>
  context.idOf(deliveryKey(named.action, named.date, unitIdsOf(named, state, context), named.session ?? FIRST_SESSION));

/** The fewest people that are kept as a number for this action. */
export const smallestGroup = (state: PlannedAction, context: DecisionContext): number => {
  const { policy } = organizationIn(context);
  return selectsByClass(state) ? Math.max(policy.k, policy.kDemographic) : policy.k;
};

function againstLateness(day: LocalDate, reason: string | undefined, context: DecisionContext): Refusal | null {
  const { maxBackdateDays } = organizationIn(context).policy;
  return reason === undefined && daysBetween(day, context.today) > maxBackdateDays
    ? refuse('what-is-recorded-late-bears-a-reason', `It lies more than ${maxBackdateDays} days back. Give a reason.`)
    : null;
}
const lateReasonOf = (reason: string | undefined, { actor }: DecisionContext) =>
  reason === undefined ? null : toSeal(reason, [actor.id]);

export function start(
  data: CommandData<'programs.StartAction'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> {
  const on = data.on ?? context.today;
  if (state.state === 'STARTED') return accept();
  if (on > context.today) return refuse('what-is-recorded-has-happened', 'on lies after today.');
  if (state.eligibility === null)
    return refuse('who-may-take-part-is-said-before-an-action-starts', 'Send programs.DeclareEligibility first.');
  return (
    againstSelecting(state, on, context) ??
    againstLateness(on, data.reason, context) ??
    accept<ProgramsEvent>({
      type: 'programs.ActionStarted.v1',
      data: { actionId: context.id, on, lateReason: lateReasonOf(data.reason, context), startedBy: context.actor.id },
    })
  );
}

/** Whether a unit of the delivery is not open on its day. */
function againstUnits({ units, date }: DeliveryNamed, state: PlannedAction, context: DecisionContext): Refusal | null {
  const closed =
    units === undefined
      ? unitExistsOn(unitByIdIn(context, state.planned.unitId), date)
        ? undefined
        : 'The unit it is planned for'
      : units.find((unit) => !unitExistsOn(unitIn(context, unit), date));
  return closed === undefined
    ? null
    : refuse('an-action-is-delivered-in-units-that-are-open', `${closed} is not registered, or not open on ${date}.`);
}

/** Whether what should explain the effect was only said afterwards. Days are compared as they are written; the registration's in UTC. */
function isPostHoc(state: PlannedAction, date: LocalDate, context: DecisionContext): boolean | null {
  const { hypothesisId } = state.planned;
  if (hypothesisId === null) return null;
  const { registeredAt } = context.facts.stream(hypothesisFacts, idKey('hypothesis', hypothesisId));
  return registeredAt === null || date < registeredAt.slice(0, 10);
}

export function deliver(
  data: CommandData<'programs.DeliverAction'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> {
  const { date, session = FIRST_SESSION, count = 1, hours = null } = data;
  if (date > context.today) return refuse('what-is-recorded-has-happened', 'date lies after today.');
  if (state.startedOn === null || date < state.startedOn)
    return refuse(
      'an-action-is-started-before-it-is-delivered',
      state.startedOn === null ? 'Send programs.StartAction first.' : `It began on ${state.startedOn}.`,
    );
  const closed = againstUnits(data, state, context);
  if (closed) return closed;
  const deliveryId = deliveryIdOf(data, state, context);
  const stands = state.deliveries[deliveryId];
  if (stands)
    return stands.count === count && stands.hours === hours
      ? accept()
      : refuse(
          'a-delivery-is-recorded-once',
          'One of this day, place and session is recorded otherwise. Withdraw it, or give another session.',
        );
  const wrong = againstSelecting(state, date, context) ?? againstLateness(date, data.reason, context);
  if (wrong) return wrong;
  return accept<ProgramsEvent>({
    type: 'programs.ActionDelivered.v1',
    data: {
      actionId: context.id,
      deliveryId,
      date,
      session,
      unitIds: [...unitIdsOf(data, state, context)],
      count,
      hours,
      postHoc: isPostHoc(state, date, context),
      lateReason: lateReasonOf(data.reason, context),
      deliveredBy: context.actor.id,
    },
  });
}

const NO_DELIVERY = refuse(
  'only-a-delivery-that-stands-is-told-of',
  'Nothing was recorded as delivered on this day in these units and session.',
);

export function withdrawDelivery(
  data: CommandData<'programs.WithdrawDelivery'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> {
  const deliveryId = deliveryIdOf(data, state, context);
  return state.deliveries[deliveryId]
    ? accept<ProgramsEvent>({
        type: 'programs.ActionDeliveryWithdrawn.v1',
        data: {
          actionId: context.id,
          deliveryId,
          reason: toSeal(data.reason, [context.actor.id]),
          withdrawnBy: context.actor.id,
        },
      })
    : NO_DELIVERY;
}

export function recordParticipation(
  data: CommandData<'programs.RecordParticipation'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> {
  const deliveryId = deliveryIdOf(data, state, context);
  if (!state.deliveries[deliveryId]) return NO_DELIVERY;
  if (data.count > data.eligible)
    return refuse('no-more-take-part-than-could', 'count is above eligible: correct one of them.');
  const smallest = smallestGroup(state, context);
  const participation = {
    actionId: context.id,
    deliveryId,
    ...peopleAmong(data.count, data.eligible, smallest),
    smallestGroup: smallest,
  };
  const { recordedBy: _by, ...stands } = state.participation[deliveryId] ?? { recordedBy: '' };
  return sameData(participation, stands)
    ? accept()
    : accept<ProgramsEvent>({
        type: 'programs.ActionParticipationRecorded.v1',
        data: { ...participation, recordedBy: context.actor.id },
      });
}

export function complete(state: PlannedAction, context: DecisionContext): Decision<ProgramsEvent> {
  const days = deliveryDays(state).length;
  if (days === 0) return refuse('an-action-is-done-once-something-was-delivered', 'Nothing was delivered yet.');
  if (days === 1 && state.planned.recurring)
    return refuse(
      'a-recurring-action-is-not-done-by-a-single-delivery',
      'What recurs was delivered on one day only. Deliver it again, or cancel it.',
    );
  return accept<ProgramsEvent>({
    type: 'programs.ActionCompleted.v1',
    data: { actionId: context.id, on: context.today, completedBy: context.actor.id },
  });
}

export const cancel = (
  data: CommandData<'programs.CancelAction'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> =>
  accept<ProgramsEvent>({
    type: 'programs.ActionCancelled.v1',
    data: {
      actionId: context.id,
      on: context.today,
      reason: toSeal(data.reason, [context.actor.id, state.planned.lead]),
      cancelledBy: context.actor.id,
    },
  });
