import {
  accept,
  refuse,
  sameData,
  streamFact,
  toSeal,
  type Decision,
  type DecisionContext,
  type FactQuery,
  type Refusal,
} from '@plumbline/kernel';
import { unitExistsOn } from '@plumbline/organization/facts';
import { charterFacts, charterInForce } from './charter.facts';
import type { CommitmentData } from './commitment.commands';
import type { CommitmentEvent } from './commitment.events';
import {
  commitmentFacts,
  dueOfMilestone,
  latest,
  type CommitmentFacts,
  type CommitmentProposal,
} from './commitment.facts';
import { actingAs, unitFact, unitIn, unitKey } from './organization-facts';
import { charterKey, commitmentKey } from './streams.facts';
import { COMMITMENT_LEVELS, sameCode } from './vocabulary';

type Propose = CommitmentData<'charter.ProposeCommitment'>;

export const factsOfProposal = (data: Propose): readonly FactQuery[] => [
  unitFact(data.unit),
  ...(data.charter === undefined ? [] : [streamFact(charterFacts, charterKey(data.charter))]),
  ...[data.parent, data.carriesForward]
    .filter((code) => code !== undefined)
    .map((code) => streamFact(commitmentFacts, commitmentKey(code))),
];

function againstPrinciples(data: Propose, context: DecisionContext): Refusal | { readonly version: number | null } {
  const named = data.principles ?? [];
  if (data.charter === undefined)
    return named.length === 0
      ? { version: null }
      : refuse('principles-are-those-of-a-charter', 'Give charter, or leave principles out.');
  const charter = charterInForce(context.facts.stream(charterFacts, charterKey(data.charter)), context.today);
  if (!charter)
    return refuse('a-commitment-serves-a-charter-in-force', `No charter in force has the code "${data.charter}".`);
  const unknown = named.find((id) => !charter.principles.some(({ principleId }) => sameCode(principleId, id)));
  if (unknown !== undefined || named.length === 0)
    return refuse(
      'a-commitment-serves-principles-of-the-version-in-force',
      unknown === undefined
        ? 'principles is empty. Name those it serves.'
        : `Version ${charter.version} has no principle "${unknown}".`,
    );
  return { version: charter.version };
}

function againstParent(data: Propose, context: DecisionContext): Refusal | null {
  if (data.parent === undefined) return null;
  const parent = context.facts.stream(commitmentFacts, commitmentKey(data.parent));
  if (!parent.proposal || !['PROPOSED', 'ACTIVE'].includes(parent.state))
    return refuse('a-commitment-is-part-of-one-that-stands', `No open commitment has the code "${data.parent}".`);
  return COMMITMENT_LEVELS.indexOf(data.level) < COMMITMENT_LEVELS.indexOf(parent.proposal.level)
    ? refuse(
        'a-part-is-not-of-a-higher-level-than-the-whole',
        `${data.parent} is of the level ${parent.proposal.level}.`,
      )
    : null;
}

/** What it carries forward, and when that was first due: of the oldest in a chain. */
function originOf(data: Propose, context: DecisionContext): CommitmentProposal['origin'] | Refusal {
  if (data.carriesForward === undefined) return null;
  const origin = context.facts.stream(commitmentFacts, commitmentKey(data.carriesForward));
  if (origin.state !== 'ACTIVE' || origin.firstDue === null)
    return refuse(
      'only-an-accepted-commitment-is-carried-forward',
      `${data.carriesForward} is not accepted, or has ended.`,
    );
  return { commitmentId: context.idOf(commitmentKey(data.carriesForward)), baselineDue: origin.firstDue };
}

const codeOrNull = (code: string | undefined, context: DecisionContext): string | null =>
  code === undefined ? null : context.idOf(commitmentKey(code));

/** The same again, whoever sends it and whatever has ended or been adopted since, is nothing. */
function proposedAgain(data: Propose, known: CommitmentProposal, context: DecisionContext): Decision<CommitmentEvent> {
  const { charterVersion, proposedBy, origin, code } = known;
  const again = proposalOf(data, charterVersion, origin, context);
  return sameData({ ...again, proposedBy, code }, known) &&
    (origin?.commitmentId ?? null) === codeOrNull(data.carriesForward, context)
    ? accept()
    : refuse('a-commitment-is-proposed-once', `Another commitment has the code "${data.commitment}".`);
}

