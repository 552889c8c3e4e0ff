import { accept, refuse, toSeal, type Decision, type DecisionContext } from '@plumbline/kernel';
import type { UnitCommand } from './unit.commands';
import type { UnitEvent } from './unit.events';
import type { UnitFacts } from './unit.facts';

type Data<T extends UnitCommand['type']> = Extract<UnitCommand, { type: T }>['data'];

export function assignLeader(
  { leader, role, from }: Data<'organization.AssignLeader'>,
  state: UnitFacts,
  { id }: DecisionContext,
): Decision<UnitEvent> {
  const overlapping = state.posts.filter(
    (post) => post.leader === leader && post.role === role && (post.to === null || from <= post.to),
  );
  if (overlapping.some((post) => post.to === null && post.from === from)) return accept();
  return overlapping.length === 0
    ? accept({ type: 'organization.LeaderAssigned.v1', data: { unitId: id, leader, role, from } })
    : refuse(
        'a-post-is-not-held-twice-at-a-time',
        `This leader holds it from ${overlapping[0]?.from ?? ''} on already.`,
      );
}

export function unassignLeader(
  { leader, role, to }: Data<'organization.UnassignLeader'>,
  state: UnitFacts,
  { id }: DecisionContext,
): Decision<UnitEvent> {
  const own = state.posts.filter((post) => post.leader === leader && post.role === role);
  const post = own.find((each) => each.to === null);
  if (!post)
    return own.some((each) => each.to === to)
      ? accept()
      : refuse('only-a-post-that-is-held-ends', 'Check leader and role: both must be as they were assigned.');
  return post.from <= to
    ? accept({ type: 'organization.LeaderUnassigned.v1', data: { unitId: id, leader, role, from: post.from, to } })
    : refuse('a-post-ends-on-or-after-the-day-it-begins', `It is held from ${post.from} on.`);
}

export function recordHeadcount(
  { date, count, source, reason }: Data<'organization.RecordHeadcount'>,
  state: UnitFacts,
  { id, today, actor }: DecisionContext,
): Decision<UnitEvent> {
  if (date > today) return refuse('a-headcount-is-of-a-day-that-has-come', 'date lies after today.');
  const before = state.headcounts.find((headcount) => headcount.date === date);
  // to anyone else it would tell a count that may be hidden
  if (before?.recordedBy === actor.id && before.count === count && before.source === source) return accept();
  if (before && reason === undefined)
    return refuse('a-headcount-is-corrected-only-with-a-reason', 'Another one stands for this day; give a reason.');
  return accept({
    type: 'organization.HeadcountSnapshotRecorded.v1',
    data: {
      unitId: id,
      date,
      count,
      source,
      supersedes: before?.event ?? null,
      reason: reason === undefined ? null : toSeal(reason, [actor.id]),
    },
  });
}
