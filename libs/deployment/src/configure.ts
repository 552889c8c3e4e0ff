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
const OPERATOR_ROLES = ['admin', 'hr', 'data-steward'] as const;
const ACTOR = { id: 'process:start', role: 'process' } as const;

/** Configures an empty log and grants the start's own identity its roles, each by a recorded event; sent again it records nothing. @throws Error in words */
export async function configure(deployment: Deployment, choices: OrganizationChoices): Promise<void> {
  const send = async (commandId: string, type: string, data: unknown): Promise<void> => {
    const result = await deployment.commands.handle({ type, data }, { commandId, actor: ACTOR });
    if (!result.accepted)
      throw new Error(
        `${[result.detail, ...(result.problems ?? []).map(({ path, message }) => `${path}: ${message}`)].filter(Boolean).join('; ') || result.refused} (${result.refused})`,
      );
  };
  await send('start/configure', 'organization.ConfigureOrganization', choices);
  const [operator] = await deployment.directory.upsert([{ key: OPERATOR, name: 'Start of this instance' }]);
  for (const role of OPERATOR_ROLES)
    await send(`start/grant/${role}`, 'organization.GrantRole', { person: operator, role });
}
