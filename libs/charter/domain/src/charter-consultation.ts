import { accept, daysBetween, refuse, type Decision, type DecisionContext } from '@plumbline/kernel';
import type { CharterCommand } from './charter.commands';
import type { CharterEvent, Stances } from './charter.events';
import type { CharterConsultation, CharterFacts } from './charter.facts';
import { organizationIn } from './organization-facts';
import { sameCode, STANCES } from './vocabulary';

type Data<T extends CharterCommand['type']> = Extract<CharterCommand, { type: T }>['data'];

const answersIn = (stances: Stances): number => STANCES.reduce((sum, stance) => sum + stances[stance], 0);

export function openConsultation(
  data: Data<'charter.OpenConsultation'>,
  state: CharterFacts,
  context: DecisionContext,
): Decision<CharterEvent> {
  const { policy } = organizationIn(context);
  if (state.consultation && state.consultation.closedOn === null)
    return refuse('one-consultation-is-open-at-a-time', `Another is open until ${state.consultation.closesAt}.`);
  if (state.principles.length === 0 && state.draft?.parentCharterId === null)
    return refuse('a-charter-has-a-principle', 'Add one before it is consulted on.');
  const groups = data.audience.map(({ group }) => group);
  if (groups.some((group, at) => groups.findIndex((other) => sameCode(other, group)) !== at))
    return refuse('each-group-is-asked-once', 'A group stands twice in audience.');
  const small = data.audience.find(({ people }) => people < policy.k);
  if (small)
    return refuse(
      'a-consulted-group-is-not-below-the-smallest-group',
      `${small.group} has fewer than ${policy.k} people. Ask them as part of a larger group.`,
    );
  if (daysBetween(context.today, data.closesAt) < policy.charterConsultationDays)
    return refuse(
      'a-charter-is-consulted-on-as-long-as-policy-says',
      `closesAt lies less than ${policy.charterConsultationDays} days ahead.`,
    );
  return accept({
    type: 'charter.CharterConsultationOpened.v1',
    data: {
      charterId: context.id,
      round: (state.consultation?.round ?? 0) + 1,
      audience: data.audience,
      opensOn: context.today,
      closesAt: data.closesAt,
    },
  });
}

const NONE_OPEN = refuse('a-consultation-is-opened-first', 'No consultation on this charter is open.');

export function tally(
  data: Data<'charter.TallyConsultation'>,
  { consultation }: CharterFacts,
  context: DecisionContext,
): Decision<CharterEvent> {
  if (!consultation || consultation.closedOn !== null) return NONE_OPEN;
  const asked = consultation.audience.find(({ group }) => sameCode(group, data.group));
  if (!asked)
    return refuse('a-tally-is-of-a-group-that-was-asked', `${data.group} is not in the audience of this consultation.`);
  if (data.day < consultation.opensOn || data.day > consultation.closesAt || data.day > context.today)
    return refuse(
      'a-tally-is-of-a-day-of-the-consultation',
      `day lies outside ${consultation.opensOn} to ${consultation.closesAt}, or after today.`,
    );
  const before = consultation.tallies.filter(({ group }) => sameCode(group, data.group));
  const same = before.find(({ day }) => day === data.day);
  if (same)
    return STANCES.every((stance) => same.stances[stance] === data.stances[stance])
      ? accept()
      : refuse('a-day-is-tallied-once', `${data.group} has other counts for ${data.day} on record.`);
  const { k } = organizationIn(context).policy;
  if (answersIn(data.stances) < k)
    return refuse(
      'a-tally-is-not-below-the-smallest-group',
      `Hold the answers until there are ${k}, and tally them on a later day.`,
    );
  const answers = [...before.map(({ stances }) => stances), data.stances].reduce(
    (sum, each) => sum + answersIn(each),
    0,
  );
  if (answers > asked.people)
    return refuse('no-more-answer-than-were-asked', `${data.group} would have more answers than people.`);
  return accept({
    type: 'charter.CharterConsultationTallied.v1',
    data: {
      charterId: context.id,
      round: consultation.round,
      group: asked.group,
      day: data.day,
      stances: data.stances,
    },
  });
}

const sumOf = (all: readonly Stances[]): Stances =>
  Object.fromEntries(
    STANCES.map((stance) => [stance, all.reduce((sum, each) => sum + each[stance], 0)]),
  ) as unknown as Stances;

/** The groups that answered, with their counts. */
export const countsOf = ({ audience, tallies }: CharterConsultation) =>
  audience.flatMap(({ group, leadership }) => {
    const own = tallies.filter((each) => each.group === group).map(({ stances }) => stances);
    return own.length === 0 ? [] : [{ group, leadership, stances: sumOf(own) }];
  });

export function closeConsultation({ consultation }: CharterFacts, context: DecisionContext): Decision<CharterEvent> {
  if (!consultation) return NONE_OPEN;
  if (consultation.closedOn !== null) return accept();
  if (context.today < consultation.closesAt)
    return refuse('a-consultation-closes-on-its-last-day', `It is open until ${consultation.closesAt}.`);
  return accept({
    type: 'charter.CharterConsultationClosed.v1',
    data: {
      charterId: context.id,
      round: consultation.round,
      closedOn: context.today,
      counts: countsOf(consultation),
    },
  });
}
