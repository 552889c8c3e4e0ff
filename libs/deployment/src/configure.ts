import { type LocalDate, type Role, sentenceOf } from '@plumbline/kernel';
import type { BatchCommand, RefusedCommand } from '@plumbline/platform/commands';
import { takesActsWhole } from '@plumbline/platform/event-store';
import type { Deployment } from './deployment';
import { firstInstant } from './deployment-clock';
import { SimulatedTime } from './simulated-time';

export interface OrganizationChoices {
  readonly timeZone: string;
  readonly fiscalYear: string;
  readonly locale: string;
  readonly policyPack: string;
}
export const DEFAULT_CHOICES: OrganizationChoices = {
  timeZone: 'UTC',
  fiscalYear: '01-01',
  locale: 'en',
  policyPack: 'default',
};

/** Directory key of the identity that a standalone start acts as when no person is named. */
export const OPERATOR = 'operator';
const THIS_START = { key: OPERATOR, name: 'Start of this instance', office: 'Start of this instance' };
const OPERATOR_ROLES: readonly Role[] = ['admin', 'hr', 'data-steward'];
const ADMIN: readonly Role[] = ['admin'];
interface StartPerson {
  readonly key: string;
  readonly name: string;
}
const OPERATOR_PERSON: StartPerson = { key: OPERATOR, name: 'Start of this instance' };
/** Configuration, demonstration, and a grant a role. */
const MOST_START_EVENTS = 2 + OPERATOR_ROLES.length;
const ACTOR = { id: 'process:start', role: 'process' } as const;

/** Configures an empty log of a standalone instance: its start's own identity gets the roles it works in. @throws Error in words */
export const configure = (deployment: Deployment, choices: OrganizationChoices): Promise<void> =>
  configureWith(deployment, choices, THIS_START, OPERATOR_ROLES);

/**
 * Makes an empty log of a standalone instance a demonstration whose first day is `from`: configured, then said to be one, then its start's own identity gets its
 * roles. One that was cut off midway is gone on with. @throws Error in words
 */
export async function configureDemonstration(
  deployment: Deployment,
  choices: OrganizationChoices,
  from: LocalDate,
): Promise<void> {
  const { clock, commands, store } = deployment;
  const first = firstInstant(from, choices.timeZone);
  const { knownAt } = await store.head();
  clock.simulate(knownAt !== null && knownAt > first ? knownAt : first);
  for (const [commandId, type, data] of [
    ['start/configure', 'organization.ConfigureOrganization', choices],
    ['start/demonstration', 'organization.StartDemonstration', { from }],
  ] as const) {
    const result = await commands.handle({ type, data }, { commandId, actor: ACTOR });
    if (!result.accepted) throw new Error(`${wordsOf(result)} (${result.refused})`);
  }
  await configureWith(deployment, choices, THIS_START, OPERATOR_ROLES);
  await deployment.processes.catchUp();
  await new SimulatedTime(deployment).moveTo(from);
}

/** Whether the log is empty, or a demonstration's start was cut off before anyone could act on it. */
export async function mayStartDemonstration({ store }: Deployment): Promise<boolean> {
  const { events } = await store.readPage(0n, 3);
  return events.length < 3 && events.every(({ event }) => event.commandId.startsWith('start/'));
}

/** Configures an empty log of a deployment: its first administrator grants all other roles. @throws Error in words */
export const configureDeployment = (
  deployment: Deployment,
  choices: OrganizationChoices,
  admin: string,
): Promise<void> => configureWith(deployment, choices, { key: admin, name: admin }, ADMIN);

/**
 * Gives the start's identity the roles it lacks, where a start was cut off between configuring the log and granting them: a store that takes one stream at a
 * time can hold that. Does nothing once anything else was recorded.
 */
export async function finishConfiguration(deployment: Deployment, admin?: string): Promise<void> {
  const { store } = deployment;
  if (takesActsWhole(store.capabilities)) return;
  const { events } = await store.readPage(0n, MOST_START_EVENTS + 1);
  const sent = events.map(({ event }) => event.commandId);
  if (sent[0] !== 'start/configure' || !sent.every((id) => id.startsWith('start/'))) return;
  const [person, roles] =
    admin === undefined
      ? ([OPERATOR_PERSON, OPERATOR_ROLES] as const)
      : ([{ key: admin, name: admin }, ADMIN] as const);
  const missing = roles.filter((role) => !sent.includes(`start/grant/${role}`));
  if (missing.length > 0) await record(deployment, person, [], missing);
}

/**
 * All in one append: a start that is cut off leaves an empty log, never one that nobody may act on. Each grant is a recorded event; sent again it records
 * nothing.
 */
async function configureWith(
  deployment: Deployment,
  choices: OrganizationChoices,
  person: StartPerson,
  roles: readonly Role[],
): Promise<void> {
  const configure = { commandId: 'start/configure', type: 'organization.ConfigureOrganization', data: choices };
  await record(deployment, person, [configure], roles);
}

async function record(
  { batches, directory }: Deployment,
  person: StartPerson,
  first: readonly BatchCommand[],
  roles: readonly Role[],
): Promise<void> {
  const [personId] = await directory.upsert([person]);
  const grants = roles.map((role) => ({
    commandId: `start/grant/${role}`,
    type: 'organization.GrantRole',
    data: { person: personId, role },
  }));
  const sent = { actor: ACTOR, correlationId: 'start/configure' };
  const { accepted, refused } = await batches.handle([...first, ...grants], sent);
  const [problem] = refused;
  if (!accepted && problem) throw new Error(`${wordsOf(problem)} (${problem.refused})`);
}

function wordsOf({ refused, detail, problems = [] }: Pick<RefusedCommand, 'refused' | 'detail' | 'problems'>): string {
  if (problems.length > 0) return problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return detail === undefined || detail === '' ? sentenceOf(refused) : detail;
}
