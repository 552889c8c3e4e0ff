import { accept, naturalKey, refuse, type Decider } from '@plumbline/kernel';
import { organizationFact, unlessConfigured } from './organization.decider';
import { rootCommands, type RootCommand } from './root.commands';
import { rootEvents, type RootEvent } from './root.events';
import { rootFacts, rootKey, type RootFacts } from './root.facts';
import { sameCode } from './vocabulary';

/** A stream of its own, so that the tree can have one root only: whoever registers a unit without a parent asserts it. */
export const rootDecider: Decider<RootFacts, RootCommand, RootEvent> = {
  ...rootFacts,
  commands: rootCommands,
  events: rootEvents,
  stream: () => rootKey,
  facts: () => [organizationFact],
  decide: ({ data }, state, context) => {
    const refusal = unlessConfigured(context);
    if (refusal) return refusal;
    if (state.code !== null)
      return sameCode(state.code, data.unit)
        ? accept()
        : refuse('a-tree-has-one-root', `The root is ${state.code}; give the unit a parent, or set outsideTree.`);
    return accept({
      type: 'organization.RootUnitNamed.v1',
      data: { unitId: context.idOf(naturalKey('unit', data.unit)), code: data.unit },
    });
  },
};