const proposalOf = (
  data: Propose,
  charterVersion: number | null,
  origin: CommitmentProposal['origin'],
  context: DecisionContext,
): CommitmentProposal => ({
  commitmentId: context.id,
  code: data.commitment,
  proposedBy: data.token === undefined ? context.actor.id : null,
  token: data.token ?? null,
  askedOwnerId: data.owner ?? null,
  charterId: data.charter === undefined ? null : context.idOf(charterKey(data.charter)),
  charterVersion,
  principleIds: data.principles ?? [],
  title: data.title,
  statement: data.statement,
  level: data.level,
  parentCommitmentId: codeOrNull(data.parent, context),
  evidenceRule: data.evidenceRule,
  scopeUnitId: context.idOf(unitKey(data.unit)),
  office: data.office ?? null,
  structuralChange: data.structuralChange ?? false,
  origin,
});

export function propose(data: Propose, state: CommitmentFacts, context: DecisionContext): Decision<CommitmentEvent> {
  if (state.proposal) return proposedAgain(data, state.proposal, context);
  if (!unitExistsOn(unitIn(context, data.unit), context.today))
    return refuse('a-commitment-is-for-a-unit-that-exists', `No open unit has the code "${data.unit}".`);
  if (data.token !== undefined && context.actor.role === 'member')
    return refuse(
      'a-proposal-without-a-name-is-passed-on-by-another',
      'Sent by you it would bear your id. Hand it to an office that passes it on, or leave token out.',
    );
  const charter = againstPrinciples(data, context);
  if ('refused' in charter) return charter;
  const wrong = againstParent(data, context);
  if (wrong) return wrong;
  const origin = originOf(data, context);
  if (origin && 'refused' in origin) return origin;
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentProposed.v1',
    data: proposalOf(data, charter.version, origin, context),
  });
}

export function assessVerifiability(
  data: CommitmentData<'charter.AssessVerifiability'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  const own = [state.proposal?.proposedBy, state.proposal?.askedOwnerId, ...state.owners.map(({ ownerId }) => ownerId)];
  if (actingAs(context).some((person) => own.includes(person)))
    return refuse('nobody-judges-whether-their-own-commitment-is-verifiable', 'Ask someone else.');
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentVerifiabilityAssessed.v1',
    data: {
      commitmentId: context.id,
      verifiable: data.verifiable,
      by: context.actor.id,
      notes: data.notes === undefined ? null : toSeal(data.notes, [context.actor.id]),
    },
  });
}

const ANSWERED = refuse('a-proposal-is-answered-once', 'It has been accepted or declined.');

export function acceptCommitment(state: CommitmentFacts, context: DecisionContext): Decision<CommitmentEvent> {
  const { actor, today, id } = context;
  if (state.state === 'ACTIVE' && state.owners[0]?.ownerId === actor.id) return accept();
  if (state.state !== 'PROPOSED') return ANSWERED;
  const asked = state.proposal?.askedOwnerId ?? null;
  if (context.onBehalfOf !== undefined || (asked !== null && asked !== actor.id))
    return refuse(
      'only-the-owner-accepts-a-commitment',
      'Whoever is asked to keep it accepts it, in their own name. Nobody does so for them.',
    );
  const dues = state.milestones.map((milestone) => ({
    milestone,
    due: dueOfMilestone(milestone, state.indicators),
  }));
  const firstDue = latest([
    ...dues.map(({ due }) => due),
    ...state.indicators.filter(({ milestoneId }) => milestoneId === null).map(({ baselineDue }) => baselineDue),
  ]);
  if (firstDue === null || state.milestones.length === 0)
    return refuse('a-commitment-is-accepted-with-a-milestone-and-a-date', 'Send charter.AddMilestone with due.');
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentAccepted.v1',
    data: {
      commitmentId: id,
      ownerId: actor.id,
      acceptedOn: today,
      firstDue,
      milestones: dues.map(({ milestone: { milestoneId, weight }, due }) => ({
        milestoneId,
        weight,
        due: due ?? firstDue,
      })),
    },
  });
}

export function declineCommitment(
  data: CommitmentData<'charter.DeclineCommitment'>,
  state: CommitmentFacts,
  context: DecisionContext,
): Decision<CommitmentEvent> {
  if (state.state === 'DECLINED') return accept();
  if (state.state !== 'PROPOSED') return ANSWERED;
  const asked = state.proposal?.askedOwnerId ?? null;
  if (asked !== null && asked !== context.actor.id && context.actor.role !== 'hr')
    return refuse('a-commitment-is-declined-by-who-was-asked', 'Whoever is asked to keep it declines it, or HR does.');
  return accept<CommitmentEvent>({
    type: 'charter.CommitmentDeclined.v1',
    data: {
      commitmentId: context.id,
      declinedBy: context.actor.id,
      declinedOn: context.today,
      reason: toSeal(data.reason, [context.actor.id]),
    },
  });
}
