import {
  accept,
  askFact,
  idKey,
  parsePeriod,
  refuse,
  sameData,
  streamFact,
  toSeal,
  type Decider,
  type Decision,
  type DecisionContext,
  type FactQuery,
  type Refusal,
} from '@plumbline/kernel';
import { consultationCovers, consultationFacts } from '@plumbline/organization/facts';
import { cycleCommands, type CycleCommand } from './cycle.commands';
import { cycleEvents, type CycleEvent } from './cycle.events';
import { cycleFacts, type CycleFacts } from './cycle.facts';
import { calendarFact, calendarIn, LAST_EVENT, organizationFact, organizationIn, selves } from './other-contexts';
import { ruleSets } from './rule-sets';
import { cycleKey } from './streams.facts';

type Data<T extends CycleCommand['type']> = Extract<CycleCommand, { type: T }>['data'];
type Open = Data<'evaluations.OpenCycle'>;

/** What the computing of a cycle comes to, as reporting answers it. */
export const COMPUTED_CYCLE = 'reporting.computed-cycle';
export interface ComputedCycle {
  readonly codeVersion: string;
  readonly resultHash: string;
  readonly scorecards: number;
  /** Accepted scorecards that are not scored as of the freeze. */
  readonly unscored: number;
}
/** How many scorecards of a cycle are not final. */
export const OPEN_SCORECARDS = 'evaluations.open-scorecards';

const consultationKey = (id: string) => idKey('consultation', id);
const TOPICS = ['cycle', 'ruleSet'] as const;

function againstConsultation(data: Open, context: DecisionContext): Refusal | null {
  const { policy } = organizationIn(context);
  const held = (data.consultations ?? []).map((id) => context.facts.stream(consultationFacts, consultationKey(id)));
  const missing = TOPICS.filter(
    (topic) => policy.consultationBefore.includes(topic) && !held.some((each) => consultationCovers(each, topic)),
  );
  return missing.length === 0
    ? null
    : refuse(
        'a-cycle-waits-for-the-consultations-its-policy-names',
        `Name in consultations one that was held or waived on: ${missing.join(', ')}.`,
      );
}

function againstCalendar({ calendar }: Open): Refusal | null {
  const { acceptBy, freezeFrom, acknowledgeBy } = calendar;
  return acceptBy < freezeFrom && freezeFrom <= acknowledgeBy
    ? null
    : refuse(
        'the-days-of-a-cycle-follow-one-another',
        'acceptBy lies before freezeFrom, and acknowledgeBy on or after it.',
      );
}

const sameOpening = (data: Open, state: CycleFacts): boolean =>
  data.period === state.period &&
  data.ruleSet === state.ruleSet.version &&
  sameData(data.calendar, state.calendar) &&
  data.population.every(({ group, leaders }) => leaders.every((leader) => state.groups.get(leader) === group));

function open(data: Open, state: CycleFacts, context: DecisionContext): Decision<CycleEvent> {
  if (state.state !== 'NONE')
    return sameOpening(data, state)
      ? accept()
      : refuse('a-cycle-is-opened-once', `${state.code} is open already. Leaders join with evaluations.AdmitLeader.`);
  const leaders = data.population.flatMap((group) => group.leaders);
  const groups = data.population.map(({ group }) => group.normalize('NFC').toUpperCase());
  if (new Set(leaders).size !== leaders.length || new Set(groups).size !== groups.length)
    return refuse('a-leader-belongs-to-one-group', 'A person or a group is named twice in population.');
  const period = parsePeriod(data.period, organizationIn(context).fiscalYear);
  if (context.today > period.end)
    return refuse('a-cycle-is-opened-before-its-period-ends', `${period.text} ended on ${period.end}.`);
  return (
    againstCalendar(data) ??
    againstConsultation(data, context) ??
    accept<CycleEvent>({
      type: 'evaluations.CycleOpened.v1',
      data: {
        cycleId: context.id,
        code: data.code,
        period: period.text,
        periodStart: period.start,
        periodEnd: period.end,
        population: data.population,
        ruleSetVersion: data.ruleSet,
        ruleSet: ruleSets[data.ruleSet],
        calendar: data.calendar,
        consultations: data.consultations ?? [],
        openedBy: context.actor.id,
      },
    })
  );
}

