import { accept, refuse, type Decider } from '@plumbline/kernel';
import { organizationFact, unlessConfigured } from './organization.decider';
import { processCommands, type ProcessCommand } from './process.commands';
import { processEvents, type ProcessEvent } from './process.events';
import { processFacts, processKey, type ProcessFacts } from './process.facts';

export const processDecider: Decider<ProcessFacts, ProcessCommand, ProcessEvent> = {
  ...processFacts,
  commands: processCommands,
  events: processEvents,
  stream: ({ data }) => processKey(data.process),
  facts: () => [organizationFact],
  decide: (command, state, context) => {
    const refusal = unlessConfigured(context);
    if (refusal) return refusal;
    switch (command.type) {
      case 'organization.StartProcess':
        if (state.version === command.data.version) return accept();
        return command.data.version < state.version
          ? refuse('an-older-version-of-a-process-does-not-act', `Version ${state.version} has acted on this log.`)
          : accept({ type: 'organization.ProcessStarted.v1', data: command.data });
      case 'organization.RecordStepRefusal':
        if (state.version === 0)
          return refuse('a-process-starts-before-it-acts', 'Send organization.StartProcess first.');
        return state.refused.includes(`${command.data.eventId}/${command.data.step}`)
          ? accept()
          : accept({ type: 'organization.ProcessStepRefused.v1', data: command.data });
    }
  },
};
