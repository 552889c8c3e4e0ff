import type { Role } from '@plumbline/kernel';

/** Who sent a request, as the token proves it. Roles are not in it: they come from the log. */
export interface Principal {
  /** Directory key or person id, as the issuer names the person. */
  readonly subject: string;
  /** The role the person asks to act in, when they hold several. */
  readonly role?: Role;
  /** Set when this deployment's own key signed, not the person's login. */
  readonly via?: 'local-key';
}

/** A token that does not let its bearer in. `rule` is a kebab-case sentence; the message holds nothing of the token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  constructor(
    readonly rule:
      | 'a-request-bears-a-token'
      | 'a-token-is-signed-by-the-issuer'
      | 'a-token-is-used-before-it-expires'
      | 'a-token-is-meant-for-this-service'
      | 'a-token-asks-for-a-role-there-is',
    message: string,
  ) {
    super(message);
  }
}

/** The issuer's keys could not be fetched: nobody's token can be judged for the moment. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}