const FROZEN = refuse('a-frozen-cycle-stays-as-it-was', 'Two people can reopen it: evaluations.RequestReopening.');

function admit(data: Data<'evaluations.AdmitLeader'>, state: CycleFacts, context: DecisionContext) {
  if (state.state !== 'OPEN') return FROZEN;
  const group = state.groupCodes.find((code) => code.toUpperCase() === data.group.toUpperCase());
  if (group === undefined)
    return refuse('a-leader-joins-a-group-of-the-cycle', `The groups are ${state.groupCodes.join(', ')}.`);
  const present = state.groups.get(data.leader);
  if (present !== undefined)
    return present === group
      ? accept<CycleEvent>()
      : refuse('a-leader-belongs-to-one-group', `The leader is in ${present} already.`);
  return accept<CycleEvent>({
    type: 'evaluations.LeaderAdmitted.v1',
    data: { cycleId: context.id, group, leader: data.leader, by: context.actor.id },
  });
}

function snapshot(state: CycleFacts, context: DecisionContext): Decision<CycleEvent> {
  if (state.state !== 'OPEN') return FROZEN;
  const asOf = context.facts.ask<string | null>(LAST_EVENT);
  return asOf === null || state.snapshot === asOf
    ? accept()
    : accept({
        type: 'evaluations.OrgSnapshotTaken.v1',
        data: { cycleId: context.id, asOf, by: context.actor.id },
      });
}

function freeze(state: CycleFacts, context: DecisionContext): Decision<CycleEvent> {
  if (state.state === 'FROZEN') return accept();
  if (state.state === 'CLOSED') return FROZEN;
  if (state.snapshot === null)
    return refuse('the-structure-is-named-before-a-cycle-is-frozen', 'Send evaluations.TakeOrgSnapshot first.');
  const day = calendarIn(context).lastDay ?? context.today;
  if (day < state.calendar.freezeFrom)
    return refuse(
      'a-cycle-is-frozen-from-the-day-its-calendar-names',
      `It is ${state.calendar.freezeFrom}; the last day that has begun is ${day}.`,
    );
  return accept({
    type: 'evaluations.CycleFrozen.v1',
    data: {
      cycleId: context.id,
      // the freeze itself: between it and the last event that counts nothing can be recorded
      asOf: context.eventId(0),
      day,
      measuredOn: day < state.periodEnd ? day : state.periodEnd,
      by: context.actor.id,
    },
  });
}

const computedAbout = (cycle: string) => ({ cycle });

function recordComputation(cycle: string, state: CycleFacts, context: DecisionContext): Decision<CycleEvent> {
  if (state.frozen === null)
    return refuse('a-cycle-is-frozen-before-it-is-computed', 'Send evaluations.FreezeCycle first.');
  if (state.computed) return accept();
  const computed = context.facts.ask<ComputedCycle>(COMPUTED_CYCLE, computedAbout(cycle));
  if (computed.unscored > 0)
    return refuse(
      'a-computation-is-recorded-when-every-accepted-scorecard-is-scored',
      `${computed.unscored} accepted scorecards are not scored as of the freeze. Send evaluations.ComputeScorecard for them.`,
    );
  const { codeVersion, resultHash, scorecards } = computed;
  return accept({
    type: 'evaluations.ScorecardsComputed.v1',
    data: { cycleId: context.id, asOf: state.frozen.asOf, codeVersion, resultHash, scorecards },
  });
}

