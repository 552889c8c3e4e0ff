import {
  accept,
  createdKey,
  refuse,
  toSeal,
  type Decider,
  type Decision,
  type DecisionContext,
} from '@plumbline/kernel';
import { consultationCommands, type ConsultationCommand } from './consultation.commands';
import { consultationEvents, type ConsultationEvent } from './consultation.events';
import { consultationFacts, type ConsultationFacts } from './consultation.facts';
import { consultationKey } from './organization.decider';

function waive(reason: string, state: ConsultationFacts, { id, actor }: DecisionContext): Decision<ConsultationEvent> {
  if (state.state === 'WAIVED') return accept();
  if (state.state !== 'WAIVER_REQUESTED' || state.topic === null || state.requestedBy === null)
    return refuse('a-waiver-is-requested-before-it-is-decided', 'Send organization.RequestConsultationWaiver first.');
  if ([state.requestedBy, state.requestedFor].includes(actor.id))
    return refuse('two-different-people-waive-a-consultation', 'Ask another person to decide.');
  return accept({
    type: 'organization.ConsultationWaived.v1',
    data: {
      consultationId: id,
      topic: state.topic,
      reason: toSeal(reason, [actor.id]),
      approvers: [state.requestedBy, actor.id],
    },
  });
}

function decide(
  command: ConsultationCommand,
  state: ConsultationFacts,
  context: DecisionContext,
): Decision<ConsultationEvent> {
  const { id, actor, today } = context;
  switch (command.type) {
    case 'organization.RecordConsultation':
      return command.data.on > today
        ? refuse('a-consultation-is-recorded-once-it-was-held', 'on lies after today.')
        : accept({ type: 'organization.ConsultationRecorded.v1', data: { consultationId: id, ...command.data } });
    case 'organization.RequestConsultationWaiver':
      return accept({
        type: 'organization.ConsultationWaiverRequested.v1',
        data: {
          consultationId: id,
          topic: command.data.topic,
          requestedBy: actor.id,
          reason: toSeal(command.data.reason, [actor.id]),
        },
      });
    case 'organization.WaiveConsultation':
      return waive(command.data.reason, state, context);
  }
}

export const consultationDecider: Decider<ConsultationFacts, ConsultationCommand, ConsultationEvent> = {
  ...consultationFacts,
  commands: consultationCommands,
  events: consultationEvents,
  stream: (command) =>
    command.type === 'organization.WaiveConsultation'
      ? consultationKey(command.data.consultation)
      : createdKey('consultation'),
  decide,
};
