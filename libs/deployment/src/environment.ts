import { resolve } from 'node:path';
import type { TrustedIssuer } from '@plumbline/platform/auth';
import { checkEventStoreUrl } from './chosen-event-store';
import type { DeploymentOptions } from './deployment';

/** Settings that api and worker take from the environment; each is named by what is missing. */
export function fromEnvironment(env: Readonly<Record<string, string | undefined>>): DeploymentOptions {
  const need = (name: string, meaning: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new Error(`Set ${name}: ${meaning}.`);
    return value;
  };
  return {
    dataDir: resolve(
      need('PLUMBLINE_DATA_DIR', 'the folder with the deployment’s secrets, the same for every process'),
    ),
    databaseUrl: need('DATABASE_URL', 'address of a PostgreSQL server, 14 or later'),
    standalone: false,
    ...eventStoreFrom(env),
    ...issuerFrom(env),
    ...mailFrom(env),
    ...clockFrom(env),
  };
}

/** Where the log lies when it is not in the database; also for standalone. */
export function eventStoreFrom(
  env: Readonly<Record<string, string | undefined>>,
): Pick<DeploymentOptions, 'eventStoreUrl' | 'eventStorePrefix'> {
  const { EVENT_STORE_URL: url, EVENT_STORE_PREFIX: prefix } = env;
  if (!url) return {};
  checkEventStoreUrl(url);
  return { eventStoreUrl: url, ...(prefix ? { eventStorePrefix: prefix } : {}) };
}

/** A person's word that the clock is right; also for standalone. */
export function clockFrom(env: Readonly<Record<string, string | undefined>>): Pick<DeploymentOptions, 'acceptClock'> {
  const { PLUMBLINE_ACCEPT_CLOCK: accept } = env;
  if (accept === undefined || accept === '') return {};
  if (accept !== 'yes')
    throw new Error('PLUMBLINE_ACCEPT_CLOCK is yes, or not set: whether a clock far ahead of the log is right.');
  return { acceptClock: true };
}

/** Mail server and sender, which belong together; also for standalone. */
export function mailFrom(env: Readonly<Record<string, string | undefined>>): Pick<DeploymentOptions, 'mail'> {
  const { SMTP_URL: url, MAIL_FROM: from } = env;
  if (!url && !from) return {};
  if (!url || !from)
    throw new Error('Set SMTP_URL and MAIL_FROM together: the mail server, and whom notices are from.');
  if (!/^smtps?:\/\//.test(url) || !URL.canParse(url))
    throw new Error('SMTP_URL is not an address as smtp://user:password@mail.example:587.');
  return { mail: { url, from } };
}

function issuerFrom(env: Readonly<Record<string, string | undefined>>): { readonly issuer?: TrustedIssuer } {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: jwksUrl, OIDC_PERSON_CLAIM: personClaim } = env;
  if (issuer === undefined && audience === undefined && jwksUrl === undefined) return {};
  if (!issuer || !audience || !jwksUrl)
    throw new Error('Set OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URL together: who signs people in.');
  return { issuer: { issuer, audience, jwksUrl, ...(personClaim === undefined ? {} : { personClaim }) } };
}
