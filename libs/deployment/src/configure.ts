import { type Role, sentenceOf } from '@plumbline/kernel';
import type { RefusedCommand } from '@plumbline/platform/commands';
import type { Deployment } from './deployment';

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
const OPERATOR_ROLES: readonly Role[] = ['admin', 'hr', 'data-steward'];
const ACTOR = { id: 'process:start', role: 'process' } as const;

/** Configures an empty log of a standalone instance: its start's own identity gets the roles it works in. @throws Error in words */
export const configure = (deployment: Deployment, choices: OrganizationChoices): Promise<void> =>
  configureWith(deployment, choices, { key: OPERATOR, name: 'Start of this instance' }, OPERATOR_ROLES);

/** Configures an empty log of a deployment: its first administrator grants all other roles. @throws Error in words */
export const configureDeployment = (
  deployment: Deployment,
  choices: OrganizationChoices,
  admin: string,
): Promise<void> => configureWith(deployment, choices, { key: admin, name: admin }, ['admin']);

/**
 * All in one append: a start that is cut off leaves an empty log, never one that nobody may act on. Each grant is a recorded event; sent again it records
 * nothing.
 */
async function configureWith(
  { batches, directory }: Deployment,
  choices: OrganizationChoices,
  person: { readonly key: string; readonly name: string },
  roles: readonly Role[],
): Promise<void> {
  const [personId] = await directory.upsert([person]);
  const commands = [
    { commandId: 'start/configure', type: 'organization.ConfigureOrganization', data: choices },
    ...roles.map((role) => ({
      commandId: `start/grant/${role}`,
      type: 'organization.GrantRole',
      data: { person: personId, role },
    })),
  ];
  const { accepted, refused } = await batches.handle(commands, { actor: ACTOR, correlationId: 'start/configure' });
  const [first] = refused;
  if (!accepted && first) throw new Error(`${wordsOf(first)} (${first.refused})`);
}

function wordsOf({ refused, detail, problems = [] }: RefusedCommand): string {
  if (problems.length > 0) return problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return detail === undefined || detail === '' ? sentenceOf(refused) : detail;
}
