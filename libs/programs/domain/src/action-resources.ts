import { sameData, accept, refuse, type Decision, type DecisionContext } from '@plumbline/kernel';
import type { CommandData } from './action.commands';
import type { ProgramsEvent } from './action.events';
import type { PlannedAction } from './planned-action';

export function resource(
  data: CommandData<'programs.ResourceAction'>,
  state: PlannedAction,
  context: DecisionContext,
): Decision<ProgramsEvent> {
  const { budget = null, fte = null, protectedHours = null, source } = data;
  if (budget === null && fte === null && protectedHours === null)
    return refuse('resources-are-money-posts-or-time', 'Give budget, fte or protectedHours; 0 takes them away.');
  const resources = { actionId: context.id, budget, fte, protectedHours, source };
  const { resourcedBy: _by, ...stands } = state.resources ?? { resourcedBy: '' };
  return sameData(resources, stands)
    ? accept()
    : accept<ProgramsEvent>({
        type: 'programs.ActionResourced.v1',
        data: { ...resources, resourcedBy: context.actor.id },
      });
}
