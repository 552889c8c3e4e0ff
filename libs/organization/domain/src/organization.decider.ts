import {
  sameData,
  accept,
  askFact,
  idKey,
  naturalKey,
  refuse,
  streamFact,
  toSeal,
  type Decider,
  type Decision,
  type DecisionContext,
  type FactQuery,
  type Refusal,
  type StreamKey,
} from '@plumbline/kernel';
import { calendarFacts } from './calendar.facts';
import { consultationCovers, consultationFacts } from './consultation.facts';
import { organizationCommands, type OrganizationCommand } from './organization.commands';
import { organizationEvents, type OrganizationEvent } from './organization.events';
import { organizationFacts, type OrganizationFacts } from './organization.facts';
import { holdsRole, personFacts } from './person.facts';
import { changesThresholds, loweredThresholds, policyPacks, type Policy } from './policy-packs';

type Data<T extends OrganizationCommand['type']> = Extract<
  OrganizationCommand,
  { type: `organization.${string}` & T }
>['data'];

export const organizationKey: StreamKey = naturalKey('organization', 'organization');
export const calendarKey: StreamKey = naturalKey('calendar', 'calendar');
export const organizationFact: FactQuery = streamFact(organizationFacts, organizationKey);

const CONFIGURED_FIRST = 'the-organization-is-configured-first';
/** For deciders of other streams: refuses what comes before the first event of the log. */
export const unlessConfigured = (context: DecisionContext): Refusal | null =>
  context.facts.stream(organizationFacts, organizationKey).configured
    ? null
    : refuse(CONFIGURED_FIRST, 'Send organization.ConfigureOrganization, or start with --empty or with flags.');

function configure(
  data: Data<'organization.ConfigureOrganization'>,
  state: OrganizationFacts,
  context: DecisionContext,
): Decision<OrganizationEvent> {
  if (state.configured)
    return state.timeZone === data.timeZone &&
      state.fiscalYear === data.fiscalYear &&
      state.locale === data.locale &&
      state.policyVersion === '1' &&
      state.policyPack === data.policyPack
      ? accept()
      : refuse('an-organization-is-configured-once', 'Its policy changes by proposal; the rest stays as it was set.');
  if (!context.facts.ask<boolean>('organization.time-zone-known', { timeZone: data.timeZone }))
    return refuse(
      'a-time-zone-is-one-that-clocks-know',
      'timeZone is not among the IANA names known here; write it as Europe/London.',
    );
  if (!context.facts.ask<boolean>('organization.locale-known', { locale: data.locale }))
    return refuse('a-locale-is-one-that-can-be-written', 'locale is not a language tag known here; write it as en-GB.');
  return accept({
    type: 'organization.OrganizationConfigured.v1',
    data: { ...data, policyVersion: '1', policy: policyPacks[data.policyPack] },
  });
}

function startDemonstration(
  data: Data<'organization.StartDemonstration'>,
  state: OrganizationFacts,
  context: DecisionContext,
): Decision<OrganizationEvent> {
  if (state.demonstrationFrom === data.from) return accept();
  const alone =
    state.events === 1 &&
    context.facts.stream(calendarFacts, calendarKey).lastDay === null &&
    context.facts.ask<string | null>('organization.last-event') === state.configuredBy;
  return alone
    ? accept({ type: 'organization.DemonstrationStarted.v1', data })
    : refuse(
        'a-demonstration-is-the-second-event-of-its-log',
        'Start it on an empty data directory, right after configuring.',
      );
}

function propose(
  data: Data<'organization.ProposePolicyPack'>,
  state: OrganizationFacts,
  context: DecisionContext,
): Decision<OrganizationEvent> {
  const policy: Policy = { ...policyPacks[data.pack], ...data.changes };
  const lowered = loweredThresholds(state.policy, policy);
  if (lowered.length > 0)
    return refuse(
      'privacy-thresholds-only-rise',
      `${lowered.join(', ')} would fall; set them in changes to what is in force or more.`,
    );
  if (policy.responseGate < policy.responseFloor)
    return refuse('the-response-gate-lies-at-or-above-its-floor', 'Raise changes.responseGate.');
  if (policy.restrictedEligibility !== 'REFUSED' && data.pack === 'us-contractor')
    return refuse('the-contractor-pack-refuses-restricted-eligibility', 'Leave changes.restrictedEligibility out.');
  return accept({
    type: 'organization.PolicyPackProposed.v1',
    data: {
      version: String(state.lastVersion + 1),
      pack: data.pack,
      policy,
      proposedBy: context.actor.id,
      reason: toSeal(data.reason, [context.actor.id]),
    },
  });
}

