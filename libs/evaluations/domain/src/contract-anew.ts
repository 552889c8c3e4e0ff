import { refuse, sameData, type DecisionContext, type FactQuery, type Refusal } from '@plumbline/kernel';
import { commitmentFacts, commitmentKey } from '@plumbline/charter/facts';
import { answerableFor } from '@plumbline/measures';
import type { Component } from './component';
import { actionFact, commitmentFact } from './promised';

const unitsIn = (components: readonly Component[]): string =>
  components
    .flatMap(({ source }) => (source.type === 'METRIC' ? source.scopes.map(({ unitId }) => unitId) : []))
    .sort()
    .join();

const promisesIn = (components: readonly Component[]) =>
  components.flatMap(({ id, source }) =>
    source.type === 'COMMITMENTS' ? source.commitments.map((each) => ({ id, ...each })) : [],
  );

export const agreedFacts = (agreed: readonly Component[]): readonly FactQuery[] => [
  ...promisesIn(agreed).map(({ commitment }) => commitmentFact(commitment)),
  ...agreed.flatMap(({ source }) =>
    source.type === 'ACTIONS' ? source.actions.map(({ action }) => actionFact(action)) : [],
  ),
];

/** What of a component has nothing to do with the units it is about. */
function frameOf({ id, kind, weightBp, capPoints, source }: Component): object {
  const shared = { id, kind, weightBp, capPoints, type: source.type };
  switch (source.type) {
    case 'METRIC':
      return { ...shared, metricId: source.metricId, period: source.period, steps: source.steps };
    case 'COMMITMENTS':
      return shared;
    case 'ACTIONS':
      return { ...shared, actions: source.actions.map(({ actionId }) => actionId).sort() };
  }
}

/** A promise that is still the leader's to answer for, and that a new contract leaves out or weighs otherwise. */
function droppedPromise(
  components: readonly Component[],
  agreed: readonly Component[],
  leader: string,
  context: DecisionContext,
): string | null {
  const offered = promisesIn(components);
  const dropped = promisesIn(agreed).find((promised) => {
    if (offered.some((each) => sameData(each, promised))) return false;
    const { owners, firstDue } = context.facts.stream(commitmentFacts, commitmentKey(promised.commitment));
    const had = owners.map(({ ownerId, from }) => ({ owner: ownerId, from }));
    return firstDue !== null && answerableFor(leader, had, firstDue) === 'ANSWERS';
  });
  return dropped?.commitment ?? null;
}

/** A contract that was accepted is offered anew for other units only, and changes nothing else. */
export function againstRewriting(
  components: readonly Component[],
  agreed: readonly Component[],
  leader: string,
  context: DecisionContext,
): Refusal | null {
  if (sameData(components, agreed)) return null;
  if (unitsIn(components) === unitsIn(agreed))
    return refuse(
      'an-accepted-scorecard-changes-only-with-its-units',
      'It is offered anew when the leader takes over other units; targets are adjusted by their own procedure.',
    );
  const ids = new Set([...components, ...agreed].map(({ id }) => id));
  const other = [...ids].find((id) => {
    const [before, after] = [agreed, components].map((each) => each.find((one) => one.id === id));
    return before === undefined || after === undefined || !sameData(frameOf(before), frameOf(after));
  });
  if (other !== undefined)
    return refuse(
      'a-contract-offered-anew-keeps-what-its-units-do-not-change',
      `Component ${other}: kind, weight, cap, metric, period and actions stay as they were accepted.`,
    );
  const dropped = droppedPromise(components, agreed, leader, context);
  return dropped === null
    ? null
    : refuse(
        'a-contract-offered-anew-keeps-what-its-units-do-not-change',
        `${dropped} was promised by this leader: it stays, with its weight, also when it has ended.`,
      );
}
