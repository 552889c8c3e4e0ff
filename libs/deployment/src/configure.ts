import { type Role, sentenceOf } from '@plumbline/kernel';
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

/** Each grant is a recorded event; sent again it records nothing. */
async function configureWith(
  { commands, directory }: Deployment,
  choices: OrganizationChoices,
  person: { readonly key: string; readonly name: string },
  roles: readonly Role[],
): Promise<void> {
  const send = async (commandId: string, type: string, data: unknown): Promise<void> => {
    const result = await commands.handle({ type, data }, { commandId, actor: ACTOR });
    if (result.accepted) return;
    const problems = (result.problems ?? []).map(({ path, message }) => `${path}: ${message}`);
    const words = [result.detail, ...problems].filter((part) => part !== undefined && part !== '').join('; ');
    throw new Error(`${words === '' ? sentenceOf(result.refused) : words} (${result.refused})`);
  };
  await send('start/configure', 'organization.ConfigureOrganization', choices);
  const [personId] = await directory.upsert([person]);
  for (const role of roles) await send(`start/grant/${role}`, 'organization.GrantRole', { person: personId, role });
}
