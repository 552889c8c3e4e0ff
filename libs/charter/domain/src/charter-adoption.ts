import {
  accept,
  daysBetween,
  idKey,
  refuse,
  sameData,
  type Decision,
  type DecisionContext,
  type Refusal,
} from '@plumbline/kernel';
import { countsOf } from './charter-consultation';
import type { CharterCommand } from './charter.commands';
import type { AdoptedPrinciple, CharterEvent } from './charter.events';
import { charterFacts, type CharterFacts, type CharterVersion } from './charter.facts';
import { againstLateness, lateReasonOf } from './lateness';
import { organizationIn } from './organization-facts';

type Adoption = Extract<CharterCommand, { type: 'charter.AdoptCharter' | 'charter.AmendCharter' }>;
type Drafted = CharterFacts & { readonly draft: NonNullable<CharterFacts['draft']> };

/** What the next version rests on: a consultation that none rests on yet, or a waiver by two. */
function basisOf(
  hash: string | undefined,
  { consultation, waiver, principles }: Drafted,
  context: DecisionContext,
): { readonly round: number | null } | Refusal {
  if (waiver?.granted) return { round: null };
  if (!consultation || consultation.usedBy !== null)
    return refuse(
      'a-charter-is-adopted-after-a-consultation',
      'Open one and close it, or have it waived by two people.',
    );
  if (consultation.closedOn === null)
    return refuse('a-charter-is-adopted-after-a-consultation', `It is open until ${consultation.closesAt}.`);
  const { charterConsultationDays } = organizationIn(context).policy;
  if (daysBetween(consultation.opensOn, consultation.closedOn) < charterConsultationDays)
    return refuse(
      'a-charter-is-consulted-on-as-long-as-policy-says',
      `It was open for less than ${charterConsultationDays} days. Open another.`,
    );
  if (!countsOf(consultation).some(({ leadership }) => !leadership))
    return refuse(
      'a-charter-is-adopted-after-others-than-leaders-were-heard',
      'No group other than leaders has answered. Open another consultation, or have it waived by two people.',
    );
  if (!sameData(consultation.asked, principles))
    return refuse(
      'what-is-adopted-is-what-was-consulted-on',
      'A principle was added, reworded or withdrawn since people were asked. Open another consultation, or have it waived by two people.',
    );
  if (hash === undefined)
    return refuse('an-adoption-names-the-summary-of-its-consultation', 'Give consultationSummaryHash.');
  return { round: consultation.round };
}

function principlesOf(state: Drafted, parent: CharterVersion | undefined): readonly AdoptedPrinciple[] {
  const inherited = (parent?.principles ?? []).map((principle) => ({
    ...principle,
    inheritedFrom: principle.inheritedFrom ?? state.draft.parentCharterId,
  }));
  return [...inherited, ...state.principles.map((principle) => ({ ...principle, inheritedFrom: null }))];
}

const sayTheSame = (a: AdoptedPrinciple, b: AdoptedPrinciple): boolean =>
  sameData({ ...a, inheritedFrom: null }, { ...b, inheritedFrom: null });

function diffOf(before: readonly AdoptedPrinciple[], after: readonly AdoptedPrinciple[]) {
  const old = new Map(before.map((each) => [each.principleId, each]));
  const now = new Map(after.map((each) => [each.principleId, each]));
  return {
    added: [...now.keys()].filter((id) => !old.has(id)),
    reworded: after
      .filter((each) => {
        const was = old.get(each.principleId);
        return was !== undefined && !sayTheSame(was, each);
      })
      .map(({ principleId }) => principleId),
    withdrawn: [...old.keys()].filter((id) => !now.has(id)),
  };
}

export function adopt(command: Adoption, state: Drafted, context: DecisionContext): Decision<CharterEvent> {
  const { data } = command;
  const isFirst = command.type === 'charter.AdoptCharter';
  const last = state.versions.at(-1);
  if (isFirst && last)
    return refuse('an-adopted-version-does-not-change', `Version ${last.version} stands. Send charter.AmendCharter.`);
  if (!isFirst && !last) return refuse('a-charter-is-adopted-before-it-is-amended', 'Send charter.AdoptCharter.');
  if (last && data.effectiveFrom <= last.effectiveFrom)
    return refuse(
      'a-version-takes-effect-after-the-one-before',
      `Version ${last.version} is in force from ${last.effectiveFrom}.`,
    );
  const parentId = state.draft.parentCharterId;
  const parent =
    parentId === null ? undefined : context.facts.stream(charterFacts, idKey('charter', parentId)).versions.at(-1);
  const principles = principlesOf(state, parent);
  if (principles.length === 0) return refuse('a-charter-has-a-principle', 'Add one before it is adopted.');
  const diff = diffOf(last?.principles ?? [], principles);
  if (last && [diff.added, diff.reworded, diff.withdrawn].every(({ length }) => length === 0))
    return refuse('an-amendment-changes-something', 'No principle was added, reworded or withdrawn.');
  const basis = basisOf(data.consultationSummaryHash, state, context);
  if ('refused' in basis) return basis;
  const late = againstLateness(data.effectiveFrom, context.today, data.reason, context);
  if (late) return late;
  const version = {
    charterId: context.id,
    version: (last?.version ?? 0) + 1,
    code: state.draft.code,
    title: state.draft.title,
    scopeUnitId: state.draft.scopeUnitId,
    parent: parentId === null || !parent ? null : { charterId: parentId, version: parent.version },
    definitionOfBelonging: state.draft.definitionOfBelonging,
    principles: [...principles],
    effectiveFrom: data.effectiveFrom,
    adoptedBy: context.actor.id,
    consultation: basis.round,
    consultationSummaryHash: basis.round === null ? null : (data.consultationSummaryHash ?? null),
    lateReason: lateReasonOf(data.reason, context),
  };
  return last
    ? accept<CharterEvent>({ type: 'charter.CharterAmended.v1', data: { ...version, diff } })
    : accept<CharterEvent>({ type: 'charter.CharterAdopted.v1', data: version });
}
