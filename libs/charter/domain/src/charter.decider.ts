import {
  accept,
  idKey,
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
import { unitExistsOn } from '@plumbline/organization/facts';
import { adopt } from './charter-adoption';
import { charterCommands, type CharterCommand } from './charter.commands';
import { sameCode } from './vocabulary';
import { charterEvents, type CharterEvent, type Principle } from './charter.events';
import { charterFacts, type CharterFacts } from './charter.facts';
import { closeConsultation, openConsultation, tally } from './charter-consultation';
import { actingAs, organizationFact, unitFact, unitIn, unitKey } from './organization-facts';
import { charterKey } from './streams.facts';

type Data<T extends CharterCommand['type']> = Extract<CharterCommand, { type: T }>['data'];

function draft(
  data: Data<'charter.DraftCharter'>,
  state: CharterFacts,
  context: DecisionContext,
): Decision<CharterEvent> {
  if (state.state !== 'NONE')
    return refuse('a-charter-is-drafted-once', `A charter has the code "${data.charter}". Choose another.`);
  if (!unitExistsOn(unitIn(context, data.unit), context.today))
    return refuse(
      'a-charter-is-for-a-unit-that-exists',
      `No open unit has the code "${data.unit}". Register it first.`,
    );
  if (data.parent !== undefined && context.facts.stream(charterFacts, charterKey(data.parent)).state !== 'ADOPTED')
    return refuse('a-variant-inherits-from-an-adopted-charter', `No charter in force has the code "${data.parent}".`);
  return accept({
    type: 'charter.CharterDrafted.v1',
    data: {
      charterId: context.id,
      code: data.charter,
      title: data.title,
      scopeUnitId: context.idOf(unitKey(data.unit)),
      parentCharterId: data.parent === undefined ? null : context.idOf(charterKey(data.parent)),
      definitionOfBelonging: data.definitionOfBelonging,
      belongingContexts: data.belongingContexts,
      jurisdiction: data.jurisdiction ?? null,
      draftedBy: context.actor.id,
    },
  });
}

function addPrinciple(
  data: Data<'charter.AddPrinciple'>,
  state: CharterFacts,
  context: DecisionContext,
): Decision<CharterEvent> {
  if (data.signals.length === 0)
    return refuse(
      'a-principle-has-an-observable-signal',
      'signals is empty. Say what anyone could see where it holds.',
    );
  const principle: Principle = {
    principleId: data.principleId,
    text: data.text,
    componentTags: data.componentTags ?? [],
    pillarTags: data.pillarTags ?? [],
    communityTags: data.communityTags ?? [],
    signals: data.signals,
  };
  const known = state.principles.find(({ principleId }) => sameCode(principleId, data.principleId));
  if (known && sameData(known, principle)) return accept();
  const parent = state.draft?.parentCharterId;
  const inherited = parent
    ? (context.facts.stream(charterFacts, idKey('charter', parent)).versions.at(-1)?.principles ?? [])
    : [];
  if (
    state.principleIds.some((id) => sameCode(id, data.principleId)) ||
    inherited.some(({ principleId }) => sameCode(principleId, data.principleId))
  )
    return refuse(
      'the-id-of-a-principle-is-used-once',
      `"${data.principleId}" is or was a principle here, or is inherited. Reword that one, or choose another id.`,
    );
  return accept({
    type: 'charter.CharterPrincipleAdded.v1',
    data: { charterId: context.id, ...principle, addedBy: context.actor.id },
  });
}

const unknownPrinciple = (id: string): Refusal =>
  refuse('a-principle-is-changed-where-it-stands', `This charter's draft has no principle "${id}" of its own.`);

function reword(
  data: Data<'charter.RewordPrinciple'>,
  state: CharterFacts,
  context: DecisionContext,
): Decision<CharterEvent> {
  const principle = state.principles.find(({ principleId }) => sameCode(principleId, data.principleId));
  if (!principle) return unknownPrinciple(data.principleId);
  if (principle.text === data.text) return accept();
  return accept({
    type: 'charter.CharterPrincipleReworded.v1',
    data: {
      charterId: context.id,
      principleId: principle.principleId,
      from: principle.text,
      to: data.text,
      reason: toSeal(data.reason, [context.actor.id]),
      rewordedBy: context.actor.id,
    },
  });
}

function withdraw(
  data: Data<'charter.WithdrawPrinciple'>,
  state: CharterFacts,
  context: DecisionContext,
): Decision<CharterEvent> {
  const principle = state.principles.find(({ principleId }) => sameCode(principleId, data.principleId));
  if (!principle)
    return state.principleIds.some((id) => sameCode(id, data.principleId))
      ? accept()
      : unknownPrinciple(data.principleId);
  return accept({
    type: 'charter.CharterPrincipleWithdrawn.v1',
    data: {
      charterId: context.id,
      principleId: principle.principleId,
      reason: toSeal(data.reason, [context.actor.id]),
      withdrawnBy: context.actor.id,
    },
  });
}

function requestWaiver(reason: string, state: CharterFacts, { id, actor }: DecisionContext): Decision<CharterEvent> {
  if (state.waiver) return accept();
  return accept({
    type: 'charter.CharterConsultationWaiverRequested.v1',
    data: { charterId: id, requestedBy: actor.id, reason: toSeal(reason, [actor.id]) },
  });
}

function waive(reason: string, state: CharterFacts, context: DecisionContext): Decision<CharterEvent> {
  const { id, actor } = context;
  if (!state.waiver)
    return refuse(
      'a-charter-waiver-is-requested-before-it-is-decided',
      'Send charter.RequestConsultationWaiver first.',
    );
  if (state.waiver.granted) return accept();
  const [requestedBy = ''] = state.waiver.requestedBy;
  if (actingAs(context).some((person) => state.waiver?.requestedBy.includes(person)))
    return refuse('two-different-people-waive-a-charter-consultation', 'Ask another person to decide.');
  return accept({
    type: 'charter.CharterConsultationWaived.v1',
    data: { charterId: id, approvers: [requestedBy, actor.id], reason: toSeal(reason, [actor.id]) },
  });
}

/** What changes the draft waits while it is being consulted on. */
const againstOpenConsultation = ({ consultation }: CharterFacts): Refusal | null =>
  consultation && consultation.closedOn === null
    ? refuse(
        'what-is-consulted-on-does-not-change-meanwhile',
        `The consultation is open until ${consultation.closesAt}. Change the draft when it has closed.`,
      )
    : null;

export const charterDecider: Decider<CharterFacts, CharterCommand, CharterEvent> = {
  ...charterFacts,
  commands: charterCommands,
  events: charterEvents,
  stream: ({ data }) => charterKey(data.charter),
  facts({ type, data }, state): readonly FactQuery[] {
    const parentId = state.draft?.parentCharterId;
    const parent = parentId ? [streamFact(charterFacts, idKey('charter', parentId))] : [];
    switch (type) {
      case 'charter.DraftCharter':
        return [
          unitFact(data.unit),
          ...(data.parent === undefined ? [] : [streamFact(charterFacts, charterKey(data.parent))]),
        ];
      case 'charter.AddPrinciple':
        return parent;
      case 'charter.OpenConsultation':
      case 'charter.TallyConsultation':
        return [organizationFact];
      case 'charter.AdoptCharter':
      case 'charter.AmendCharter':
        return [organizationFact, ...parent];
      case 'charter.RewordPrinciple':
      case 'charter.WithdrawPrinciple':
      case 'charter.CloseConsultation':
      case 'charter.RequestConsultationWaiver':
      case 'charter.WaiveConsultation':
      case 'charter.RetireCharter':
        return [];
    }
  },
  decide(command, state, context) {
    if (command.type === 'charter.DraftCharter') return draft(command.data, state, context);
    if (state.state === 'NONE' || !state.draft)
      return refuse('a-charter-is-drafted-first', `No charter has the code "${command.data.charter}".`);
    if (state.state === 'RETIRED')
      return command.type === 'charter.RetireCharter'
        ? accept()
        : refuse('a-retired-charter-stays-as-it-is', 'Draft another one.');
    const charter = { ...state, draft: state.draft };
    switch (command.type) {
      case 'charter.AddPrinciple':
        return againstOpenConsultation(state) ?? addPrinciple(command.data, state, context);
      case 'charter.RewordPrinciple':
        return againstOpenConsultation(state) ?? reword(command.data, state, context);
      case 'charter.WithdrawPrinciple':
        return againstOpenConsultation(state) ?? withdraw(command.data, state, context);
      case 'charter.OpenConsultation':
        return openConsultation(command.data, state, context);
      case 'charter.TallyConsultation':
        return tally(command.data, state, context);
      case 'charter.CloseConsultation':
        return closeConsultation(state, context);
      case 'charter.RequestConsultationWaiver':
        return requestWaiver(command.data.reason, state, context);
      case 'charter.WaiveConsultation':
        return waive(command.data.reason, state, context);
      case 'charter.AdoptCharter':
      case 'charter.AmendCharter':
        return adopt(command, charter, context);
      case 'charter.RetireCharter':
        return accept<CharterEvent>({
          type: 'charter.CharterRetired.v1',
          data: {
            charterId: context.id,
            version: state.versions.at(-1)?.version ?? 0,
            retiredBy: context.actor.id,
            reason: toSeal(command.data.reason, [context.actor.id]),
          },
        });
    }
  },
};