function close(cycle: string, state: CycleFacts, context: DecisionContext): Decision<CycleEvent> {
  if (state.state === 'CLOSED') return accept();
  if (!state.computed) return refuse('a-cycle-closes-when-its-scorecards-are-computed', 'Freeze and compute it first.');
  if (context.facts.ask<number>(OPEN_SCORECARDS, { cycle }) > 0)
    return refuse(
      'a-cycle-closes-when-every-scorecard-is-final',
      'Some are not final yet: evaluations.scorecards lists them.',
    );
  return accept({ type: 'evaluations.CycleClosed.v1', data: { cycleId: context.id, by: context.actor.id } });
}

function requestReopening(reason: string, state: CycleFacts, context: DecisionContext): Decision<CycleEvent> {
  if (state.state === 'OPEN')
    return refuse('only-a-frozen-or-closed-cycle-is-reopened', `${state.code} is open as it is.`);
  if (state.reopening?.by === context.actor.id) return accept();
  return accept({
    type: 'evaluations.CycleReopeningRequested.v1',
    data: { cycleId: context.id, reason: toSeal(reason, [context.actor.id]), by: context.actor.id },
  });
}

function approveReopening(state: CycleFacts, context: DecisionContext): Decision<CycleEvent> {
  const { reopening } = state;
  if (reopening === null)
    return refuse('a-reopening-is-asked-for-before-it-is-approved', 'Send evaluations.RequestReopening first.');
  if (selves(context).some((self) => self === reopening.by || self === reopening.for))
    return refuse('two-different-people-reopen-a-cycle', 'Ask another person to approve it.');
  return accept({
    type: 'evaluations.CycleReopened.v1',
    data: { cycleId: context.id, approvers: [reopening.by, context.actor.id] },
  });
}

const codeIn = (command: CycleCommand): string =>
  command.type === 'evaluations.OpenCycle' ? command.data.code : command.data.cycle;

function facts(command: CycleCommand): readonly FactQuery[] {
  switch (command.type) {
    case 'evaluations.OpenCycle':
      return [
        organizationFact,
        ...(command.data.consultations ?? []).map((id) => streamFact(consultationFacts, consultationKey(id))),
      ];
    case 'evaluations.TakeOrgSnapshot':
      return [askFact(LAST_EVENT)];
    case 'evaluations.FreezeCycle':
      return [calendarFact];
    case 'evaluations.RecordComputation':
      return [askFact(COMPUTED_CYCLE, computedAbout(command.data.cycle))];
    case 'evaluations.CloseCycle':
      return [askFact(OPEN_SCORECARDS, { cycle: command.data.cycle })];
    case 'evaluations.AdmitLeader':
    case 'evaluations.RequestReopening':
    case 'evaluations.ApproveReopening':
      return [];
  }
}

export const cycleDecider: Decider<CycleFacts, CycleCommand, CycleEvent> = {
  ...cycleFacts,
  commands: cycleCommands,
  events: cycleEvents,
  stream: (command) => cycleKey(codeIn(command)),
  facts,
  decide(command, state, context) {
    if (command.type === 'evaluations.OpenCycle') return open(command.data, state, context);
    if (state.state === 'NONE')
      return refuse('a-cycle-is-opened-first', `No cycle has the code "${command.data.cycle}". Check the code.`);
    switch (command.type) {
      case 'evaluations.AdmitLeader':
        return admit(command.data, state, context);
      case 'evaluations.TakeOrgSnapshot':
        return snapshot(state, context);
      case 'evaluations.FreezeCycle':
        return freeze(state, context);
      case 'evaluations.RecordComputation':
        return recordComputation(command.data.cycle, state, context);
      case 'evaluations.CloseCycle':
        return close(command.data.cycle, state, context);
      case 'evaluations.RequestReopening':
        return requestReopening(command.data.reason, state, context);
      case 'evaluations.ApproveReopening':
        return approveReopening(state, context);
    }
  },
};