function withoutConsultation(
  consultation: string | undefined,
  policy: Policy,
  state: OrganizationFacts,
  context: DecisionContext,
): Refusal | null {
  if (!state.policy.consultationBefore.includes('thresholds') || !changesThresholds(state.policy, policy)) return null;
  if (
    consultation === undefined ||
    !consultationCovers(context.facts.stream(consultationFacts, consultationKey(consultation)), 'thresholds')
  )
    return refuse(
      'what-the-policy-names-waits-for-a-consultation',
      'Thresholds change: name in consultation one that was held or waived on the topic thresholds.',
    );
  return state.consultationsUsed.includes(consultation)
    ? refuse('a-consultation-serves-one-change', 'This one carried an earlier policy; hold another.')
    : null;
}

const APPROVING_ROLES = ['admin', 'hr', 'legal'] as const;
export const consultationKey = (id: string): StreamKey => idKey('consultation', id);

function activate(
  { version, consultation }: Data<'organization.ActivatePolicyPack'>,
  state: OrganizationFacts,
  context: DecisionContext,
): Decision<OrganizationEvent> {
  if (state.policyVersion === version) return accept();
  const proposal = state.proposal;
  if (proposal?.version !== version)
    return refuse('a-policy-is-proposed-before-it-is-activated', 'version is not that of the proposal that is open.');
  if ([proposal.proposedBy, proposal.proposedFor].includes(context.actor.id))
    return refuse('two-different-people-put-a-policy-in-force', 'Ask another person to activate it.');
  const proposer = context.facts.stream(personFacts, idKey('person', proposal.proposedBy));
  if (!APPROVING_ROLES.some((role) => holdsRole(proposer, role)))
    return refuse(
      'an-approver-still-holds-a-role-that-approves',
      'Whoever proposed it no longer does; propose it anew.',
    );
  const { pack, policy } = proposal;
  return (
    withoutConsultation(consultation, policy, state, context) ??
    accept<OrganizationEvent>({
      type: 'organization.PolicyPackActivated.v1',
      data: {
        version,
        pack,
        policy,
        approvers: [proposal.proposedBy, context.actor.id],
        consultationId: consultation ?? null,
      },
    })
  );
}

function decide(
  command: OrganizationCommand,
  state: OrganizationFacts,
  context: DecisionContext,
): Decision<OrganizationEvent> {
  if (command.type === 'organization.ConfigureOrganization') return configure(command.data, state, context);
  if (!state.configured) return refuse(CONFIGURED_FIRST, 'Send organization.ConfigureOrganization first.');
  switch (command.type) {
    case 'organization.StartDemonstration':
      return startDemonstration(command.data, state, context);
    case 'organization.SetReportingCalendar':
      return sameData(state.calendar, command.data)
        ? accept()
        : accept({ type: 'organization.ReportingCalendarSet.v1', data: command.data });
    case 'organization.ProposePolicyPack':
      return propose(command.data, state, context);
    case 'organization.ActivatePolicyPack':
      return activate(command.data, state, context);
  }
}

function facts(command: OrganizationCommand, state: OrganizationFacts): readonly FactQuery[] {
  switch (command.type) {
    case 'organization.ConfigureOrganization':
      return [
        askFact('organization.time-zone-known', { timeZone: command.data.timeZone }),
        askFact('organization.locale-known', { locale: command.data.locale }),
      ];
    case 'organization.StartDemonstration':
      return [streamFact(calendarFacts, calendarKey), askFact('organization.last-event')];
    case 'organization.ActivatePolicyPack':
      return [
        ...(state.proposal ? [streamFact(personFacts, idKey('person', state.proposal.proposedBy))] : []),
        ...(command.data.consultation === undefined
          ? []
          : [streamFact(consultationFacts, consultationKey(command.data.consultation))]),
      ];
    case 'organization.SetReportingCalendar':
    case 'organization.ProposePolicyPack':
      return [];
  }
}

export const organizationDecider: Decider<OrganizationFacts, OrganizationCommand, OrganizationEvent> = {
  ...organizationFacts,
  commands: organizationCommands,
  events: organizationEvents,
  stream: () => organizationKey,
  facts,
  decide,
};
